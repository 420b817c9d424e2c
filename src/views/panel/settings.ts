import {
  hasBiases,
  type Initialization,
  K_LIMIT,
  type ModelSettings,
  type OptimizerSettings,
  PARAMETER_LIMIT,
  unreachable,
} from '../../core/model.ts';
import { strings } from '../../strings/index.ts';

const text = strings.panel;

/** How many numbers training learns: k for each user and each item, and one bias each where the prediction has biases. */
export function learnedNumbers(model: ModelSettings, users: number, items: number): number {
  return (model.k + (hasBiases(model.prediction) ? 1 : 0)) * (users + items);
}

/** The largest k that a matrix of this size may have. */
export function largestK(users: number, items: number): number {
  return Math.max(1, Math.min(K_LIMIT, Math.floor(PARAMETER_LIMIT / Math.max(1, users + items))));
}

/** The two numbers of an initialization: low and high, or mean and standard deviation. */
export function initNumbers(init: Initialization): readonly [number, number] {
  return init.kind === 'uniform' ? [init.low, init.high] : [init.mean, init.std];
}

/** What is set about the optimizer, in words. */
function rulesOf(optimizer: OptimizerSettings): string[] {
  switch (optimizer.kind) {
    case 'sgd':
      return [text.updates[optimizer.update]];
    case 'momentum':
      return [text.gammaIs(optimizer.momentum), text.updates[optimizer.update]];
    case 'adam':
      return [text.batchIs(optimizer.batch), ...(optimizer.decay ? [text.decays[optimizer.decay]] : [])];
    case 'als':
      return [];
    default:
      return unreachable(optimizer);
  }
}

/** What is set, in one line that never begins with a dot when it wraps: "P Qᵀ · SGD, sequential · row by row · start U(0, 1) · seed 42 · 2 held out". */
export function summarize(model: ModelSettings, heldOut: number, clip: boolean): string {
  const { optimizer } = model;
  return [
    text.predictions[model.prediction],
    [text.optimizers[optimizer.kind], ...rulesOf(optimizer)].join(', '),
    ...(model.schedule ? [text.schedules[model.schedule.kind]] : []),
    ...(model.nonNegative ? [text.nonNegativeIs] : []),
    ...(model.earlyStopping ? [text.patienceIs(model.earlyStopping.patience)] : []),
    text.orders[model.order],
    text.start(model.init.kind, ...initNumbers(model.init)),
    text.seedIs(model.seed),
    text.heldOut(heldOut),
    ...(clip ? [text.clipped] : []),
  ].join('\u00a0· ');
}
