import { ranked, spreadOfAll } from './aggregate.ts';
import type { SettingValue } from './axis.ts';
import { edgesAt } from './edge.ts';
import {
  baselineSquaredErrors,
  LEAST_RATINGS,
  leftOut,
  pairedInterval,
  rmseOf,
  type SquaredErrors,
  squaredErrorsOf,
  squaredErrorsOfChosen,
} from './paired-interval.ts';
import type { CellIndex, SweepPlan } from './plan.ts';
import type { SweepResults } from './results.ts';
import type { PlannedRuns } from './run-spec.ts';
import type { BaselineErrors, Caveat, CellSummary, NestedFigure, PairedInterval, Verdict } from './summary.ts';

/** Below this, an interval over left-out ratings is a rough one: it takes the ratings to be as good as drawn. */
const FEW_RATINGS = 30;
/** The best is compared with so many that follow it: those further behind are not closer. Fewer where there are many ratings. */
const COMPARED = 40;
const LEAST_COMPARED = 4;
/** Left-out ratings of all that are compared, together. */
const COMPARED_RATINGS = 100_000;

/**
 * What a sweep says, once its runs are there. A winner is only called one where its interval beside every one of the
 * runners-up, and beside both baselines, leaves out 0, over several seeds and at least `LEAST_RATINGS` left-out ratings.
 */
export function judge(runs: PlannedRuns, results: SweepResults, summaries: readonly CellSummary[]): Verdict {
  const steps = judgeInSteps(runs, results, summaries);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** What predicting without factors comes to on the folds of a combination; null where it has not come yet. */
export function baselinesOn(runs: PlannedRuns, results: SweepResults, cell: CellIndex): BaselineErrors | null {
  const errorOf = (which: 'mean' | 'biases') => {
    const squares = baselineSquaredErrors(runs, results, cell, which);
    return squares === null ? null : rmseOf(squares);
  };
  const mean = errorOf('mean');
  const biases = errorOf('biases');
  return mean === null || biases === null ? null : { mean, biases };
}

/** The same judgment, one interval or one combination's errors a step, so that a page can draw in between. */
export function* judgeInSteps(
  runs: PlannedRuns,
  results: SweepResults,
  summaries: readonly CellSummary[],
): Generator<undefined, Verdict> {
  const { plan } = runs;
  const order = ranked(runs, summaries);
  const isCurve = plan.axes.length > 0 && plan.axes.every(({ setting }) => setting === 'seen');
  // How many ratings one has is no choice: a learning curve is judged where it ends, other sweeps among equal shares.
  const byShare = order.toSorted((a, b) => Number(shareSeen(a)) - Number(shareSeen(b)));
  const best = (isCurve ? byShare.at(-1) : order[0]) ?? null;
  const others = order.filter((one) => one !== best && best !== null && shareSeen(one) === shareSeen(best));
  const errors = best === null ? null : squaredErrorsOf(runs, results, best.cell);
  const mean = best === null ? null : baselineSquaredErrors(runs, results, best.cell, 'mean');
  const biases = best === null ? null : baselineSquaredErrors(runs, results, best.cell, 'biases');
  yield;
  const against = (other: SquaredErrors | null) =>
    errors === null || other === null ? null : pairedInterval(errors, other, plan.splitSeed);
  const affordable = Math.floor(COMPARED_RATINGS / Math.max(1, errors === null ? 0 : leftOut(errors)));
  const compared = Math.max(LEAST_COMPARED, Math.min(COMPARED, affordable));
  const rivals: { readonly summary: CellSummary; readonly squares: SquaredErrors }[] = [];
  for (const summary of others.slice(0, compared)) {
    const squares = squaredErrorsOf(runs, results, summary.cell);
    if (squares !== null) rivals.push({ summary, squares });
    yield;
  }
  const intervals: (PairedInterval | null)[] = [];
  for (const { squares } of rivals) {
    intervals.push(errors === null ? null : pairedInterval(errors, squares, plan.splitSeed, rivals.length));
    yield;
  }
  const next = rivals[0];
  const nextInterval = intervals[0] ?? null;
  const againstMean = against(mean);
  yield;
  const againstBiases = against(biases);
  yield;
  const before = isCurve ? (byShare.at(-2) ?? null) : null;
  const step = against(before && squaredErrorsOf(runs, results, before.cell));
  yield;
  const meanRmse = mean === null ? null : rmseOf(mean);
  const biasesRmse = biases === null ? null : rmseOf(biases);
  const better = [...intervals, againstMean, againstBiases];
  return {
    best,
    ranked: order.map(({ cell }) => cell),
    baselines: meanRmse === null || biasesRmse === null ? null : { mean: meanRmse, biases: biasesRmse },
    againstNext: next === undefined || nextInterval === null ? null : { next: next.summary, interval: nextInterval },
    againstMean,
    againstBiases,
    lastStep: byShare[0] && before && step ? { first: byShare[0], before, interval: step } : null,
    rivals: others.length,
    alike: rivals.flatMap(({ summary }, at) => (intervals[at]?.clear === false ? [summary.cell] : [])),
    compared: rivals.length,
    clearWinner:
      best !== null &&
      !isCurve &&
      // From one seed nothing is known of what seeds do.
      (plan.seeds.length > 1 || rivals.length === 0) &&
      better.every((interval) => interval?.clear === true && interval.high < 0),
    edges: edgesAt(plan, best),
    nested: nestedFigure(runs, results, mean),
    caveats: caveatsOf(runs, summaries, errors),
  };
}

/** The share of the ratings that a combination was shown, where that is varied. */
function shareSeen({ assignments }: CellSummary): SettingValue | null {
  return assignments.find(({ setting }) => setting === 'seen')?.value ?? null;
}

/**
 * Nested selection (Varma and Simon, 2006): for each fold and seed the combination with the least RMSE over the inner folds,
 * which never saw the fold, is judged on the fold.
 */
function nestedFigure(runs: PlannedRuns, results: SweepResults, mean: SquaredErrors | null): NestedFigure | null {
  const { seeds, splitSeed } = runs.plan;
  if (runs.inner === 0) return null;
  const choices = seeds.map((_, seed) =>
    Array.from({ length: runs.folds }, (_fold, fold) => chosenWithin(runs, results, seed, fold)),
  );
  if (choices.some((folds) => folds.some((cell) => cell === null))) return null;
  const chosen = (seed: number, fold: number): CellIndex => choices[seed]?.[fold] ?? 0;
  const squares = squaredErrorsOfChosen(runs, results, chosen);
  const figures = seeds.flatMap((_, seed) => rmseOfChosen(runs, results, seed, (fold) => chosen(seed, fold)) ?? []);
  if (squares === null || figures.length < seeds.length) return null;
  let sum = 0;
  for (const figure of figures) sum += figure;
  return {
    rmse: sum / figures.length,
    spreadOverSeeds: spreadOfAll(figures),
    againstMean: mean === null ? null : pairedInterval(squares, mean, splitSeed),
    chosen: Array.from({ length: runs.folds }, (_, fold) => mostFrequent(choices.map((folds) => folds[fold] ?? 0))),
  };
}

/** The combination that the inner folds of a fold choose: the least Σe²; ties: the first. Null while one is missing. */
function chosenWithin(runs: PlannedRuns, results: SweepResults, seed: number, fold: number): CellIndex | null {
  let chosen: CellIndex | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let cell = 0; cell < runs.cells.length; cell += 1) {
    let squares = 0;
    for (let inner = 0; inner < runs.inner; inner += 1) {
      const index = runs.indexOf(cell, seed, fold, inner);
      if ((results.ended[index] ?? 0) === 0) return null;
      const rmse = results.rmseHeldOut[index] ?? Number.NaN;
      squares += rmse * rmse * (runs.splits[runs.splitOf(cell, fold, inner)]?.heldOut.length ?? 0);
    }
    if (squares < least) {
      chosen = cell;
      least = squares;
    }
  }
  return chosen;
}

