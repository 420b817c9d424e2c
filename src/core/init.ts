import { hasBiases, hasMean, type Initialization, type ModelSettings } from './model.ts';
import type { Parameters } from './parameters.ts';
import { type Random, randomStream } from './random.ts';

/** uniform: low + (high − low)·u; normal: mean + std·z. */
function fill(numbers: Float64Array, init: Initialization, random: Random): void {
  for (let at = 0; at < numbers.length; at += 1) {
    numbers[at] =
      init.kind === 'uniform'
        ? init.low + (init.high - init.low) * random.uniform()
        : init.mean + init.std * random.normal();
  }
}

/**
 * The start of a run: P (m × k) row by row, then Q (n × k), drawn from the seed's `init` stream; b_u = b_i = 0.
 * `mean` is that of the training ratings and becomes μ where the prediction has one.
 */
export function drawStart(model: ModelSettings, m: number, n: number, mean: number): Parameters {
  const random = randomStream(model.seed, 'init');
  const P = new Float64Array(m * model.k);
  const Q = new Float64Array(n * model.k);
  fill(P, model.init, random);
  fill(Q, model.init, random);
  const biased = hasBiases(model.prediction);
  return {
    k: model.k,
    P,
    Q,
    bu: biased ? new Float64Array(m) : null,
    bi: biased ? new Float64Array(n) : null,
    mu: hasMean(model.prediction) ? mean : null,
  };
}

/** The k factors of a user that was added to a run: from a stream of its own, so nobody else's numbers change. */
export function drawUserRow(model: ModelSettings, key: number): Float64Array {
  const row = new Float64Array(model.k);
  fill(row, model.init, randomStream(model.seed, 'user-row', key));
  return row;
}

/** The k factors of an item that was added to a run. */
export function drawItemRow(model: ModelSettings, key: number): Float64Array {
  const row = new Float64Array(model.k);
  fill(row, model.init, randomStream(model.seed, 'item-row', key));
  return row;
}
