import { bestCell, pooledRmse, summarize } from '../core/experiment/aggregate.ts';
import type { Assignment } from '../core/experiment/axis.ts';
import { leastOfPooled, pooledCurve } from '../core/experiment/curve.ts';
import { edgesAt } from '../core/experiment/edge.ts';
import type { CellIndex, SweepPlan } from '../core/experiment/plan.ts';
import { landedIn, RUN_ENDS, resultAt, type SweepResults } from '../core/experiment/results.ts';
import type { RunId, RunRecord } from '../core/experiment/run-record.ts';
import type { FoldEnds, RunCurve, RunEnd, RunResult } from '../core/experiment/run-result.ts';
import { type RunSettings, type SettingName, settingOf } from '../core/experiment/run-settings.ts';
import { type PlannedRuns, readPlan, studyOfRun } from '../core/experiment/run-spec.ts';
import type { BaselineErrors, CellSummary, EdgeOfAxis, Verdict } from '../core/experiment/summary.ts';
import { baselinesOn, judgeInSteps } from '../core/experiment/verdict.ts';
import { strings } from '../strings/index.ts';
import type { ExperimentState, Sweep } from './experiment-state.ts';
import { judgingOfKept } from './kept-run.ts';
import { allSteps, lastOf, ROWS_A_STEP, type Steps } from './steps.ts';
import { idOfRow, placeOfId, type RunRow, SweepRow } from './sweep-row.ts';

/** A plan, read; once for each plan. */
export const plannedRuns = readPlan;

/** What is known of a sweep's cells and rows; only those whose runs landed since are computed again. */
interface Known {
  sweep: Sweep;
  /** How many of `landedIn(results)` are counted here. */
  landed: number;
  /** 1: that run is counted. */
  readonly counted: Uint8Array;
  summaries: readonly CellSummary[];
  best: CellSummary | null;
  /** Runs that landed, by row: all combinations from the first seed, then from the second … */
  readonly rowCounts: Int32Array;
  readonly rowsOfSeed: (SweepRow | null)[];
  rows: readonly SweepRow[] | null;
  verdict: Verdict | null;
}

const known = new WeakMap<SweepResults, Known>();

/** Counts a run that landed; its cell, or −1 where that is not told by it (inner folds only choose). */
function count(of: Known, runs: PlannedRuns, index: number): CellIndex {
  if (of.counted[index] === 1) return -1;
  of.counted[index] = 1;
  const run = index % runs.runsOfSeed;
  if (run % (1 + runs.inner) !== 0) return -1;
  const row = (index - run) / runs.runsOfSeed;
  of.rowCounts[row] = (of.rowCounts[row] ?? 0) + 1;
  of.rowsOfSeed[row] = null;
  return row % runs.cells.length;
}

function firstKnown(sweep: Sweep, runs: PlannedRuns): Known {
  const { results, plan } = sweep;
  const rows = runs.cells.length * plan.seeds.length;
  const of: Known = {
    sweep,
    landed: landedIn(results).length,
    counted: new Uint8Array(runs.count),
    summaries: runs.cells.map((_, cell) => summarize(runs, results, cell)),
    best: null,
    rowCounts: new Int32Array(rows),
    rowsOfSeed: new Array<SweepRow | null>(rows).fill(null),
    rows: null,
    verdict: null,
  };
  of.best = bestCell(runs, of.summaries);
  results.ended.forEach((ended, index) => {
    if (ended !== 0) count(of, runs, index);
  });
  return of;
}

