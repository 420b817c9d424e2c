import type { PlannedRuns } from './run-spec.ts';
import type { CellSummary } from './summary.ts';

/** A k of a sweep, judged by ratings that its runs never saw. */
export interface JudgedK {
  readonly k: number;
  /** Mean over seeds of RMSE held out. */
  readonly rmse: number;
  /** Its standard error over the folds: s/√folds, s the spread of the folds' figures. */
  readonly error: number;
}

/** s/√folds, as far as the seeds are there; null where there are no folds to tell it. */
export function errorOverFolds({ folds }: PlannedRuns, { spreadOverFolds }: CellSummary): number | null {
  return spreadOverFolds === null ? null : spreadOverFolds / Math.sqrt(folds);
}

/** What the combinations of a sweep over k came to, in their order; only those that are whole, with folds to tell an error. */
export function judgedByK(runs: PlannedRuns, summaries: readonly CellSummary[]): readonly JudgedK[] {
  return summaries.flatMap((summary) => {
    const { assignments, done, total, diverged, mean } = summary;
    const k = assignments.find(({ setting }) => setting === 'k')?.value;
    const error = errorOverFolds(runs, summary);
    if (typeof k !== 'number' || done < total || diverged > 0 || mean === null || error === null) return [];
    return [{ k, rmse: mean, error }];
  });
}

/** The best, how far from it is as good, and the smallest k within. */
export interface OneStandardError {
  readonly best: JudgedK;
  readonly limit: number;
  readonly smallest: JudgedK;
}

/**
 * The rule of one standard error (Breiman, Friedman, Olshen and Stone, Classification and Regression Trees, 1984, section 3.4.3):
 *
 *     best      argmin RMSE(k); ties: the smaller k
 *     limit     RMSE(best) + error(best)
 *     smallest  min { k : RMSE(k) ≤ limit }
 *
 * Null where nothing was judged.
 */
export function withinOneStandardError(judged: readonly JudgedK[]): OneStandardError | null {
  const [first, ...others] = judged.toSorted((a, b) => a.k - b.k);
  if (first === undefined) return null;
  const best = others.reduce((least, one) => (one.rmse < least.rmse ? one : least), first);
  const limit = best.rmse + best.error;
  return { best, limit, smallest: [first, ...others].find(({ rmse }) => rmse <= limit) ?? best };
}
