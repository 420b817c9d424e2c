import type { Study } from '../study.ts';
import type { Judging, SweepPlan } from './plan.ts';

/** Up to this many ratings each can be left out in turn. */
const LEAVE_ONE_OUT_LIMIT = 64;

/** How a study is best judged: by what it holds out; else by leaving out one by one where there are few, or by five folds. */
export function judgingFor({ dataset }: Study): Judging {
  const { heldOut, value } = dataset.ratings;
  if (heldOut.includes(1)) return { kind: 'hold-out', share: null, repeats: 1 };
  return value.length <= LEAVE_ONE_OUT_LIMIT ? { kind: 'leave-one-out' } : { kind: 'k-fold', folds: 5 };
}

/** Plans to begin with, from the study as it stands in Play and the epochs that it is trained for. */
export interface SuggestedPlans {
  /** A map of α × β. */
  readonly alphaBeta: SweepPlan;
  /** Held-out error against k, with spread. */
  readonly overK: SweepPlan;
  /** Held-out error against the share of ratings seen. */
  readonly learningCurve: SweepPlan;
  /** Quasi-random points over k, α, β and the start's scale. */
  readonly search: SweepPlan;
}

export function plansFor(study: Study, epochs: number): SuggestedPlans {
  const { seed } = study.model;
  const seeds = (count: number) => Array.from({ length: count }, (_, at) => (seed + at) >>> 0);
  const base = {
    study,
    search: null,
    judging: judgingFor(study),
    splitSeed: seed,
    stop: { kind: 'epochs', epochs },
    innerFolds: null,
  } as const;
  const folds: Judging =
    study.dataset.ratings.value.length <= LEAVE_ONE_OUT_LIMIT ? base.judging : { kind: 'k-fold', folds: 5 };
  const alpha = { setting: 'alpha', spacing: 'log', from: 0.0005, to: 0.05, count: 10 } as const;
  const beta = { setting: 'beta', spacing: 'log', from: 0.005, to: 1, count: 10 } as const;
  return {
    alphaBeta: { ...base, axes: [alpha, beta], seeds: seeds(3) },
    overK: {
      ...base,
      axes: [{ setting: 'k', spacing: 'listed', values: [1, 2, 3, 4, 5, 6, 8, 10] }],
      judging: folds,
      seeds: seeds(5),
    },
    learningCurve: {
      ...base,
      axes: [{ setting: 'seen', spacing: 'evenly', from: 20, to: 100, count: 9 }],
      judging: folds,
      seeds: seeds(5),
    },
    search: {
      ...base,
      axes: [
        { setting: 'k', spacing: 'evenly', from: 1, to: 10, count: 10 },
        alpha,
        beta,
        { setting: 'initScale', spacing: 'log', from: 0.01, to: 1, count: 10 },
      ],
      search: { kind: 'quasi-random', count: 60, seed },
      seeds: seeds(2),
    },
  };
}
