/** Run by node.bench.ts, bundled as the app is: how fast the session trains, beside the same loops with nothing around them. */
import { drawStart } from '../../src/core/init.ts';
import type { ModelSettings } from '../../src/core/model.ts';
import { shuffleInto } from '../../src/core/order.ts';
import { randomStream } from '../../src/core/random.ts';
import { ratingsFrom } from '../../src/core/ratings.ts';
import type { Study } from '../../src/core/study.ts';
import { gatherColumns, gatherInto, trainingData } from '../../src/core/training-data.ts';
import { createSession } from '../../src/worker/session.ts';
import { datasetFromMatrix, notebookModel } from '../engines/from-fixture.ts';
import notebookRun from '../fixtures/seed6x4_k3.json' with { type: 'json' };

const print = (line: string) => process.stdout.write(`${line}\n`);
const round = (number: number, digits = 0) => number.toLocaleString('en-US', { maximumFractionDigits: digits });

/** Milliseconds each of them takes at its best: turn and turn about, so that a busy machine disturbs all alike. */
function best(times: number, ...works: readonly (() => void)[]): number[] {
  const least = works.map(() => Number.POSITIVE_INFINITY);
  for (let time = 0; time < times; time += 1) {
    works.forEach((work, at) => {
      const began = performance.now();
      work();
      least[at] = Math.min(least[at] ?? 0, performance.now() - began);
    });
  }
  return least;
}

/** The notebook's loops with nothing around them: no clock, no curve, no snapshots, no care. Shuffled where the session shuffles. */
function bareLoop(study: Study, epochs: number): void {
  const data = trainingData(study.dataset);
  const { k, alpha, beta, seed } = study.model;
  const { P, Q } = drawStart(study.model, data.m, data.n, data.mean);
  const order = study.model.order === 'shuffled' ? new Int32Array(data.training.user.length) : null;
  const columns = order === null ? data.training : gatherColumns(data.training, order);
  const { user, item, value } = columns;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    if (order !== null) {
      shuffleInto(order, seed, epoch);
      gatherInto(columns, data.training, order);
    }
    for (let at = 0; at < value.length; at += 1) {
      const u = (user[at] ?? 0) * k;
      const i = (item[at] ?? 0) * k;
      let dot = 0;
      for (let f = 0; f < k; f += 1) dot += (P[u + f] ?? 0) * (Q[i + f] ?? 0);
      const e = (value[at] ?? 0) - dot;
      for (let f = 0; f < k; f += 1) {
        const p = (P[u + f] ?? 0) + alpha * (2 * e * (Q[i + f] ?? 0) - beta * (P[u + f] ?? 0));
        P[u + f] = p;
        Q[i + f] = (Q[i + f] ?? 0) + alpha * (2 * e * p - beta * (Q[i + f] ?? 0));
      }
    }
  }
}

/** The same through the session, a frame's worth at a time, every answer with its view, curve and measures. */
function throughSession(study: Study, epochs: number): void {
  const session = createSession();
  const about = { run: 1, window: { users: null, items: null }, wantState: false };
  let request = 1;
  let answer = session.handle({
    kind: 'load',
    ...about,
    request,
    study,
    state: null,
    history: null,
    memory: null,
    replay: false,
  });
  while (answer.epoch < epochs) {
    request += 1;
    answer = session.handle({
      kind: 'train',
      ...about,
      request,
      milliseconds: 13,
      untilEpoch: epochs,
      steps: null,
      trace: false,
    });
  }
}

function randomStudy(m: number, n: number, share: number, model: Partial<ModelSettings>): Study {
  const random = randomStream(7, 'planted');
  const list = Array.from({ length: m * n }, (_, at) => ({
    user: Math.floor(at / n),
    item: at % n,
    value: 1 + random.below(5),
  })).filter(() => random.uniform() < share);
  const dataset = datasetFromMatrix(Array.from({ length: m }, () => Array.from({ length: n }, () => 0)));
  return { dataset: { ...dataset, ratings: ratingsFrom(list) }, model: notebookModel(model), start: null };
}

const notebook: Study = {
  dataset: datasetFromMatrix(notebookRun.R),
  model: notebookModel(),
  start: null,
};
const cases: readonly (readonly [string, Study, number])[] = [
  ['6 × 4, k 3, the notebook', notebook, 5_000],
  ['6 × 4, k 3, a long run', notebook, 200_000],
  ['40 × 30, k 4', randomStudy(40, 30, 0.3, { k: 4, alpha: 0.005 }), 5_000],
  ['200 × 100, k 10', randomStudy(200, 100, 0.3, { k: 10, alpha: 0.002 }), 300],
  ['200 × 100, k 10, shuffled', randomStudy(200, 100, 0.3, { k: 10, alpha: 0.002, order: 'shuffled' }), 300],
];
print('\nset                              epochs   session ms   bare ms   epochs/s   ratio');
const [cold = 0] = best(1, () => throughSession(notebook, 5_000));
for (const [name, study, epochs] of cases) {
  const [bare = 0, session = 0] = best(
    25,
    () => bareLoop(study, epochs),
    () => throughSession(study, epochs),
  );
  print(
    [
      name.padEnd(30),
      round(epochs).padStart(8),
      round(session, 2).padStart(12),
      round(bare, 2).padStart(9),
      round((epochs / session) * 1000).padStart(10),
      (bare / session).toFixed(2).padStart(7),
    ].join(' '),
  );
}
print(`The notebook's 5,000 epochs through a session that never ran before: ${round(cold, 1)} ms`);
