import { type ReactNode, useCallback, useMemo, useState } from 'react';
import {
  biasBoundOf,
  factorBoundOf,
  factorMarks,
  meanMarks,
  predictionMarks,
  ratingMarks,
} from '../../charts/heatmap-marks.ts';
import { hasIntervals, liftOver } from '../../charts/stage-intervals.ts';
import { LABEL_PITCH, type MatrixBox, type StageLayout } from '../../charts/stage-layout.ts';
import type { LearnedPlace } from '../../store/write.ts';
import { strings } from '../../strings/index.ts';
import { formatReadout } from '../../strings/numbers.ts';
import { RAMPS } from '../../theme/ramps.ts';
import { useApp, useHandle } from '../context.ts';
import { RatingsGrid } from '../grid/RatingsGrid.tsx';
import { WriteFactor, type Writing } from '../inspector/WriteFactor.tsx';
import { CellGrid } from './CellGrid.tsx';
import { InfluenceLayer, IntervalLayer } from './FoundLayers.tsx';
import { intervalWords, useShownInfluence, useShownIntervals } from './found.ts';
import { MatrixView } from './MatrixView.tsx';
import { itemBiasName, itemFactorName, predictionName, userBiasName, userFactorName } from './names.ts';
import type { Scene } from './scene.ts';
import type { StageHandle } from './stage-handle.ts';
import { useTheme } from './useTheme.ts';

const words = strings.stage;

type LearnedMatrix = LearnedPlace['matrix'];

interface Props {
  readonly layout: StageLayout;
  readonly handle: StageHandle;
  readonly users: readonly number[];
  readonly items: readonly number[];
  readonly userNames: readonly string[];
  readonly itemNames: readonly string[];
}

/** What a cell stands for, so that pointing and selecting can be told to everyone. */
type Meaning = (row: number, column: number) => { user?: number; item?: number; factor?: number };

