import type { Labels, MatrixBox, StageLayout } from '../../charts/stage-layout.ts';
import { useApp, usePointer } from '../context.ts';
import { pointedAt } from './pointed-at.ts';
import type { StageHandle } from './stage-handle.ts';
import { useTold } from './use-told.ts';

/** Names above a matrix, one a column; names wider than their column lean, or stand upright. */
function ColumnLabels({
  names,
  box,
  labels,
  bold,
}: {
  readonly names: readonly string[];
  readonly box: MatrixBox;
  readonly labels: Labels;
  readonly bold: number | null;
}) {
  if (!labels.visible) return null;
  return names.map((name, column) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat; a label is its column's.
      key={column}
      className={`stage-label stage-label-turn${labels.turn}${column === bold ? ' stage-label-bold' : ''}`}
      style={{
        left: box.x + (column + (labels.turn === 0 ? 0 : 0.5)) * box.columnWidth,
        top: box.y - (labels.turn === 0 ? 20 : 4),
        width: labels.turn === 0 ? box.columnWidth : undefined,
        fontSize: labels.fontSize,
      }}
    >
      {name}
    </span>
  ));
}

/** Names beside a matrix, one a row. */
function RowLabels({
  names,
  box,
  extent,
  bold,
}: {
  readonly names: readonly string[];
  readonly box: MatrixBox;
  readonly extent: number;
  readonly bold: number | null;
}) {
  return names.map((name, row) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat; a label is its row's.
      key={row}
      className={`stage-label stage-label-row${row === bold ? ' stage-label-bold' : ''}`}
      style={{
        left: box.x - extent,
        top: box.y + row * box.rowHeight,
        width: extent - 8,
        height: box.rowHeight,
        lineHeight: `${box.rowHeight}px`,
        fontSize: Math.max(8, Math.min(12, box.rowHeight - 1)),
      }}
    >
      {name}
    </span>
  ));
}

interface Props {
  readonly layout: StageLayout;
  readonly handle: StageHandle;
  readonly userNames: readonly string[];
  readonly itemNames: readonly string[];
}

/** Every name and number beside a matrix but those of R, which are headers of the ratings grid. Hidden from assistive technology: the grids name their rows. */
export function StageLabels({ layout, handle, userNames, itemNames }: Props) {
  const cells = useApp((state) => handle.sceneOf(state).cells);
  const told = useTold();
  const row = usePointer((pointer) => pointedAt({ cells }, pointer, told)?.row ?? null);
  const column = usePointer((pointer) => pointedAt({ cells }, pointer, told)?.column ?? null);
  const factor = usePointer((pointer) => pointer.hovered?.factor ?? null);
  const numbers = Array.from({ length: layout.Q.rows }, (_, at) => String(at + 1));
  const { P, Q } = layout;
  return (
    <div aria-hidden="true">
      <ColumnLabels names={itemNames} box={Q} labels={layout.columnLabelsQ} bold={column} />
      {layout.rowLabelsP.visible && (
        <RowLabels names={userNames} box={P} extent={layout.rowLabelsP.extent} bold={row} />
      )}
      {layout.factorLabels && <RowLabels names={numbers} box={Q} extent={30} bold={factor} />}
      {layout.factorLabelsUnderP &&
        numbers.map((number, at) => (
          <span
            key={number}
            className={`stage-label stage-label-column${at === factor ? ' stage-label-bold' : ''}`}
            style={{ left: P.x + at * P.columnWidth, top: P.y + P.rows * P.rowHeight + 2, width: P.columnWidth }}
          >
            {number}
          </span>
        ))}
    </div>
  );
}
