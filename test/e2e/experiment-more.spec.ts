import { readFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import Papa from 'papaparse';
import { Experiment } from './experiment-page.ts';
import { type App, expect, test } from './page.ts';

/** A stream of numbers between 0 and 1, always the same one (a linear congruence mod 2³²). */
function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** 40 × 30 ratings 3 + p·q + noise from two planted factors, half of the cells gaps, noise of standard deviation .5. */
function planted(): string {
  const uniform = uniforms(7);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const rows = (count: number) => Array.from({ length: count }, () => [normal(), normal()] as const);
  const P = rows(40);
  const Q = rows(30);
  const lines = P.flatMap((p, user) =>
    Q.flatMap((q, item) => {
      const rating = 3 + p[0] * q[0] + p[1] * q[1] + 0.5 * normal();
      return uniform() < 0.5 ? [] : [`U${user},I${item},${rating.toFixed(2)}`];
    }),
  );
  return ['user,item,rating', ...lines].join('\n');
}

/** Opens ratings from a file, and waits for them. */
async function openRatings(app: App, name: string, text: string): Promise<void> {
  await app.openFile(`${name}.csv`, text);
  await expect(app.page.getByRole('combobox', { name: 'Dataset' })).toContainText(name);
  await app.ready();
}

/** What `Export runs` writes, as rows. */
async function exportedRuns(app: App): Promise<Record<string, string>[]> {
  await app.button('Export runs').click();
  const downloading = app.page.waitForEvent('download');
  await app.page.getByRole('menuitem', { name: 'Runs shown (.csv)', exact: true }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  const { data, errors } = Papa.parse<Record<string, string>>(text.trim(), { header: true });
  expect(errors).toEqual([]);
  return data;
}

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
/** Standard deviation with n − 1. */
const deviation = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, x) => sum + (x - mean(values)) ** 2, 0) / (values.length - 1));

/** A sweep in Play's held-out ratings, one seed, few epochs. */
async function heldOutInPlay(app: App, experiment: Experiment, epochs: number, dataset?: RegExp): Promise<void> {
  await app.open();
  if (dataset) await app.chooseDataset(dataset);
  await app.moreSettings();
  await app.set('Hold out %', 20);
  await experiment.go('Experiment');
  await experiment.choose('Judge by', 'held out in Play');
  await app.set('Seeds', 1);
  await app.set('Epochs', epochs);
}

test('leave-one-out on the notebook’s matrix: factors alone lose to the mean, biases and few factors win', async ({
  app,
}) => {
  const experiment = new Experiment(app);
  await experiment.open(/Notebook/);
  await experiment.listed('Factors k', '1, 3');
  await experiment.choose('Judge by', 'leave-one-out');
  await app.set('Seeds', 20);
  await app.set('Epochs', 5_000);
  await experiment.start();
  expect(await experiment.verdictText()).toMatch(/over 20 seeds; the mean alone 1\.723/);
  const factors = (await experiment.points('Factors k')).at(-1);
  expect(factors?.value).toBe('3');
  expect(factors?.heldOut).toBeGreaterThan(2.3);
  expect(factors?.heldOut).toBeLessThan(2.8);

  await experiment.go('Play');
  await app.moreSettings();
  await app.choose('Prediction', 'μ + P Qᵀ + biases');
  await app.choose('Initialization', 'normal');
  await app.set('Learning rate α', '0.01');
  await app.set('Regularization β', '0.2');
  await experiment.go('Experiment');
  await experiment.listed('Factors k', '1, 2');
  await app.set('Epochs', 1_000);
  await experiment.start();
  await expect(experiment.verdict()).toContainText('1,000 epochs each', { timeout: 30_000 });
  const [, biased] = await experiment.points('Factors k');
  expect(biased?.value).toBe('2');
  expect(biased?.heldOut).toBeLessThan(1.3);
  expect(await experiment.verdictText()).toContain('the mean alone 1.723');
});

