import { type RunSettings, SETTING_NAMES, type SettingName, settingOf } from '../core/experiment/run-settings.ts';
import { knownSameRatings } from '../core/experiment/same-ratings.ts';
import type { BaselineErrors } from '../core/experiment/summary.ts';
import { strings } from '../strings/index.ts';
import { allRowsInSteps, baselinesOf, type RunsState } from './experiment-select.ts';
import type { ExperimentState, RunColumn, Sweep } from './experiment-state.ts';
import { rowFilter } from './runs-filter.ts';
import { sortPlaces } from './sort-places.ts';
import { allSteps, lastOf, ROWS_A_STEP, type Steps } from './steps.ts';
import { type RunRow, SweepRow, variedIn } from './sweep-row.ts';

/** The runs table as the view asks for it. */
export interface RunsTable {
  /** Filtered and sorted. */
  readonly rows: readonly RunRow[];
  /** How many there are without a filter. */
  readonly all: number;
  /** Settings in which the rows differ: the only ones worth a column. */
  readonly differing: ReadonlySet<SettingName>;
  /** Where the rows come from: sweeps, or 'play'. */
  readonly sources: ReadonlySet<string>;
}

/** What the table is made from. */
export type TableState = RunsState & Pick<ExperimentState, 'pins' | 'view'>;

const NO_PINS: readonly string[] = [];

/** Walks over rows, a thousand a step. */
function* eachOf(rows: readonly RunRow[], look: (row: RunRow, at: number) => void): Steps<void> {
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at];
    if (row !== undefined) look(row, at);
    if (at % ROWS_A_STEP === ROWS_A_STEP - 1) yield;
  }
}

const keptRows = lastOf(function* kept(
  rows: readonly RunRow[],
  text: string,
  from: string | null,
  pins: readonly string[] | null,
): Steps<readonly RunRow[]> {
  const fits = rowFilter(text);
  if (fits === null && from === null && pins === null) return rows;
  const pinned = new Set(pins ?? NO_PINS);
  const found: RunRow[] = [];
  yield* eachOf(rows, (row) => {
    if ((from === null || row.from === from) && (pins === null || pinned.has(row.id)) && (fits?.(row) ?? true)) {
      found.push(row);
    }
  });
  return found;
});

/** Of rows of one sweep only what the sweep varied can differ: the rest is looked at once. */
const differingIn = lastOf(function* differ(rows: readonly RunRow[]): Steps<ReadonlySet<SettingName>> {
  const differing = new Set<SettingName>();
  const [first] = rows;
  if (first === undefined) return differing;
  const values = new Map(SETTING_NAMES.map((name) => [name, settingOf(first, name)]));
  const lookedAt = new Set<string>();
  const look = (row: RunSettings, names: Iterable<SettingName>) => {
    for (const name of names) {
      if (!differing.has(name) && settingOf(row, name) !== values.get(name)) differing.add(name);
    }
    if (!knownSameRatings(row.dataset, first.dataset)) differing.add('dataset');
  };
  yield* eachOf(rows, (row) => {
    const again = lookedAt.has(row.from);
    lookedAt.add(row.from);
    look(row, again && row instanceof SweepRow ? variedIn(row.plan) : SETTING_NAMES);
  });
  return differing;
});

const sourcesOf = lastOf(function* sources(rows: readonly RunRow[]): Steps<ReadonlySet<string>> {
  const found = new Set<string>();
  yield* eachOf(rows, ({ from }) => void found.add(from));
  return found;
});

function isSetting(column: RunColumn): column is RunColumn & SettingName {
  return SETTING_NAMES.some((name) => name === column);
}

/** What is compared: a number, a text, or null where there is nothing to compare. */
function valueIn(row: RunRow, column: Exclude<RunColumn, 'order'>): number | string | null {
  if (column === 'name') return row.short;
  if (column === 'ended') return strings.experiment.endedText(row);
  if (isSetting(column)) return settingOf(row, column);
  // The error that a run broke off at is no result to be ranked by.
  if (row.ended === 'diverged' && (column === 'rmseHeldOut' || column === 'rmseSeen' || column === 'objective')) {
    return null;
  }
  return row[column];
}

