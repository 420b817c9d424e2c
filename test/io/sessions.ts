import fc from 'fast-check';
import { type ModelSettings, type Prediction, visitsPerEpoch } from '../../src/core/model.ts';
import type { Parameters } from '../../src/core/parameters.ts';
import { type Rating, ratingsFrom } from '../../src/core/ratings.ts';
import { type EpochUnderWay, type KeptBest, memoryOrNull } from '../../src/core/run-memory.ts';
import type { Session } from '../../src/core/session.ts';

/** The example of the public description (SESSION.md), as an object to change. */
export function example() {
  return {
    format: 'factorscope-session',
    version: 1,
    dataset: {
      name: 'Two viewers, three films',
      users: ['Ana', 'Bo'],
      items: ['Alien', 'Brazil', 'Clue'],
      scale: { min: 1, max: 5, step: 1 },
      ratings: [
        [0, 0, 5],
        [0, 1, 3],
        [1, 0, 4],
      ],
      heldOut: [[0, 1]],
    },
    model: {
      k: 3,
      prediction: 'factors',
      optimizer: { kind: 'sgd', update: 'sequential' },
      alpha: 0.0002,
      beta: 0.02,
      order: 'row-major',
      init: { kind: 'uniform', low: 0, high: 1 },
      seed: 42,
    },
    state: {
      epoch: 0,
      position: 0,
      P: [
        [0.1, 0.2, 0.3],
        [0.4, 0.5, 0.6],
      ],
      Q: [
        [0.1, 0.2, 0.3],
        [0.4, 0.5, 0.6],
        [0.7, 0.8, 0.9],
      ],
    },
    history: { epoch: [0], rmseSeen: [4.310568407994473], rmseHeldOut: [2.68], objective: [37.1739] },
    extensions: {},
  };
}

/** Doubles of every size, −0 and subnormals among them. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
/** As large as parameters may be. */
const parameter = fc.double({ noNaN: true, min: -1e150, max: 1e150 });
const rating = fc.oneof(
  fc.integer({ min: -5, max: 10 }),
  fc.double({ noNaN: true, min: -1e100, max: 1e100 }),
  fc.constant(-0),
);
const positive = fc.double({ noNaN: true, min: 1e-12, max: 10 });
const measure = fc.option(fc.double({ noNaN: true, min: 0, noDefaultInfinity: true }));
const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', '<b onclick="x()">Bo</b>', 'a "quoted", name', '\u0000\n\ud800', '=1+1'),
);

function numbers(length: number, of: fc.Arbitrary<number>): fc.Arbitrary<Float64Array> {
  return fc.array(of, { minLength: length, maxLength: length }).map((list) => Float64Array.from(list));
}

function parametersOf(
  users: number,
  items: number,
  k: number,
  biases: boolean,
  mean: boolean,
  of = parameter,
): fc.Arbitrary<Parameters> {
  return fc.record({
    k: fc.constant(k),
    P: numbers(users * k, of),
    Q: numbers(items * k, of),
    bu: biases ? numbers(users, of) : fc.constant(null),
    bi: biases ? numbers(items, of) : fc.constant(null),
    mu: mean ? of : fc.constant(null),
  });
}

const update = fc.constantFrom('sequential' as const, 'simultaneous' as const);
const epochs = fc.integer({ min: 1, max: 10_000 });
const restarts = fc.option(fc.record({ period: epochs, multiplier: fc.integer({ min: 1, max: 9 }) }), {
  nil: undefined,
});
const schedule = fc
  .oneof(
    fc.record({ kind: fc.constant('inverse' as const), half: positive }),
    fc.record({
      kind: fc.constant('step' as const),
      factor: fc.double({ noNaN: true, min: 1e-3, max: 1 }),
      every: epochs,
    }),
    fc.record({ kind: fc.constant('cosine' as const), epochs }),
  )
  .chain((kind) => restarts.map((again) => (again ? { ...kind, restarts: again } : kind)));