test('the live map: β moves the dot, k makes it anew, and a cell taken into Play comes to the number of the map', async ({
  app,
  page,
}) => {
  const experiment = new Experiment(app);
  await app.open();
  await app.chooseDataset(/Notebook/);
  await app.moreSettings();
  await app.set('Hold out %', 20);
  await experiment.go('Experiment');
  const live = page.getByRole('figure', { name: 'Live map', exact: true });
  const whole = live.getByText(/^400 runs in/);
  const cells = live.getByRole('gridcell');
  const names = () => cells.evaluateAll((all) => all.map((cell) => cell.getAttribute('aria-label') ?? ''));
  await expect(whole).toBeVisible({ timeout: 20_000 });
  await expect
    .poll(async () => (await names()).filter((name) => !/: (RMSE held out \d|diverged)/.test(name)))
    .toEqual([]);
  const before = await names();
  expect(before).toHaveLength(400);
  await expect(live.getByText('Play stands at α 0.0002, β 0.02.')).toBeVisible();

  await app.set('Regularization β', '0.5');
  await expect(live.getByText('Play stands at α 0.0002, β 0.5.')).toBeVisible();
  await expect(live.getByText('Play stands here')).toBeVisible();
  expect(await names()).toEqual(before);
  await app.set('Regularization β', '5');
  await expect(live.getByText('Play stands beyond the map: α 0.0002, β 5.')).toBeVisible();
  await expect(live.getByText('Play stands here')).toBeHidden();

  await app.set('Factors k', 2);
  await expect.poll(names).not.toEqual(before);
  await expect(whole).toBeVisible({ timeout: 20_000 });
  await app.moreSettings();
  await page.getByRole('checkbox', { name: 'Stop early' }).check();
  await expect(live.getByText(/^.*No dot: Play stops early by a rule of its own/)).toBeVisible();
  await page.getByRole('checkbox', { name: 'Stop early' }).uncheck();
  await expect(live.getByText('Play stands beyond the map')).toBeVisible({ timeout: 20_000 });
  await expect(whole).toBeVisible({ timeout: 20_000 });

  const [, figure = '', alpha = '', beta = ''] =
    /Least RMSE held out (\S+) at α (\S+), β (\S+)\./.exec(await live.innerText()) ?? [];
  const best = live.getByRole('gridcell', {
    name: `Learning rate α ${alpha}, Regularization β ${beta}: RMSE held out ${figure}`,
    exact: true,
  });
  await best.click();
  await expect(live.getByText(`Play stands at α ${alpha}, β ${beta}.`)).toBeVisible();
  await experiment.go('Play');
  await app.runTo(1_000);
  await expect(app.readout('RMSE held out')).toHaveText(figure);

  // A run changed on its way is no run of the map.
  await app.set('Regularization β', '0.1');
  await app.runTo(1_010);
  await experiment.go('Experiment');
  await expect(live.getByText(/No dot: Play’s run was changed on its way/)).toBeVisible();
});

