import type { Scale } from '../core/dataset.ts';
import { drawStart } from '../core/init.ts';
import { measure } from '../core/metrics.ts';
import { hasMean, type Initialization, type ModelSettings } from '../core/model.ts';
import type { TrainingState } from '../core/parameters.ts';
import type { TrainingData } from '../core/training-data.ts';
import type { Engine } from '../engines/engine.ts';
import { largestOf, overflowed, stateIsFinite } from './blow-up.ts';
import { countBeyond, farOutMagnitude, magnitudeAbove, onlyBeyond, sizesOf, withinMagnitude } from './far-out.ts';
import { fitState } from './fit-state.ts';
import { copyState } from './packed-state.ts';
import type { Divergence } from './protocol.ts';
import { advance, createTrainee, SUSPICIOUS_ERROR, visitCost } from './trainee.ts';

/** As far as a run is usually sent. */
const TRIAL_EPOCHS = 500;
/** One trial, and the trials with halves of α, in rating visits × factors: tens of milliseconds, for the page is waiting. */
const TRIAL_WORK = 2e6;
const HALVING_WORK = 1e7;
/** Under Adam a visit may be dear, and a blow-up shows within a few. */
const LEAST_BATCHES = 20;
/** Smaller learning rates learn nothing; larger ones are not worth a suggestion. */
const SMALLEST_ALPHA = 1e-12;
const LARGEST_ALPHA = 1;
/** The regularization of the notebook, and its start. */
export const MODEST_BETA = 0.02;
const MODEST_START: Initialization = { kind: 'uniform', low: 0, high: 1 };
/** A start with larger numbers is no start that anybody meant. */
const LARGE_START = 1e6;

/** A run that blew up: its settings and ratings, its start (epoch 0), and the state that it fell back to. */
export interface BlownUp {
  readonly engine: Engine;
  readonly model: ModelSettings;
  readonly data: TrainingData;
  readonly scale: Scale;
  readonly start: TrainingState;
  readonly standing: TrainingState;
}

type Found = Pick<Divergence, 'cause' | 'goesOn'>;

/**
 * What most likely made the run blow up, and what mends it. Each remedy is tried from the start before it is named:
 *
 *     the start itself cannot be measured        a start between 0 and 1
 *     ratings a million times the usual size     gaps, all of them together
 *     β < 0 or α·β ≥ 1                           the notebook's β
 *     anything else                              the largest of ever smaller α, at least 1e−12, that holds
 *     no α holds                                 a start between 0 and 1, or gaps for the largest ratings
 *
 * Where only two remedies together hold, one of them is named; if the run blows up again, that names the other.
 */