function knownOf(sweep: Sweep): Known {
  const { results, plan } = sweep;
  const before = known.get(results);
  if (before?.sweep === sweep) return before;
  const runs = plannedRuns(plan);
  if (before === undefined) {
    const made = firstKnown(sweep, runs);
    known.set(results, made);
    return made;
  }
  before.sweep = sweep;
  const landings = landedIn(results);
  if (before.landed === landings.length) return before;
  const changed = new Set<CellIndex>();
  for (let at = before.landed; at < landings.length; at += 1) changed.add(count(before, runs, landings[at] ?? 0));
  changed.delete(-1);
  before.landed = landings.length;
  const summaries = [...before.summaries];
  for (const cell of changed) summaries[cell] = summarize(runs, results, cell);
  before.summaries = summaries;
  before.best = bestCell(runs, summaries);
  before.rows = null;
  before.verdict = null;
  return before;
}

/** What the combinations of a sweep came to so far, by cell. The same objects where nothing landed. */
export function summariesOf(sweep: Sweep): readonly CellSummary[] {
  return knownOf(sweep).summaries;
}

/** The best of those that are whole so far; null while there is none. */
export function bestOf(sweep: Sweep): CellSummary | null {
  return knownOf(sweep).best;
}

/** Where the best so far lies on an edge. */
export function edgesOf(sweep: Sweep): readonly EdgeOfAxis[] {
  return edgesAt(sweep.plan, bestOf(sweep));
}

/** Whether all runs of a sweep are there: before that the best is only the best so far, and nothing is judged. */
export function isWhole({ done, total }: Sweep): boolean {
  return done === total;
}

