import type { Dataset } from '../core/dataset.ts';
import { bestCell, pooledRmse, summarize } from '../core/experiment/aggregate.ts';
import type { Assignment } from '../core/experiment/axis.ts';
import { pooledCurve } from '../core/experiment/curve.ts';
import { edgesAt } from '../core/experiment/edge.ts';
import type { CellIndex, SweepPlan } from '../core/experiment/plan.ts';
import { RUN_ENDS, resultAt, type SweepResults } from '../core/experiment/results.ts';
import type { RunId, RunRecord } from '../core/experiment/run-record.ts';
import type { RunEnd } from '../core/experiment/run-result.ts';
import {
  differingSettings,
  type RunSettings,
  SETTING_NAMES,
  type SettingName,
  settingOf,
} from '../core/experiment/run-settings.ts';
import { type PlannedRuns, readPlan, studyOfRun } from '../core/experiment/run-spec.ts';
import type { BaselineErrors, CellSummary, EdgeOfAxis, Verdict } from '../core/experiment/summary.ts';
import { baselinesOn, judgeInSteps } from '../core/experiment/verdict.ts';
import { strings } from '../strings/index.ts';
import type { ExperimentState, RunColumn, Sweep, SweepId } from './experiment-state.ts';

const plans = new WeakMap<SweepPlan, PlannedRuns>();

/** A plan, read; once for each plan. */
export function plannedRuns(plan: SweepPlan): PlannedRuns {
  const known = plans.get(plan);
  if (known !== undefined) return known;
  const runs = readPlan(plan);
  plans.set(plan, runs);
  return runs;
}

/** What is known of a sweep's cells and rows; only those whose runs landed since are computed again. */
interface Known {
  sweep: Sweep;
  readonly counts: Int32Array;
  summaries: readonly CellSummary[];
  readonly rowCounts: Int32Array;
  readonly rowsOfSeed: (SweepRow | null)[];
  rows: readonly SweepRow[] | null;
  verdict: Verdict | null;
}

const known = new WeakMap<SweepResults, Known>();

function knownOf(sweep: Sweep): Known {
  const { results, plan } = sweep;
  const runs = plannedRuns(plan);
  const cells = runs.cells.length;
  let of = known.get(results);
  if (of === undefined) {
    of = {
      sweep,
      counts: new Int32Array(cells).fill(-1),
      summaries: [],
      rowCounts: new Int32Array(cells * plan.seeds.length),
      rowsOfSeed: new Array<SweepRow | null>(cells * plan.seeds.length).fill(null),
      rows: null,
      verdict: null,
    };
    known.set(results, of);
  } else if (of.sweep === sweep) return of;
  of.sweep = sweep;
  of.rows = null;
  of.verdict = null;
  const before = of.summaries;
  const { counts, rowCounts, rowsOfSeed } = of;
  of.summaries = runs.cells.map((_, cell) => {
    let done = 0;
    for (let seed = 0; seed < plan.seeds.length; seed += 1) {
      const row = seed * cells + cell;
      let doneOfRow = 0;
      for (let fold = 0; fold < runs.folds; fold += 1) {
        if ((results.ended[runs.indexOf(cell, seed, fold, null)] ?? 0) !== 0) doneOfRow += 1;
      }
      if (doneOfRow !== rowCounts[row]) {
        rowCounts[row] = doneOfRow;
        rowsOfSeed[row] = null;
      }
      done += doneOfRow;
    }
    const summary = before[cell];
    if (summary !== undefined && counts[cell] === done) return summary;
    counts[cell] = done;
    return summarize(runs, results, cell);
  });
  return of;
}

/** What the combinations of a sweep came to so far, by cell. The same objects where nothing landed. */
export function summariesOf(sweep: Sweep): readonly CellSummary[] {
  return knownOf(sweep).summaries;
}