/** Settings of version 1, and, about as often, with something of version 2. */
const basics = fc.record({
  k: fc.integer({ min: 1, max: 4 }),
  prediction: fc.constantFrom<Prediction>('factors', 'factors+biases', 'mean+factors+biases'),
  optimizer: fc.oneof(
    fc.record({ kind: fc.constant('sgd' as const), update }),
    fc.record({
      kind: fc.constant('momentum' as const),
      update,
      momentum: fc.double({ noNaN: true, min: 0, max: 0.99 }),
    }),
    fc.record(
      {
        kind: fc.constant('adam' as const),
        batch: fc.integer({ min: 1, max: 64 }),
        beta1: fc.double({ noNaN: true, min: 0, max: 0.999 }),
        beta2: fc.double({ noNaN: true, min: 0, max: 0.999 }),
        epsilon: positive,
        decay: fc.constantFrom('coupled' as const, 'decoupled' as const),
      },
      { requiredKeys: ['kind', 'batch', 'beta1', 'beta2', 'epsilon'] },
    ),
    fc.record({ kind: fc.constant('als' as const) }),
  ),
  alpha: positive,
  beta: fc.double({ noNaN: true, min: 0, max: 10 }),
  order: fc.constantFrom('row-major' as const, 'shuffled' as const),
  init: fc.oneof(
    fc.record({ kind: fc.constant('uniform' as const), low: fc.integer({ min: -3, max: 0 }), high: positive }),
    fc.record({
      kind: fc.constant('normal' as const),
      mean: rating,
      std: fc.double({ noNaN: true, min: 0, max: 1e3 }),
    }),
  ),
  seed: fc.integer({ min: 0, max: 4_294_967_295 }),
});
const additions = fc.oneof(
  fc.constant({}),
  fc.record(
    { nonNegative: fc.constant(true as const), schedule, earlyStopping: fc.record({ patience: epochs }) },
    { requiredKeys: [] },
  ),
);
const settings: fc.Arbitrary<ModelSettings> = fc
  .tuple(basics, additions)
  .map(([model, more]) => ({ ...model, ...more }));

/** JSON that other programs may leave in `extensions`: `__proto__` is no key there, and −0 stays −0. */
const foreign = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes('__proto__'));

/** Pairs of what training saw, or that came in mid-run: ascending, each once; none at all is null. */
function pairsOf(m: number, n: number) {
  const pair = fc.record({ user: fc.nat(m - 1), item: fc.nat(n - 1), epoch: fc.nat(), ahead: fc.constantFrom(0, 1) });
  return fc.uniqueArray(pair, { selector: ({ user, item }) => user * n + item, maxLength: 4 }).map((list) => {
    const rows = list.sort((a, b) => a.user - b.user || a.item - b.item);
    if (rows.length === 0) return null;
    return {
      user: Int32Array.from(rows, (row) => row.user),
      item: Int32Array.from(rows, (row) => row.item),
      epoch: Float64Array.from(rows, (row) => row.epoch),
      ahead: Uint8Array.from(rows, (row) => row.ahead),
    };
  });
}

/** An epoch run with other settings than the study's; epoch and position are filled in later. */
function underWayOf(study: ModelSettings, m: number, n: number): fc.Arbitrary<EpochUnderWay> {
  return settings.chain((other) => {
    const { k, init, seed } = study;
    // Early stopping waits for nothing, so an epoch under way has none of its own.
    const { earlyStopping: _, ...waiting } = other;
    const model = { ...waiting, k, init, seed };
    const biases = other.prediction !== 'factors';
    return fc
      .record({
        parameters: parametersOf(m, n, k, biases, other.prediction === 'mean+factors+biases'),
        adam: other.optimizer.kind === 'adam' ? adamOf(m, n, k, biases) : fc.constant(null),
        velocity: velocityOf(other, m, n, k, biases),
      })
      .map(({ parameters: { bu, bi, mu }, adam, velocity }) => {
        return { epoch: 0, position: 1, model, bu, bi, mu, adam, ...(velocity ? { velocity } : {}) };
      });
  });
}

function velocityOf({ optimizer }: ModelSettings, m: number, n: number, k: number, biases: boolean) {
  if (optimizer.kind !== 'momentum') return fc.constant(null);
  return parametersOf(m, n, k, biases, false, number).map(({ P, Q, bu, bi }) => ({ P, Q, bu, bi }));
}

function adamOf(m: number, n: number, k: number, biases: boolean) {
  const parameters = parametersOf(m, n, k, biases, false, number);
  const columns = parameters.map(({ P, Q, bu, bi }) => ({ P, Q, bu, bi }));
  const squares = columns.map(({ P, Q, bu, bi }) => ({
    P: P.map(Math.abs),
    Q: Q.map(Math.abs),
    bu: bu?.map(Math.abs) ?? null,
    bi: bi?.map(Math.abs) ?? null,
  }));
  return fc.record({
    steps: fc.nat(),
    beta1Power: fc.double({ noNaN: true, min: 0, max: 1 }),
    beta2Power: fc.double({ noNaN: true, min: 0, max: 1 }),
    m: columns,
    v: squares,
  });
}

