import type { AdamSettings, ModelSettings } from './model.ts';
import type { AdamState, Parameters } from './parameters.ts';
import { predict } from './predict.ts';
import type { ItemIndex, UserIndex } from './ratings.ts';
import type { RatingColumns } from './training-data.ts';

/** One number's part in one step of Adam. */
export interface AdamNumberTrace {
  readonly before: number;
  /** What −e of the chosen rating is multiplied by; null for a bias. */
  readonly partner: number | null;
  /** (r̂ − r)·partner of every rating of the batch that has this number, in visiting order. */
  readonly parts: readonly number[];
  /** Σ of them, from left to right. */
  readonly sum: number;
  /** Σ/B, with β·w where decay is coupled. */
  readonly gradient: number;
  readonly m: number;
  readonly newM: number;
  readonly v: number;
  readonly newV: number;
  /** m̂ = m/(1 − β1ᵗ), v̂ = v/(1 − β2ᵗ). */
  readonly mHat: number;
  readonly vHat: number;
  /** α·m̂/(√v̂ + ε), with the engine's bits: (α/(1 − β1ᵗ))·(m/(√v/√(1 − β2ᵗ) + ε)). */
  readonly step: number;
  /** w·(1 − α·β) where decay is decoupled; else w. */
  readonly decayed: number;
  /** decayed − step, before anything is cut at zero. */
  readonly moved: number;
  readonly after: number;
}

/** One rating of the batch, with the numbers before the step. */
export interface BatchRating {
  readonly user: UserIndex;
  readonly item: ItemIndex;
  readonly rating: number;
  readonly predicted: number;
  /** e = r − r̂. */
  readonly error: number;
}

/** One step of Adam as data: what it makes of the numbers of one rating of its batch. */
export interface AdamTrace {
  readonly rating: number;
  readonly error: number;
  readonly alpha: number;
  readonly beta: number;
  readonly settings: AdamSettings;
  /** t: steps of Adam, this one counted. */
  readonly step: number;
  /** 1 − β1ᵗ and 1 − β2ᵗ. */
  readonly correction1: number;
  readonly correction2: number;
  /** 1-based, and how many batches an epoch has. */
  readonly batch: number;
  readonly batches: number;
  /** In visiting order. */
  readonly ratings: readonly BatchRating[];
  readonly factors: readonly { readonly p: AdamNumberTrace; readonly q: AdamNumberTrace }[];
  readonly userBias: AdamNumberTrace | null;
  readonly itemBias: AdamNumberTrace | null;
}

/**
 * Spells out what the step with the batch that holds this rating would make of its p, q and biases, with the bits the engine
 * writes; changes nothing. `columns`: the training ratings in the order of the epoch under way (`inVisitingOrder`), with rows
 * as in `parameters` and `adam`. Null under any other optimizer, and for what is no training rating. alpha: the one in force
 * (`alphaAt`). Source: Kingma and Ba, 2015; the formulas stand in the contract of sessions and above the engine's loop.
 */
export function traceAdam(
  parameters: Parameters,
  adam: AdamState,
  columns: RatingColumns,
  user: UserIndex,
  item: ItemIndex,
  model: ModelSettings,
  alpha = model.alpha,
): AdamTrace | null {
  const { optimizer: settings, beta } = model;
  if (settings.kind !== 'adam') return null;
  const at = columns.user.findIndex((rater, place) => rater === user && columns.item[place] === item);
  if (at < 0) return null;
  const number = Math.floor(at / settings.batch);
  const ratings = batchOf(parameters, columns, number * settings.batch, settings.batch);
  const { k, P, Q, bu, bi } = parameters;

  const beta1Power = adam.beta1Power * settings.beta1;
  const beta2Power = adam.beta2Power * settings.beta2;
  const rate = alpha / (1 - beta1Power);
  const root = Math.sqrt(1 - beta2Power);
  const decoupled = settings.decay === 'decoupled';

  const trace = (
    before: number,
    partner: number | null,
    parts: readonly number[],
    [m, v]: readonly [number, number],
    least: number,
  ): AdamNumberTrace => {
    let sum = 0;
    for (const part of parts) sum += part;
    const mean = sum / ratings.length;
    const gradient = decoupled ? mean : mean + beta * before;
    const newM = settings.beta1 * m + (1 - settings.beta1) * gradient;
    const newV = settings.beta2 * v + (1 - settings.beta2) * (gradient * gradient);
    const decayed = decoupled ? before * (1 - alpha * beta) : before;
    const step = rate * (newM / (Math.sqrt(newV) / root + settings.epsilon));
    const moved = decayed - step;
    const mHat = newM / (1 - beta1Power);
    const vHat = newV / (1 - beta2Power);
    const after = moved < least ? least : moved;
    return { before, partner, parts, sum, gradient, m, newM, v, newV, mHat, vHat, step, decayed, moved, after };
  };

  const ofUser = ratings.filter((rating) => rating.user === user);
  const ofItem = ratings.filter((rating) => rating.item === item);
  const push = ({ predicted, rating }: BatchRating) => predicted - rating;
  const least = model.nonNegative ? 0 : Number.NEGATIVE_INFINITY;
  const factors = Array.from({ length: k }, (_, f) => {
    const p = P[user * k + f] ?? 0;
    const q = Q[item * k + f] ?? 0;
    const partsP = ofUser.map((rating) => push(rating) * (Q[rating.item * k + f] ?? 0));
    const partsQ = ofItem.map((rating) => push(rating) * (P[rating.user * k + f] ?? 0));
    return {
      p: trace(p, q, partsP, [adam.m.P[user * k + f] ?? 0, adam.v.P[user * k + f] ?? 0], least),
      q: trace(q, p, partsQ, [adam.m.Q[item * k + f] ?? 0, adam.v.Q[item * k + f] ?? 0], least),
    };
  });
  const free = Number.NEGATIVE_INFINITY;
  const rating = columns.value[at] ?? 0;
  return {
    rating,
    error: rating - predict(parameters, user, item),
    alpha,
    beta,
    settings,
    step: adam.steps + 1,
    correction1: 1 - beta1Power,
    correction2: 1 - beta2Power,
    batch: number + 1,
    batches: Math.ceil(columns.value.length / settings.batch),
    ratings,
    factors,
    userBias:
      bu && trace(bu[user] ?? 0, null, ofUser.map(push), [adam.m.bu?.[user] ?? 0, adam.v.bu?.[user] ?? 0], free),
    itemBias:
      bi && trace(bi[item] ?? 0, null, ofItem.map(push), [adam.m.bi?.[item] ?? 0, adam.v.bi?.[item] ?? 0], free),
  };
}

/** The ratings at `first` and after it, `size` of them or as many as there are. */
function batchOf(parameters: Parameters, columns: RatingColumns, first: number, size: number): BatchRating[] {
  const ratings: BatchRating[] = [];
  for (let at = first; at < Math.min(first + size, columns.value.length); at += 1) {
    const user = columns.user[at] ?? 0;
    const item = columns.item[at] ?? 0;
    const rating = columns.value[at] ?? 0;
    const predicted = predict(parameters, user, item);
    ratings.push({ user, item, rating, predicted, error: rating - predicted });
  }
  return ratings;
}