test('held-out error against k and against the share seen, on planted ratings half of which are gaps', async ({
  app,
  page,
}) => {
  const experiment = new Experiment(app);
  await app.open();
  await openRatings(app, 'planted-50', planted());
  await app.moreSettings();
  await app.set('Learning rate α', '0.01');
  await app.set('Regularization β', '0.02');
  await experiment.go('Experiment');
  await app.button('Begin with').click();
  await page.getByRole('menuitem', { name: 'Choose k' }).click();
  await page.getByRole('textbox', { name: 'Factors k: list' }).fill('1, 2, 3, 5, 8');
  await app.set('Seeds', 3);
  await experiment.start();
  const chosen = /^k (\d+): held-out RMSE ([\d.]+)/m.exec(await experiment.verdictText());
  const byK = await experiment.points('Factors k');
  expect(byK.map(({ value }) => value)).toEqual(['1', '2', '3', '5', '8']);
  const least = byK.toSorted((a, b) => a.heldOut - b.heldOut)[0];
  expect(least?.value).toBe('2');
  // What the verdict names lies within one standard error of the least.
  const named = byK.find(({ value }) => value === chosen?.[1]);
  expect(named?.heldOut).toBeLessThanOrEqual((least?.heldOut ?? 0) + (least?.spread ?? 0) / Math.sqrt(3));
  expect(chosen?.[2]).toBe(named?.heldOut.toPrecision(4));
  // Down to the least, and up from it: a U.
  const at = byK.findIndex(({ value }) => value === least?.value);
  const heldOut = byK.map((point) => point.heldOut);
  expect(heldOut.slice(0, at + 1)).toEqual(heldOut.slice(0, at + 1).toSorted((a, b) => b - a));
  expect(heldOut.slice(at)).toEqual(heldOut.slice(at).toSorted((a, b) => a - b));
  for (const end of [byK[0], byK.at(-1)]) {
    expect(end?.spread).toBeGreaterThan(0);
    expect((end?.heldOut ?? 0) - (least?.heldOut ?? 9)).toBeGreaterThan(2 * (end?.spread ?? 9));
  }
  // No model comes below the noise, and what is trained on falls all the way.
  expect(least?.heldOut).toBeGreaterThan(0.5);
  const seen = byK.map((point) => point.seen);
  expect(seen).toEqual(seen.toSorted((a, b) => b - a));
  const text = (figure = 0) => figure.toPrecision(4);
  await expect(
    page.getByText(
      `Held out, it falls to ${text(least?.heldOut)} at k 2 and rises again to ${text(byK.at(-1)?.heldOut)}: factors beyond that fit the noise.`,
    ),
  ).toBeVisible();

  await app.button('Begin with').click();
  await page.getByRole('menuitem', { name: 'Learning curve' }).click();
  await app.set('Ratings seen %: values', 5);
  await app.set('Seeds', 3);
  await experiment.start();
  await expect.poll(async () => (await experiment.points('Ratings seen %')).length).toBe(5);
  await experiment.verdictText();
  const byShare = await experiment.points('Ratings seen %');
  expect(byShare.map(({ value }) => value)).toEqual(['20', '40', '60', '80', '100']);
  const [first, , middle, , last] = byShare;
  expect((first?.heldOut ?? 0) - (last?.heldOut ?? 9)).toBeGreaterThan((first?.spread ?? 9) + (last?.spread ?? 9));
  const told = await page.getByText(/^From \d+ % to 100 % of the ratings, held-out RMSE/).innerText();
  expect([text(byShare[1]?.heldOut), text(middle?.heldOut)]).toContain(/from ([\d.]+) to/.exec(told)?.[1]);
  expect(told).toContain(`to ${text(last?.heldOut)};`);
  await expect(page.getByText(`above what is seen (${text(last?.seen)}).`)).toBeVisible();
  await expect(page.getByText('More data would help.', { exact: true })).toBeVisible();
  // Fewer ratings in as many epochs are fewer updates: said, with the way out.
  await expect(experiment.verdict()).toContainText('an epoch of fewer ratings is fewer updates');
  await expect(app.button('Train to the same stopping rule')).toBeVisible();
});

