import type { CSSProperties, ReactNode } from 'react';
import type { MatrixBox, StageLayout } from '../../charts/stage-layout.ts';
import { strings } from '../../strings/index.ts';
import { Term } from '../controls/Term.tsx';
import { Bias, Hat, TransposedQ } from './symbols.tsx';

const words = strings.stage;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function Title({
  at,
  symbol,
  term,
  children,
}: {
  readonly at: Box;
  readonly symbol: ReactNode;
  readonly term: keyof typeof words.meanings;
  readonly children: ReactNode;
}) {
  return (
    <p className="stage-title" style={{ left: at.x, top: at.y, maxWidth: at.width }}>
      <Term term={term} meaning={words.meanings[term]}>
        <b className="symbol-bold">{symbol}</b>
      </Term>{' '}
      <span className="muted">{children}</span>
    </p>
  );
}

/** "R̂ = P Qᵀ", with what the prediction adds, in the order in which it is added. Beside R̂ each part has a line of its own. */
function PredictionsTitle({ layout }: { readonly layout: StageLayout }) {
  const at = layout.titlePredictions;
  const product = (
    <i className="symbol">
      P <TransposedQ />
    </i>
  );
  const biases = layout.userBiases && (
    <>
      {' '}
      <span className="stage-term">
        + <Bias of="u" /> + <Bias of="i" />
      </span>
    </>
  );
  return (
    <p
      className={`stage-title${at.beside ? ' stage-title-beside' : ''}`}
      style={{ left: at.x, top: at.y, width: at.beside ? at.width : undefined }}
    >
      <Term term="R̂" meaning={words.meanings.R̂}>
        <Hat of="R" bold />
      </Term>{' '}
      <span className="muted">
        <span className="stage-term">= {layout.mean ? <i className="symbol">μ</i> : product}</span>
        {biases}
        {layout.mean && (
          <>
            {' '}
            <span className="stage-term">+ {product}</span>
          </>
        )}
      </span>
    </p>
  );
}

/** The symbol of biases or of the mean, beside its cells. */
function SideTitle({
  term,
  style,
  children,
}: {
  readonly term: 'b_u' | 'b_i' | 'μ';
  readonly style: CSSProperties;
  readonly children: ReactNode;
}) {
  return (
    <p className="stage-label stage-label-symbol" style={style}>
      <Term term={term} meaning={words.meanings[term]}>
        {children}
      </Term>
    </p>
  );
}

function leftOf(box: MatrixBox): CSSProperties {
  const { x, y, rowHeight } = box;
  return { left: x - 34, top: y, width: 26, textAlign: 'right', height: rowHeight, lineHeight: `${rowHeight}px` };
}

/** What each matrix is; every symbol tells its meaning. */
export function Titles({ layout }: { readonly layout: StageLayout }) {
  const { userBiases, itemBiases, mean } = layout;
  return (
    <>
      <Title at={layout.titleR} symbol="R" term="R">
        {words.titleR}
      </Title>
      <Title at={layout.titleP} symbol="P" term="P">
        {words.titleP}
      </Title>
      {userBiases && (
        <SideTitle
          term="b_u"
          style={{
            left: userBiases.x - 10,
            top: userBiases.y + userBiases.rows * userBiases.rowHeight + 1,
            width: userBiases.columnWidth + 20,
            textAlign: 'center',
          }}
        >
          <Bias of="u" />
        </SideTitle>
      )}
      <Title at={layout.titleQ} symbol={<TransposedQ />} term="Qᵀ">
        {words.titleQ}
      </Title>
      {itemBiases && (
        <SideTitle term="b_i" style={leftOf(itemBiases)}>
          <Bias of="i" />
        </SideTitle>
      )}
      {mean && (
        <SideTitle term="μ" style={leftOf(mean)}>
          <i className="symbol">μ</i>
        </SideTitle>
      )}
      <PredictionsTitle layout={layout} />
    </>
  );
}
