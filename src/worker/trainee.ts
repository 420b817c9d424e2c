import { hasMean, type ModelSettings, unreachable } from '../core/model.ts';
import { roomForOrder, visitingOrder } from '../core/order.ts';
import type { TrainingState } from '../core/parameters.ts';
import { gatherColumns, gatherInto, type RatingColumns, type TrainingData } from '../core/training-data.ts';
import type { Engine, Stretch } from '../engines/engine.ts';

/** A visit whose |e| reaches this is looked at with care: long before a double overflows, long after any honest error. */
export const SUSPICIOUS_ERROR = 1e120;

/**
 * A model in training: settings, ratings and how far it got. The run itself is one; so are its look-aheads, the trials of
 * a smaller α and the models of leave-one-out, so all of them are trained by the same few lines.
 */
export interface Trainee {
  readonly engine: Engine;
  readonly model: ModelSettings;
  readonly data: TrainingData;
  readonly state: TrainingState;
  /** Visits in a whole epoch. */
  readonly total: number;
  /** The stretch that was run last; its columns are the ratings in the order of the epoch under way. */
  readonly stretch: Stretch;
  /** Scratch space of shuffled epochs: which training rating comes when, and the columns in that order. */
  readonly order: Int32Array | null;
  readonly shuffled: RatingColumns | null;
  /** Whether `stretch.columns` is in the order of the epoch under way. */
  ordered: boolean;
}

/** state: must fit model and data; it is trained in place. */
export function createTrainee(engine: Engine, model: ModelSettings, data: TrainingData, state: TrainingState): Trainee {
  // ALS visits rows, always in their order.
  const order =
    model.order === 'shuffled' && model.optimizer.kind !== 'als' ? new Int32Array(roomForOrder(data)) : null;
  const shuffled = order === null ? null : gatherColumns(data.training, order.subarray(0, data.training.user.length));
  return {
    engine,
    model,
    data,
    state,
    total: engine.visitsPerEpoch(model, data),
    // `refusal` is there from the first, so that all stretches have one shape: epochs of a few ratings notice.
    stretch: {
      columns: shuffled ?? data.training,
      from: 0,
      to: 0,
      limit: Number.POSITIVE_INFINITY,
      error: 0,
      refusal: null,
    },
    order,
    shuffled,
    ordered: false,
  };
}

/** Puts the ratings in the order of the epoch under way. */
export function orderEpoch(trainee: Trainee): void {
  const { order, shuffled, data, model, state } = trainee;
  if (order !== null && shuffled !== null) {
    gatherInto(shuffled, data.training, visitingOrder(order, data, model.seed, state.epoch));
  }
  trainee.ordered = true;
}

/**
 * At the start of an epoch: μ follows the ratings, factors that are to be non-negative begin at 0 or above, and a new order is
 * drawn. In mid-epoch: the order is found again.
 */
export function beginEpoch(trainee: Trainee): void {
  const { state, model, data } = trainee;
  if (state.position === 0) {
    if (hasMean(model.prediction)) state.parameters.mu = data.mean;
    if (model.nonNegative) {
      for (const factors of [state.parameters.P, state.parameters.Q]) {
        for (let at = 0; at < factors.length; at += 1) if ((factors[at] ?? 0) < 0) factors[at] = 0;
      }
    }
    if (trainee.order !== null) trainee.ordered = false;
  }
  if (!trainee.ordered) orderEpoch(trainee);
}

/**
 * Makes up to `visits` visits, but not beyond the end of the epoch under way; returns how many. Fewer than there were to
 * make means that the next one has an |e| of `limit` or more; nothing of it was written.
 */
export function advance(trainee: Trainee, visits: number, limit: number): number {
  const { engine, model, state, total, stretch } = trainee;
  if (total === 0) return 0;
  beginEpoch(trainee);
  stretch.from = state.position;
  stretch.to = Math.min(total, state.position + visits);
  stretch.limit = limit;
  if (stretch.refusal) stretch.refusal = null;
  const made = engine.run(state, model, stretch);
  stretch.to = stretch.from + made;
  if (stretch.to === total) {
    state.epoch += 1;
    state.position = 0;
  } else state.position = stretch.to;
  return made;
}

/** Ratings in the visits `from` … `to` − 1 of an epoch; rows under ALS. */
export function ratingsIn(trainee: Trainee, from: number, to: number): number {
  const { optimizer } = trainee.model;
  const count = trainee.data.training.user.length;
  switch (optimizer.kind) {
    case 'sgd':
    case 'momentum':
    case 'als':
      return to - from;
    case 'adam':
      return Math.min(count, to * optimizer.batch) - Math.min(count, from * optimizer.batch);
    default:
      return unreachable(optimizer);
  }
}

/** Place in `stretch.columns` of the last rating of visit number `visit`; −1 when a row has none. */
export function lastRatingOf(trainee: Trainee, visit: number): number {
  if (trainee.model.optimizer.kind === 'als') {
    const { m, training } = trainee.data;
    return visit < m ? training.user.lastIndexOf(visit) : training.item.lastIndexOf(visit - m);
  }
  return ratingsIn(trainee, 0, visit + 1) - 1;
}

/** Roughly how much one visit costs: rating visits × factors, and under Adam every parameter. */
export function visitCost({ model, data }: Pick<Trainee, 'model' | 'data'>): number {
  const { k, optimizer } = model;
  const ratings = data.training.user.length;
  switch (optimizer.kind) {
    case 'sgd':
    case 'momentum':
      return k + 4;
    case 'adam':
      return (data.m + data.n) * (k + 1) * 4 + Math.min(optimizer.batch, ratings) * (k + 4) * 2;
    // An average row: k² products for each of its ratings, and k³ to solve it.
    case 'als':
      return ((2 * ratings) / Math.max(1, data.m + data.n)) * (k + 1) * (k + 4) + (k + 4) * (k + 4) * (k + 4);
    default:
      return unreachable(optimizer);
  }
}
