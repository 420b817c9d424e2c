import { useMemo } from 'react';
import { type MatrixBox, type StageLayout, sizeOf } from '../../charts/stage-layout.ts';
import { useApp } from '../context.ts';
import { groupBorders } from '../inspector/group-borders.ts';
import { useInspectorMemory, useSetOf } from '../inspector/inspector-memory.ts';

interface Props {
  readonly layout: StageLayout;
  readonly users: readonly number[];
  readonly items: readonly number[];
}

/** Where groups meet, after rows or columns were ordered by group: lines through R, P (or Qᵀ) and R̂. */
export function GroupLines({ layout, users, items }: Props) {
  const [{ orderedGroups }] = useInspectorMemory();
  const dataset = useApp((state) => state.study.dataset);
  const setOf = useSetOf();
  const borders = useMemo(() => {
    if (orderedGroups === null || orderedGroups.set !== setOf(dataset)) return [];
    const [rows, keys] =
      orderedGroups.side === 'users' ? [users, dataset.userKeys] : ([items, dataset.itemKeys] as const);
    return (
      groupBorders(
        rows.map((row) => keys[row] ?? -1),
        orderedGroups.groupOfKey,
      ) ?? []
    );
  }, [orderedGroups, users, items, dataset, setOf]);
  if (orderedGroups === null || borders.length === 0) return null;
  const ofUsers = orderedGroups.side === 'users';
  const boxes = [layout.R, ofUsers ? layout.P : layout.Q, layout.predictions];
  return boxes.map((box) =>
    borders.map((place) => (
      <div
        key={`${box.x}/${box.y}/${place}`}
        className={ofUsers ? 'stage-group-line across' : 'stage-group-line down'}
        style={placeOf(box, place, ofUsers)}
        aria-hidden="true"
      />
    )),
  );
}

/** Over the gap before a row (or column), as long as the matrix is wide (or high). */
function placeOf(box: MatrixBox, place: number, ofUsers: boolean) {
  const { width, height } = sizeOf(box);
  return ofUsers
    ? { left: box.x, top: box.y + place * box.rowHeight - box.gap / 2, width }
    : { left: box.x + place * box.columnWidth - box.gap / 2, top: box.y, height };
}