/** The seven matrices, each a picture with its grid over it. */
export function Matrices({ layout, handle, users, items, userNames, itemNames }: Props) {
  const ramps = RAMPS[useTheme()];
  const intervals = useShownIntervals();
  const influence = useShownInfluence();
  const lift = intervals ? liftOver(layout.predictions) : 0;
  const factorNames = useMemo(
    () => Array.from({ length: layout.P.columns }, (_, factor) => words.factor(factor + 1)),
    [layout.P.columns],
  );
  const justUserBias = useMemo(() => [words.userBias], []);
  const justItemBias = useMemo(() => [words.itemBias], []);

  const ratings = useCallback(
    (scene: Scene) => ratingMarks(scene.cells, scene.dataset.scale, ramps, scene.truth),
    [ramps],
  );
  const predictions = useCallback(
    (scene: Scene) => ({ ...predictionMarks(scene.cells, scene.predicted, scene.dataset.scale, ramps, scene), lift }),
    [ramps, lift],
  );
  const factors = layout.P.columns;
  const P = useCallback(
    ({ view, dataset, cells }: Scene) =>
      factorMarks(
        view?.k === factors ? view.P : null,
        cells.users.length,
        factors,
        false,
        view ? factorBoundOf(view, dataset.scale) : 1,
        ramps,
      ),
    [ramps, factors],
  );
  const Q = useCallback(
    ({ view, dataset, cells }: Scene) =>
      factorMarks(
        view?.k === factors ? view.Q : null,
        factors,
        cells.items.length,
        true,
        view ? factorBoundOf(view, dataset.scale) : 1,
        ramps,
      ),
    [ramps, factors],
  );
  const bu = useCallback(
    ({ view, dataset, cells }: Scene) =>
      factorMarks(view?.bu ?? null, cells.users.length, 1, false, view ? biasBoundOf(view, dataset.scale) : 1, ramps),
    [ramps],
  );
  const bi = useCallback(
    ({ view, dataset, cells }: Scene) =>
      factorMarks(view?.bi ?? null, 1, cells.items.length, false, view ? biasBoundOf(view, dataset.scale) : 1, ramps),
    [ramps],
  );
  const mean = useCallback(({ view, dataset }: Scene) => meanMarks(view?.mu ?? null, dataset.scale, ramps), [ramps]);

  const ofPrediction = useCallback<Meaning>(
    (row, column) => ({ ...at('user', users[row]), ...at('item', items[column]) }),
    [users, items],
  );
  const ofP = useCallback<Meaning>((row, factor) => ({ ...at('user', users[row]), factor }), [users]);
  const ofQ = useCallback<Meaning>((factor, column) => ({ ...at('item', items[column]), factor }), [items]);
  const ofUser = useCallback<Meaning>((row) => at('user', users[row]), [users]);
  const ofItem = useCallback<Meaning>((_row, column) => at('item', items[column]), [items]);

  const predictionAndInterval = useCallback(
    (scene: Scene, row: number, column: number) =>
      predictionName(scene, row, column) +
      intervalWords(intervals, scene.cells.users[row] ?? -1, scene.cells.items[column] ?? -1),
    [intervals],
  );

  const common = { handle };
  const rows = { handle, users, items };
  return (
    <>
      <div
        className={[
          'stage-ratings',
          ...(layout.columnLabelsR.turn === 90 ? ['stage-ratings-upright'] : []),
          ...(layout.R.rowHeight < LABEL_PITCH ? ['stage-ratings-thinned'] : []),
        ].join(' ')}
        style={{
          left: layout.R.x - layout.rowLabelsR.extent,
          top: layout.R.y - layout.columnLabelsR.extent,
          fontSize: Math.min(layout.rowLabelsR.fontSize, layout.columnLabelsR.fontSize),
        }}
      >
        <RatingsGrid
          columnWidth={layout.R.columnWidth}
          rowHeight={layout.R.rowHeight}
          headerWidth={layout.rowLabelsR.extent}
          headerHeight={layout.columnLabelsR.extent}
          showLabels={layout.rowLabelsR.visible && layout.R.columnWidth >= LABEL_PITCH}
          users={users}
          items={items}
          fontSize={layout.R.fontSize}
          leaning={layout.columnLabelsR.turn !== 0}
        >
          <MatrixView {...common} box={layout.R} name="R" marksOf={ratings} unchanged={sameRatings} atOrigin />
          {influence && <InfluenceLayer {...rows} box={layout.R} found={influence} />}
        </RatingsGrid>
      </div>
      <Matrix
        {...common}
        box={layout.P}
        name={words.factorsP}
        marksOf={P}
        rowNames={userNames}
        columnNames={factorNames}
        cellName={userFactorName}
        meaning={ofP}
        learned="P"
      />
      {layout.userBiases && (
        <Matrix
          {...common}
          box={layout.userBiases}
          name={words.userBiases}
          marksOf={bu}
          rowNames={userNames}
          columnNames={justUserBias}
          cellName={userBiasName}
          meaning={ofUser}
          learned="bu"
        />
      )}
      <Matrix
        {...common}
        box={layout.Q}
        name={words.factorsQ}
        marksOf={Q}
        rowNames={factorNames}
        columnNames={itemNames}
        cellName={itemFactorName}
        meaning={ofQ}
        learned="Q"
      />
      {layout.itemBiases && (
        <Matrix
          {...common}
          box={layout.itemBiases}
          name={words.itemBiases}
          marksOf={bi}
          rowNames={justItemBias}
          columnNames={itemNames}
          cellName={biasOfItem}
          meaning={ofItem}
          learned="bi"
        />
      )}
      {layout.mean && (
        <>
          <MatrixView {...common} box={layout.mean} name={words.mean} marksOf={mean} />
          <Mean />
        </>
      )}
      <Matrix
        {...common}
        box={layout.predictions}
        name={words.predictions}
        marksOf={predictions}
        rowNames={userNames}
        columnNames={itemNames}
        cellName={predictionAndInterval}
        meaning={ofPrediction}
      >
        {intervals && hasIntervals(layout.predictions) && (
          <IntervalLayer {...rows} box={layout.predictions} shown={intervals} />
        )}
      </Matrix>
    </>
  );
}

function at<Key extends string>(key: Key, index: number | undefined): { [K in Key]?: number } {
  const found: { [K in Key]?: number } = {};
  if (index !== undefined) found[key] = index;
  return found;
}

