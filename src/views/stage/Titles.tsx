import type { ReactNode } from 'react';
import type { StageLayout } from '../../charts/stage-layout.ts';
import { strings } from '../../strings/index.ts';
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
  children,
}: {
  readonly at: Box;
  readonly symbol: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <p className="stage-title" style={{ left: at.x, top: at.y, maxWidth: at.width }}>
      <b className="symbol-bold">{symbol}</b> <span className="muted">{children}</span>
    </p>
  );
}

/** "R̂ = P Qᵀ", with what the prediction adds. Beside R̂ each part has a line of its own. */
function PredictionsTitle({ layout }: { readonly layout: StageLayout }) {
  const at = layout.titlePredictions;
  return (
    <p
      className={`stage-title${at.beside ? ' stage-title-beside' : ''}`}
      style={{ left: at.x, top: at.y, width: at.beside ? at.width : undefined }}
    >
      <Hat of="R" bold />{' '}
      <span className="muted">
        <span className="stage-term">
          ={' '}
          <i className="symbol">
            P <TransposedQ />
          </i>
        </span>
        {layout.userBiases && (
          <>
            {' '}
            <span className="stage-term">
              + <Bias of="u" /> + <Bias of="i" />
            </span>
          </>
        )}
        {layout.mean && (
          <>
            {' '}
            <span className="stage-term">
              + <i className="symbol">μ</i>
            </span>
          </>
        )}
      </span>
    </p>
  );
}

/** What each matrix is. */
export function Titles({ layout }: { readonly layout: StageLayout }) {
  return (
    <>
      <Title at={layout.titleR} symbol="R">
        {words.titleR}
      </Title>
      <Title at={layout.titleP} symbol="P">
        {words.titleP}
      </Title>
      <Title at={layout.titleQ} symbol={<TransposedQ />}>
        {words.titleQ}
      </Title>
      <PredictionsTitle layout={layout} />
    </>
  );
}
