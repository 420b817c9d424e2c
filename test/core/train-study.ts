import { type BaselineFigures, baselineFigures } from '../../src/core/baselines.ts';
import type { Measures } from '../../src/core/history.ts';
import { drawStart } from '../../src/core/init.ts';
import { measure } from '../../src/core/metrics.ts';
import { shuffleInto } from '../../src/core/order.ts';
import type { Parameters, TrainingState } from '../../src/core/parameters.ts';
import type { Study } from '../../src/core/study.ts';
import { gatherColumns, trainingData } from '../../src/core/training-data.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';

/** What a study comes to after `epochs` epochs of SGD on the reference engine, without the worker around it. */
export function trainStudy(
  { dataset, model }: Study,
  epochs: number,
): { parameters: Parameters; measures: Measures; baselines: BaselineFigures | null } {
  const data = trainingData(dataset);
  const engine = createReferenceEngine();
  const parameters = drawStart(model, data.m, data.n, data.mean);
  const state: TrainingState = { epoch: 0, position: 0, parameters, adam: null };
  const count = data.training.user.length;
  const order = new Int32Array(count);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    let columns = data.training;
    if (model.order === 'shuffled') {
      shuffleInto(order, model.seed, epoch);
      columns = gatherColumns(data.training, order);
    }
    engine.run(state, model, { columns, from: 0, to: count, limit: Number.POSITIVE_INFINITY, error: 0 });
    state.epoch += 1;
  }
  return { parameters, measures: measure(parameters, data, model), baselines: baselineFigures(data) };
}
