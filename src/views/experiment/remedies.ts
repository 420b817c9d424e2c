import type { SweepPlan } from '../../core/experiment/plan.ts';
import type { Caveat } from '../../core/experiment/summary.ts';

/** Caveats that no other sweep of the same settings can do without. */
const LASTING = ['diverged', 'few-ratings', 'too-few-ratings', 'other-penalty'] as const satisfies readonly Caveat[];

/** Caveats that another sweep can do without. */
export type Remediable = Exclude<Caveat, (typeof LASTING)[number]>;

const INNER_FOLDS = 3;
const WATCHED_SHARE = 20;
const SEEDS = 5;
/** How many more epochs a run may take that is to settle. */
const LONGER = 10;

export function isRemediable(caveat: Caveat): caveat is Remediable {
  return !LASTING.some((one) => one === caveat);
}

/** The plan without that caveat. */
export function remedied(plan: SweepPlan, caveat: Remediable): SweepPlan {
  const { stop, seeds, study } = plan;
  switch (caveat) {
    case 'best-of-many':
      return { ...plan, innerFolds: INNER_FOLDS };
    case 'same-budget':
    case 'fewer-updates':
      return {
        ...plan,
        stop: { kind: 'settled', limit: LONGER * (stop.kind === 'epochs' ? stop.epochs : stop.limit) },
      };
    case 'stop-watched-judges':
      return stop.kind === 'early' ? { ...plan, stop: { ...stop, watchShare: WATCHED_SHARE } } : plan;
    case 'one-seed': {
      const [first = study.model.seed] = seeds;
      return { ...plan, seeds: Array.from({ length: SEEDS }, (_, at) => (first + at) >>> 0) };
    }
  }
}
