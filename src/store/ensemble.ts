import type { Epoch, ItemIndex, UserIndex } from '../core/ratings.ts';
import type { Study } from '../core/study.ts';
import { judgeSpread, type Moment, predictionsOf, type SpreadJudgment } from '../core/understand/ensemble.ts';
import type { Influence } from '../core/understand/influence.ts';
import type { Outcome } from '../core/understand/retrain.ts';
import { type Histogram, histogramOf, type Spread, spreadOf } from '../core/understand/spread.ts';

/** What happened since: the run went on (or back), or ratings, settings or the start are others. Null: nothing. */
export type Staleness = 'epoch' | 'study' | null;

/** What was retrained, for what, and how much of it there is. */
interface Found {
  /** The study as its run began: `start` is where Reset returned to. */
  readonly study: Study;
  /** The run's completed epochs when it was asked. */
  readonly mark: Epoch;
  /** Retrainings asked for. */
  readonly asked: number;
  /** Training ratings there are; more than `asked` (less 1 for influence) where they were sampled. */
  readonly ratings: number;
  /** All of it is there; false while it is under way, and for what was canceled. */
  readonly complete: boolean;
  readonly stale: Staleness;
}

/** The same study from other starts, or without each rating in turn. */
export interface Ensemble extends Found {
  /** Trained to the mark, done first: what the run might say now ('mark'). In the order of seeds or ratings, those that are done. */
  readonly present: readonly Outcome[];
  /** Trained until settled ('end'), kept at the mark on the way. Comes after `present`, and takes longer. */
  readonly settled: readonly Outcome[];
}

/** What each rating does to the prediction of one cell. */
export interface InfluenceFound extends Found {
  readonly user: UserIndex;
  readonly item: ItemIndex;
  /** The run whole and without ratings, each to the mark. Tells the influence on any cell. */
  readonly outcomes: readonly Outcome[];
  /** r̂ of the whole retraining; null until it is there, or when it diverged. */
  readonly predicted: number | null;
  /** Those done so far, the greatest |change| first. */
  readonly ranked: readonly Influence[];
}

/** A prediction that moves less than this share of a rating step does not move. */
const NEGLIGIBLE_STEP = 0.01;

const spreads = new WeakMap<readonly Outcome[], Map<string, Spread | null>>();

function outcomesAt(ensemble: Ensemble, moment: Moment): readonly Outcome[] {
  return moment === 'mark' ? ensemble.present : ensemble.settled;
}

/** r̂ of a cell in every retraining: at the run's epoch ('mark') or once settled ('end'). */
export function valuesAt(ensemble: Ensemble, user: UserIndex, item: ItemIndex, moment: Moment): Float64Array {
  return predictionsOf(outcomesAt(ensemble, moment), user, item, moment);
}

/** Mean, sd, least, greatest and quantiles of them; null while there is none. Computed once for each cell and state of things. */
export function spreadAt(ensemble: Ensemble, user: UserIndex, item: ItemIndex, moment: Moment): Spread | null {
  const outcomes = outcomesAt(ensemble, moment);
  const known = spreads.get(outcomes) ?? new Map<string, Spread | null>();
  spreads.set(outcomes, known);
  const cell = `${user}/${item}`;
  const found = known.get(cell);
  if (found !== undefined) return found;
  const spread = spreadOf(valuesAt(ensemble, user, item, moment));
  known.set(cell, spread);
  return spread;
}

/**
 * The interval that stands for an ensemble in a cell: of other starts where nine of ten lie, of one rating fewer from the
 * least to the greatest (a single rating may be the one that matters). Null for fewer than two retrainings.
 */
export function intervalAt(
  kind: 'starts' | 'fewer',
  ensemble: Ensemble,
  user: UserIndex,
  item: ItemIndex,
  moment: Moment,
): { readonly low: number; readonly high: number } | null {
  const spread = spreadAt(ensemble, user, item, moment);
  if (spread === null || spread.count < 2) return null;
  const { min, max, quantiles } = spread;
  return kind === 'fewer' ? { low: min, high: max } : { low: quantiles[0] ?? min, high: quantiles.at(-1) ?? max };
}

/** How many retrainings say what about a cell. With `range`, two of them can be drawn on one axis. */
export function histogramAt(
  ensemble: Ensemble,
  user: UserIndex,
  item: ItemIndex,
  moment: Moment,
  bins: number,
  range?: { low: number; high: number },
): Histogram {
  return histogramOf(valuesAt(ensemble, user, item, moment), bins, range);
}

/** What the spread of a cell at the mark is made of, by those that were trained on; 'undecided' until they all are. */
export function judgmentAt(ensemble: Ensemble, user: UserIndex, item: ItemIndex): SpreadJudgment {
  if (!ensemble.complete && ensemble.settled.length < ensemble.asked) return { verdict: 'undecided', vanished: null };
  return judgeSpread(ensemble.settled, user, item, NEGLIGIBLE_STEP * ensemble.study.dataset.scale.step);
}