/** What the sweep says; null until all its runs are there. Takes some hundred milliseconds the first time. */
export function verdictOf(sweep: Sweep): Verdict | null {
  const steps = verdictInSteps(sweep);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** The same, in steps of some milliseconds, so that a page can draw in between. */
export function* verdictInSteps(sweep: Sweep): Generator<undefined, Verdict | null> {
  if (!isWhole(sweep)) return null;
  const of = knownOf(sweep);
  if (of.verdict !== null) return of.verdict;
  const verdict = yield* judgeInSteps(plannedRuns(sweep.plan), sweep.results, of.summaries);
  if (of.sweep === sweep) of.verdict = verdict;
  return verdict;
}

/** What predicting without factors comes to where the sweep is best; null until all its runs are there. */
export function baselinesOf(sweep: Sweep): BaselineErrors | null {
  const best = isWhole(sweep) ? bestOf(sweep) : null;
  return best === null ? null : baselinesOn(plannedRuns(sweep.plan), sweep.results, best.cell);
}

/** The id of a combination's run from one of the plan's seeds. */
export function rowIdOf(sweep: Sweep, cell: CellIndex, seedPlace = 0): RunId {
  return idOfRow(sweep, plannedRuns(sweep.plan).cells, cell, seedPlace);
}

function numberOf(assignments: readonly Assignment[], setting: Assignment['setting']): number | null {
  const value = assignments.find((assignment) => assignment.setting === setting)?.value;
  return typeof value === 'number' ? value : null;
}

/** What the rows of a plan say in the same words. */
const wordsOfPlans = new WeakMap<SweepPlan, { readonly judging: string; readonly stop: string }>();

function wordsOfPlan(plan: SweepPlan): { readonly judging: string; readonly stop: string } {
  const known = wordsOfPlans.get(plan);
  if (known !== undefined) return known;
  const words = { judging: strings.experiment.judging(plan.judging), stop: strings.experiment.stop(plan.stop) };
  wordsOfPlans.set(plan, words);
  return words;
}

/** How the folds of a run ended, and the least good way of theirs; null while one has not come. */
function endsOfRow(
  { results }: Sweep,
  runs: PlannedRuns,
  cell: CellIndex,
  seedPlace: number,
): { readonly ended: RunEnd; readonly ends: FoldEnds | null } | null {
  const ends = { settled: 0, stopped: 0, limit: 0, diverged: 0 };
  let worst: RunEnd = 'settled';
  for (let fold = 0; fold < runs.folds; fold += 1) {
    const end = RUN_ENDS[(results.ended[runs.indexOf(cell, seedPlace, fold, null)] ?? 0) - 1];
    if (end === undefined) return null;
    ends[end] += 1;
    if (FROM_GOOD_TO_BAD.indexOf(end) > FROM_GOOD_TO_BAD.indexOf(worst)) worst = end;
  }
  return { ended: worst, ends: ends[worst] === runs.folds ? null : ends };
}

const FROM_GOOD_TO_BAD: readonly RunEnd[] = ['settled', 'stopped', 'limit', 'diverged'];

function curvesOfFolds(
  { results }: Sweep,
  runs: PlannedRuns,
  { cell, seedPlace }: Pick<SweepRow, 'cell' | 'seedPlace'>,
): RunCurve[] {
  const curves: RunCurve[] = [];
  for (let fold = 0; fold < runs.folds; fold += 1) {
    const curve = results.curves[runs.indexOf(cell, seedPlace, fold, null)];
    if (curve) curves.push(curve);
  }
  return curves;
}

/** How many ratings judge each fold of a combination. */
function judgesOfFolds(runs: PlannedRuns, cell: CellIndex): number[] {
  return Array.from(
    { length: runs.folds },
    (_, fold) => runs.splits[runs.splitOf(cell, fold, null)]?.heldOut.length ?? 0,
  );
}

/** Whether a fold that is over stands where it ended, so that the curve of all goes on to the end of the last one. */
function foldsRest({ plan }: Sweep, { ended }: Pick<RunRow, 'ended'>): boolean {
  return plan.stop.kind === 'settled' && ended !== 'diverged';
}

/** Whether each fold is brought back to a best epoch of its own. */
function foldsGoBack({ plan }: Sweep, { folds }: PlannedRuns): boolean {
  return folds > 1 && plan.stop.kind === 'early';
}

/** The epoch of the least error over all folds together; of folds that go back to their own best ones, the mean of those. */
function bestEpochOf(
  sweep: Sweep,
  runs: PlannedRuns,
  cell: CellIndex,
  seedPlace: number,
  ended: RunEnd,
): number | null {
  if (runs.folds > 1 && !foldsGoBack(sweep, runs)) {
    const curves = curvesOfFolds(sweep, runs, { cell, seedPlace });
    return leastOfPooled(curves, judgesOfFolds(runs, cell), foldsRest(sweep, { ended }))?.epoch ?? null;
  }
  let sum = 0;
  for (let fold = 0; fold < runs.folds; fold += 1) {
    sum += sweep.results.bestEpoch[runs.indexOf(cell, seedPlace, fold, null)] ?? Number.NaN;
  }
  return Number.isFinite(sum) ? Math.round(sum / runs.folds) : null;
}

function rowOf(sweep: Sweep, runs: PlannedRuns, cell: CellIndex, seedPlace: number): SweepRow | null {
  const { plan, results } = sweep;
  const end = endsOfRow(sweep, runs, cell, seedPlace);
  if (end === null) return null;
  let epochs = 0;
  let updates = 0;
  let milliseconds = 0;
  let seen = 0;
  let objective = 0;
  // Folds train the same anew: what a run costs is what one of them does.
  for (let fold = 0; fold < runs.folds; fold += 1) {
    const index = runs.indexOf(cell, seedPlace, fold, null);
    epochs = Math.max(epochs, results.epochs[index] ?? 0);
    updates += results.updates[index] ?? 0;
    milliseconds += results.milliseconds[index] ?? 0;
    seen += (results.rmseSeen[index] ?? 0) / runs.folds;
    objective += (results.objective[index] ?? 0) / runs.folds;
  }
  const { model, assignments } = runs.spec(runs.indexOf(cell, seedPlace, 0, null));
  const { judging } = plan;
  const orNull = (x: number) => (Number.isFinite(x) ? x : null);
  return new SweepRow(
    sweep,
    wordsOfPlan(plan),
    runs.cells,
    { cell, seedPlace },
    {
      model,
      seen: numberOf(assignments, 'seen'),
      holdOut: numberOf(assignments, 'holdOut') ?? (judging.kind === 'hold-out' ? judging.share : null),
      rmseHeldOut: pooledRmse(runs, results.rmseHeldOut, cell, seedPlace),
      rmseSeen: orNull(seen),
      objective: orNull(objective),
      epochs,
      bestEpoch: bestEpochOf(sweep, runs, cell, seedPlace, end.ended),
      bestIsMean: foldsGoBack(sweep, runs),
      updates: orNull(updates / runs.folds),
      milliseconds: orNull(milliseconds / runs.folds),
      ...end,
      folds: runs.folds,
    },
  );
}

/** Rows of the runs of a sweep that have all their folds, the first seed of all combinations first. */
function* rowsInSteps(sweep: Sweep): Steps<readonly SweepRow[]> {
  const of = knownOf(sweep);
  if (of.rows !== null) return of.rows;
  const { landed, rowCounts, rowsOfSeed } = of;
  const runs = plannedRuns(sweep.plan);
  const cells = runs.cells.length;
  const rows: SweepRow[] = [];
  let made = 0;
  for (let row = 0; row < rowCounts.length; row += 1) {
    if ((rowCounts[row] ?? 0) < runs.folds) continue;
    const known = rowsOfSeed[row];
    if (known != null) {
      rows.push(known);
      continue;
    }
    const cell = row % cells;
    const fresh = rowOf(sweep, runs, cell, (row - cell) / cells);
    rowsOfSeed[row] = fresh;
    if (fresh !== null) rows.push(fresh);
    made += 1;
    if (made % (ROWS_A_STEP / 4) === 0) yield;
  }
  // What landed in between may be missing.
  if (of.landed === landed) of.rows = rows;
  return rows;
}

const rowsOfRecords = new WeakMap<RunRecord, RunRow>();

/** The same row as long as it is the same record. */
function rowOfRecord(run: RunRecord): RunRow {
  const known = rowsOfRecords.get(run);
  if (known !== undefined) return known;
  const row = rowOfKept(run);
  rowsOfRecords.set(run, row);
  return row;
}

function rowOfKept(run: RunRecord): RunRow {
  const { dataset, model } = run.study;
  const judging = judgingOfKept(run);
  return {
    id: run.id,
    name: run.name,
    short: strings.runs.shortName(run.name),
    from: 'play',
    model,
    dataset,
    seen: null,
    holdOut: dataset.holdOut?.share ?? null,
    judging: judging === null ? null : strings.experiment.judging(judging),
    stop: null,
    rmseHeldOut: run.rmseHeldOut,
    rmseSeen: run.rmseSeen,
    objective: run.objective,
    epochs: run.epochs,
    bestEpoch: run.bestEpoch,
    bestIsMean: false,
    updates: run.updates,
    milliseconds: run.milliseconds,
    ended: run.ended,
    ends: null,
    folds: 1,
  };
}

/** What the rows of the table are made from. */
export type RunsState = Pick<ExperimentState, 'sweeps' | 'runs' | 'names' | 'deleted'>;

const renamedRows = new WeakMap<RunRow, RunRow>();

/** The row under a name of its own; the same as long as the name is. */
function renamedRow(row: RunRow, name: string): RunRow {
  const before = renamedRows.get(row);
  if (before?.name === name) return before;
  const made: RunRow = { ...row, id: row.id, name, short: name };
  renamedRows.set(row, made);
  return made;
}

const rowsOfState = lastOf(function* rowsOf(
  sweeps: RunsState['sweeps'],
  runs: RunsState['runs'],
  names: RunsState['names'],
  deleted: RunsState['deleted'],
): Steps<readonly RunRow[]> {
  const made: RunRow[] = [];
  // Most often nothing was deleted and nothing renamed: then nobody needs to know the ids of ten thousand rows.
  const touched = deleted.size > 0 || Object.keys(names).length > 0;
  const add = (row: RunRow) => {
    if (touched && deleted.has(row.id)) return;
    const name = touched ? names[row.id] : undefined;
    made.push(name === undefined ? row : renamedRow(row, name));
  };
  for (const run of runs) add(rowOfRecord(run));
  for (const sweep of sweeps) {
    const rows = yield* rowsInSteps(sweep);
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at];
      if (row !== undefined) add(row);
      if (touched && at % ROWS_A_STEP === ROWS_A_STEP - 1) yield;
    }
  }
  return made;
});

