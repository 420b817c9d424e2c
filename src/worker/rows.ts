import { drawItemRow, drawUserRow } from '../core/init.ts';
import type { ModelSettings } from '../core/model.ts';
import type { Parameters, TrainingState, Velocity } from '../core/parameters.ts';

/** Who the rows of P and of Q are, in their order (`Dataset.userKeys`, `Dataset.itemKeys`). */
export interface Keys {
  readonly users: readonly number[];
  readonly items: readonly number[];
}

export type Side = 'users' | 'items';

/** All that is learned about one user or item: k factors, a bias, and what Adam or momentum remember of them. */
export interface Row {
  readonly factors: Float64Array;
  readonly bias: number;
  readonly moments: {
    readonly m: Float64Array;
    readonly v: Float64Array;
    readonly mBias: number;
    readonly vBias: number;
  } | null;
  readonly velocity: { readonly factors: Float64Array; readonly bias: number } | null;
}

/** Whose numbers a row without any takes. */
export type RowSource = (side: Side, key: number) => Row;

export function sameKeys(a: Keys, b: Keys): boolean {
  return sameList(a.users, b.users) && sameList(a.items, b.items);
}

function sameList(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((key, at) => key === b[at]));
}

/** The row at `index`, copied out. */
export function takeRow(state: TrainingState, side: Side, index: number): Row {
  const { parameters, adam, velocity } = state;
  const { k } = parameters;
  const of = (of: { P: Float64Array; Q: Float64Array }) =>
    (side === 'users' ? of.P : of.Q).slice(index * k, (index + 1) * k);
  const biasOf = (of: { bu: Float64Array | null; bi: Float64Array | null }) =>
    (side === 'users' ? of.bu : of.bi)?.[index] ?? 0;
  return {
    factors: of(parameters),
    bias: biasOf(parameters),
    moments: adam === null ? null : { m: of(adam.m), v: of(adam.v), mBias: biasOf(adam.m), vBias: biasOf(adam.v) },
    velocity: velocity ? { factors: of(velocity), bias: biasOf(velocity) } : null,
  };
}

/** The row of a user or item that was never there before: drawn from its own stream, bias, moments and velocity 0. */
export function drawnRow(model: ModelSettings, side: Side, key: number): Row {
  return {
    factors: side === 'users' ? drawUserRow(model, key) : drawItemRow(model, key),
    bias: 0,
    moments: null,
    velocity: null,
  };
}

/** Where each row of `to` stands in `from`; −1 where it is not there. */
export function placesOf(from: readonly number[], to: readonly number[]): Int32Array {
  const places = new Map(from.map((key, at) => [key, at]));
  return Int32Array.from(to, (key) => places.get(key) ?? -1);
}

/** Parameters (and what Adam or momentum remember) with the rows of `to`: kept rows keep their numbers, the others come from `source`. */
export function remapState(state: TrainingState, from: Keys, to: Keys, source: RowSource): TrainingState {
  const { parameters, adam, velocity } = state;
  const { k } = parameters;
  const users = placesOf(from.users, to.users);
  const items = placesOf(from.items, to.items);
  const arrived = new Map<string, Row>();
  const rowOf = (side: Side, index: number): Row => {
    const key = to[side][index] ?? 0;
    const name = `${side}/${key}`;
    const row = arrived.get(name) ?? source(side, key);
    arrived.set(name, row);
    return row;
  };
  const matrix = (old: Float64Array, side: Side, pick: (row: Row) => Float64Array | undefined): Float64Array => {
    const places = side === 'users' ? users : items;
    const made = new Float64Array(places.length * k);
    places.forEach((place, index) => {
      if (place >= 0) made.set(old.subarray(place * k, (place + 1) * k), index * k);
      else {
        const row = pick(rowOf(side, index));
        if (row !== undefined) made.set(row, index * k);
      }
    });
    return made;
  };
  const column = (
    old: Float64Array | null,
    side: Side,
    pick: (row: Row) => number | undefined,
  ): Float64Array | null => {
    if (old === null) return null;
    const places = side === 'users' ? users : items;
    return Float64Array.from(places, (place, index) =>
      place >= 0 ? (old[place] ?? 0) : (pick(rowOf(side, index)) ?? 0),
    );
  };
  const moments = (old: Velocity, which: 'm' | 'v'): Velocity => {
    const bias = which === 'm' ? 'mBias' : 'vBias';
    return {
      P: matrix(old.P, 'users', (row) => row.moments?.[which]),
      Q: matrix(old.Q, 'items', (row) => row.moments?.[which]),
      bu: column(old.bu, 'users', (row) => row.moments?.[bias]),
      bi: column(old.bi, 'items', (row) => row.moments?.[bias]),
    };
  };
  return {
    epoch: state.epoch,
    position: state.position,
    parameters: {
      k,
      P: matrix(parameters.P, 'users', (row) => row.factors),
      Q: matrix(parameters.Q, 'items', (row) => row.factors),
      bu: column(parameters.bu, 'users', (row) => row.bias),
      bi: column(parameters.bi, 'items', (row) => row.bias),
      mu: parameters.mu,
    },
    adam: adam === null ? null : { ...adam, m: moments(adam.m, 'm'), v: moments(adam.v, 'v') },
    ...(velocity
      ? {
          velocity: {
            P: matrix(velocity.P, 'users', (row) => row.velocity?.factors),
            Q: matrix(velocity.Q, 'items', (row) => row.velocity?.factors),
            bu: column(velocity.bu, 'users', (row) => row.velocity?.bias),
            bi: column(velocity.bi, 'items', (row) => row.velocity?.bias),
          },
        }
      : {}),
  };
}

/** A state around parameters, as at epoch 0. */
export function atEpochZero(parameters: Parameters): TrainingState {
  return { epoch: 0, position: 0, parameters, adam: null };
}

/**
 * The rows of users and items that were removed, so that an undo finds them as they were. A row may be buried more than
 * once; each time says from which epoch on it rested.
 */
export class Graveyard {
  private readonly buried = new Map<string, { readonly epoch: number; readonly row: Row; readonly start: Row }[]>();

  /** row: as it was at `epoch`; start: as it was at epoch 0. */
  bury(side: Side, key: number, epoch: number, row: Row, start: Row): void {
    const name = `${side}/${key}`;
    const earlier = (this.buried.get(name) ?? []).filter((entry) => entry.epoch < epoch);
    this.buried.set(name, [...earlier, { epoch, row, start }]);
  }

  /** The row as it rested at `epoch`, if it was buried by then. */
  find(side: Side, key: number, epoch: number): Row | null {
    return this.buried.get(`${side}/${key}`)?.findLast((entry) => entry.epoch <= epoch)?.row ?? null;
  }

  /** The row's start. */
  startOf(side: Side, key: number): Row | null {
    return this.buried.get(`${side}/${key}`)?.at(-1)?.start ?? null;
  }

  /** The run goes back to `epoch`: what was buried later was then as it had been before, at worst as it started. */
  rewind(epoch: number): void {
    for (const [name, entries] of this.buried) {
      const start = entries.at(-1)?.start;
      const kept = entries.filter((entry) => entry.epoch <= epoch);
      if (kept.length === 0 && start !== undefined) kept.push({ epoch: 0, row: start, start });
      this.buried.set(name, kept);
    }
  }
}