export function findCause({ engine, model, data, scale, start, standing }: BlownUp): Found {
  const { alpha, beta } = model;
  const modest = { ...model, beta: MODEST_BETA };
  let work = 0;
  const holds = (changed: ModelSettings, ratings = data, from = start): boolean => {
    const trial = tryOut(engine, changed, ratings, from);
    work += trial.work;
    return trial.holds;
  };
  const holdingAlpha = (changed: ModelSettings): number | null => {
    // ALS has no α that could be smaller.
    if (changed.optimizer.kind === 'als') return null;
    const budget = work + HALVING_WORK;
    let suggested = Math.min(lower(alpha), LARGEST_ALPHA);
    while (suggested >= SMALLEST_ALPHA) {
      if (holds({ ...changed, alpha: suggested })) return suggested;
      suggested = work < budget ? lower(suggested) : Number((suggested / 10).toPrecision(1));
    }
    return null;
  };
  const gapsBeyond = (magnitude: number): Found => {
    const single = onlyBeyond(data, magnitude);
    const rest = withinMagnitude(data, magnitude);
    return {
      cause: single
        ? { kind: 'rating', ...single }
        : { kind: 'ratings', count: countBeyond(data, magnitude), magnitude },
      goesOn: rest.training.user.length > 0 && holds(model, rest, standing),
    };
  };
  const { P, Q } = start.parameters;
  const startSize = Math.max(largestOf(P), largestOf(Q));
  const otherStart: Found = { cause: { kind: 'start', magnitude: startSize, suggested: MODEST_START }, goesOn: false };
  const otherBeta: Found = { cause: { kind: 'beta', value: beta, suggested: MODEST_BETA }, goesOn: false };

  if (measure(start.parameters, data, modest).objective === null) return otherStart;

  const far = farOutMagnitude(data, scale);
  if (far !== null) {
    const rest = withinMagnitude(data, far);
    if (rest.training.user.length > 0 && holds(model, rest)) return gapsBeyond(far);
  }
  const betaIsOdd = beta < 0 || alpha * beta >= 1;
  if (betaIsOdd && holds(modest)) return otherBeta;
  const suggested = holdingAlpha(model);
  if (suggested !== null) return { cause: { kind: 'alpha', value: alpha, suggested }, goesOn: false };

  if (far !== null) return gapsBeyond(far);
  if (betaIsOdd && holdingAlpha(modest) !== null) return otherBeta;
  if (startSize > LARGE_START && holds(model, data, drawn(MODEST_START, model, data))) return otherStart;

  // As few of the largest ratings as possible, by halving: with those up to `kept` training holds, up to `lost` it does not.
  const sizes = sizesOf(data);
  const distinct = [0, ...new Set(sizes)];
  let kept = 0;
  let lost = distinct.length - 1;
  while (lost - kept > 1) {
    const middle = (kept + lost) >>> 1;
    if (holds(model, withinMagnitude(data, distinct[middle] ?? 0))) kept = middle;
    else lost = middle;
  }
  return gapsBeyond(magnitudeAbove(distinct[kept] ?? 0, sizes, scale));
}

/** About half of it, with as few digits as still make it smaller. */
function lower(alpha: number): number {
  const half = alpha / 2;
  const one = Number(half.toPrecision(1));
  return one < alpha ? one : Number(half.toPrecision(2));
}

/** The start that `init` draws. */
function drawn(init: Initialization, model: ModelSettings, { m, n, mean }: TrainingData): TrainingState {
  return { epoch: 0, position: 0, parameters: drawStart({ ...model, init }, m, n, mean), adam: null };
}

/** Trains a copy for a while: it must stay finite, end lower than it began, and not be on its way up again. */
function tryOut(
  engine: Engine,
  model: ModelSettings,
  data: TrainingData,
  from: TrainingState,
): { readonly holds: boolean; readonly work: number } {
  const { m, n, mean } = data;
  const ratings = data.training.user.length;
  if (ratings === 0) return { holds: true, work: 0 };
  const state = fitState(copyState(from), model, m, n, mean);
  if (hasMean(model.prediction)) state.parameters.mu = mean;
  const trainee = createTrainee(engine, model, data, state);
  const cost = visitCost(trainee);
  const least = model.optimizer.kind === 'adam' ? LEAST_BATCHES : 2 * trainee.total;
  const visits = Math.min(TRIAL_EPOCHS * trainee.total, Math.max(least, Math.floor(TRIAL_WORK / cost)));
  let made = 0;
  let looks = 1;
  const trainTo = (visit: number): number | null => {
    while (made < visit) {
      const wanted = Math.min(visit - made, trainee.total - state.position);
      const done = advance(trainee, wanted, SUSPICIOUS_ERROR);
      made += done;
      if (done < wanted) return null;
    }
    looks += 1;
    const measures = measure(state.parameters, data, model);
    return !stateIsFinite(state) || overflowed(measures, data) ? null : measures.objective;
  };
  const before = measure(state.parameters, data, model).objective;
  const half = trainTo(Math.floor(visits / 2));
  const after = half === null ? null : trainTo(visits);
  const holds = half !== null && after !== null && (before === null || after <= before) && after <= half * 1.01;
  return { holds, work: made * cost + looks * ratings * (model.k + 4) };
}