function sameRatings(before: Scene, after: Scene): boolean {
  return before.cells === after.cells && before.truth === after.truth && before.dataset.scale === after.dataset.scale;
}

function biasOfItem(scene: Scene, _row: number, column: number): string {
  return itemBiasName(scene, column);
}

/** The readout "Mean μ": the number alone, for everyone who cannot read it off the picture. */
function Mean() {
  const mu = useApp((state) => state.run.view?.mu ?? null);
  return (
    <output className="visually-hidden" aria-label={words.mean} aria-live="off">
      {formatReadout(mu)}
    </output>
  );
}

interface MatrixProps {
  readonly box: MatrixBox;
  readonly name: string;
  readonly handle: StageHandle;
  readonly marksOf: Parameters<typeof MatrixView>[0]['marksOf'];
  readonly rowNames: readonly string[];
  readonly columnNames: readonly string[];
  readonly cellName: (scene: Scene, row: number, column: number) => string;
  readonly meaning: Meaning;
  /** Which learned numbers it holds; they can be typed over. */
  readonly learned?: LearnedMatrix;
  /** What lies between the picture and its grid. */
  readonly children?: ReactNode;
}

/** Where a cell's number stands among those that are learned. */
function placeOf(matrix: LearnedMatrix, { user = -1, item = -1, factor = 0 }: ReturnType<Meaning>): LearnedPlace {
  return { matrix, row: matrix === 'P' || matrix === 'bu' ? user : item, factor };
}

/** P and b_u have users for rows; Qᵀ and b_i items for columns. */
function valueAt(matrix: LearnedMatrix, { view }: Scene, { row, column }: Writing): number {
  if (!view) return 0;
  const at = { P: row * view.k + column, Q: column * view.k + row, bu: row, bi: column }[matrix];
  return view[matrix]?.[at] ?? 0;
}

/** One picture with its grid. */
function Matrix({
  box,
  name,
  handle,
  marksOf,
  rowNames,
  columnNames,
  cellName,
  meaning,
  learned,
  children,
}: MatrixProps) {
  const [writing, setWriting] = useState<Writing | null>(null);
  const { store, pointer } = useHandle();
  const nameOf = useCallback(
    (row: number, column: number) => cellName(handle.sceneOf(store.getState()), row, column),
    [cellName, handle, store],
  );
  const onPoint = useCallback(
    (row: number | null, column: number | null) => {
      const { hovered, hover } = pointer.getState();
      if (row === null || column === null) {
        handle.pointsAt = null;
        hover(null);
        return;
      }
      const { user = null, item = null, factor = null } = meaning(row, column);
      const here = handle.pointsAt;
      if (here?.spot === hovered && here?.box === box && here.row === row && here.column === column) return;
      const spot = { user, item, factor };
      handle.pointsAt = { spot, box, row, column, name: nameOf };
      hover(spot);
    },
    [box, handle, meaning, nameOf, pointer],
  );
  const onSelect = useCallback(
    (row: number, column: number) => {
      const { selected, select } = pointer.getState();
      const { user = selected.user, item = selected.item } = meaning(row, column);
      select(user, item);
    },
    [meaning, pointer],
  );
  const onWrite = useCallback(
    (row: number, column: number, typed: string | null, cell: HTMLElement) => setWriting({ row, column, typed, cell }),
    [],
  );
  return (
    <>
      <MatrixView box={box} name={name} handle={handle} marksOf={marksOf} />
      {children}
      <CellGrid
        name={name}
        box={box}
        rowNames={rowNames}
        columnNames={columnNames}
        cellName={nameOf}
        clock={handle.clock}
        onPoint={onPoint}
        onSelect={onSelect}
        onWrite={learned ? onWrite : undefined}
      />
      {learned && writing && (
        <WriteFactor
          // Another cell, another field: what was typed before went with the old one.
          key={`${writing.row}/${writing.column}`}
          writing={writing}
          box={box}
          place={placeOf(learned, meaning(writing.row, writing.column))}
          name={`${rowNames[writing.row] ?? ''}, ${columnNames[writing.column] ?? ''}`}
          value={valueAt(learned, handle.sceneOf(store.getState()), writing)}
          onDone={() => setWriting(null)}
        />
      )}
    </>
  );
}
