import { SETTING_NAMES, type SettingName } from '../../../core/experiment/run-settings.ts';
import { type RunRow, settingText } from '../../../store/experiment-select.ts';
import type { RunColumn } from '../../../store/experiment-state.ts';
import { strings } from '../../../strings/index.ts';
import { formatCount, formatExact, formatReadout } from '../../../strings/numbers.ts';

/** A column of figures or settings; the ones before it (selection, pin, name) are controls. */
export interface RunsColumn {
  readonly id: string;
  readonly label: string;
  /** What it sorts by; null where there is no order. */
  readonly sort: RunColumn | null;
  /** CSS pixels. */
  readonly width: number;
  readonly kind: 'differs' | 'seen' | 'heldOut' | 'plain';
  text(row: RunRow): string;
}

const SORTED_SETTINGS: Partial<Record<SettingName, RunColumn>> = { k: 'k', alpha: 'alpha', beta: 'beta' };
/** Settings whose values are words need room for them. */
const WIDE: ReadonlySet<SettingName> = new Set(['dataset', 'prediction', 'judging', 'stop', 'schedule']);

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
      sort: SORTED_SETTINGS[name] ?? null,
      width: WIDE.has(name) ? 156 : 92,
      kind: 'differs',
      text: (row) => settingText(row, name),
    }),
  );
  return [
    ...settings,
    {
      id: 'seed',
      label: names.seed,
      sort: 'seed',
      width: 72,
      kind: differing.has('seed') ? 'differs' : 'plain',
      text: (row) => formatExact(row.model.seed),
    },
    {
      id: 'rmseHeldOut',
      label: names.rmseHeldOut,
      sort: 'rmseHeldOut',
      width: 84,
      kind: 'heldOut',
      text: (row) => formatReadout(row.rmseHeldOut),
    },
    {
      id: 'rmseSeen',
      label: names.rmseSeen,
      sort: 'rmseSeen',
      width: 84,
      kind: 'seen',
      text: (row) => formatReadout(row.rmseSeen),
    },
    {
      id: 'bestEpoch',
      label: names.bestEpoch,
      sort: 'bestEpoch',
      width: 76,
      kind: 'plain',
      text: (row) => countText(row.bestEpoch),
    },
    {
      id: 'epochs',
      label: names.epochs,
      sort: 'epochs',
      width: 76,
      kind: 'plain',
      text: (row) => formatCount(row.epochs),
    },
    {
      id: 'ended',
      label: names.ended,
      sort: null,
      width: 108,
      kind: 'plain',
      text: (row) => strings.experiment.ended[row.ended],
    },
    {
      id: 'milliseconds',
      label: names.milliseconds,
      sort: 'milliseconds',
      width: 80,
      kind: 'plain',
      text: (row) => strings.runs.duration(row.milliseconds),
    },
  ];
}
