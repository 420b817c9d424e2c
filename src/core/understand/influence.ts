import { predict } from '../predict.ts';
import type { ItemIndex, UserIndex } from '../ratings.ts';
import type { TrainingData } from '../training-data.ts';
import type { Outcome } from './retrain.ts';

/** What one training rating does to a prediction. */
export interface Influence {
  /** Its place in the training columns. */
  readonly rating: number;
  readonly user: UserIndex;
  readonly item: ItemIndex;
  readonly value: number;
  /** r̂ without it. */
  readonly without: number;
  /** r̂ without it − r̂ with all: negative where the rating holds the prediction up. */
  readonly change: number;
}

/**
 * The training ratings whose influence is asked, in the order of the columns. All of them up to `limit`; beyond it those
 * of the chosen user and item first, then of the others every s-th, s the least that keeps within the limit. A rule, not a
 * draw, so that the sample can be stated in a sentence.
 */
export function sampleForInfluence(data: TrainingData, user: UserIndex, item: ItemIndex, limit: number): Int32Array {
  const { training } = data;
  const count = training.value.length;
  if (count <= limit) return Int32Array.from({ length: count }, (_, at) => at);
  const near: number[] = [];
  const far: number[] = [];
  for (let at = 0; at < count; at += 1) {
    (training.user[at] === user || training.item[at] === item ? near : far).push(at);
  }
  const first = near.slice(0, limit);
  const room = limit - first.length;
  const stride = room > 0 ? Math.ceil(far.length / room) : Number.POSITIVE_INFINITY;
  const others = room > 0 ? far.filter((_, at) => at % stride === 0) : [];
  return Int32Array.from([...first, ...others]).sort();
}

/**
 * Influence on one cell of every rating that was left out so far, the greatest |change| first, ties in the order of the
 * columns. Null until the whole run is retrained, or when it diverged; a rating without which it diverges is not listed.
 * The whole run is among the `outcomes`, so that changes made in its middle are nobody's influence; and a model trained without
 * a rating knows its prediction of every cell, so another cell needs no retraining.
 */
export function rankInfluence(
  outcomes: readonly Outcome[],
  data: TrainingData,
  user: UserIndex,
  item: ItemIndex,
): { readonly predicted: number; readonly ranked: readonly Influence[] } | null {
  const whole = outcomes.find((outcome) => outcome.member.kind === 'whole')?.parameters ?? null;
  if (whole === null) return null;
  const predicted = predict(whole, user, item);
  const { training } = data;
  const ranked = outcomes.flatMap(({ member, parameters }): Influence[] => {
    if (member.kind !== 'without' || parameters === null) return [];
    const { rating } = member;
    const without = predict(parameters, user, item);
    return [
      {
        rating,
        user: training.user[rating] ?? 0,
        item: training.item[rating] ?? 0,
        value: training.value[rating] ?? 0,
        without,
        change: without - predicted,
      },
    ];
  });
  ranked.sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || a.rating - b.rating);
  return { predicted, ranked };
}
