import { type Assignment, type Axis, axisValues, isWhole, roundToThreeDigits, type SpacedAxis } from './axis.ts';
import { NUMBER_LIMITS, VALUE_LIMIT } from './check-plan.ts';
import type { SweepPlan } from './plan.ts';
import type { SweepResults } from './results.ts';
import { emptyResults } from './results.ts';
import { readPlan } from './run-spec.ts';
import type { CellSummary, EdgeOfAxis } from './summary.ts';

type Side = EdgeOfAxis['side'];

/** The numbers of an axis, ascending; none for choices. */
function numbersOf(axis: Axis): number[] {
  return axisValues(axis)
    .filter((value) => typeof value === 'number')
    .toSorted((a, b) => a - b);
}

/** Whether values go up by factors: a log axis, or a list of numbers above 0 whose steps grow by half or more. */
function isLog(axis: Axis): boolean {
  if (axis.spacing !== 'listed') return axis.spacing === 'log';
  const values = numbersOf(axis);
  const [first = 0, second = 0] = values;
  return first > 0 && (values.at(-1) ?? 0) - (values.at(-2) ?? 0) > 1.5 * (second - first);
}

/**
 * Values beyond an end, about a third as many as there are (at least two), going on as the last two do: by the same factor on a
 * log scale, else by the same step. They end at the limits of the setting, and where the axis has all the values it may.
 */
export function valuesBeyond(axis: Axis, side: Side): number[] {
  const values = numbersOf(axis);
  const { setting } = axis;
  if (values.length < 2 || !(setting in NUMBER_LIMITS)) return [];
  const limits = Object.entries(NUMBER_LIMITS).find(([name]) => name === setting)?.[1] ?? [0, 0];
  const [end = 0, inner = 0] = side === 'high' ? [values.at(-1), values.at(-2)] : [values[0], values[1]];
  const wanted = Math.min(Math.max(2, Math.ceil(values.length / 3)), VALUE_LIMIT - values.length);
  const beyond: number[] = [];
  let last = end;
  let factor = end;
  for (let added = 0; added < wanted; added += 1) {
    factor = isLog(axis) ? factor * (end / inner) : factor + (end - inner);
    const exact = isLog(axis) ? roundToThreeDigits(factor) : Number(factor.toPrecision(12));
    const value = isWhole(setting) ? Math.round(exact) : exact;
    if (value === last || value < limits[0] || value > limits[1]) break;
    beyond.push(value);
    last = value;
  }
  return beyond.sort((a, b) => a - b);
}

/** Where the best lies on the first or last value of an axis of numbers; a search and a share of the ratings have no edges. */
export function edgesAt(plan: SweepPlan, best: CellSummary | null): EdgeOfAxis[] {
  if (best === null || plan.search !== null) return [];
  return plan.axes.flatMap((axis, at): EdgeOfAxis[] => {
    const values = numbersOf(axis);
    const value = best.assignments.find(({ setting }) => setting === axis.setting)?.value;
    if (values.length < 2 || axis.setting === 'seen') return [];
    const side: Side | null = value === values[0] ? 'low' : value === values.at(-1) ? 'high' : null;
    return side === null ? [] : [{ axis: at, side, beyond: valuesBeyond(axis, side) }];
  });
}

/** The plan with the values beyond one end of an axis. Log and even axes become lists: their values stay the very same. */
export function extendPlan(plan: SweepPlan, axis: number, side: Side): SweepPlan {
  const axes = plan.axes.map((one, at): Axis => {
    if (at !== axis) return one;
    const beyond = valuesBeyond(one, side);
    if (beyond.length === 0) return one;
    if (one.spacing === 'listed') {
      if (!isNumberAxis(one)) return one;
      return { ...one, values: [...one.values, ...beyond].sort((a, b) => a - b) };
    }
    return asListed(one, beyond);
  });
  return { ...plan, axes };
}

function isNumberAxis(axis: Axis): axis is Extract<Axis, { readonly values: readonly number[] }> {
  return axis.spacing === 'listed' && axis.values.every((value: unknown) => typeof value === 'number');
}

function asListed(axis: SpacedAxis, beyond: readonly number[]): Axis {
  const values = [...numbersOf(axis), ...beyond].sort((a, b) => a - b);
  return { setting: axis.setting, spacing: 'listed', values };
}

function nameOf(assignments: readonly Assignment[]): string {
  return assignments.map(({ setting, value }) => `${setting}=${value}`).join(' ');
}

/** Results of one plan as those of another that has the same seeds, folds and stop: combinations that both have are taken over. */
export function carryOver(from: SweepPlan, results: SweepResults, to: SweepPlan): SweepResults {
  const before = readPlan(from);
  const after = readPlan(to);
  const known = new Map(before.cells.map((cell, at) => [nameOf(cell), at]));
  const carried = emptyResults(after.count, after.splits.length);
  const sameSplits = before.splits.length === after.splits.length;
  if (sameSplits)
    results.baselines.forEach((errors, split) => {
      carried.baselines[split] = errors;
    });
  after.cells.forEach((cell, at) => {
    const old = known.get(nameOf(cell));
    if (old === undefined) return;
    for (let seed = 0; seed < to.seeds.length; seed += 1) {
      const source = before.indexOf(old, seed, 0, null);
      const target = after.indexOf(at, seed, 0, null);
      for (let run = 0; run < after.runsOfSeed; run += 1) {
        // A run that brings the baselines of its split must come again where they are not taken over.
        if (!sameSplits && after.firstWithSplit(after.spec(target + run).split) === target + run) continue;
        copyRun(results, source + run, carried, target + run);
      }
    }
  });
  return carried;
}

function copyRun(from: SweepResults, source: number, to: SweepResults, target: number): void {
  to.ended[target] = from.ended[source] ?? 0;
  for (const name of NUMBER_COLUMNS) to[name][target] = from[name][source] ?? Number.NaN;
  to.errors[target] = from.errors[source] ?? null;
  to.curves[target] = from.curves[source] ?? null;
}

/** The columns of doubles of `SweepResults`. */
export const NUMBER_COLUMNS = [
  'rmseSeen',
  'rmseHeldOut',
  'objective',
  'epochs',
  'standsAt',
  'bestEpoch',
  'bestHeldOut',
  'updates',
  'milliseconds',
] as const;
