import type { TrainingState } from '../core/parameters.ts';
import type { Keys } from './rows.ts';

/**
 * A whole training state as one run of doubles, to keep many and to compare two:
 *
 *     μ  t  β1ᵗ  β2ᵗ │ P  Q  [b_u  b_i] │ Adam's m: P Q [b_u b_i] │ v: P Q [b_u b_i]
 *                                       │ momentum's velocity: P Q [b_u b_i]
 */
export interface Layout {
  readonly keys: Keys;
  readonly k: number;
  readonly biased: boolean;
  readonly mean: boolean;
  readonly adam: boolean;
  readonly velocity: boolean;
  /** Doubles. */
  readonly size: number;
}

const HEADER = 4;

/** The layout in which `state`, whose rows belong to `keys`, is packed. */
export function layoutOf(state: TrainingState, keys: Keys): Layout {
  const { parameters, adam, velocity = null } = state;
  const biased = parameters.bu !== null;
  const once = (keys.users.length + keys.items.length) * (parameters.k + (biased ? 1 : 0));
  return {
    keys,
    k: parameters.k,
    biased,
    mean: parameters.mu !== null,
    adam: adam !== null,
    velocity: velocity !== null,
    size: HEADER + once * (1 + (adam === null ? 0 : 2) + (velocity === null ? 0 : 1)),
  };
}

/** Writes `state` to `into` from `offset` on. */
export function pack(state: TrainingState, into: Float64Array, offset: number): void {
  const { parameters, adam, velocity } = state;
  into[offset] = parameters.mu ?? 0;
  into[offset + 1] = adam?.steps ?? 0;
  into[offset + 2] = adam?.beta1Power ?? 0;
  into[offset + 3] = adam?.beta2Power ?? 0;
  let at = packGroup(parameters, into, offset + HEADER);
  if (adam !== null) {
    at = packGroup(adam.m, into, at);
    at = packGroup(adam.v, into, at);
  }
  if (velocity) packGroup(velocity, into, at);
}

interface Group {
  readonly P: Float64Array;
  readonly Q: Float64Array;
  readonly bu: Float64Array | null;
  readonly bi: Float64Array | null;
}

function packGroup(group: Group, into: Float64Array, offset: number): number {
  into.set(group.P, offset);
  let at = offset + group.P.length;
  into.set(group.Q, at);
  at += group.Q.length;
  if (group.bu !== null && group.bi !== null) {
    into.set(group.bu, at);
    at += group.bu.length;
    into.set(group.bi, at);
    at += group.bi.length;
  }
  return at;
}

/** The state that was packed, as a copy. */
export function unpack(
  layout: Layout,
  from: Float64Array,
  offset: number,
  epoch: number,
  position: number,
): TrainingState {
  const { keys, k, biased } = layout;
  let at = offset + HEADER;
  const take = (length: number) => {
    at += length;
    return from.slice(at - length, at);
  };
  const group = (): Group => ({
    P: take(keys.users.length * k),
    Q: take(keys.items.length * k),
    bu: biased ? take(keys.users.length) : null,
    bi: biased ? take(keys.items.length) : null,
  });
  const parameters = { k, ...group(), mu: layout.mean ? (from[offset] ?? 0) : null };
  const adam = layout.adam
    ? {
        steps: from[offset + 1] ?? 0,
        beta1Power: from[offset + 2] ?? 0,
        beta2Power: from[offset + 3] ?? 0,
        m: group(),
        v: group(),
      }
    : null;
  return { epoch, position, parameters, adam, ...(layout.velocity ? { velocity: group() } : {}) };
}

/** Whether two states of one shape hold the same bits. */
export function sameBits(a: TrainingState, b: TrainingState, keys: Keys): boolean {
  if (a.epoch !== b.epoch || a.position !== b.position) return false;
  const layout = layoutOf(a, keys);
  const other = layoutOf(b, keys);
  if (layout.size !== other.size || layout.biased !== other.biased || layout.adam !== other.adam) return false;
  if (layout.mean !== other.mean || layout.velocity !== other.velocity) return false;
  const one = new Float64Array(layout.size);
  const two = new Float64Array(layout.size);
  pack(a, one, 0);
  pack(b, two, 0);
  return one.every((number, at) => Object.is(number, two[at]));
}

/** A copy that shares nothing. */
export function copyState(state: TrainingState): TrainingState {
  const { parameters, adam, velocity } = state;
  const group = <G extends Group>(of: G): G => ({
    ...of,
    P: of.P.slice(),
    Q: of.Q.slice(),
    bu: of.bu?.slice() ?? null,
    bi: of.bi?.slice() ?? null,
  });
  return {
    epoch: state.epoch,
    position: state.position,
    parameters: group(parameters),
    adam: adam === null ? null : { ...adam, m: group(adam.m), v: group(adam.v) },
    ...(velocity ? { velocity: group(velocity) } : {}),
  };
}
