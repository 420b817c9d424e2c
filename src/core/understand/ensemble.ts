import { SEED_LIMIT } from '../model.ts';
import { predict } from '../predict.ts';
import type { ItemIndex, UserIndex } from '../ratings.ts';
import type { Member, Outcome } from './retrain.ts';
import { spreadOf } from './spread.ts';

/*
 * How sure is a prediction? Two questions that must not be mixed, each a list of retrainings (see `retrain`):
 *
 *     other starts       the same ratings from seeds s, s + 1, …      does it hang on chance?
 *     one rating fewer   the same start without each rating in turn   does it hang on a single rating?
 */

/** The study from `count` seeds: `first`, `first` + 1, … Each draws its own start and its own shuffles, so none is alike. */
export function planOtherStarts(count: number, first: number): Member[] {
  return Array.from({ length: count }, (_, at) => ({ kind: 'seed', seed: (first + at) % (SEED_LIMIT + 1) }));
}

/** When to look: at the rule's mark (the run's own epoch), or at its end. */
export type Moment = 'mark' | 'end';

/** r̂ of a cell, one for each retraining that did not diverge, in their order. */
export function predictionsOf(
  outcomes: readonly Outcome[],
  user: UserIndex,
  item: ItemIndex,
  moment: Moment,
): Float64Array {
  const found: number[] = [];
  for (const outcome of outcomes) {
    const parameters = moment === 'mark' ? outcome.atMark : outcome.parameters;
    if (parameters !== null && outcome.ended !== 'diverged') found.push(predict(parameters, user, item));
  }
  return Float64Array.from(found);
}

/**
 * What a spread over other starts is made of:
 *
 *     alike       it is negligible already at the mark
 *     unfinished  training on takes away 90 % of its variance or more: the starts were still on their way to one value
 *     partly      training on takes away 10 % … 90 %
 *     lasting     training on leaves it: the ratings allow more than one answer
 *     undecided   a retraining met the epoch limit before it settled (or there are fewer than two): nothing to compare with
 */
export type SpreadVerdict = 'alike' | 'unfinished' | 'partly' | 'lasting' | 'undecided';

/** The verdict, and the share of the variance that training on took away: 1 − (sd at the end / sd at the mark)². */
export interface SpreadJudgment {
  readonly verdict: SpreadVerdict;
  readonly vanished: number | null;
}

/** Judges the spread of one cell. negligible: a standard deviation below this is none (a hundredth of a rating step, say). */
export function judgeSpread(
  outcomes: readonly Outcome[],
  user: UserIndex,
  item: ItemIndex,
  negligible: number,
): SpreadJudgment {
  const mark = spreadOf(predictionsOf(outcomes, user, item, 'mark'));
  const end = spreadOf(predictionsOf(outcomes, user, item, 'end'));
  if (mark === null || end === null || mark.count < 2 || end.count < 2) return { verdict: 'undecided', vanished: null };
  if (mark.sd < negligible && end.sd < negligible) return { verdict: 'alike', vanished: null };
  const vanished = mark.sd === 0 ? 0 : 1 - (end.sd / mark.sd) * (end.sd / mark.sd);
  // Retrainings on their way may look alike and be bound for different ends, so a limit that was met leaves it open.
  if (outcomes.some((outcome) => outcome.ended === 'limit')) return { verdict: 'undecided', vanished };
  if (vanished >= 0.9 || end.sd < negligible) return { verdict: 'unfinished', vanished };
  return { verdict: vanished >= 0.1 ? 'partly' : 'lasting', vanished };
}
