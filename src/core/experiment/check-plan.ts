import { K_LIMIT, PARAMETER_LIMIT, SEED_LIMIT } from '../model.ts';
import type { Problem } from '../problem.ts';
import { type Axis, axisValues, isWhole, type NumberSetting } from './axis.ts';
import { foldCount } from './folds.ts';
import type { SweepPlan } from './plan.ts';

/** More runs than this are not kept well: a table of them is no longer read by anybody. */
export const RUN_LIMIT = 200_000;
/** Values of one axis. */
export const VALUE_LIMIT = 200;
/** More settings than this are too many for any number of points. */
export const AXIS_LIMIT = 8;

/** The least and the most of a number setting. */
export const NUMBER_LIMITS: { readonly [S in NumberSetting]: readonly [number, number] } = {
  k: [1, K_LIMIT],
  alpha: [1e-12, 1e6],
  beta: [0, 1e6],
  initScale: [1e-9, 1e6],
  batch: [1, 1e9],
  holdOut: [1, 90],
  seen: [1, 100],
};

function checkNumber(value: number, setting: NumberSetting): Problem | null {
  const [least, most] = NUMBER_LIMITS[setting];
  const problem = { where: setting, got: String(value) };
  if (!Number.isFinite(value)) return { code: 'not-finite', ...problem };
  if (value < least) return { code: 'below-minimum', ...problem, expected: String(least) };
  if (value > most) return { code: 'above-maximum', ...problem, expected: String(most) };
  if (isWhole(setting) && !Number.isInteger(value)) return { code: 'not-an-integer', ...problem };
  return null;
}

function checkCount(value: number, where: string, least: number, most: number): Problem | null {
  const problem = { where, got: String(value) };
  if (!Number.isInteger(value)) return { code: 'not-an-integer', ...problem };
  if (value < least) return { code: 'below-minimum', ...problem, expected: String(least) };
  if (value > most) return { code: 'above-maximum', ...problem, expected: String(most) };
  return null;
}

function checkAxis(axis: Axis): (Problem | null)[] {
  const where = axis.setting;
  if (axis.spacing !== 'listed') {
    const { setting, spacing, from, to, count } = axis;
    const bounds = [checkNumber(from, setting), checkNumber(to, setting)];
    if (bounds.some((problem) => problem !== null)) return bounds;
    if (spacing === 'log' && !(from > 0 && to > 0)) return [{ code: 'axis-log', where }];
    if (from === to) return [{ code: 'axis-values', where }];
    const counted = checkCount(count, where, 2, VALUE_LIMIT);
    if (counted !== null) return [counted];
    return [axisValues(axis).length < 2 ? { code: 'axis-values', where } : null];
  }
  if (axis.values.length < 2) return [{ code: 'axis-values', where }];
  if (axis.values.length > VALUE_LIMIT) return [checkCount(axis.values.length, where, 2, VALUE_LIMIT)];
  const values: readonly unknown[] = axis.values;
  const again = values.find((value, at) => values.indexOf(value) < at);
  if (again !== undefined) return [{ code: 'value-twice', where, got: String(again) }];
  const { setting } = axis;
  if (setting === 'optimizer' || setting === 'prediction' || setting === 'update' || setting === 'order') return [];
  return axis.values.map((value) => checkNumber(value, setting));
}

/** Settings that do nothing for some of the runs. `got`: optimizers that are varied over and do not have them. */
function checkUse({ study, axes, judging }: SweepPlan): (Problem | null)[] {
  const kinds = axes.flatMap((axis) => (axis.setting === 'optimizer' ? axis.values : []));
  const used = kinds.length === 0 ? [study.model.optimizer.kind] : kinds;
  return axes.map(({ setting }) => {
    if (setting === 'batch' && !used.every((kind) => kind === 'adam')) {
      return { code: 'axis-unused', where: setting, expected: 'Adam' };
    }
    const without = used.filter((kind) => kind !== 'sgd' && kind !== 'momentum');
    if (setting === 'update' && without.length > 0) {
      const got =
        kinds.length === 0 ? {} : { got: without.map((kind) => (kind === 'adam' ? 'Adam' : 'ALS')).join(' and ') };
      return { code: 'axis-unused', where: setting, expected: 'SGD and momentum', ...got };
    }
    if (setting === 'alpha' && used.every((kind) => kind === 'als')) {
      return { code: 'axis-unused', where: setting, expected: 'SGD, momentum and Adam' };
    }
    if (setting === 'holdOut' && judging.kind !== 'hold-out') {
      return { code: 'axis-unused', where: setting, expected: 'Hold-out' };
    }
    return null;
  });
}

