import { roomForOrder, visitingOrder } from '../../../src/core/order.ts';
import { gatherColumns } from '../../../src/core/training-data.ts';
import type { Train } from '../../../src/core/understand/retrain.ts';
import { createReferenceEngine } from '../../../src/engines/reference/reference.ts';

/** Trains by SGD on the reference engine, as the worker does. */
export const train: Train = (model, data, start) => {
  const engine = createReferenceEngine();
  const state = { epoch: 0, position: 0, parameters: start, adam: null };
  const count = data.training.value.length;
  const order = new Int32Array(roomForOrder(data));
  return {
    parameters: start,
    train: (epochs) => {
      for (let done = 0; done < epochs; done += 1) {
        let columns = data.training;
        if (model.order === 'shuffled') {
          columns = gatherColumns(data.training, visitingOrder(order, data, model.seed, state.epoch));
        }
        if (engine.run(state, model, { columns, from: 0, to: count, limit: 1e120, error: 0 }) < count) return false;
        state.epoch += 1;
      }
      return true;
    },
  };
};
