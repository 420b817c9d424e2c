import { fitBiasesOnly } from '../core/baselines.ts';
import { type JudgedK, type OneStandardError, withinOneStandardError } from '../core/experiment/one-standard-error.ts';
import { errorFigures } from '../core/metrics.ts';
import { hasBiases } from '../core/model.ts';
import type { Parameters } from '../core/parameters.ts';
import { predict } from '../core/predict.ts';
import { findRating } from '../core/ratings.ts';
import { traceUpdate } from '../core/trace-update.ts';
import { trainingData } from '../core/training-data.ts';
import { predictionsOf } from '../core/understand/ensemble.ts';
import { recommendItems } from '../core/understand/recommend.ts';
import type { Outcome } from '../core/understand/retrain.ts';
import { DEFAULT_LIKENESS, type Neighbor, nearestRows } from '../core/understand/similar.ts';
import { type Spread, spreadOf } from '../core/understand/spread.ts';
import { explainByWeights, type OwnRating } from '../core/understand/weights.ts';
import type { ValueType } from './expression.ts';
import type { Facts, Moment } from './facts.ts';
import { EVENT_NAMES } from './facts.ts';
import { rankOfProduct, zeroFilled } from './singular-values.ts';

/** What a formula can come to; null where there is nothing to tell (a gap's rating, a row that was removed). */
export type Value = number | boolean | string | null;

/** A name that formulas know. Numbers of users, items and factors count from 1. */
export interface Quantity {
  readonly arguments: readonly ValueType[];
  readonly type: ValueType;
  /** In a few words, for LESSON.md. */
  readonly meaning: string;
  of(at: Moment, facts: Facts, given: readonly Value[]): Value;
}

/** Row or column number as formulas count → index; −1 where there is no such row. */
function index(value: Value | undefined, count: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= count ? value - 1 : -1;
}

const plain = (type: ValueType, meaning: string, of: (at: Moment, facts: Facts) => Value): Quantity => ({
  arguments: [],
  type,
  meaning,
  of,
});

const number = (meaning: string, of: (at: Moment, facts: Facts) => Value) => plain('number', meaning, of);
const text = (meaning: string, of: (at: Moment, facts: Facts) => Value) => plain('text', meaning, of);
const truth = (meaning: string, of: (at: Moment, facts: Facts) => Value) => plain('truth', meaning, of);

const users = (at: Moment) => at.study.dataset.users.length;
const items = (at: Moment) => at.study.dataset.items.length;

/** A quantity of one cell, null outside the matrix. */
function ofCell(
  type: ValueType,
  meaning: string,
  of: (at: Moment, user: number, item: number, facts: Facts) => Value,
): Quantity {
  return {
    arguments: ['number', 'number'],
    type,
    meaning,
    of(at, facts, [u, i]) {
      const user = index(u, users(at));
      const item = index(i, items(at));
      return user < 0 || item < 0 ? null : of(at, user, item, facts);
    },
  };
}

function ofUser(type: ValueType, meaning: string, of: (at: Moment, user: number, facts: Facts) => Value): Quantity {
  return {
    arguments: ['number'],
    type,
    meaning,
    of(at, facts, [u]) {
      const user = index(u, users(at));
      return user < 0 ? null : of(at, user, facts);
    },
  };
}

function ofItem(type: ValueType, meaning: string, of: (at: Moment, item: number, facts: Facts) => Value): Quantity {
  return {
    arguments: ['number'],
    type,
    meaning,
    of(at, facts, [i]) {
      const item = index(i, items(at));
      return item < 0 ? null : of(at, item, facts);
    },
  };
}

function ofTwoUsers(meaning: string, of: (at: Moment, one: number, other: number) => Value): Quantity {
  return {
    arguments: ['number', 'number'],
    type: 'number',
    meaning,
    of(at, _facts, [u, v]) {
      const one = index(u, users(at));
      const other = index(v, users(at));
      return one < 0 || other < 0 ? null : of(at, one, other);
    },
  };
}

/** A quantity of one cell and one factor. */
function ofFactor(meaning: string, of: (at: Moment, user: number, item: number, factor: number) => Value): Quantity {
  return {
    arguments: ['number', 'number', 'number'],
    type: 'number',
    meaning,
    of(at, _facts, [u, i, f]) {
      const user = index(u, users(at));
      const item = index(i, items(at));
      const factor = index(f, at.parameters.k);
      return user < 0 || item < 0 || factor < 0 ? null : of(at, user, item, factor);
    },
  };
}

