import type { Page } from '@playwright/test';
import { type App, test } from '../e2e/page.ts';
import { largeSession, notebookSession, type SessionDocument } from '../e2e/sessions.ts';
import { mainThreadTasks } from './main-thread-tasks.ts';

declare global {
  interface Window {
    /** Where the script of the page's own worker lies. */
    workerAddress: string;
    longTasks: number[];
    /** Milliseconds from each input to the paint after it. */
    inputs: number[];
  }
}

const print = (line: string) => process.stdout.write(`${line}\n`);
const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
const worst = (numbers: readonly number[]) => numbers.reduce((most, number) => Math.max(most, number), 0);
const round = (number: number, digits = 1) => number.toLocaleString('en-US', { maximumFractionDigits: digits });

/** Remembers where the worker's script lies, and listens to long tasks and inputs, from before the page's first script on. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.longTasks = [];
    window.inputs = [];
    window.Worker = class extends Worker {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        if (!String(address).startsWith('blob:')) window.workerAddress = String(address);
      }
    };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasks.push(duration);
    }).observe({ type: 'longtask' });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.inputs.push(duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
}

/** A worker that trains a frame's worth of bare loops for every message, and answers with rating visits a millisecond. */
const BARE_LOOP = `
  const alpha = 0.0002, beta = 0.02;
  let given;
  function epoch({ user, item, value, k, P, Q }) {
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
  onmessage = ({ data }) => {
    if (data) {
      const { m, n, k } = data;
      const P = new Float64Array(m * k).map((_, at) => (at % 7) / 7);
      const Q = new Float64Array(n * k).map((_, at) => (at % 5) / 5);
      given = { ...data, P, Q };
    }
    const start = performance.now();
    let epochs = 0;
    while (performance.now() - start < 13) { for (let i = 0; i < 10; i += 1) epoch(given); epochs += 10; }
    postMessage({ visits: epochs * given.value.length, milliseconds: performance.now() - start });
  };`;

interface Slice {
  readonly visits: number;
  readonly milliseconds: number;
}

/** The page's own worker and a bare loop, turn and turn about while the page rests, so that a busy machine disturbs both alike. */
async function besideBareLoop(page: Page, document: SessionDocument): Promise<{ worker: Slice[]; bare: Slice[] }> {
  return page.evaluate(
    async ({ source, session: { dataset, model } }) => {
      const column = (at: number) => dataset.ratings.map((rating) => rating[at] ?? 0);
      const user = Int32Array.from(column(0));
      const item = Int32Array.from(column(1));
      const value = Float64Array.from(column(2));
      const study = {
        dataset: {
          ...dataset,
          userKeys: dataset.users.map((_, at) => at),
          itemKeys: dataset.items.map((_, at) => at),
          userIds: null,
          itemIds: null,
          ratings: { user, item, value, heldOut: new Uint8Array(value.length), time: null },
          holdOut: null,
          truth: null,
        },
        model,
        start: null,
      };
      const ask = (worker: Worker, message: unknown) =>
        new Promise<Slice>((answer) => {
          worker.addEventListener('message', ({ data }: MessageEvent<Slice>) => answer(data), { once: true });
          worker.postMessage(message);
        });
      const about = { run: 1, window: { users: null, items: null }, wantState: false };
      const worker = new Worker(window.workerAddress, { type: 'module' });
      const bareLoop = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
      await ask(worker, {
        kind: 'load',
        ...about,
        request: 0,
        study,
        state: null,
        history: null,
        memory: null,
        replay: false,
      });
      await ask(bareLoop, { user, item, value, k: model.k, m: dataset.users.length, n: dataset.items.length });
      const slices: { worker: Slice[]; bare: Slice[] } = { worker: [], bare: [] };
      for (let request = 1; request <= 200; request += 1) {
        const train = {
          kind: 'train',
          ...about,
          request,
          milliseconds: 13,
          untilEpoch: null,
          steps: null,
          trace: false,
        };
        slices.worker.push(await ask(worker, train));
        slices.bare.push(await ask(bareLoop, null));
      }
      worker.terminate();
      bareLoop.terminate();
      return slices;
    },
    { source: BARE_LOOP, session: document },
  );
}

/** The longest task of any page's main thread in a trace, in milliseconds of processor time. */
function longestTask(trace: unknown): number {
  return worst(mainThreadTasks(trace));
}

async function fullSpeed(app: App): Promise<void> {
  await app.page.getByRole('slider', { name: 'Speed', exact: true }).press('End');
}

/** Reads the main thread's milliseconds, by what they were spent on, since this was called. */
async function mainThread(page: Page): Promise<() => Promise<Record<string, number>>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  return async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value * 1000]));
  };
}

