import type { Scale } from '../core/dataset.ts';
import { measure } from '../core/metrics.ts';
import type { ModelSettings } from '../core/model.ts';
import type { TrainingState } from '../core/parameters.ts';
import type { TrainingData } from '../core/training-data.ts';
import type { Engine } from '../engines/engine.ts';
import { overflowed, stateIsFinite } from './blow-up.ts';
import { fitState } from './fit-state.ts';
import { copyState } from './packed-state.ts';
import type { Divergence } from './protocol.ts';
import { advance, createTrainee, SUSPICIOUS_ERROR, visitCost } from './trainee.ts';

/** A rating so many times larger than the others (or than the scale) did it, whatever α is. */
const FAR_OUT = 1e6;
const TRIAL_EPOCHS = 50;
/** One trial, and all trials together, in rating visits × factors. */
const TRIAL_WORK = 2e7;
const ALL_TRIALS_WORK = 2e8;
/** The regularization of the notebook. */
const MODEST_BETA = 0.02;

/** What most likely made the run blow up, and a value that was tried from `start` (epoch 0) and holds. */
export function findCause(
  engine: Engine,
  model: ModelSettings,
  data: TrainingData,
  scale: Scale,
  start: TrainingState,
): Divergence['cause'] {
  const rating = farOutRating(data, scale);
  if (rating !== null) return rating;
  let work = 0;
  const holds = (changed: ModelSettings) => {
    const trial = tryOut(engine, changed, data, start);
    work += trial.work;
    return trial.holds;
  };
  const { alpha, beta } = model;
  if ((beta < 0 || alpha * beta >= 1) && holds({ ...model, beta: MODEST_BETA })) {
    return { kind: 'beta', value: beta, suggested: MODEST_BETA };
  }
  let suggested = lower(alpha);
  while (work < ALL_TRIALS_WORK && suggested > 1e-12 && !holds({ ...model, alpha: suggested }))
    suggested = lower(suggested);
  return { kind: 'alpha', value: alpha, suggested };
}

/** About half of it, with as few digits as still make it smaller. */
function lower(alpha: number): number {
  const half = alpha / 2;
  const one = Number(half.toPrecision(1));
  return one < alpha ? one : Number(half.toPrecision(2));
}

/** The largest rating, when it is far beyond the scale or beyond what half of the ratings are. */
function farOutRating({ training }: TrainingData, scale: Scale): Divergence['cause'] | null {
  let at = 0;
  training.value.forEach((value, index) => {
    if (Math.abs(value) > Math.abs(training.value[at] ?? 0)) at = index;
  });
  const value = training.value[at] ?? 0;
  const sizes = training.value.map(Math.abs).sort();
  const median = sizes[(sizes.length - 1) >>> 1] ?? 0;
  const usual = Math.max(Math.abs(scale.min), Math.abs(scale.max));
  const far = Math.abs(value) > FAR_OUT * usual || (median > 0 && Math.abs(value) > FAR_OUT * median);
  return far ? { kind: 'rating', user: training.user[at] ?? 0, item: training.item[at] ?? 0, value } : null;
}

/** Trains a copy for a while: it must stay finite, end lower than it began, and not be on its way up again. */
function tryOut(
  engine: Engine,
  model: ModelSettings,
  data: TrainingData,
  from: TrainingState,
): { holds: boolean; work: number } {
  const { m, n, mean } = data;
  const state = fitState(copyState(from), model, m, n, mean);
  const trainee = createTrainee(engine, model, data, state);
  const cost = visitCost(trainee);
  const epochs = Math.max(2, Math.min(TRIAL_EPOCHS, Math.floor(TRIAL_WORK / (cost * Math.max(1, trainee.total)))));
  let visits = 0;
  const trainTo = (epoch: number): number | null => {
    while (state.epoch < epoch) {
      const wanted = trainee.total - state.position;
      const made = advance(trainee, wanted, SUSPICIOUS_ERROR);
      visits += made;
      if (made < wanted) return null;
    }
    const measures = measure(state.parameters, data, model);
    return !stateIsFinite(state) || overflowed(measures, data) ? null : measures.objective;
  };
  const before = measure(state.parameters, data, model).objective;
  const half = trainTo(Math.floor(epochs / 2));
  const after = half === null ? null : trainTo(epochs);
  const holds = half !== null && after !== null && (before === null || after <= before) && after <= half * 1.01;
  return { holds, work: visits * cost };
}
