import type { Parameters, TrainingState, Velocity } from '../core/parameters.ts';
import type { Answer, ParametersView, Window } from './protocol.ts';

/** The rows of `numbers` (each `width` wide) that the window shows, as a copy; rows that are not there are 0. */
function gather(numbers: Float64Array, width: number, rows: Int32Array | null): Float64Array {
  if (rows === null) return numbers.slice();
  const gathered = new Float64Array(rows.length * width);
  rows.forEach((row, at) => {
    if (row >= 0) gathered.set(numbers.subarray(row * width, (row + 1) * width), at * width);
  });
  return gathered;
}

/** What the page shows of a state. */
export function viewOf(state: TrainingState, window: Window): ParametersView {
  const { k, mu } = state.parameters;
  const { adam, velocity = null } = state;
  const shown = ({ P, Q, bu, bi }: Velocity): Velocity => ({
    P: gather(P, k, window.users),
    Q: gather(Q, k, window.items),
    bu: bu && gather(bu, 1, window.users),
    bi: bi && gather(bi, 1, window.items),
  });
  return {
    epoch: state.epoch,
    position: state.position,
    k,
    ...shown(state.parameters),
    mu,
    velocity: velocity && shown(velocity),
    adam: adam && { ...adam, m: shown(adam.m), v: shown(adam.v) },
  };
}

function buffersOf(of: Pick<Parameters, 'P' | 'Q' | 'bu' | 'bi'> | null | undefined): ArrayBufferLike[] {
  if (!of) return [];
  return [of.P, of.Q, of.bu, of.bi].flatMap((numbers) => (numbers === null ? [] : [numbers.buffer]));
}

/** The buffers of an answer that can be handed over instead of copied. Each belongs to the answer alone. */
export function transferables(answer: Answer): ArrayBuffer[] {
  const { state, view, start, memory } = answer;
  const underWay = memory?.underWay;
  return [
    ...buffersOf(view),
    ...buffersOf(view.velocity),
    ...buffersOf(view.adam?.m),
    ...buffersOf(view.adam?.v),
    ...buffersOf(state?.parameters),
    ...buffersOf(state?.adam?.m),
    ...buffersOf(state?.adam?.v),
    ...buffersOf(start),
    ...[underWay?.bu, underWay?.bi].flatMap((numbers) => (numbers ? [numbers.buffer] : [])),
    ...buffersOf(underWay?.adam?.m),
    ...buffersOf(underWay?.adam?.v),
  ].filter((buffer) => buffer instanceof ArrayBuffer);
}