function entry(matrix: 'P' | 'Q', at: Moment, row: number, factor: number): Value {
  return at.parameters[matrix][row * at.parameters.k + factor] ?? null;
}

function ratingAt(at: Moment, user: number, item: number): number | null {
  const { ratings } = at.study.dataset;
  const found = findRating(ratings, user, item);
  return found < 0 ? null : (ratings.value[found] ?? null);
}

function isHidden(at: Moment, user: number, item: number): boolean {
  const { ratings } = at.study.dataset;
  const found = findRating(ratings, user, item);
  return found >= 0 && ratings.heldOut[found] === 1;
}

/** Ratings of one side of the split. */
function counted(at: Moment, heldOut: 0 | 1): number {
  let count = 0;
  for (const flag of at.study.dataset.ratings.heldOut) count += flag === heldOut ? 1 : 0;
  return count;
}

/** r − r̂ of every rating on one side of the split. */
function errors(at: Moment, heldOut: 0 | 1): number[] {
  const { ratings } = at.study.dataset;
  const list: number[] = [];
  for (let n = 0; n < ratings.value.length; n += 1) {
    if (ratings.heldOut[n] !== heldOut) continue;
    list.push((ratings.value[n] ?? 0) - predict(at.parameters, ratings.user[n] ?? 0, ratings.item[n] ?? 0));
  }
  return list;
}

/** Standard error of the held-out RMSE: that of the mean of e², carried through the root: s/(√n · 2 · RMSE). */
function standardError(at: Moment): number | null {
  const squares = errors(at, 1).map((e) => e * e);
  const n = squares.length;
  if (n < 2) return null;
  const mean = squares.reduce((sum, square) => sum + square, 0) / n;
  const variance = squares.reduce((sum, square) => sum + (square - mean) * (square - mean), 0) / (n - 1);
  return mean === 0 ? 0 : Math.sqrt(variance / n) / (2 * Math.sqrt(mean));
}

/** RMSE over the held-out ratings of (μ +) b_u + b_i as they were learned beside factors; null without biases. */
function withoutFactors({ study, parameters: { mu, bu, bi } }: Moment): number | null {
  const { ratings } = study.dataset;
  if (bu === null || bi === null) return null;
  let count = 0;
  let sum = 0;
  for (let n = 0; n < ratings.value.length; n += 1) {
    if (ratings.heldOut[n] !== 1) continue;
    const e = (ratings.value[n] ?? 0) - (mu ?? 0) - (bu[ratings.user[n] ?? 0] ?? 0) - (bi[ratings.item[n] ?? 0] ?? 0);
    count += 1;
    sum += e * e;
  }
  return count === 0 ? null : Math.sqrt(sum / count);
}

/** Of the runs that got as far as this one, the one with the lowest held-out RMSE. */
function bestRun(at: Moment, { runs }: Facts): Moment | null {
  let best: Moment | null = null;
  for (const run of runs) {
    const { rmseHeldOut } = run.measures;
    if (rmseHeldOut === null || run.epoch < at.epoch) continue;
    if (best === null || rmseHeldOut < (best.measures.rmseHeldOut ?? 0)) best = run;
  }
  return best;
}

function traceOf(at: Moment, user: number, item: number) {
  const rating = ratingAt(at, user, item);
  return rating === null ? null : traceUpdate(at.parameters, user, item, rating, at.study.model);
}

/** The largest change of r̂ since the step began, or the cells that changed; null when the matrix has another size by now. */
function changes(at: Moment, facts: Facts): readonly { readonly user: number; readonly by: number }[] | null {
  const before = facts.began;
  if (users(at) !== users(before) || items(at) !== items(before)) return null;
  const list: { user: number; by: number }[] = [];
  for (let user = 0; user < users(at); user += 1) {
    for (let item = 0; item < items(at); item += 1) {
      list.push({ user, by: Math.abs(predict(at.parameters, user, item) - predict(before.parameters, user, item)) });
    }
  }
  return list;
}

/** Rounding, and nothing a reader did. */
const SAME = 1e-9;

/** The angle between the first user's first two factors then and now; null where there are none. */
function angleBetween(now: Parameters, then: Parameters): number | null {
  const [x = 0, y = 0] = now.P;
  const [a = 0, b = 0] = then.P;
  return now.k < 2 || then.k < 2 ? null : Math.abs(Math.atan2(x * b - y * a, x * a + y * b));
}