test('a search over three settings: ranges typed keep some of the combinations, and one opens with its number', async ({
  app,
  page,
}) => {
  const experiment = new Experiment(app);
  await heldOutInPlay(app, experiment, 100);
  await app.button('Begin with').click();
  await page.getByRole('menuitem', { name: 'Search' }).click();
  await page.getByRole('checkbox', { name: 'Start scale', exact: true }).uncheck();
  await app.set('Combinations', 24);
  await app.set('Seeds', 1);
  await app.set('Epochs', 100);
  await experiment.choose('Judge by', 'held out in Play');
  await expect(page.getByText('24 combinations × 1 seed × 1 fold')).toBeVisible();
  await experiment.start();
  const text = await experiment.verdictText();
  const runs = await exportedRuns(app);
  expect(runs).toHaveLength(24);
  expect(new Set(runs.map(({ k, alpha, beta }) => `${k} ${alpha} ${beta}`)).size).toBe(24);
  const kept = page.locator('.sweep-run:not([data-away])');
  const chosen = page.getByRole('status').filter({ hasText: 'chosen.' });
  await expect(chosen).toHaveText('All 24 combinations are chosen.');
  await expect(kept).toHaveCount(24);

  await app.set('Factors k from', 5);
  await app.set('Regularization β to', 0.1);
  const within = runs.filter(({ k, beta }) => Number(k) >= 5 && Number(beta) <= 0.1);
  expect(within.length).toBeGreaterThan(1);
  await expect(chosen).toContainText(`${within.length} of 24 combinations chosen.`);
  await expect(kept).toHaveCount(within.length);
  const listed = page.getByRole('list', { name: 'Best of those chosen' }).getByRole('button');
  const errors = within.map(({ rmseHeldOut }) => Number(rmseHeldOut)).toSorted((a, b) => a - b);
  const shown = await listed.allInnerTexts();
  expect(shown.map((line) => /held-out RMSE ([\d.]+)/.exec(line)?.[1])).toEqual(
    errors.slice(0, 8).map((error) => error.toPrecision(4)),
  );

  await app.button('All runs').click();
  await expect(kept).toHaveCount(24);
  const best = Math.min(...runs.flatMap(({ rmseHeldOut }) => (rmseHeldOut ? [Number(rmseHeldOut)] : [])));
  expect(text).toContain(`held-out RMSE ${best.toPrecision(4)} over 1 seed`);
  await listed.first().click();
  await app.restsAt(100);
  await expect(app.readout('RMSE held out')).toHaveText(best.toPrecision(4));
  const row = runs.find(({ rmseHeldOut }) => Number(rmseHeldOut) === best);
  await expect(app.field('Factors k')).toHaveValue(row?.k ?? '');
  await expect(app.field('Learning rate α')).toHaveValue(row?.alpha ?? '');
});

for (const way of ['random', 'quasi-random'] as const) {
  test(`a ${way} search over three settings: a range dragged on an axis keeps those within, and follows the hand`, async ({
    app,
    page,
  }) => {
    const experiment = new Experiment(app);
    await heldOutInPlay(app, experiment, 60);
    await experiment.choose('Values', way);
    for (const name of ['Start scale']) await page.getByRole('checkbox', { name, exact: true }).uncheck();
    await app.set('Learning rate α: from', 0.002);
    await app.set('Learning rate α: to', 0.02);
    await expect(app.field('Learning rate α: values')).toBeHidden();
    await app.set('Combinations', 20);
    await experiment.start();
    await experiment.verdictText();
    const runs = await exportedRuns(app);
    expect(runs).toHaveLength(20);
    const alphas = runs.map(({ alpha }) => Number(alpha));
    expect(Math.min(...alphas)).toBeGreaterThanOrEqual(0.002);
    expect(Math.max(...alphas)).toBeLessThanOrEqual(0.02);
    if (way === 'quasi-random') {
      // No holes: a third of them in each third of the range, give or take one.
      const third = (alpha: number) => Math.min(2, Math.floor((3 * Math.log(alpha / 0.002)) / Math.log(10)));
      for (const part of [0, 1, 2]) {
        const within = alphas.filter((alpha) => third(alpha) === part).length;
        expect(within).toBeGreaterThanOrEqual(5);
        expect(within).toBeLessThanOrEqual(8);
      }
    }
    const status = page.getByRole('status').filter({ hasText: 'chosen.' });
    await expect(status).toHaveText('All 20 combinations are chosen.');
    const ends = async () => {
      const read = async (name: string) => Number(await app.field(name).inputValue());
      return [await read('Learning rate α from'), await read('Learning rate α to')] as const;
    };
    const within = (low: number, high: number) => alphas.filter((alpha) => alpha >= low && alpha <= high).length;
    // The second axis is α's; its upper half.
    const axis = await page.locator('.sweep-brush').nth(1).boundingBox();
    if (axis === null) throw new Error('no axis');
    const x = axis.x + axis.width / 2;
    await page.mouse.move(x, axis.y + 2);
    await page.mouse.down();
    await page.mouse.move(x, axis.y + axis.height / 2, { steps: 4 });
    await page.mouse.up();
    const [low, high] = await ends();
    expect(low).toBeGreaterThan(0.005);
    expect(high).toBeGreaterThan(0.018);
    await expect(status).toContainText(`${within(low, high)} of 20 combinations chosen.`);
    await expect(page.locator('.sweep-run:not([data-away])')).toHaveCount(within(low, high));
    // Dragged down it keeps its length, and others.
    await page.mouse.move(x, axis.y + axis.height / 4);
    await page.mouse.down();
    await page.mouse.move(x, axis.y + axis.height / 2, { steps: 4 });
    await page.mouse.up();
    const [lower, higher] = await ends();
    expect(lower).toBeLessThan(low);
    expect(higher).toBeLessThan(high);
    await expect(status).toContainText(`${within(lower, higher)} of 20 combinations chosen.`);
    // A click beside it lets go.
    await page.mouse.click(x, axis.y + 3);
    await expect(status).toHaveText('All 20 combinations are chosen.');
  });
}

