import { unreachable, visitsPerEpoch } from '../../core/model.ts';
import { alphaAt } from '../../core/schedule.ts';
import type { Engine } from '../engine.ts';
import { createAdam } from './adam.ts';
import { createAls } from './als.ts';
import { runMomentum } from './momentum.ts';
import { runProjectedSgd } from './projected-sgd.ts';
import { runSgd } from './sgd.ts';

/** The engine that defines what is right: plain loops in double precision, sums from left to right. */
export function createReferenceEngine(): Engine {
  const runAdam = createAdam();
  const runAls = createAls();
  return {
    name: 'reference',
    visitsPerEpoch: ({ optimizer }, { m, n, training }) =>
      visitsPerEpoch(optimizer, { ratings: training.value.length, users: m, items: n }),
    run(state, model, stretch) {
      const { optimizer } = model;
      const { parameters } = state;
      const alpha = model.schedule === undefined ? model.alpha : alphaAt(model, state.epoch);
      switch (optimizer.kind) {
        case 'sgd':
          return model.nonNegative
            ? runProjectedSgd(parameters, model, optimizer.update, stretch, alpha)
            : runSgd(parameters, model, optimizer.update, stretch, alpha);
        case 'momentum':
          return runMomentum(state, model, optimizer, stretch, alpha);
        case 'adam':
          return runAdam(state, model, optimizer, stretch, alpha);
        case 'als':
          return runAls(parameters, model, stretch);
        default:
          return unreachable(optimizer);
      }
    },
  };
}