/** "#9" before "#10": letters first, then the number at the end. Each text is taken apart once. */
function inOrder(texts: Iterable<string>): string[] {
  const parted = Array.from(texts, (text) => {
    const digits = /\d*$/.exec(text)?.[0] ?? '';
    return { text, letters: text.slice(0, text.length - digits.length), number: Number(digits) };
  });
  parted.sort((a, b) => (a.letters === b.letters ? a.number - b.number : a.letters < b.letters ? -1 : 1));
  return parted.map(({ text }) => text);
}

/** A number for each row by which it is sorted, NaN for those that come last: comparing them costs the same in every column. */
const keysOf = lastOf(function* keysIn(
  rows: readonly RunRow[],
  column: Exclude<RunColumn, 'order'>,
): Steps<Float64Array> {
  const keys = new Float64Array(rows.length).fill(Number.NaN);
  const texts = new Map<string, number>();
  yield* eachOf(rows, (row, at) => {
    const value = valueIn(row, column);
    if (typeof value === 'number') keys[at] = value;
    else if (value !== null) texts.set(value, 0);
  });
  if (texts.size === 0) return keys;
  inOrder(texts.keys()).forEach((text, rank) => {
    texts.set(text, rank);
  });
  yield* eachOf(rows, (row, at) => {
    const value = valueIn(row, column);
    if (typeof value === 'string') keys[at] = texts.get(value) ?? Number.NaN;
  });
  return keys;
});

/** By size or by letters; what is missing or diverged comes last, whichever way. Equals keep their order. */
const sortedRows = lastOf(function* sorted(
  rows: readonly RunRow[],
  column: RunColumn,
  descending: boolean,
): Steps<readonly RunRow[]> {
  if (column === 'order') return descending ? rows.toReversed() : rows;
  const keys = yield* keysOf(rows, column);
  const inPlace: RunRow[] = [];
  const put = (at: number) => {
    const row = rows[at];
    if (row !== undefined) inPlace.push(row);
  };
  const places = yield* sortPlaces(keys, descending);
  for (let place = 0; place < places.length; place += 1) put(places[place] ?? 0);
  if (inPlace.length === rows.length) return inPlace;
  for (let at = 0; at < rows.length; at += 1) if (Number.isNaN(keys[at])) put(at);
  return inPlace;
});

let lastTable: RunsTable | null = null;

/** The same object as before where it would say the same. */
function tableOf(made: RunsTable): RunsTable {
  const { rows, all, differing, sources } = made;
  const last = lastTable;
  const same = last?.rows === rows && last.all === all && last.differing === differing && last.sources === sources;
  if (last !== null && same) return last;
  lastTable = made;
  return made;
}

/** The table: rows filtered and sorted, and the settings in which they differ. The same object while nothing changed. */
export function runsTable(state: TableState): RunsTable {
  return allSteps(runsTableInSteps(state));
}

/** The same, in steps, so that a page can draw in between. */
export function* runsTableInSteps(state: TableState): Steps<RunsTable> {
  const { view, pins } = state;
  const rows = yield* allRowsInSteps(state);
  const kept = yield* keptRows(rows, view.text, view.from, view.pinnedOnly ? pins : null);
  const sorted = yield* sortedRows(kept, view.sort, view.descending);
  const differing = yield* differingIn(kept);
  const sources = yield* sourcesOf(kept);
  return tableOf({ rows: sorted, all: rows.length, differing, sources });
}

/**
 * What predicting without factors comes to on the ratings that judge all these runs; null when they are of several sweeps, of
 * Play, or judged on different ratings.
 */
export function baselinesOfTable({ sources }: RunsTable, sweeps: readonly Sweep[]): BaselineErrors | null {
  const [source] = sources;
  const sweep = sources.size === 1 ? sweeps.find(({ id }) => id === source) : undefined;
  if (sweep === undefined) return null;
  const judgedAlike = sweep.plan.axes.every(({ setting }) => setting !== 'holdOut' && setting !== 'seen');
  return judgedAlike ? baselinesOf(sweep) : null;
}