test('k-fold with nested selection: the figures are those of the runs, and the choice itself is judged', async ({
  app,
  page,
}) => {
  const experiment = new Experiment(app);
  await experiment.open();
  // One of them is far better on whatever ratings: to choose costs nothing.
  await experiment.listed('Regularization β', '0.2, 20');
  await experiment.choose('Judge by', 'k-fold');
  await app.set('Folds', 4);
  await page.getByRole('checkbox', { name: 'Nested selection' }).check();
  await app.set('Inner folds', 2);
  await app.set('Seeds', 3);
  await app.set('Epochs', 200);
  await experiment.start();
  const text = await experiment.verdictText();
  expect(text).toContain('Judged by 4 folds; trained 200 epochs each.');
  const runs = await exportedRuns(app);
  expect(runs).toHaveLength(6);
  const errors = runs.filter(({ beta }) => Number(beta) === 0.2).map(({ rmseHeldOut }) => Number(rmseHeldOut));
  expect(errors).toHaveLength(3);
  const figure = mean(errors).toPrecision(4);
  const spread = deviation(errors).toFixed(figure.length - 2);
  expect(text).toContain(`β 0.2: held-out RMSE ${figure} ± ${spread} over 3 seeds`);
  expect(text).toContain(`Choosing the best on other ratings and judging it on these gives ${figure}`);
});

test('time-ordered is offered where times are known, and judges what comes after', async ({ app, page }) => {
  const uniform = uniforms(3);
  // In the file they stand in another order than that in which they were given.
  const ratings = Array.from({ length: 60 }, (_, at) => ({
    at,
    rating: 1 + Math.floor(5 * uniform()),
    time: (at * 37) % 60,
  }));
  const text = ratings.map(
    ({ at, rating, time }) => `U${at % 10},I${Math.floor(at / 10)},${rating},${1_000_000 + time * 60}`,
  );
  const ordered = ratings.toSorted((a, b) => a.time - b.time).map(({ rating }) => rating);
  // Twenty to begin with; then what comes next is judged by what came before.
  const errors = [20, 40].flatMap((from) =>
    ordered.slice(from, from + 20).map((r) => r - mean(ordered.slice(0, from))),
  );
  const meanAlone = Math.sqrt(mean(errors.map((e) => e ** 2)));

  const experiment = new Experiment(app);
  await app.open();
  await openRatings(app, 'with-times', ['user,item,rating,timestamp', ...text].join('\n'));
  await experiment.go('Experiment');
  await experiment.choose('Judge by', 'time-ordered');
  await app.set('Folds', 2);
  await experiment.listed('Factors k', '1, 2');
  await app.set('Seeds', 1);
  await app.set('Epochs', 50);
  await experiment.start();
  const said = await experiment.verdictText();
  expect(said).toContain('Judged by 2 stretches of time; trained 50 epochs each.');
  expect(said).toContain('40 left-out ratings');
  expect(said).toContain(`the mean alone ${meanAlone.toPrecision(4)}`);
  const [one] = await experiment.points('Factors k');
  await page.getByRole('button', { name: one?.name ?? '', exact: true }).click();
  await app.restsAt(50);
  await expect(page.getByText(`all 40 left-out ratings together: RMSE ${one?.heldOut.toPrecision(4)}`)).toBeVisible();
});