async function countFrames(page: Page, milliseconds: number): Promise<number> {
  return page.evaluate(
    (time) =>
      new Promise<number>((counted) => {
        const start = performance.now();
        let frames = 0;
        const next = () => {
          frames += 1;
          if (performance.now() - start < time) requestAnimationFrame(next);
          else counted((frames * 1000) / (performance.now() - start));
        };
        requestAnimationFrame(next);
      }),
    milliseconds,
  );
}

test.beforeEach(async ({ page }) => listen(page));

test('epochs a second in the worker, beside a bare loop', async ({ app, page }) => {
  print('\nepochs/s in the browser’s worker (wanted: at least 0.5 of a bare loop)');
  print('  set                  worker   bare loop   ratio   with pictures drawn');
  for (const [title, session] of [
    ['6 × 4, k 3', notebookSession()],
    ['40 × 30, k 4', largeSession(40, 30, { k: 4, alpha: 0.0002 })],
    ['200 × 100, k 8', largeSession(200, 100, { k: 8, alpha: 0.0002 })],
  ] as const) {
    await app.open();
    const slices = await besideBareLoop(page, session);
    const epochsPerSecond = (which: Slice[]) =>
      (median(which.slice(50).map(({ visits, milliseconds }) => visits / milliseconds)) * 1000) /
      session.dataset.ratings.length;
    const [worker, bare] = [epochsPerSecond(slices.worker), epochsPerSecond(slices.bare)];

    await app.openSession(session);
    await fullSpeed(app);
    await app.button('Train').click();
    await page.waitForTimeout(1_000);
    const start = { epoch: (await app.read('Epoch')) ?? 0, time: performance.now() };
    await page.waitForTimeout(3_000);
    const end = { epoch: (await app.read('Epoch')) ?? 0, time: performance.now() };
    await app.button('Pause').click();
    const drawn = ((end.epoch - start.epoch) * 1000) / (end.time - start.time);
    print(
      `  ${title.padEnd(15)} ${round(worker, 0).padStart(11)} ${round(bare, 0).padStart(11)} ${round(worker / bare, 2).padStart(7)} ${round(drawn, 0).padStart(22)}`,
    );
  }
});