function checkJudging({ study, judging, axes, innerFolds }: SweepPlan): (Problem | null)[] {
  const { ratings } = study.dataset;
  const count = ratings.value.length;
  const problems: (Problem | null)[] = [];
  const least = (needed: number) =>
    problems.push(
      count < needed
        ? { code: 'too-few-ratings', where: 'judging', got: String(count), expected: String(needed) }
        : null,
    );
  switch (judging.kind) {
    case 'hold-out':
      if (judging.share === null) {
        const varied = axes.some(({ setting }) => setting === 'holdOut');
        if (!varied && !ratings.heldOut.includes(1)) problems.push({ code: 'nothing-held-out', where: 'judging' });
      } else {
        problems.push(checkNumber(judging.share, 'holdOut'), checkCount(judging.repeats, 'repeats', 1, 1000));
        problems.push(
          Math.round((count * judging.share) / 100) < 1 ? { code: 'nothing-held-out', where: 'judging' } : null,
        );
      }
      least(2);
      break;
    case 'leave-one-out':
      least(3);
      break;
    case 'k-fold':
      problems.push(checkCount(judging.folds, 'folds', 2, 1000));
      least(judging.folds);
      break;
    case 'time-ordered':
      problems.push(checkCount(judging.folds, 'folds', 1, 1000));
      problems.push(ratings.time === null ? { code: 'no-times', where: 'judging' } : null);
      least(judging.folds + 1);
  }
  if (innerFolds !== null) problems.push(checkCount(innerFolds, 'innerFolds', 2, 100));
  return problems;
}

function checkStop({ stop }: SweepPlan): (Problem | null)[] {
  const epochs = stop.kind === 'epochs' ? stop.epochs : stop.limit;
  const problems = [checkCount(epochs, 'epochs', 1, 100_000_000)];
  if (stop.kind === 'early') {
    problems.push(checkCount(stop.patience, 'patience', 1, 1_000_000));
    if (stop.watchShare !== null) problems.push(checkCount(stop.watchShare, 'watchShare', 1, 90));
  }
  return problems;
}

function largestK({ study, axes }: SweepPlan): number {
  const values = axes.flatMap((axis): readonly unknown[] => (axis.setting === 'k' ? axisValues(axis) : []));
  return values.reduce<number>((most, value) => Math.max(most, Number(value)), values.length > 0 ? 0 : study.model.k);
}

/** Everything that is wrong with a plan; nothing when it can be run. `where` is a setting, or the part of the plan. */
export function checkPlan(plan: SweepPlan): Problem[] {
  const { study, axes, search, seeds, judging, innerFolds } = plan;
  const most = search === null ? 2 : AXIS_LIMIT;
  const problems: (Problem | null)[] = [];
  if (axes.length < 1 || axes.length > most) {
    const expected = search === null ? 'one or two; a search takes more' : `one to ${AXIS_LIMIT}`;
    problems.push({ code: 'plan-axes', where: 'axes', got: String(axes.length), expected });
  }
  const twice = axes.find((axis, at) => axes.some((other, before) => before < at && other.setting === axis.setting));
  if (twice !== undefined) problems.push({ code: 'axis-twice', where: twice.setting });
  problems.push(...axes.flatMap(checkAxis), ...checkUse(plan), ...checkJudging(plan), ...checkStop(plan));
  if (search !== null) problems.push(checkCount(search.count, 'search', 1, RUN_LIMIT));
  const soundSeeds = seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed <= SEED_LIMIT);
  if (seeds.length === 0 || !soundSeeds || new Set(seeds).size < seeds.length) {
    problems.push({ code: 'plan-seeds', where: 'seeds' });
  }
  const found = problems.filter((problem) => problem !== null);
  if (found.length > 0) return found;
  const cells = search === null ? axes.reduce((cells, axis) => cells * axisValues(axis).length, 1) : search.count;
  const folds = foldCount(judging, study.dataset.ratings.value.length);
  const runs = cells * seeds.length * folds * (1 + (innerFolds ?? 0));
  if (runs > RUN_LIMIT) {
    return [{ code: 'plan-too-large', where: 'runs', got: String(runs), expected: String(RUN_LIMIT) }];
  }
  const numbers = (study.dataset.users.length + study.dataset.items.length) * largestK(plan);
  if (numbers > PARAMETER_LIMIT) {
    return [{ code: 'model-too-large', where: 'k', got: String(numbers), expected: String(PARAMETER_LIMIT) }];
  }
  return [];
}