/** All runs that were not deleted, with the names that they were given, in the order in which they came to be. */
export function allRows(state: RunsState): readonly RunRow[] {
  return allSteps(allRowsInSteps(state));
}

/** The same, in steps. */
export function allRowsInSteps({ sweeps, runs, names, deleted }: RunsState): Steps<readonly RunRow[]> {
  return rowsOfState(sweeps, runs, names, deleted);
}

/** A sweep's row of that id, found without going through all; null while it has not come. */
function sweepRowOf(sweep: Sweep, id: RunId): SweepRow | null {
  const runs = plannedRuns(sweep.plan);
  const place = placeOfId(sweep, runs.cells, id);
  if (place === null) return null;
  const { rowCounts, rowsOfSeed } = knownOf(sweep);
  const at = place.seedPlace * runs.cells.length + place.cell;
  if ((rowCounts[at] ?? 0) < runs.folds) return null;
  const row = rowsOfSeed[at] ?? rowOf(sweep, runs, place.cell, place.seedPlace);
  rowsOfSeed[at] = row;
  return row;
}

const keptById = new WeakMap<readonly RunRecord[], ReadonlyMap<RunId, RunRecord>>();

function keptOfId(runs: readonly RunRecord[], id: RunId): RunRecord | undefined {
  const byId = keptById.get(runs) ?? new Map(runs.map((run) => [run.id, run]));
  keptById.set(runs, byId);
  return byId.get(id);
}