/** How alike two users are, as the Similar panel says by default: cosine in P from the mean user, and the shared ratings. */
function neighbor(at: Moment, one: number, other: number): Neighbor | null {
  const { training } = trainingData(at.study.dataset);
  const all = nearestRows(at.parameters, training, 'users', one, DEFAULT_LIKENESS, users(at));
  return all.find(({ row }) => row === other) ?? null;
}

/** The number (from 1) at which `of` is greatest; null where it is nowhere a number. */
function numberOfGreatest(count: number, of: (at: number) => number | null): number | null {
  let best: { readonly at: number; readonly value: number } | null = null;
  for (let at = 0; at < count; at += 1) {
    const value = of(at);
    if (value !== null && (best === null || value > best.value)) best = { at, value };
  }
  return best === null ? null : best.at + 1;
}

/** The user's own training ratings as parts of r̂ (see core/understand/weights). */
function ownRatings(at: Moment, user: number, item: number): readonly OwnRating[] {
  const { training } = trainingData(at.study.dataset);
  const explained = explainByWeights(at.parameters, training, at.study.model, 'users', user, item);
  return explained.ok ? explained.value.ratings : [];
}

/** The retrainings that a formula names. */
function outcomesOf({ panels }: Moment, name: Value | undefined): readonly Outcome[] | null {
  return name === 'starts' ? panels.otherStarts : name === 'fewer' ? panels.oneFewer : null;
}

/** A figure of the predictions of one cell over retrainings: ('starts' or 'fewer', 'mark' or 'end', user, item). */
function ofEnsemble(meaning: string, of: (spread: Spread) => number): Quantity {
  return {
    arguments: ['text', 'text', 'number', 'number'],
    type: 'number',
    meaning,
    of(at, _facts, [name, when, u, i]) {
      const outcomes = outcomesOf(at, name);
      const user = index(u, users(at));
      const item = index(i, items(at));
      if (outcomes === null || user < 0 || item < 0 || (when !== 'mark' && when !== 'end')) return null;
      const spread = spreadOf(predictionsOf(outcomes, user, item, when));
      return spread === null ? null : of(spread);
    },
  };
}

/** A figure of one k of the sweep; nothing before it is complete, and for a k that it has not. */
function ofSweptK(meaning: string, of: (judged: JudgedK) => number): Quantity {
  return {
    arguments: ['number'],
    type: 'number',
    meaning,
    of({ panels }, _facts, [k]) {
      const judged = panels.sweep?.find((one) => one.k === k);
      return judged === undefined ? null : of(judged);
    },
  };
}

/** What the rule of one standard error says of the sweep; nothing before it is complete. */
function ofSweep(meaning: string, of: (rule: OneStandardError) => number): Quantity {
  return number(meaning, ({ panels }) => {
    const rule = panels.sweep && withinOneStandardError(panels.sweep);
    return rule && of(rule);
  });
}

