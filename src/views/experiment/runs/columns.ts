import { SETTING_NAMES, type SettingName } from '../../../core/experiment/run-settings.ts';
import { settingText } from '../../../store/experiment-select.ts';
import type { RunColumn } from '../../../store/experiment-state.ts';
import type { RunsTable } from '../../../store/runs-table.ts';
import type { RunRow } from '../../../store/sweep-row.ts';
import { strings } from '../../../strings/index.ts';
import { formatCount, formatReadout, formatSignificant } from '../../../strings/numbers.ts';

/** A column of figures or settings; the ones before it (selection, pin, name) are controls. */
export interface RunsColumn {
  readonly id: string;
  /** Its name, and what stands at its head: a symbol where the field has one. */
  readonly label: string;
  readonly head: string;
  readonly sort: RunColumn;
  /** CSS pixels. */
  readonly width: number;
  readonly kind: 'differs' | 'seen' | 'heldOut' | 'plain';
  text(row: RunRow): string;
}

/** The column that stays in sight whatever is scrolled. CSS pixels. */
const HELD_OUT_WIDTH = 62;
/** The same where its head says how. */
const LEAVE_ONE_OUT_WIDTH = 98;
/** Settings that take more leave no room for it in the narrowest table; then it stands below alone. */
const ROOM = 80;
const LEAVE_ONE_OUT = strings.experiment.judging({ kind: 'leave-one-out' });

/** Settings whose values are numbers are narrow, those of whole sentences wide. */
const WIDTHS: Partial<Record<SettingName, number>> = {
  k: 40,
  seed: 52,
  alpha: 65,
  beta: 65,
  dataset: 156,
  prediction: 132,
  judging: 156,
  stop: 156,
  schedule: 156,
};
const WORD_WIDTH = 84;
const HEADS: Partial<Record<SettingName, string>> = { k: 'k', alpha: 'α', beta: 'β' };

const names = strings.runs.columns;

const DIGITS = 4;
const MORE_DIGITS = 6;

/** Four significant digits of held-out error; six where the best and the worst run read the same in four. */
export function digitsFor(rows: readonly RunRow[]): number {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const { rmseHeldOut, ended } of rows) {
    if (rmseHeldOut === null || ended === 'diverged') continue;
    least = Math.min(least, rmseHeldOut);
    greatest = Math.max(greatest, rmseHeldOut);
  }
  if (!(least < greatest)) return DIGITS;
  return least.toPrecision(DIGITS) === greatest.toPrecision(DIGITS) ? MORE_DIGITS : DIGITS;
}

/**
 * Whether it is said of the figures that they are leave-one-out: where runs of Play are among them, all judged so. Where runs are
 * judged otherwise than each other a column of its own tells; of a sweep alone the picture beside the table does.
 */
export function saysLeaveOneOut({
  rows,
  differing,
  sources,
}: Pick<RunsTable, 'rows' | 'differing' | 'sources'>): boolean {
  return sources.has('play') && !differing.has('judging') && rows[0]?.judging === LEAVE_ONE_OUT;
}

/** Whether a run of Play stands at the epoch that its own held-out ratings chose. */
export function stoppedInPlay({ from, ended }: RunRow): boolean {
  return from === 'play' && ended === 'stopped';
}

/** What rows say of their folds, which takes room: "mean 812" as best epoch, "4 settled, 1 all epochs". */
export function foldsTold(rows: readonly RunRow[]): { readonly means: boolean; readonly ends: boolean } {
  return { means: rows.some(({ bestIsMean }) => bestIsMean), ends: rows.some(({ ends }) => ends !== null) };
}

/** The settings that differ, in bold; then what each run came to. `digits`: of held-out error (`digitsFor`). */
export function columnsOf(
  differing: ReadonlySet<SettingName>,
  digits: number,
  leaveOneOut = false,
  folds: ReturnType<typeof foldsTold> = { means: false, ends: false },
): readonly RunsColumn[] {
  const settings = SETTING_NAMES.filter((name) => differing.has(name)).map(
    (name): RunsColumn => ({
      id: name,
      label: strings.experiment.settingNames[name],
      head: HEADS[name] ?? strings.experiment.settingNames[name],
      sort: name,
      width: WIDTHS[name] ?? WORD_WIDTH,
      kind: 'differs',
      text: (row) => settingText(row, name),
    }),
  );
  const taken = settings.reduce((sum, { id, width }) => sum + (id === 'seed' ? 0 : width), 0);
  const inHead = leaveOneOut && taken <= ROOM;
  const figures: readonly RunsColumn[] = [
    {
      id: 'rmseHeldOut',
      label: leaveOneOut ? strings.runs.judgedBy(names.rmseHeldOut, LEAVE_ONE_OUT) : names.rmseHeldOut,
      head: inHead ? strings.runs.headJudgedBy(names.rmseHeldOut, LEAVE_ONE_OUT) : names.rmseHeldOut,
      sort: 'rmseHeldOut',
      width: inHead ? LEAVE_ONE_OUT_WIDTH : HELD_OUT_WIDTH,
      kind: 'heldOut',
      text: ({ rmseHeldOut: rmse }) =>
        digits === DIGITS || rmse === null ? formatReadout(rmse) : formatSignificant(rmse, digits),
    },
    {
      id: 'rmseSeen',
      label: names.rmseSeen,
      head: names.rmseSeen,
      sort: 'rmseSeen',
      width: 60,
      kind: 'seen',
      text: (row) => formatReadout(row.rmseSeen),
    },
    {
      id: 'bestEpoch',
      label: names.bestEpoch,
      head: names.bestEpoch,
      sort: 'bestEpoch',
      width: folds.means ? 92 : 60,
      kind: 'plain',
      text: (row) => strings.runs.bestEpoch(row.bestEpoch, row.bestIsMean),
    },
    {
      id: 'epochs',
      label: names.epochs,
      head: names.epochs,
      sort: 'epochs',
      width: 60,
      kind: 'plain',
      text: (row) => formatCount(row.epochs),
    },
    {
      id: 'ended',
      label: names.ended,
      head: names.ended,
      sort: 'ended',
      width: folds.ends ? 200 : 96,
      kind: 'plain',
      text: (row) => strings.experiment.endedText(row),
    },
    {
      id: 'milliseconds',
      label: names.milliseconds,
      head: names.milliseconds,
      sort: 'milliseconds',
      width: 72,
      kind: 'plain',
      text: (row) => strings.runs.duration(row.milliseconds),
    },
  ];
  const [heldOut, ...others] = figures;
  const seed = settings.filter(({ id }) => id === 'seed');
  // Beside the settings stands what they came to; luck comes after it.
  return [...settings.filter(({ id }) => id !== 'seed'), ...(heldOut ? [heldOut] : []), ...seed, ...others];
}