/** The best of those that are whole so far; null while there is none. */
export function bestOf(sweep: Sweep): CellSummary | null {
  return bestCell(plannedRuns(sweep.plan), summariesOf(sweep));
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

/** A row of the runs table. */
export interface RunRow extends RunSettings {
  readonly id: RunId;
  readonly name: string;
  readonly from: SweepId | 'play';
  readonly rmseHeldOut: number | null;
  readonly rmseSeen: number | null;
  readonly objective: number | null;
  readonly epochs: number;
  readonly bestEpoch: number | null;
  readonly updates: number | null;
  readonly milliseconds: number | null;
  readonly ended: RunEnd;
  readonly folds: number;
}

interface SweepRow extends RunRow {
  readonly cell: CellIndex;
  readonly seedPlace: number;
}

function nameOfCell({ search }: SweepPlan, cell: CellIndex, assignments: readonly Assignment[]): string {
  const text = assignments.map(({ setting, value }) => `${setting}=${value}`).join(' ');
  // Points of a search may round to the same values.
  return search === null ? text : `${cell} ${text}`;
}

/** The id of a combination's run from one of the plan's seeds. */
export function rowIdOf({ id, plan }: Sweep, cell: CellIndex, seedPlace = 0): RunId {
  const assignments = plannedRuns(plan).cells[cell] ?? [];
  return `${id}:${nameOfCell(plan, cell, assignments)}#${plan.seeds[seedPlace] ?? 0}`;
}

function numberOf(assignments: readonly Assignment[], setting: Assignment['setting']): number | null {
  const value = assignments.find((assignment) => assignment.setting === setting)?.value;
  return typeof value === 'number' ? value : null;
}

function datasetOf(plan: SweepPlan): Dataset {
  return plan.study.dataset;
}

function rowOf(sweep: Sweep, runs: PlannedRuns, cell: CellIndex, seedPlace: number): SweepRow | null {
  const { plan, results } = sweep;
  let epochs = 0;
  let updates = 0;
  let milliseconds = 0;
  let best = 0;
  let seen = 0;
  let objective = 0;
  let ended: RunEnd | null = null;
  for (let fold = 0; fold < runs.folds; fold += 1) {
    const index = runs.indexOf(cell, seedPlace, fold, null);
    const end = RUN_ENDS[(results.ended[index] ?? 0) - 1];
    if (end === undefined) return null;
    if (ended === null || end === 'diverged') ended = end;
    epochs = Math.max(epochs, results.epochs[index] ?? 0);
    updates += results.updates[index] ?? 0;
    milliseconds += results.milliseconds[index] ?? 0;
    best += (results.bestEpoch[index] ?? 0) / runs.folds;
    seen += (results.rmseSeen[index] ?? 0) / runs.folds;
    objective += (results.objective[index] ?? 0) / runs.folds;
  }
  if (ended === null) return null;
  const { model, assignments, seed } = runs.spec(runs.indexOf(cell, seedPlace, 0, null));
  const { judging } = plan;
  const orNull = (x: number) => (Number.isFinite(x) ? x : null);
  return {
    id: rowIdOf(sweep, cell, seedPlace),
    name: strings.experiment.runOfSweep(sweep.name, strings.experiment.cell({ assignments }), seed),
    from: sweep.id,
    model,
    dataset: datasetOf(plan),
    seen: numberOf(assignments, 'seen'),
    holdOut: numberOf(assignments, 'holdOut') ?? (judging.kind === 'hold-out' ? judging.share : null),
    judging: strings.experiment.judging(judging),
    stop: strings.experiment.stop(plan.stop),
    rmseHeldOut: pooledRmse(runs, results.rmseHeldOut, cell, seedPlace),
    rmseSeen: orNull(seen),
    objective: orNull(objective),
    epochs,
    bestEpoch: Number.isFinite(best) ? Math.round(best) : null,
    updates: orNull(updates),
    milliseconds: orNull(milliseconds),
    ended,
    folds: runs.folds,
    cell,
    seedPlace,
  };
}

/** Rows of the runs of a sweep that have all their folds, the first seed of all combinations first. */
function rowsOf(sweep: Sweep): readonly SweepRow[] {
  const of = knownOf(sweep);
  if (of.rows !== null) return of.rows;
  const runs = plannedRuns(sweep.plan);
  const cells = runs.cells.length;
  const rows: SweepRow[] = [];
  of.rowCounts.forEach((done, row) => {
    if (done < runs.folds) return;
    const cell = row % cells;
    const made = of.rowsOfSeed[row] ?? rowOf(sweep, runs, cell, (row - cell) / cells);
    of.rowsOfSeed[row] = made;
    if (made !== null) rows.push(made);
  });
  of.rows = rows;
  return rows;
}

function rowOfRecord(run: RunRecord): RunRow {
  const { dataset, model } = run.study;
  return {
    id: run.id,
    name: run.name,
    from: 'play',
    model,
    dataset,
    seen: null,
    holdOut: dataset.holdOut?.share ?? null,
    judging: null,
    stop: null,
    rmseHeldOut: run.rmseHeldOut,
    rmseSeen: run.rmseSeen,
    objective: run.objective,
    epochs: run.epochs,
    bestEpoch: run.bestEpoch,
    updates: run.updates,
    milliseconds: run.milliseconds,
    ended: run.ended,
    folds: 1,
  };
}

/** The runs table as the view asks for it. */
export interface RunsTable {
  /** Filtered and sorted. */
  readonly rows: readonly RunRow[];
  /** How many there are without a filter. */
  readonly all: number;
  /** Settings in which the rows differ: the only ones worth a column. */
  readonly differing: ReadonlySet<SettingName>;
}

type TableState = Pick<ExperimentState, 'sweeps' | 'runs' | 'names' | 'deleted' | 'pins' | 'view'>;

let lastRows: { readonly of: Omit<TableState, 'view' | 'pins'>; readonly rows: readonly RunRow[] } | null = null;

/** All runs that were not deleted, with the names that they were given, in the order in which they came to be. */
export function allRows(state: Omit<TableState, 'view' | 'pins'>): readonly RunRow[] {
  const { sweeps, runs, names, deleted } = state;
  const same =
    lastRows !== null &&
    lastRows.of.sweeps === sweeps &&
    lastRows.of.runs === runs &&
    lastRows.of.names === names &&
    lastRows.of.deleted === deleted;
  if (lastRows !== null && same) return lastRows.rows;
  const made: RunRow[] = [];
  const add = (row: RunRow) => {
    if (deleted.has(row.id)) return;
    const name = names[row.id];
    made.push(name === undefined ? row : { ...row, name });
  };
  for (const run of runs) add(rowOfRecord(run));
  for (const sweep of sweeps) for (const row of rowsOf(sweep)) add(row);
  lastRows = { of: { sweeps, runs, names, deleted }, rows: made };
  return made;
}

function columnOf(row: RunRow, column: RunColumn): number | string | null {
  switch (column) {
    case 'order':
      return null;
    case 'k':
    case 'alpha':
    case 'beta':
    case 'seed':
      return row.model[column];
    default:
      return row[column];
  }
}

/** Numbers by size, names by letters; what is missing comes last, whichever way. Equals keep their order. */
function sorted(rows: readonly RunRow[], column: RunColumn, descending: boolean): readonly RunRow[] {
  if (column === 'order') return descending ? rows.toReversed() : rows;
  const turn = descending ? -1 : 1;
  if (column === 'name') {
    return rows.toSorted((a, b) => turn * (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }
  return rows.toSorted((a, b) => {
    const x = columnOf(a, column);
    const y = columnOf(b, column);
    if (x === null || y === null) return (x === null ? 1 : 0) - (y === null ? 1 : 0);
    return turn * (Number(x) - Number(y));
  });
}

/** What a filter looks through, in lower case. */
const texts = new WeakMap<RunRow, string>();
/** Ten thousand runs have few values: each is put into words once. */
const wordsOfValue = new Map<SettingName, Map<string | number, string>>();

function wordsOf(name: SettingName, value: string | number): string {
  const byValue = wordsOfValue.get(name) ?? new Map<string | number, string>();
  wordsOfValue.set(name, byValue);
  const known = byValue.get(value);
  if (known !== undefined) return known;
  const words = `${name} ${strings.experiment.settingNames[name]} ${strings.experiment.value(value)} `.toLowerCase();
  byValue.set(value, words);
  return words;
}

function textOf(row: RunRow): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  let text = `${row.name.toLowerCase()} `;
  for (const name of SETTING_NAMES) {
    const value = settingOf(row, name);
    if (value !== null) text += wordsOf(name, value);
  }
  text += strings.experiment.ended[row.ended];
  texts.set(row, text);
  return text;
}

let lastTable: { readonly rows: readonly RunRow[]; readonly state: TableState; readonly table: RunsTable } | null =
  null;

/** The table: rows filtered and sorted, and the settings in which they differ. The same object while nothing changed. */
export function runsTable(state: TableState): RunsTable {
  const rows = allRows(state);
  const { view, pins } = state;
  if (
    lastTable !== null &&
    lastTable.rows === rows &&
    lastTable.state.view === view &&
    (lastTable.state.pins === pins || !view.pinnedOnly)
  ) {
    return lastTable.table;
  }
  const words = view.text.toLowerCase().split(/\s+/).filter(Boolean);
  const pinned = new Set(pins);
  const kept = rows.filter(
    (row) =>
      (view.from === null || row.from === view.from) &&
      (!view.pinnedOnly || pinned.has(row.id)) &&
      words.every((word) => textOf(row).includes(word)),
  );
  const table = {
    rows: sorted(kept, view.sort, view.descending),
    all: rows.length,
    differing: differingSettings(kept),
  };
  lastTable = { rows, state, table };
  return table;
}

/** Where a run of a sweep stands; null for one of Play, and for one that is not there. */
export function placeOf(
  state: Pick<ExperimentState, 'sweeps'>,
  id: RunId,
): { readonly sweep: Sweep; readonly cell: CellIndex; readonly seedPlace: number } | null {
  const sweep = state.sweeps.find((one) => id.startsWith(`${one.id}:`));
  const row = sweep && rowsOf(sweep).find((one) => one.id === id);
  return sweep && row ? { sweep, cell: row.cell, seedPlace: row.seedPlace } : null;
}

const records = new WeakMap<RunRow, RunRecord>();

/** The whole record of a run, with its study and curve; null when there is none of that id. */
export function recordOf(state: Pick<ExperimentState, 'sweeps' | 'runs' | 'names'>, id: RunId): RunRecord | null {
  const name = state.names[id];
  const kept = state.runs.find((run) => run.id === id);
  if (kept !== undefined) return name === undefined || name === kept.name ? kept : renamed(kept, name);
  const sweep = state.sweeps.find((one) => id.startsWith(`${one.id}:`));
  const row = sweep && rowsOf(sweep).find((one) => one.id === id);
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

function recordOfRow({ id, plan, results }: Sweep, row: SweepRow): RunRecord {
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
    bestHeldOut: result !== null && runs.folds === 1 ? result.bestHeldOut : row.rmseHeldOut,
    rmseSeen: row.rmseSeen,
    rmseHeldOut: row.rmseHeldOut,
    objective: row.objective,
    ended: row.ended,
    updates: row.updates,
    milliseconds: row.milliseconds,
    curve: pooledCurve(
      folds.flatMap((index) => results.curves[index] ?? []),
      folds.map((index) => runs.splits[runs.spec(index).split]?.heldOut.length ?? 0),
    ),
    changed: false,
    session: null,
  };
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

export function baselineRecord(
  state: Pick<ExperimentState, 'sweeps' | 'runs' | 'names' | 'baseline'>,
): RunRecord | null {
  return state.baseline === null ? null : recordOf(state, state.baseline);
}

/** A setting of a run in words. */
export function settingText(settings: RunSettings, name: SettingName): string {
  const value = settingOf(settings, name);
  return value === null ? '—' : strings.experiment.value(value);
}

/** The row of a run; null when there is none of that id. */
export function rowOfId(state: Omit<TableState, 'view' | 'pins'>, id: RunId): RunRow | null {
  return allRows(state).find((row) => row.id === id) ?? null;
}
