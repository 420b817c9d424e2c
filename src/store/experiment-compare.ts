import type { RunRecord } from '../core/experiment/run-record.ts';
import { differingSettings, SETTING_NAMES, type SettingName } from '../core/experiment/run-settings.ts';
import type { ItemIndex, UserIndex } from '../core/ratings.ts';
import { recordOf, rowOfId, settingText } from './experiment-select.ts';
import type { Comparison, ExperimentState } from './experiment-state.ts';

/** A prediction in two runs. */
export interface MovedPrediction {
  readonly user: UserIndex;
  readonly item: ItemIndex;
  readonly before: number;
  readonly after: number;
  /** after − before. */
  readonly change: number;
}

/** Runs side by side. */
export interface CompareModel {
  readonly status: Comparison['status'];
  readonly records: readonly RunRecord[];
  /** Only settings in which they differ, with what each of them has, in words. */
  readonly differences: readonly { readonly setting: SettingName; readonly values: readonly string[] }[];
  readonly predictions: Comparison['predictions'];
  /** Whether all are about the same users and items, so that predictions can be compared. */
  readonly sameCells: boolean;
  /** R̂ of run `second` − R̂ of run `first`, row by row; null where one is missing or they are about other cells. */
  difference(first: number, second: number): Float64Array | null;
  /** The predictions that differ most, the greatest |change| first. */
  moved(first: number, second: number, count: number): readonly MovedPrediction[];
}

let last: {
  readonly comparison: Comparison;
  readonly records: readonly RunRecord[];
  readonly model: CompareModel;
} | null = null;

/** What is compared; null while nothing is, or a run of it is gone. The same object while nothing changed. */
export function comparisonOf(
  state: Pick<ExperimentState, 'sweeps' | 'runs' | 'names' | 'deleted' | 'comparison'>,
): CompareModel | null {
  const { comparison } = state;
  if (comparison === null) return null;
  const records = comparison.ids.flatMap((id) => recordOf(state, id) ?? []);
  const same = last?.comparison === comparison && records.every((record, at) => record === last?.records[at]);
  if (last !== null && same) return last.model;
  const rows = comparison.ids.flatMap((id) => rowOfId(state, id) ?? []);
  if (records.length < comparison.ids.length || rows.length < comparison.ids.length) return null;
  const differing = differingSettings(rows);
  const [first] = records;
  const sameNames = (a: readonly string[], b: readonly string[] | undefined) =>
    a === b || (a.length === b?.length && a.every((name, at) => name === b[at]));
  const sameCells = records.every(
    ({ study: { dataset } }) =>
      sameNames(dataset.users, first?.study.dataset.users) && sameNames(dataset.items, first?.study.dataset.items),
  );
  const { predictions } = comparison;
  const difference = (a: number, b: number): Float64Array | null => {
    const before = predictions[a] ?? null;
    const after = predictions[b] ?? null;
    return !sameCells || before === null || after === null ? null : after.map((x, at) => x - (before[at] ?? 0));
  };
  const model: CompareModel = {
    status: comparison.status,
    records,
    differences: SETTING_NAMES.filter((name) => differing.has(name)).map((setting) => ({
      setting,
      values: rows.map((row) => settingText(row, setting)),
    })),
    predictions,
    sameCells,
    difference,
    moved(a, b, count) {
      const changes = difference(a, b);
      if (changes === null) return [];
      const n = first?.study.dataset.items.length ?? 1;
      const order = Int32Array.from(changes, (_, at) => at).sort(
        (x, y) => Math.abs(changes[y] ?? 0) - Math.abs(changes[x] ?? 0) || x - y,
      );
      return Array.from(order.slice(0, count), (at) => ({
        user: Math.floor(at / n),
        item: at % n,
        before: predictions[a]?.[at] ?? 0,
        after: predictions[b]?.[at] ?? 0,
        change: changes[at] ?? 0,
      }));
    },
  };
  last = { comparison, records, model };
  return model;
}