export const QUANTITIES: Readonly<Record<string, Quantity>> = {
  // the run
  epoch: number('completed epochs of the run', (at) => at.epoch),
  position: number('ratings (Adam: batches, ALS: rows) visited in the epoch under way', (at) => at.position),
  trained: number('epochs trained in this step since a rating or setting last changed', (_at, facts) => facts.trained),
  diverged: truth('whether the run blew up', (at) => at.diverged),
  playhead: number('the epoch under the playhead; nothing when it stands at the run', (at) =>
    at.past ? at.epoch : null,
  ),

  // settings
  k: number('factors', (at) => at.study.model.k),
  alpha: number('learning rate α', (at) => at.study.model.alpha),
  beta: number('regularization β', (at) => at.study.model.beta),
  seed: number('the seed', (at) => at.study.model.seed),
  prediction: text("'factors', 'factors+biases' or 'mean+factors+biases'", (at) => at.study.model.prediction),
  optimizer: text("'sgd', 'momentum', 'adam' or 'als'", (at) => at.study.model.optimizer.kind),
  update: text("'sequential' or 'simultaneous'; nothing under Adam and ALS", ({ study: { model } }) =>
    'update' in model.optimizer ? model.optimizer.update : null,
  ),
  order: text("'row-major' or 'shuffled'", (at) => at.study.model.order),
  init: text("'uniform' or 'normal'", (at) => at.study.model.init.kind),

  // the data
  users: number('rows of R', users),
  items: number('columns of R', items),
  seen: number('ratings that are trained on', (at) => counted(at, 0)),
  heldOut: number('ratings that are held out', (at) => counted(at, 1)),
  numbers: number('numbers that training learns', (at) => {
    const width = at.parameters.k + (hasBiases(at.study.model.prediction) ? 1 : 0);
    return width * (users(at) + items(at));
  }),
  mean: number('mean of the ratings that are trained on', (at) => trainingData(at.study.dataset).mean),
  rmseOfMean: number('RMSE over the ratings trained on if every prediction were their mean', (at) => {
    const { training, mean } = trainingData(at.study.dataset);
    return errorFigures(training, () => mean).rmse;
  }),
  r: ofCell('number', 'the rating; nothing at a gap', ratingAt),
  gap: ofCell('truth', 'whether the cell is a gap', (at, u, i) => ratingAt(at, u, i) === null),
  rated: ofCell('truth', 'whether the cell has a rating', (at, u, i) => ratingAt(at, u, i) !== null),
  hidden: ofCell('truth', 'whether the rating is held out', isHidden),
  user: ofUser('text', 'the name of a user', (at, u) => at.study.dataset.users[u] ?? null),
  item: ofItem('text', 'the name of an item', (at, i) => at.study.dataset.items[i] ?? null),
  sameRatings: truth('whether the ratings are those of the beginning of the step', (at, facts) =>
    Object.is(at.study.dataset.ratings, facts.began.study.dataset.ratings),
  ),

  // parameters and predictions
  P: {
    arguments: ['number', 'number'],
    type: 'number',
    meaning: 'p of a user and a factor',
    of: (at, _facts, [u, f]) => {
      const user = index(u, users(at));
      const factor = index(f, at.parameters.k);
      return user < 0 || factor < 0 ? null : entry('P', at, user, factor);
    },
  },
  Q: {
    arguments: ['number', 'number'],
    type: 'number',
    meaning: 'q of an item and a factor',
    of: (at, _facts, [i, f]) => {
      const item = index(i, items(at));
      const factor = index(f, at.parameters.k);
      return item < 0 || factor < 0 ? null : entry('Q', at, item, factor);
    },
  },
  bu: ofUser('number', 'the bias of a user; nothing without biases', (at, u) => at.parameters.bu?.[u] ?? null),
  bi: ofItem('number', 'the bias of an item; nothing without biases', (at, i) => at.parameters.bi?.[i] ?? null),
  largestBu: number('the largest user bias', (at) =>
    at.parameters.bu === null
      ? null
      : at.parameters.bu.reduce((most, b) => Math.max(most, b), Number.NEGATIVE_INFINITY),
  ),
  mu: number('μ of the prediction; nothing without it', (at) => at.parameters.mu),
  rhat: ofCell('number', 'the prediction r̂', (at, u, i) => predict(at.parameters, u, i)),
  e: ofCell('number', 'the error r − r̂; nothing at a gap', (at, u, i) => {
    const rating = ratingAt(at, u, i);
    return rating === null ? null : rating - predict(at.parameters, u, i);
  }),
  share: ofFactor('what a factor adds to r̂: p·q', (at, u, i, f) => {
    const { k, P, Q } = at.parameters;
    return (P[u * k + f] ?? 0) * (Q[i * k + f] ?? 0);
  }),
  newP: ofFactor(
    'p of the factor after one update by this rating',
    (at, u, i, f) => traceOf(at, u, i)?.factors[f]?.newP ?? null,
  ),
  newQ: ofFactor(
    'q of the factor after one update by this rating',
    (at, u, i, f) => traceOf(at, u, i)?.factors[f]?.newQ ?? null,
  ),
  pushP: ofFactor('2·e·q − β·p, what α multiplies', (at, u, i, f) => traceOf(at, u, i)?.factors[f]?.gradientP ?? null),
  pushQ: ofFactor(
    '2·e·p − β·q, with the p that the update reads',
    (at, u, i, f) => traceOf(at, u, i)?.factors[f]?.gradientQ ?? null,
  ),
  rank: number('singular values of P Qᵀ that count', (at) => rankOfProduct(at.parameters)),
  change: number(
    'the largest change of an r̂ since the step began',
    (at, facts) => changes(at, facts)?.reduce((most, { by }) => Math.max(most, by), 0) ?? null,
  ),
  turned: number(
    'the angle by which p of the first user was turned in the plane of factors 1 and 2, 0 … π',
    (at, facts) => angleBetween(at.parameters, facts.began.parameters),
  ),
  changedCells: number(
    'cells of R̂ that changed since the step began',
    (at, facts) => changes(at, facts)?.filter(({ by }) => by > SAME).length ?? null,
  ),
  changedRows: number('rows of R̂ with such a cell', (at, facts) => {
    const list = changes(at, facts);
    return list === null ? null : new Set(list.filter(({ by }) => by > SAME).map(({ user }) => user)).size;
  }),

  // how well
  rmseSeen: number('RMSE over the ratings trained on', (at) => at.measures.rmseSeen),
  rmseHeldOut: number('RMSE over the held-out ratings', (at) => at.measures.rmseHeldOut),
  maeSeen: number('MAE over the ratings trained on', (at) => at.measures.maeSeen),
  maeHeldOut: number('MAE over the held-out ratings', (at) => at.measures.maeHeldOut),
  objective: number('the objective', (at) => at.measures.objective),
  seHeldOut: number('standard error of the held-out RMSE', standardError),
  bestHeldOut: number(
    'the lowest held-out RMSE of the runs that got as far as this one, and one standard error more',
    (at, facts) => {
      const best = bestRun(at, facts);
      const error = best && standardError(best);
      return best === null || error === null ? null : (best.measures.rmseHeldOut ?? 0) + error;
    },
  ),
  bestError: number('that standard error', (at, facts) => {
    const best = bestRun(at, facts);
    return best && standardError(best);
  }),
  rmseMean: number('held-out RMSE of the global mean', (at) => at.baselines?.rmseMean ?? null),
  rmseBiases: number('held-out RMSE of biases only', (at) => at.baselines?.rmseBiases ?? null),
  rmseWithoutFactors: number('RMSE held out if r̂ were only its μ and biases; nothing without biases', withoutFactors),
  leaveOneOut: number('leave-one-out RMSE, once it is up to date', (at) => at.leaveOneOut?.rmse ?? null),
  leaveOneOutMean: number('the same of the global mean', (at) => at.leaveOneOut?.baselineMean ?? null),
  maxError: number('the largest |e| of a rating that is trained on', (at) =>
    errors(at, 0).reduce((most, e) => Math.max(most, Math.abs(e)), 0),
  ),
  lowestHeldOut: number('the lowest RMSE held out on the curve', (at) => {
    let lowest: number | null = null;
    for (const value of at.history.rmseHeldOut)
      if (value !== null && (lowest === null || value < lowest)) lowest = value;
    return lowest;
  }),
  rises: number('recorded epochs at which RMSE seen was higher than at the one before', (at) => {
    const { rmseSeen } = at.history;
    return rmseSeen.filter((value, n) => n > 0 && (value ?? 0) > (rmseSeen[n - 1] ?? Number.POSITIVE_INFINITY)).length;
  }),
  zeroFilled: ofCell('number', 'what the SVD of rank k says when every gap is filled with 0 first', (at, u, i) =>
    zeroFilled(at.study.dataset, at.study.model.k, u, i),
  ),

  // what the reader did
  u: number('the number of the user selected now', (_at, facts) => facts.now.selected.user + 1),
  i: number('the number of the item selected now', (_at, facts) => facts.now.selected.item + 1),
  typed: number('the number given in the field of the step', (_at, facts) => facts.typed),
  chosen: text('the id of the chosen option', (_at, facts) => facts.chosen),
  did: {
    arguments: ['text'],
    type: 'number',
    meaning: `how often in this step: '${EVENT_NAMES.join("', '")}'`,
    of: (_at, facts, [name]) => {
      const event = EVENT_NAMES.find((one) => one === name);
      return event === undefined ? null : (facts.events[event] ?? 0);
    },
  },

  // users beside each other
  cosine: ofTwoUsers('cosine of two users in P, from the mean user', (at, u, v) => neighbor(at, u, v)?.value ?? null),
  shared: ofTwoUsers(
    'items that both users rated, in the ratings trained on',
    (at, u, v) => neighbor(at, u, v)?.shared ?? null,
  ),
  nearest: ofUser('number', 'the number of the user nearest to this one by cosine', (at, u) => {
    const { training } = trainingData(at.study.dataset);
    const [first] = nearestRows(at.parameters, training, 'users', u, DEFAULT_LIKENESS, 1);
    return first === undefined ? null : first.row + 1;
  }),
  topGap: ofUser('number', "the number of the item with the user's highest r̂ among gaps", (at, u) => {
    const { m, n, training, mean } = trainingData(at.study.dataset);
    const biases = fitBiasesOnly(training, m, n, mean);
    const [first] = recommendItems(at.parameters, at.study.dataset.ratings, biases, u, 1);
    return first === undefined ? null : first.item + 1;
  }),

  // because of which ratings
  weight: {
    arguments: ['number', 'number', 'number'],
    type: 'number',
    meaning: "weight of the user's rating of the third number (an item) in r̂ of the first two",
    of: (at, _facts, [u, i, j]) => {
      const user = index(u, users(at));
      const item = index(i, items(at));
      const own = index(j, items(at));
      if (user < 0 || item < 0 || own < 0) return null;
      return ownRatings(at, user, item).find(({ partner }) => partner === own)?.weight ?? null;
    },
  },
  strongest: ofCell('number', 'the number of the item whose rating by the user adds most to r̂', (at, u, i) => {
    const own = ownRatings(at, u, i);
    return numberOfGreatest(items(at), (j) => own.find(({ partner }) => partner === j)?.contribution ?? null);
  }),

  // ensembles and fold-in
  models: {
    arguments: ['text'],
    type: 'number',
    meaning: "retrainings of the ensemble of other 'starts', or with one rating 'fewer'; 0 before it ran",
    of: (at, _facts, [name]) => outcomesOf(at, name)?.length ?? 0,
  },
  settled: {
    arguments: ['text'],
    type: 'truth',
    meaning: "whether all retrainings of 'starts' or 'fewer' were trained until nothing moved",
    of: (at, _facts, [name]) => {
      const outcomes = outcomesOf(at, name);
      return outcomes !== null && outcomes.length > 0 && outcomes.every(({ ended }) => ended === 'settled');
    },
  },
  low: ofEnsemble(
    "least r̂ of a cell over 'starts' or 'fewer', at the 'mark' (the run's epoch) or the 'end'",
    (spread) => spread.min,
  ),
  high: ofEnsemble('the greatest r̂', (spread) => spread.max),
  spread: ofEnsemble('greatest less least', (spread) => spread.max - spread.min),
  foldInRatings: number('ratings typed for the new user', (at) => at.panels.foldIn?.ratings.length ?? null),
  foldInR: ofItem(
    'number',
    'what the new user gave an item; nothing at a gap',
    (at, i) => at.panels.foldIn?.ratings.find(({ item }) => item === i)?.value ?? null,
  ),
  foldInGap: ofItem('truth', 'whether the new user did not rate an item', (at, i) =>
    at.panels.foldIn === null ? null : at.panels.foldIn.ratings.every(({ item }) => item !== i),
  ),
  foldIn: ofItem('number', 'r̂ of the new user and an item', (at, i) => at.panels.foldIn?.predictions[i] ?? null),
  foldInTop: number("the number of the item with the new user's highest r̂ among gaps", (at) => {
    const folded = at.panels.foldIn;
    if (folded === null) return null;
    const rated = new Set(folded.ratings.map(({ item }) => item));
    return numberOfGreatest(items(at), (i) => (rated.has(i) ? null : (folded.predictions[i] ?? null)));
  }),

  // a sweep over k
  swept: truth('whether all runs of the sweep are there', ({ panels }) => panels.sweep !== null),
  sweepRmse: ofSweptK('RMSE held out of a k in the sweep, mean over its seeds', ({ rmse }) => rmse),
  sweepError: ofSweptK('its standard error over the folds', ({ error }) => error),
  sweepBest: ofSweep('the k with the lowest RMSE held out in the sweep', ({ best }) => best.k),
  sweepLimit: ofSweep('its RMSE held out and one standard error more', ({ limit }) => limit),
  sweepSmallest: ofSweep('the smallest k whose RMSE held out is at most that', ({ smallest }) => smallest.k),

  // arithmetic
  abs: {
    arguments: ['number'],
    type: 'number',
    meaning: 'without its sign',
    of: (_at, _facts, [x]) => (typeof x === 'number' ? Math.abs(x) : null),
  },
  sqrt: {
    arguments: ['number'],
    type: 'number',
    meaning: 'square root',
    of: (_at, _facts, [x]) => (typeof x === 'number' && x >= 0 ? Math.sqrt(x) : null),
  },
  floor: {
    arguments: ['number'],
    type: 'number',
    meaning: 'the whole number below',
    of: (_at, _facts, [x]) => (typeof x === 'number' ? Math.floor(x) : null),
  },
};