test('from click to final picture: the notebook’s 5,000 epochs', async ({ app, page }) => {
  const times: number[] = [];
  for (let round_ = 0; round_ < 7; round_ += 1) {
    await app.open();
    await app.openSession(notebookSession());
    await app.field('Run to epoch').fill('5000');
    await page.evaluate(() => {
      window.inputs = [];
      document.addEventListener(
        'click',
        () => {
          const start = performance.now();
          const look = () => {
            const status = [...document.querySelectorAll('[role=status]')].some(
              (readout) => readout.textContent === '5,000',
            );
            // One frame more: the one that shows it has been painted by then.
            if (status) requestAnimationFrame(() => window.inputs.push(performance.now() - start));
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        },
        { once: true, capture: true },
      );
    });
    await app.button('Run').click();
    await app.restsAt(5_000);
    times.push(await page.evaluate(() => window.inputs.at(-1) ?? Number.NaN));
  }
  print(`\nclick to final picture, 5,000 epochs of the notebook (a fresh page each time; wanted: at most 150 ms)`);
  print(`  ${times.map((time) => round(time, 0)).join(', ')} ms; median ${round(median(times), 0)} ms`);
});

test('what a frame costs, and how the page feels at full speed', async ({ app, page }) => {
  print(
    '\ntraining at full speed (wanted on 200 × 100: no task over 50 ms, input to paint ≤ 100 ms, ≥ 55 frames/s, pause ≤ 200 ms)',
  );
  for (const [title, session] of [
    ['6 × 4', notebookSession()],
    ['40 × 30', largeSession(40, 30, { alpha: 0.0002 })],
    ['200 × 100', largeSession(200, 100, { alpha: 0.0002 })],
  ] as const) {
    await app.open();
    await app.openSession(session);
    await fullSpeed(app);
    await app.button('Train').click();
    await page.waitForTimeout(1_000);
    await page.evaluate(() => {
      window.longTasks = [];
    });
    const spent = await mainThread(page);
    const before = await spent();
    const framesPerSecond = await countFrames(page, 4_000);
    const after = await spent();
    const frames = framesPerSecond * 4;
    const perFrame = (metric: string) => round(((after[metric] ?? 0) - (before[metric] ?? 0)) / frames, 2);

    await page.evaluate(() => {
      window.inputs = [];
    });
    const box = await app.grid('Predictions R̂').boundingBox();
    for (let move = 0; box && move < 20; move += 1) {
      await page.mouse.move(box.x + (box.width * (move + 0.5)) / 20, box.y + (box.height * ((move * 7) % 20)) / 20);
      await page.waitForTimeout(30);
    }
    await app.grid('Ratings R').click({ position: { x: 60, y: 60 } });
    for (let press = 0; press < 10; press += 1) await page.keyboard.press(press % 2 ? 'ArrowDown' : 'ArrowRight');
    await page.keyboard.type('4');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(200);
    const inputs = await page.evaluate(() => window.inputs);

    const pauses: number[] = [];
    for (let round_ = 0; round_ < 5; round_ += 1) {
      pauses.push(
        await page.evaluate(
          () =>
            new Promise<number>((paused) => {
              const find = (name: string) =>
                [...document.querySelectorAll('button')].find((button) => button.textContent === name);
              const start = performance.now();
              find('Pause')?.click();
              const look = () => {
                if (find('Train')) requestAnimationFrame(() => paused(performance.now() - start));
                else requestAnimationFrame(look);
              };
              look();
            }),
        ),
      );
      await app.button('Train').click();
      await page.waitForTimeout(200);
    }
    await app.button('Pause').click();
    const longTasks = await page.evaluate(() => window.longTasks);
    print(
      `  ${title.padEnd(10)} ${round(framesPerSecond)} frames/s; a frame costs ${perFrame('TaskDuration')} ms (script ${perFrame('ScriptDuration')}, style ${perFrame('RecalcStyleDuration')}, layout ${perFrame('LayoutDuration')})`,
    );
    print(
      `  ${''.padEnd(10)} tasks over 50 ms: ${longTasks.length} (longest ${round(worst(longTasks), 0)} ms); input to paint at most ${round(worst(inputs), 0)} ms of ${inputs.length} over 16 ms; pause ${round(median(pauses), 0)} ms, at most ${round(worst(pauses), 0)} ms`,
    );
  }
});

test('ensembles and influence beside a page that is used', async ({ app, page }) => {
  print('\nthe notebook’s 6 × 4 at epoch 5,000, in the page’s pool (wanted: no task over 50 ms)');
  /** Milliseconds from a press of the button until so many of `selector` stand in the page, looked for at every frame. */
  const until = (button: string, selector: string, count: number) =>
    page.evaluate(
      (asked) =>
        new Promise<number>((done) => {
          const start = performance.now();
          [...document.querySelectorAll('button')].find(({ textContent }) => textContent === asked.button)?.click();
          const look = () => {
            if (document.querySelectorAll(asked.selector).length === asked.count) done(performance.now() - start);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }),
      { button, selector, count },
    );
  await app.open();
  await app.openSession(notebookSession());
  await app.runTo(5_000);
  await app.button('How sure').click();
  await app.button('Because of which ratings').click();
  await app.set('Seeds', 100);
  /** What a person does meanwhile: looks at one cell after the other. */
  const lookAround = async (): Promise<void> => {
    const box = await app.grid('Predictions R̂').boundingBox();
    for (let move = 0; box && move < 40; move += 1) {
      await page.mouse.move(box.x + (box.width * ((move % 8) + 0.5)) / 8, box.y + (box.height * ((move * 3) % 8)) / 8);
      await page.waitForTimeout(25);
    }
  };
  /** How long it took, and how the page felt: tasks by the clock, and by processor time, which others on the machine leave alone. */
  const measured = async (work: () => Promise<number>): Promise<{ time: number; felt: string }> => {
    await page.evaluate(() => {
      window.longTasks = [];
      window.inputs = [];
    });
    const browser = page.context().browser();
    await browser?.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
    const time = await work();
    const trace: unknown = JSON.parse(String(await browser?.stopTracing()));
    const { longTasks, inputs } = await page.evaluate(() => ({ longTasks: window.longTasks, inputs: window.inputs }));
    const felt = `longest task of the page ${round(longestTask(trace))} ms of processor time; over 50 ms by the clock: ${longTasks.length} (longest ${round(worst(longTasks), 0)} ms); input to paint at most ${round(worst(inputs), 0)} ms`;
    return { time, felt };
  };

  for (const which of ['first', 'again']) {
    const { time, felt } = await measured(async () => {
      const [present] = await Promise.all([
        until('Other starts', '[aria-label^="Histogram at epoch 5,000, as far as this run: 100 predictions"]', 1),
        lookAround(),
      ]);
      return present;
    });
    print(`  100 seeds × 5,000 epochs, ${which}: ${round(time, 0)} ms (wanted ≤ 2,000 on two cores)\n    ${felt}`);
    if (which === 'first') await app.button('Cancel Other starts').click();
  }
  const settled = await measured(() => until('', '.spread-verdict', 1));
  print(`  … until they settle: ${round(settled.time / 1_000)} s more\n    ${settled.felt}`);
  const influence = await measured(() =>
    until('Retrain without each', '[aria-label="Ratings by influence"] tbody tr', 16),
  );
  print(`  influence of all 16 ratings: ${round(influence.time, 0)} ms (wanted ≤ 500)\n    ${influence.felt}`);
});