/** √(Σe²/N) over the folds, each with the combination chosen for it. */
function rmseOfChosen(
  runs: PlannedRuns,
  results: SweepResults,
  seed: number,
  chosen: (fold: number) => CellIndex,
): number | null {
  let squares = 0;
  let count = 0;
  for (let fold = 0; fold < runs.folds; fold += 1) {
    const cell = chosen(fold);
    const judges = runs.splits[runs.splitOf(cell, fold, null)]?.heldOut.length ?? 0;
    const rmse = results.rmseHeldOut[runs.indexOf(cell, seed, fold, null)] ?? Number.NaN;
    squares += rmse * rmse * judges;
    count += judges;
  }
  const pooled = Math.sqrt(squares / count);
  return Number.isFinite(pooled) ? pooled : null;
}

/** The value that stands there most often; ties: the first. */
function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let most = 0;
  let found = values[0] ?? 0;
  for (const [value, count] of counts) {
    if (count <= most) continue;
    most = count;
    found = value;
  }
  return found;
}

/**
 * Whether Adam is compared with optimizers whose β means another penalty: theirs counts once for each rating, Adam's once for each
 * number learned. Without any β there is no penalty at all.
 */
export function hasOtherPenalty({ axes, study }: Pick<SweepPlan, 'axes' | 'study'>): boolean {
  const kinds = axes.flatMap((axis) => (axis.setting === 'optimizer' ? axis.values : []));
  const penalized = study.model.beta !== 0 || axes.some(({ setting }) => setting === 'beta');
  return penalized && kinds.includes('adam') && kinds.length > 1;
}

function caveatsOf(runs: PlannedRuns, summaries: readonly CellSummary[], errors: SquaredErrors | null): Caveat[] {
  const { axes, stop, seeds } = runs.plan;
  const caveats: Caveat[] = [];
  if (runs.cells.length > 1 && runs.inner === 0 && axes.some(({ setting }) => setting !== 'seen'))
    caveats.push('best-of-many');
  if (stop.kind === 'early' && stop.watchShare === null) caveats.push('stop-watched-judges');
  if (stop.kind === 'epochs' && axes.some(({ setting }) => setting === 'alpha' || setting === 'optimizer')) {
    caveats.push('same-budget');
  }
  if (stop.kind === 'epochs' && axes.some(({ setting }) => setting === 'seen')) caveats.push('fewer-updates');
  if (hasOtherPenalty(runs.plan)) caveats.push('other-penalty');
  if (summaries.some(({ diverged }) => diverged > 0)) caveats.push('diverged');
  const judges = errors === null ? FEW_RATINGS : leftOut(errors);
  if (judges < FEW_RATINGS) caveats.push(judges < LEAST_RATINGS ? 'too-few-ratings' : 'few-ratings');
  if (seeds.length === 1) caveats.push('one-seed');
  return caveats;
}
