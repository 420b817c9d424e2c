import { SETTING_NAMES, type SettingName } from '../../../core/experiment/run-settings.ts';
import { type RunRow, settingText } from '../../../store/experiment-select.ts';
import type { RunColumn } from '../../../store/experiment-state.ts';
import { strings } from '../../../strings/index.ts';
import { formatCount, formatExact, formatReadout } from '../../../strings/numbers.ts';

/** A column of figures or settings; the ones before it (selection, pin, name) are controls. */
export interface RunsColumn {
  readonly id: string;
  /** Its name, and what stands at its head: a symbol where the field has one. */
  readonly label: string;
  readonly head: string;
  /** What it sorts by; null where there is no order. */
  readonly sort: RunColumn | null;
  /** CSS pixels. */
  readonly width: number;
  readonly kind: 'differs' | 'seen' | 'heldOut' | 'plain';
  text(row: RunRow): string;
}

const SORTED_SETTINGS: Partial<Record<SettingName, RunColumn>> = { k: 'k', alpha: 'alpha', beta: 'beta' };
/** Settings whose values are numbers are narrow, those of whole sentences wide. */
const WIDTHS: Partial<Record<SettingName, number>> = {
  k: 40,
  alpha: 66,
  beta: 58,
  dataset: 156,
  prediction: 132,
  judging: 156,
  stop: 156,
  schedule: 156,
};
const WORD_WIDTH = 84;
const HEADS: Partial<Record<SettingName, string>> = { k: 'k', alpha: 'α', beta: 'β' };

const names = strings.runs.columns;

function countText(count: number | null): string {
  return count === null ? '—' : formatCount(count);
}

/** The settings that differ, in bold; then what each run came to. */
export function columnsOf(differing: ReadonlySet<SettingName>): readonly RunsColumn[] {
  const settings = SETTING_NAMES.filter((name) => name !== 'seed' && differing.has(name)).map(
    (name): RunsColumn => ({
      id: name,
      label: strings.experiment.settingNames[name],
      head: HEADS[name] ?? strings.experiment.settingNames[name],
      sort: SORTED_SETTINGS[name] ?? null,
      width: WIDTHS[name] ?? WORD_WIDTH,
      kind: 'differs',
      text: (row) => settingText(row, name),
    }),
  );
  const seed: RunsColumn = {
    id: 'seed',
    label: names.seed,
    head: names.seed,
    sort: 'seed',
    width: 52,
    kind: differing.has('seed') ? 'differs' : 'plain',
    text: (row) => formatExact(row.model.seed),
  };
  const figures: readonly RunsColumn[] = [
    {
      id: 'rmseHeldOut',
      label: names.rmseHeldOut,
      head: names.rmseHeldOut,
      sort: 'rmseHeldOut',
      width: 60,
      kind: 'heldOut',
      text: (row) => formatReadout(row.rmseHeldOut),
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
      width: 60,
      kind: 'plain',
      text: (row) => countText(row.bestEpoch),
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
      sort: null,
      width: 96,
      kind: 'plain',
      text: (row) => strings.experiment.ended[row.ended],
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
  // A seed that all have is the last thing one asks for.
  return differing.has('seed') ? [...settings, seed, ...figures] : [...settings, ...figures, seed];
}
