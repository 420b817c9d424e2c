import * as v from 'valibot';
import type { Session } from '../core/session.ts';

/*
 * A large session as IndexedDB holds it: the very objects of core, typed arrays and all. Only this program writes it, so the
 * check is one of shape: that it is whole, and that the columns belong together.
 */

const floats = v.instance(Float64Array);
const numbers = v.array(v.number());
const measures = v.array(v.nullable(v.number()));
const names = v.array(v.string());
const columns = { P: floats, Q: floats, bu: v.nullable(floats), bi: v.nullable(floats) };
const parameters = v.object({ k: v.number(), ...columns, mu: v.nullable(v.number()) });

const ratings = v.pipe(
  v.object({
    user: v.instance(Int32Array),
    item: v.instance(Int32Array),
    value: floats,
    heldOut: v.instance(Uint8Array),
    time: v.nullable(floats),
  }),
  v.check(({ user, item, value, heldOut, time }) => {
    return [item, value, heldOut, ...(time ? [time] : [])].every((column) => column.length === user.length);
  }),
);

const dataset = v.pipe(
  v.object({
    name: v.string(),
    users: names,
    items: names,
    userKeys: numbers,
    itemKeys: numbers,
    nextKeys: v.exactOptional(v.object({ users: v.number(), items: v.number() })),
    userIds: v.nullable(names),
    itemIds: v.nullable(names),
    scale: v.object({ min: v.number(), max: v.number(), step: v.number() }),
    ratings,
    holdOut: v.nullable(v.object({ share: v.number(), kind: v.literal('random'), seed: v.number() })),
    truth: v.nullable(parameters),
  }),
  v.check(
    ({ users, items, userKeys, itemKeys }) => users.length === userKeys.length && items.length === itemKeys.length,
  ),
  v.check(({ users, items, ratings: { user, item } }) => inside(user, users.length) && inside(item, items.length)),
);

function inside(indices: Int32Array, count: number): boolean {
  return indices.every((index) => index >= 0 && index < count);
}

const update = v.picklist(['sequential', 'simultaneous']);
const restarts = v.exactOptional(v.object({ period: v.number(), multiplier: v.number() }));
const schedule = v.variant('kind', [
  v.object({ kind: v.literal('inverse'), half: v.number(), restarts }),
  v.object({ kind: v.literal('step'), factor: v.number(), every: v.number(), restarts }),
  v.object({ kind: v.literal('cosine'), epochs: v.number(), restarts }),
]);

const model = v.object({
  k: v.number(),
  prediction: v.picklist(['factors', 'factors+biases', 'mean+factors+biases']),
  optimizer: v.variant('kind', [
    v.object({ kind: v.literal('sgd'), update }),
    v.object({ kind: v.literal('momentum'), update, momentum: v.number() }),
    v.object({
      kind: v.literal('adam'),
      batch: v.number(),
      beta1: v.number(),
      beta2: v.number(),
      epsilon: v.number(),
      decay: v.exactOptional(v.picklist(['coupled', 'decoupled'])),
    }),
    v.object({ kind: v.literal('als') }),
  ]),
  alpha: v.number(),
  beta: v.number(),
  order: v.picklist(['row-major', 'shuffled']),
  init: v.variant('kind', [
    v.object({ kind: v.literal('uniform'), low: v.number(), high: v.number() }),
    v.object({ kind: v.literal('normal'), mean: v.number(), std: v.number() }),
  ]),
  seed: v.number(),
  nonNegative: v.exactOptional(v.literal(true)),
  schedule: v.exactOptional(schedule),
  earlyStopping: v.exactOptional(v.object({ patience: v.number() })),
});

const moments = v.object(columns);
const adam = v.object({ steps: v.number(), beta1Power: v.number(), beta2Power: v.number(), m: moments, v: moments });
const state = v.object({
  epoch: v.number(),
  position: v.number(),
  parameters,
  adam: v.nullable(adam),
  velocity: v.exactOptional(v.nullable(moments)),
});

const pairs = { user: v.instance(Int32Array), item: v.instance(Int32Array) };
const memory = v.object({
  underWay: v.nullable(
    v.object({
      epoch: v.number(),
      position: v.number(),
      model,
      bu: v.nullable(floats),
      bi: v.nullable(floats),
      mu: v.nullable(v.number()),
      adam: v.nullable(adam),
      velocity: v.exactOptional(v.nullable(moments)),
    }),
  ),
  seen: v.nullable(v.object({ ...pairs, until: floats })),
  arrived: v.nullable(v.object({ ...pairs, epoch: floats, ahead: v.instance(Uint8Array) })),
  best: v.exactOptional(
    v.nullable(
      v.object({
        best: v.object({ epoch: v.number(), rmse: v.number(), since: v.number() }),
        state: v.nullable(state),
      }),
    ),
  ),
});

const session = v.pipe(
  v.object({
    study: v.object({ dataset, model, start: v.nullable(parameters) }),
    state: v.nullable(state),
    history: v.object({
      epoch: numbers,
      rmseSeen: measures,
      rmseHeldOut: measures,
      maeSeen: measures,
      maeHeldOut: measures,
      objective: measures,
    }),
    marks: v.array(v.object({ epoch: v.number(), label: v.string() })),
    memory: v.exactOptional(v.nullable(memory)),
    extensions: v.record(v.string(), v.unknown()),
  }),
  v.check(({ study, state }) => {
    const { users, items } = study.dataset;
    const fits = ({ k, P, Q }: { k: number; P: Float64Array; Q: Float64Array }) =>
      k === study.model.k && P.length === users.length * k && Q.length === items.length * k;
    return (!state || fits(state.parameters)) && (!study.start || fits(study.start));
  }),
);

/** What stands in the store: which lineage of edits it belongs to, and the last edit of it that is inside. */
export interface StoredSession {
  readonly version: 1;
  readonly lineage: number;
  readonly through: number;
  readonly session: Session;
}

const stored = v.object({ version: v.literal(1), lineage: v.number(), through: v.number(), session });

/** The stored session if it is whole, else null. */
export function readStoredSession(value: unknown): StoredSession | null {
  const read = v.safeParse(stored, value, { abortEarly: true });
  return read.success ? read.output : null;
}
