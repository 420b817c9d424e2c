import { type Initialization, type ModelSettings, optimizerOf } from '../model.ts';
import type { Assignment, ChoiceValues } from './axis.ts';

/** normal: std = scale. uniform: high = scale, and low as many times as large as it was beside high. */
function scaled(init: Initialization, scale: number): Initialization {
  if (init.kind === 'normal') return { ...init, std: scale };
  const low = init.low === 0 || init.high === 0 ? init.low : init.low * (scale / init.high);
  return { ...init, low, high: scale };
}

/** How large a start is: std, or the upper bound. */
export function scaleOf(init: Initialization): number {
  return init.kind === 'normal' ? init.std : init.high;
}

function oneOf<T extends string>(value: unknown, choices: readonly T[]): T | null {
  return choices.find((choice) => choice === value) ?? null;
}

export const CHOICES: { readonly [S in keyof ChoiceValues]: readonly ChoiceValues[S][] } = {
  optimizer: ['sgd', 'adam', 'als', 'momentum'],
  prediction: ['factors', 'factors+biases', 'mean+factors+biases'],
  update: ['sequential', 'simultaneous'],
  order: ['row-major', 'shuffled'],
};

function withAssignment(model: ModelSettings, { setting, value }: Assignment): ModelSettings {
  const { optimizer } = model;
  if (typeof value === 'number') {
    switch (setting) {
      case 'k':
        return { ...model, k: value };
      case 'alpha':
        return { ...model, alpha: value };
      case 'beta':
        return { ...model, beta: value };
      case 'initScale':
        return { ...model, init: scaled(model.init, value) };
      case 'batch':
        return optimizer.kind === 'adam' ? { ...model, optimizer: { ...optimizer, batch: value } } : model;
      default:
        return model;
    }
  }
  const kind = setting === 'optimizer' ? oneOf(value, CHOICES.optimizer) : null;
  if (kind !== null) return { ...model, optimizer: optimizerOf(kind, optimizer) };
  const prediction = setting === 'prediction' ? oneOf(value, CHOICES.prediction) : null;
  if (prediction !== null) return { ...model, prediction };
  const order = setting === 'order' ? oneOf(value, CHOICES.order) : null;
  if (order !== null) return { ...model, order };
  const update = setting === 'update' ? oneOf(value, CHOICES.update) : null;
  if (update !== null && 'update' in optimizer) return { ...model, optimizer: { ...optimizer, update } };
  return model;
}

/**
 * The settings with what the axes assign. The optimizer comes first, so that its update or batch can be assigned too; `holdOut`
 * and `seen` are about ratings and change nothing here. When to stop is the plan's, so early stopping is left out.
 */
export function withAssignments(model: ModelSettings, assignments: readonly Assignment[], seed: number): ModelSettings {
  const { earlyStopping: _plans, ...rest } = model;
  const first = (setting: Assignment['setting']) => (setting === 'optimizer' ? 0 : 1);
  const ordered = assignments.toSorted((a, b) => first(a.setting) - first(b.setting));
  return ordered.reduce(withAssignment, { ...rest, seed });
}

/** Whether two settings draw the same start. */
export function sameStart(a: ModelSettings, b: ModelSettings): boolean {
  return a.k === b.k && a.seed === b.seed && JSON.stringify(a.init) === JSON.stringify(b.init);
}
