import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readPlan } from '../../src/core/experiment/run-spec.ts';
import { chooseHeldOut } from '../../src/core/split.ts';
import { taskOfRun } from '../../src/store/sweep-task.ts';
import { test } from '../e2e/page.ts';
import { datasetFromMatrix, notebookModel } from '../engines/from-fixture.ts';
import notebookRun from '../fixtures/seed6x4_k3.json' with { type: 'json' };

const EPOCHS = 1_000;
const print = (line: string) => process.stdout.write(`${line}\n`);

/** The script of the pool's workers, as it was built. */
function taskEntry(): string {
  const assets = readdirSync(fileURLToPath(new URL('../../dist/assets', import.meta.url)));
  const script = assets.find((name) => /^task-entry-.*\.js$/.test(name));
  if (script === undefined) throw new Error('no script of a worker in dist/assets');
  return `/assets/${script}`;
}

test('400 runs of 1,000 epochs in real workers, beside bare loops in this Chromium', async ({ app, page }) => {
  await app.open();
  const dataset = chooseHeldOut(datasetFromMatrix(notebookRun.R), 20, 42);
  const runs = readPlan({
    study: { dataset, model: notebookModel(), start: null },
    axes: [
      { setting: 'alpha', spacing: 'log', from: 0.0001, to: 0.02, count: 20 },
      { setting: 'beta', spacing: 'log', from: 0.001, to: 1, count: 20 },
    ],
    search: null,
    seeds: [42],
    judging: { kind: 'hold-out', share: null, repeats: 1 },
    splitSeed: 42,
    stop: { kind: 'epochs', epochs: EPOCHS },
    innerFolds: null,
  });
  const { ratings, ...rest } = dataset;
  const columns = {
    user: [...ratings.user],
    item: [...ratings.item],
    value: [...ratings.value],
    heldOut: [...ratings.heldOut],
  };
  const tasks = Array.from({ length: runs.count }, (_, index) => ({
    index,
    task: { ...taskOfRun(runs, index), split: null, wantBaselines: false },
  }));
  print(
    '\n20 × 20 map of α × β, 1,000 epochs each, 6 × 4, k 3, in Chromium (wanted: at most 1,000 ms, and at most 2 × bare ÷ workers)',
  );
  print('workers   first ms   again ms   bare ÷ workers, ms   ratio   tasks over 50 ms');
  for (const size of [1, 2]) {
    const measured = await page.evaluate(
      async ({ script, shape, columns: of, tasks: all, size: count, epochs }) => {
        const long: number[] = [];
        const observer = new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) long.push(duration);
        });
        observer.observe({ type: 'longtask' });
        const study = {
          dataset: {
            ...shape.dataset,
            ratings: {
              user: Int32Array.from(of.user),
              item: Int32Array.from(of.item),
              value: Float64Array.from(of.value),
              heldOut: Uint8Array.from(of.heldOut),
              time: null,
            },
          },
          model: shape.model,
          start: null,
        };
        const workers = Array.from({ length: count }, () => new Worker(script, { type: 'module' }));
        let run = 0;
        const map = () =>
          new Promise<number>((done) => {
            run += 1;
            const began = performance.now();
            let left = all.length;
            workers.forEach((worker, at) => {
              worker.onmessage = ({ data }) => {
                left -= data.results?.length ?? 0;
                if (left === 0) done(performance.now() - began);
              };
              worker.postMessage({ kind: 'study', run, study });
              worker.postMessage({ kind: 'runs', run, tasks: all.filter((_task, index) => index % count === at) });
            });
          });
        const first = await map();
        let again = Number.POSITIVE_INFINITY;
        for (let time = 0; time < 6; time += 1) again = Math.min(again, await map());
        for (const worker of workers) worker.terminate();
        const bareLoop = `
          onmessage = ({ data: { user, item, value, models, epochs, m, n } }) => {
            let least = Infinity;
            for (let time = 0; time < 5; time += 1) {
              const began = performance.now();
              for (const { k, alpha, beta } of models) {
                const P = new Float64Array(m * k).map((_, at) => (at % 7) / 7);
                const Q = new Float64Array(n * k).map((_, at) => (at % 5) / 5);
                for (let epoch = 0; epoch < epochs; epoch += 1) {
                  for (let r = 0; r < value.length; r += 1) {
                    const p = user[r] * k, q = item[r] * k;
                    let dot = 0;
                    for (let f = 0; f < k; f += 1) dot += P[p + f] * Q[q + f];
                    const e = value[r] - dot;
                    for (let f = 0; f < k; f += 1) {
                      P[p + f] += alpha * (2 * e * Q[q + f] - beta * P[p + f]);
                      Q[q + f] += alpha * (2 * e * P[p + f] - beta * Q[q + f]);
                    }
                  }
                }
              }
              least = Math.min(least, performance.now() - began);
            }
            postMessage(least);
          }`;
        const seen = of.heldOut.flatMap((held, at) => (held === 0 ? [at] : []));
        const pick = (values: readonly number[]) => seen.map((at) => values[at] ?? 0);
        const address = URL.createObjectURL(new Blob([bareLoop], { type: 'text/javascript' }));
        const bare = await Promise.all(
          workers.map(
            () =>
              new Promise<number>((done) => {
                const worker = new Worker(address);
                worker.onmessage = ({ data }) => {
                  worker.terminate();
                  done(data);
                };
                worker.postMessage({
                  user: Int32Array.from(pick(of.user)),
                  item: Int32Array.from(pick(of.item)),
                  value: Float64Array.from(pick(of.value)),
                  models: all.map(({ task }) => task.model),
                  epochs,
                  m: 6,
                  n: 4,
                });
              }),
          ),
        );
        observer.disconnect();
        return { first, again, bare: Math.max(...bare) / count, long };
      },
      {
        script: taskEntry(),
        shape: { dataset: rest, model: notebookModel() },
        columns,
        tasks,
        size,
        epochs: EPOCHS,
      },
    );
    const { first, again, bare, long } = measured;
    print(
      `${String(size).padStart(7)} ${first.toFixed(0).padStart(10)} ${again.toFixed(0).padStart(10)} ${bare.toFixed(0).padStart(20)} ${(again / bare).toFixed(2).padStart(7)} ${String(long.length).padStart(18)}`,
    );
  }
});