/** Where a run of a sweep stands; null for one of Play, and for one that is not there. */
export function placeOf(
  state: Pick<ExperimentState, 'sweeps'>,
  id: RunId,
): { readonly sweep: Sweep; readonly cell: CellIndex; readonly seedPlace: number } | null {
  const sweep = state.sweeps.find((one) => id.startsWith(`${one.id}:`));
  const row = sweep && sweepRowOf(sweep, id);
  return sweep && row ? { sweep, cell: row.cell, seedPlace: row.seedPlace } : null;
}

const records = new WeakMap<RunRow, RunRecord>();

/** The whole record of a run, with its study and curve; null when there is none of that id. */
export function recordOf(state: Pick<ExperimentState, 'sweeps' | 'runs' | 'names'>, id: RunId): RunRecord | null {
  const name = state.names[id];
  const kept = keptOfId(state.runs, id);
  if (kept !== undefined) return name === undefined || name === kept.name ? kept : renamed(kept, name);
  const sweep = state.sweeps.find((one) => id.startsWith(`${one.id}:`));
  const row = sweep && sweepRowOf(sweep, id);
  if (!sweep || !row) return null;
  const record = records.get(row) ?? recordOfRow(sweep, row);
  records.set(row, record);
  return name === undefined ? record : renamed(record, name);
}

const renamedRecords = new WeakMap<RunRecord, RunRecord>();

function renamed(record: RunRecord, name: string): RunRecord {
  const before = renamedRecords.get(record);
  if (before?.name === name) return before;
  const made = { ...record, name };
  renamedRecords.set(record, made);
  return made;
}