test('early stopping in a sweep: each run ends at its best epoch, and it is said that what judges was watched', async ({
  app,
}) => {
  const experiment = new Experiment(app);
  await heldOutInPlay(app, experiment, 100, /^Planted factors/);
  await experiment.listed('Regularization β', '0.001, 0.02');
  await experiment.choose('Stop', 'early');
  await app.set('Epochs at most', 20_000);
  await app.set('Patience', 20);
  await experiment.choose('Watch', 'the ratings that judge');
  await experiment.start();
  const text = await experiment.verdictText();
  expect(text).toContain('early stopping on the left-out ratings, patience 20, 20,000 epochs at most');
  expect(text).toContain('2 runs stopped early, at the best epoch');
  expect(text).toContain('Early stopping watched the ratings that judge');
  const runs = await exportedRuns(app);
  expect(runs.map(({ ended }) => ended)).toEqual(['stopped', 'stopped']);
  const [best] = runs.toSorted((a, b) => Number(a.rmseHeldOut) - Number(b.rmseHeldOut));
  const figure = Number(best?.rmseHeldOut).toPrecision(4);
  expect(text).toContain(`held-out RMSE ${figure} over 1 seed`);
  const point = (await experiment.points('Regularization β')).find(({ value }) => value === best?.beta);
  expect(point?.heldOut.toPrecision(4)).toBe(figure);
  await app.page.getByRole('button', { name: point?.name ?? '', exact: true }).click();
  await app.restsAt(Number(best?.bestEpoch));
  await expect(app.readout('RMSE held out')).toHaveText(figure);
});

test('spread on hover, diverged cells, the best and where Play stands: what the map shows is what its runs came to', async ({
  app,
  page,
}) => {
  const experiment = new Experiment(app);
  await heldOutInPlay(app, experiment, 100);
  await app.set('Seeds', 4);
  await experiment.choose('Across', 'Learning rate α');
  await experiment.choose('Down', 'Regularization β');
  for (const [setting, values] of [
    ['Learning rate α', '0.01, 0.02, 5'],
    ['Regularization β', '0.05, 0.2'],
  ] as const) {
    await experiment.choose(`${setting}: spacing`, 'listed');
    await page.getByRole('textbox', { name: `${setting}: list` }).fill(values);
  }
  await experiment.start();
  const text = await experiment.verdictText();
  const runs = await exportedRuns(app);
  expect(runs).toHaveLength(24);
  const of = (alpha: number, beta: number) =>
    runs.filter((run) => Number(run.alpha) === alpha && Number(run.beta) === beta);
  for (const beta of ['0.05', '0.2']) {
    await expect(experiment.cell('5', beta)).toHaveAccessibleName(/: diverged$/);
    expect(new Set(of(5, Number(beta)).map(({ ended }) => ended))).toEqual(new Set(['diverged']));
    for (const alpha of ['0.01', '0.02']) {
      const errors = of(Number(alpha), Number(beta)).map(({ rmseHeldOut }) => Number(rmseHeldOut));
      const figure = mean(errors).toPrecision(4);
      const spread = deviation(errors).toFixed(figure.length - 2);
      await expect(experiment.cell(alpha, beta)).toHaveAccessibleName(
        new RegExp(`: held-out RMSE ${figure} ± ${spread}$`),
      );
      await experiment.cell(alpha, beta).hover();
      const range = `${Math.min(...errors).toPrecision(4)} … ${Math.max(...errors).toPrecision(4)}`;
      const tip = page.locator('.sweep-tip');
      await expect(tip).toContainText(`α ${alpha}, β ${beta}`);
      await expect(tip).toContainText(`spread over 4 seeds± ${spread}`);
      await expect(tip).toContainText(`least … greatest${range}`);
    }
  }
  expect(text).toContain('Combinations with a run that diverged are left out.');
  const legend = page.getByRole('figure', { name: /^RMSE held out by/ });
  await expect(legend.getByText('diverged', { exact: true })).toBeVisible();

  // The dot is there only as long as Play differs in nothing else.
  const dot = legend.getByText('Play stands here', { exact: true });
  await expect(dot).toBeVisible();
  await experiment.go('Play');
  await app.moreSettings();
  await app.choose('Optimizer', 'Momentum');
  await experiment.go('Experiment');
  await expect(legend.getByText('Play differs in more than these settings, so it has no place here.')).toBeVisible();
  await expect(dot).toBeHidden();
  await experiment.go('Play');
  await app.undo().click();
  await experiment.go('Experiment');
  await expect(dot).toBeVisible();
});

