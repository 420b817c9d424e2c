import type { Engine } from '../engine.ts';
import { createAdam } from './adam.ts';
import { runSgd } from './sgd.ts';

/** The engine that defines what is right: plain loops in double precision, sums from left to right. */
export function createReferenceEngine(): Engine {
  const runAdam = createAdam();
  return {
    name: 'reference',
    visitsPerEpoch: (model, ratings) =>
      model.optimizer.kind === 'adam' ? Math.ceil(ratings / model.optimizer.batch) : ratings,
    run: (state, model, stretch) =>
      model.optimizer.kind === 'adam'
        ? runAdam(state, model, model.optimizer, stretch)
        : runSgd(state.parameters, model, stretch),
  };
}