function recordOfRow(sweep: Sweep, row: SweepRow): RunRecord {
  const { id, plan, results } = sweep;
  const runs = plannedRuns(plan);
  const folds = Array.from({ length: runs.folds }, (_, fold) => runs.indexOf(row.cell, row.seedPlace, fold, null));
  const [first = 0] = folds;
  const result = resultAt(results, first);
  return {
    id: row.id,
    name: row.name,
    source: {
      kind: 'sweep',
      sweep: id,
      cell: row.cell,
      seed: row.model.seed,
      folds: runs.folds,
      judging: plan.judging,
      stop: plan.stop,
    },
    study: studyOfRun(runs, first),
    epochs: row.epochs,
    standsAt: result?.standsAt ?? row.epochs,
    bestEpoch: row.bestEpoch,
    bestIsMean: row.bestIsMean,
    bestHeldOut: bestHeldOutOf(sweep, runs, row, result),
    rmseSeen: row.rmseSeen,
    rmseHeldOut: row.rmseHeldOut,
    objective: row.objective,
    ended: row.ended,
    ends: row.ends,
    updates: row.updates,
    milliseconds: row.milliseconds,
    meanEpochs: folds.reduce((sum, index) => sum + (results.epochs[index] ?? 0), 0) / runs.folds,
    curve: curveOfRow(sweep, runs, row),
    changed: false,
    session: null,
  };
}

/** The error held out at the best epoch; where each fold went back to its own, the run's figure is that of their best. */
function bestHeldOutOf(sweep: Sweep, runs: PlannedRuns, row: SweepRow, first: RunResult | null): number | null {
  if (runs.folds === 1) return first?.bestHeldOut ?? null;
  if (row.bestIsMean) return row.rmseHeldOut;
  const curves = curvesOfFolds(sweep, runs, row);
  return leastOfPooled(curves, judgesOfFolds(runs, row.cell), foldsRest(sweep, row))?.rmse ?? null;
}

function curveOfRow(sweep: Sweep, runs: PlannedRuns, row: SweepRow): RunCurve | null {
  return pooledCurve(curvesOfFolds(sweep, runs, row), judgesOfFolds(runs, row.cell), foldsRest(sweep, row));
}

/** A run's curve without the rest of its record, whose study takes long to make; null where none was kept. */
export function curveOf(state: Pick<ExperimentState, 'sweeps' | 'runs'>, id: RunId): RunCurve | null {
  const kept = keptOfId(state.runs, id);
  if (kept !== undefined) return kept.curve;
  const sweep = state.sweeps.find((one) => id.startsWith(`${one.id}:`));
  const row = sweep && sweepRowOf(sweep, id);
  return sweep && row ? curveOfRow(sweep, plannedRuns(sweep.plan), row) : null;
}

let lastPinned: { readonly ids: readonly RunId[]; readonly records: readonly RunRecord[] } | null = null;

/** The pinned runs, in the order in which they were pinned; the same array while nothing about them changed. */
export function pinnedRecords(
  state: Pick<ExperimentState, 'sweeps' | 'runs' | 'names' | 'pins'>,
): readonly RunRecord[] {
  const found = state.pins.flatMap((id) => recordOf(state, id) ?? []);
  const same =
    lastPinned?.ids === state.pins &&
    lastPinned.records.length === found.length &&
    lastPinned.records.every((record, at) => record === found[at]);
  if (lastPinned !== null && same) return lastPinned.records;
  lastPinned = { ids: state.pins, records: found };
  return found;
}

/** A setting of a run in words. */
export function settingText(settings: RunSettings, name: SettingName): string {
  const value = settingOf(settings, name);
  return value === null ? '—' : strings.experiment.value(value);
}

/** The row of a run, under the name that it was given; null when there is none of that id, or it was deleted. */
export function rowOfId({ sweeps, runs, names, deleted }: RunsState, id: RunId): RunRow | null {
  if (deleted.has(id)) return null;
  const kept = keptOfId(runs, id);
  const sweep = sweeps.find((one) => id.startsWith(`${one.id}:`));
  const row = kept !== undefined ? rowOfRecord(kept) : sweep === undefined ? null : sweepRowOf(sweep, id);
  const name = names[id];
  return row === null || name === undefined ? row : renamedRow(row, name);
}
