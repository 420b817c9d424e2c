import type { ParametersView } from '../../src/worker/protocol.ts';

/**
 * What training of the small matrix of `fake-handle.ts` had reached in epoch 640, k = 2, rounded by hand.
 * Bo × Clue is a gap: 1.785 × 0.892 + 0.410 × 2.127 = 1.59222 + 0.87207 = 2.46429.
 */
export const trainedView: ParametersView = {
  epoch: 640,
  position: 0,
  k: 2,
  P: Float64Array.of(2.25, 0.38, 1.785, 0.41, 0.59, -0.15, 0.03, 2.04, 0.59, 2.03, 0.67, 1.08),
  Q: Float64Array.of(2.03, 0.46, 1.25, 0.12, 0.892, 2.127, 0.13, 1.86),
  bu: null,
  bi: null,
  mu: null,
};
