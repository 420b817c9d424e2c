import type { ModelSettings, OptimizerSettings } from '../core/model.ts';
import type { Problem } from '../core/problem.ts';
import type { Session } from '../core/session.ts';

/** What of an optimizer came with version 2, and where; null when version 1 can say all of it. */
function newInOptimizer(optimizer: OptimizerSettings): Problem | null {
  if (optimizer.kind === 'momentum') {
    return { code: 'not-offered', where: 'kind', got: optimizer.kind, expected: 'sgd, adam or als' };
  }
  if (optimizer.kind === 'adam' && optimizer.decay !== undefined) return { code: 'unknown-key', got: 'decay' };
  return null;
}

/** The first of a model's settings that came with version 2; null when there is none. */
function newInModel(model: ModelSettings): Problem | null {
  const { optimizer, nonNegative, schedule, earlyStopping } = model;
  const problem = newInOptimizer(optimizer);
  if (problem) return { ...problem, where: problem.where ? `optimizer.${problem.where}` : 'optimizer' };
  if (nonNegative !== undefined) return { code: 'unknown-key', got: 'nonNegative' };
  if (schedule !== undefined) return { code: 'unknown-key', got: 'schedule' };
  if (earlyStopping !== undefined) return { code: 'unknown-key', got: 'earlyStopping' };
  return null;
}

/** What of a session version 1 has no words for; null when it can be a file of version 1. */
export function newInVersion2({ study, memory }: Session): Problem | null {
  const problem = newInModel(study.model);
  if (problem) return { ...problem, where: problem.where ? `model.${problem.where}` : 'model' };
  const waiting = memory?.underWay ? newInModel(memory.underWay.model) : null;
  return waiting && { ...waiting, where: 'extensions.factorscope.underWay' };
}