test('every setting can be swept, and what a point says Play comes to', async ({ app, page }) => {
  const experiment = new Experiment(app);
  await heldOutInPlay(app, experiment, 40);
  const open = async (setting: string) => {
    await expect
      .poll(async () => (await experiment.points(setting)).filter(({ heldOut }) => heldOut > 0).length)
      .toBe(2);
    const last = (await experiment.points(setting)).at(-1);
    await page.getByRole('button', { name: last?.name ?? '', exact: true }).click();
    await app.restsAt(40);
    await expect(app.readout('RMSE held out')).toHaveText(last?.heldOut.toPrecision(4) ?? '');
    return last?.value ?? '';
  };
  await experiment.choose('Down', 'none');
  for (const [setting, tick, radio, shown] of [
    ['Visiting order', [], 'Visiting order', 'shuffled'],
    ['Update', [], 'Update', 'simultaneous'],
    ['Prediction', ['P Qᵀ'], 'Prediction', 'μ + P Qᵀ + biases'],
    ['Optimizer', ['SGD', 'ALS'], 'Optimizer', 'Momentum'],
  ] as const) {
    await experiment.choose('Across', setting);
    const choices = page.getByRole('group', { name: `${setting}: choices` });
    for (const name of tick) await choices.getByRole('checkbox', { name, exact: true }).uncheck();
    await experiment.start();
    await open(setting);
    await expect(page.getByRole('radiogroup', { name: radio }).getByRole('radio', { name: shown })).toBeChecked();
    await experiment.go('Experiment');
  }
  await experiment.go('Play');
  await app.choose('Optimizer', 'Adam');
  await experiment.go('Experiment');
  for (const [setting, values] of [
    ['Batch size', '8, 32'],
    ['Start scale', '0.05, 0.3'],
    ['Factors k', '1, 4'],
  ] as const) {
    await experiment.listed(setting, values);
    await experiment.start();
    expect(await open(setting)).toBe(values.split(', ')[1]);
    await experiment.go('Experiment');
  }
  await experiment.listed('Hold out %', '10, 30');
  await experiment.choose('Judge by', 'hold-out');
  await experiment.start();
  await expect
    .poll(async () => (await experiment.points('Hold out %')).filter(({ heldOut }) => heldOut > 0).length)
    .toBe(2);
});

/** What the processes of pages have computed so far, in seconds. */
async function computed(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** How much of one core the page computes with, over so long. */
async function load(page: Page, browser: Browser, milliseconds: number): Promise<number> {
  const before = await computed(browser);
  await page.waitForTimeout(milliseconds);
  return (1000 * ((await computed(browser)) - before)) / milliseconds;
}

test('cancel: a third of a second later no worker computes any more, and resume goes on', async ({
  app,
  page,
  browser,
}) => {
  const experiment = new Experiment(app);
  await experiment.open();
  await page.getByRole('tab', { name: 'Sweep' }).click();
  await experiment.long();
  // A run takes seconds: it is ended in its middle.
  await app.set('Epochs', 5_000_000);
  await experiment.start();
  await expect.poll(() => experiment.done(), { timeout: 30_000 }).toBeGreaterThan(0);
  await expect.poll(() => load(page, browser, 300), { timeout: 15_000 }).toBeGreaterThan(0.15);
  const workers = page.workers().length;
  await app.button('Cancel').click();
  await page.waitForTimeout(300);
  expect(await load(page, browser, 600)).toBeLessThan(0.1);
  await expect.poll(() => page.workers().length).toBeLessThan(workers);
  await expect(page.getByRole('status').filter({ hasText: 'α × β: canceled' })).toBeAttached();
  const canceled = await experiment.done();
  await app.button('Resume').click();
  await expect.poll(() => experiment.done(), { timeout: 30_000 }).toBeGreaterThan(canceled);
  await app.button('Cancel').click();
});