function sessionOf(model: ModelSettings, users: readonly string[], items: readonly string[]): fc.Arbitrary<Session> {
  const m = users.length;
  const n = items.length;
  const biases = model.prediction !== 'factors';
  const mean = model.prediction === 'mean+factors+biases';
  const parameters = parametersOf(m, n, model.k, biases, mean);
  const adam = adamOf(m, n, model.k, biases);
  const cell = fc.record({ user: fc.nat(m - 1), item: fc.nat(n - 1), value: rating, heldOut: fc.boolean() });
  const ratings = fc.tuple(fc.array(cell, { maxLength: 12 }), fc.boolean()).map(([list, timed]) => {
    const rows: Rating[] = list.map((entry, at) => (timed ? { ...entry, time: at * 1000 } : entry));
    return ratingsFrom(rows);
  });
  const truth = fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.boolean())
    .chain(([k, withBiases, withMean]) => parametersOf(m, n, k, withBiases, withMean));
  return fc
    .record({
      name: fc.string({ maxLength: 20 }),
      ids: fc.boolean(),
      ratings,
      truth: fc.option(truth),
      holdOut: fc.option(
        fc.record({ share: fc.integer({ min: 0, max: 90 }), kind: fc.constant('random' as const), seed: fc.nat() }),
      ),
      start: fc.option(parameters),
      state: fc.option(
        fc.record({
          epoch: fc.nat({ max: 40 }),
          parameters,
          adam: model.optimizer.kind === 'adam' ? adam : fc.constant(null),
          velocity: velocityOf(model, m, n, model.k, biases),
        }),
      ),
      best: fc.option(
        fc.record({
          rmse: fc.double({ noNaN: true, min: 0, max: 1e9 }),
          age: fc.nat({ max: 5 }),
          since: fc.nat(),
          parameters,
          adam: model.optimizer.kind === 'adam' ? adam : fc.constant(null),
          velocity: velocityOf(model, m, n, model.k, biases),
        }),
      ),
      rows: fc.array(fc.tuple(measure, measure, measure, measure, measure), { maxLength: 5 }),
      marks: fc.array(fc.record({ epoch: fc.nat(), label: fc.string({ maxLength: 20 }) }), { maxLength: 3 }),
      seen: pairsOf(m, n),
      arrived: pairsOf(m, n),
      underWay: underWayOf(model, m, n),
      extensions: fc.dictionary(fc.constantFrom('notes', 'other app', 'x', 'constructor', '10', '2'), foreign),
    })
    .map(({ state: standing, rows, ...it }) => {
      const stateOf = ({
        parameters,
        adam,
        velocity,
      }: Pick<NonNullable<typeof standing>, 'parameters' | 'adam' | 'velocity'>) => {
        return { position: 0, parameters, adam, ...(velocity ? { velocity } : {}) };
      };
      const state = standing && { epoch: standing.epoch, ...stateOf(standing) };
      const ratings = it.ratings.heldOut.filter((flag) => flag === 0).length;
      const last = visitsPerEpoch(it.underWay.model.optimizer, { ratings, users: m, items: n }) - 1;
      const underWay = last < 1 || state === null ? null : { ...it.underWay, epoch: state.epoch, position: last };
      const memory = memoryOrNull({
        underWay,
        seen: it.seen && { user: it.seen.user, item: it.seen.item, until: it.seen.epoch },
        arrived: it.arrived,
        ...(state && it.best && model.earlyStopping ? { best: bestOf(state.epoch, it.best.age, it.best) } : {}),
      });
      function bestOf(latest: number, age: number, { rmse, since, ...kept }: NonNullable<typeof it.best>): KeptBest {
        const epoch = Math.max(0, latest - age);
        return { best: { epoch, rmse, since }, state: epoch === latest ? null : { epoch, ...stateOf(kept) } };
      }
      const kept = rows.slice(0, (state?.epoch ?? 0) + 1);
      return {
        study: {
          dataset: {
            name: it.name,
            users,
            items,
            userKeys: users.map((_, at) => at),
            itemKeys: items.map((_, at) => at),
            userIds: it.ids ? users.map((_, at) => `u${at}`) : null,
            itemIds: it.ids ? items.map((_, at) => `i${at}`) : null,
            scale: { min: 1, max: 5, step: 0.5 },
            ratings: it.ratings,
            holdOut: it.holdOut,
            truth: it.truth,
          },
          model,
          start: it.start,
        },
        state,
        history: {
          epoch: kept.map((_, at) => at),
          rmseSeen: kept.map((row) => row[0]),
          rmseHeldOut: kept.map((row) => row[1]),
          maeSeen: kept.map((row) => row[2]),
          maeHeldOut: kept.map((row) => row[3]),
          objective: kept.map((row) => row[4]),
        },
        marks: it.marks,
        ...(memory ? { memory } : {}),
        extensions: it.extensions,
      };
    });
}

/** Sessions of every kind, small. */
export const anySession: fc.Arbitrary<Session> = fc
  .tuple(settings, fc.array(name, { minLength: 1, maxLength: 4 }), fc.array(name, { minLength: 1, maxLength: 4 }))
  .chain(([model, users, items]) => sessionOf(model, users, items));
