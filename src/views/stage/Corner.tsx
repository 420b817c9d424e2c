import { Fragment, type ReactNode } from 'react';
import { clipTo } from '../../charts/heatmap-marks.ts';
import { type StageLayout, TERMS_SHOWN } from '../../charts/stage-layout.ts';
import type { AppState } from '../../store/state.ts';
import { strings } from '../../strings/index.ts';
import { formatPrediction, formatTerm } from '../../strings/numbers.ts';
import { useApp, useHandle, usePointer } from '../context.ts';
import { itemName, predictionKind, userName } from './names.ts';
import { pointedAt } from './pointed-at.ts';
import type { Scene } from './scene.ts';
import type { StageHandle } from './stage-handle.ts';
import { Bias, Hat } from './symbols.tsx';
import { useTold } from './use-told.ts';

const words = strings.stage;

interface Props {
  readonly layout: StageLayout;
  readonly handle: StageHandle;
}

/** Negative numbers after an operator stand in parentheses. */
function written(value: number, first = false): string {
  const text = formatTerm(value);
  return !first && text.startsWith('-') ? `(${text})` : text;
}

/** The summands of r̂ in the view's own numbers, each kept whole where the line breaks; pointing at one lights its two cells. */
function summands(
  scene: Scene,
  row: number,
  column: number,
  factor: number | null,
  point: (factor: number | null) => void,
): ReactNode[] {
  const { view } = scene;
  if (!view) return [];
  const shown = view.k > TERMS_SHOWN ? TERMS_SHOWN : view.k;
  const terms: ReactNode[] = [];
  for (let f = 0; f < shown; f += 1) {
    const p = view.P[row * view.k + f] ?? 0;
    const q = view.Q[column * view.k + f] ?? 0;
    terms.push(
      <span
        key={f}
        className={f === factor ? 'stage-term stage-term-lit' : 'stage-term'}
        onPointerEnter={() => point(f)}
        onPointerLeave={() => point(null)}
      >
        {written(p, f === 0 && view.mu === null)} × {written(q)}
      </span>,
    );
  }
  if (view.k > shown) {
    terms.push(
      <span key="more" className="stage-term">
        {words.more(view.k - shown)}
      </span>,
    );
  }
  const single = (key: string, value: number | null | undefined, first = false): ReactNode[] =>
    value === null || value === undefined
      ? []
      : [
          <span key={key} className="stage-term">
            {written(value, first)}
          </span>,
        ];
  const biases = [...single('bu', view.bu?.[row]), ...single('bi', view.bi?.[column])];
  // In the order in which they are added: ((μ + b_u) + b_i) + p·q, and without the mean (p·q + b_u) + b_i.
  return view.mu === null ? [...terms, ...biases] : [...single('mu', view.mu, true), ...biases, ...terms];
}

function joined(terms: readonly ReactNode[]): ReactNode {
  return terms.map((term, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a term's place is what it is.
    <Fragment key={index}>
      {index > 0 && ' + '}
      {term}
    </Fragment>
  ));
}

/** The prediction under the pointer, or the selected one, written out once. Its box never changes size. */
export function Corner({ layout, handle }: Props) {
  const scene = useApp(handle.sceneOf);
  const links = usePointer((pointer) => pointer);
  const told = useTold();
  const seenUntil = useApp((state) => state.run.seenUntil);
  const place = pointedAt(scene, links, told);
  const { x, y, width, height } = layout.corner;
  return (
    <section className="stage-corner numbers" aria-label={words.dotProduct} style={{ left: x, top: y, width, height }}>
      {place && (
        <DotProduct
          scene={scene}
          row={place.row}
          column={place.column}
          factor={place.factor}
          told={told}
          seenUntil={seenUntil}
        />
      )}
    </section>
  );
}

interface DotProductProps {
  readonly scene: Scene;
  readonly row: number;
  readonly column: number;
  readonly factor: number | null;
  readonly told: AppState['run']['visited'];
  readonly seenUntil: AppState['run']['seenUntil'];
}

function DotProduct({ scene, row, column, factor, told, seenUntil }: DotProductProps) {
  const { view, cells } = scene;
  const { pointer } = useHandle();
  const point = (f: number | null) =>
    pointer
      .getState()
      .hover(f === null ? null : { user: cells.users[row] ?? null, item: cells.items[column] ?? null, factor: f });
  const user = <span className="stage-who">{userName(scene, row)}</span>;
  const item = <span className="stage-who">{itemName(scene, column)}</span>;
  const kind = predictionKind(scene, row, column);
  const raw = scene.predicted?.[row * cells.items.length + column];
  const known = raw !== undefined && Number.isFinite(raw);
  const value = known ? (scene.clip ? clipTo(raw, scene.dataset.scale) : raw) : 0;
  const truth = scene.truth?.[row * cells.items.length + column];

  let note: string;
  if (kind.kind === 'no-data') {
    note =
      cells.userWithoutData[row] === 1
        ? words.noUserData(userName(scene, row))
        : words.noItemData(itemName(scene, column));
  } else if (!known) note = words.pending;
  else if (kind.kind === 'gap') note = truth === undefined ? words.aGap : words.truth(truth, truth - value);
  else if (kind.kind === 'held-out') {
    const until = seenUntil.find(([u, i]) => u === cells.users[row] && i === cells.items[column]);
    note = words.heldOut(kind.rating, kind.rating - value) + (until ? words.seenUntil(until[2]) : '');
  } else if (told && told.user === cells.users[row] && told.item === cells.items[column]) {
    note = words.stepped(kind.rating, told.error, kind.rating - value);
  } else note = words.seen(kind.rating, kind.rating - value);

  const predicted = known && kind.kind !== 'no-data';
  return (
    <>
      <p className="stage-formula">
        <Hat of="r" />({user}, {item}) ={' '}
        {view?.bu && view.mu !== null && (
          <span className="stage-term">
            <i className="symbol">μ</i> + <Bias of="u" /> + <Bias of="i" />
            {' + '}
          </span>
        )}
        <i className="symbol">p</i>({user}) · <i className="symbol">q</i>({item})
        {view?.bu && view.mu === null && (
          <span className="stage-term">
            {' + '}
            <Bias of="u" /> + <Bias of="i" />
          </span>
        )}
      </p>
      {predicted && <p className="stage-terms">= {joined(summands(scene, row, column, factor, point))}</p>}
      <p className="stage-result">
        <strong className={predicted ? `stage-value stage-${kind.kind}` : 'stage-value muted'}>
          {predicted ? formatPrediction(raw) : strings.common.dash}
        </strong>
        <span className="muted">
          {predicted && value !== raw && words.clippedTo(value)}
          {note}
        </span>
      </p>
    </>
  );
}
