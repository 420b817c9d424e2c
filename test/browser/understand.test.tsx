import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { trainingData } from '../../src/core/training-data.ts';
import { anglesWithoutShare } from '../../src/core/understand/rotation.ts';
import { explainByWeights } from '../../src/core/understand/weights.ts';
import { formatTerm } from '../../src/strings/numbers.ts';
import { Understand } from '../../src/views/inspector/Understand.tsx';
import { fakeHandle, runAt } from './fake-handle.ts';
import { painted, render } from './render.tsx';
import { trainedView as view } from './trained-view.ts';

async function open(title: string) {
  const fake = fakeHandle(runAt(640, true, { view }), true);
  const place = render(fake.handle, <Understand />, 340);
  await painted();
  await page.getByRole('button', { name: title }).click();
  return { ...fake, place };
}

test('all four questions are folded at first', async () => {
  const { handle } = fakeHandle(runAt(640, true, { view }), true);
  const place = render(handle, <Understand />, 340);
  await painted();
  const buttons = [...place.querySelectorAll('button')];
  expect(buttons.map((button) => button.getAttribute('aria-expanded'))).toEqual(['false', 'false', 'false', 'false']);
});

test('what was unfolded stays so while another tab is looked at', async () => {
  const { handle, place } = await open('Layers');
  place.remove();
  render(handle, <Understand />, 340);
  await expect.element(page.getByRole('button', { name: 'Layers' }).last()).toHaveAttribute('aria-expanded', 'true');
  await expect.element(page.getByRole('button', { name: 'Rotation' }).last()).toHaveAttribute('aria-expanded', 'false');
});

test('weights are those of the core, and their sum is told from r̂', async () => {
  const { handle, place } = await open('Because of which ratings');
  await expect.element(page.getByRole('table', { name: 'Weights of own ratings' })).toBeVisible();
  const { dataset, model } = handle.store.getState().study;
  const weights = explainByWeights(view, trainingData(dataset).training, model, 'users', 1, 2);
  if (!weights.ok) throw new Error('the ridge system has a solution');
  const rows = [...place.querySelectorAll('tbody tr')].map((row) =>
    [...row.querySelectorAll('td')].map((cell) => cell.textContent),
  );
  const ranked = [...weights.value.ratings].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  expect(rows.map((row) => row.slice(0, 2))).toEqual(ranked.map((own) => [String(own.value), formatTerm(own.weight)]));
  for (const [at, own] of ranked.entries()) {
    expect(Math.abs(Number(rows[at]?.[2]) - own.contribution)).toBeLessThan(0.001);
  }
  const sums = [...place.querySelectorAll('tfoot td')].map((cell) => Number(cell.textContent));
  const { ridge, unfinished, predicted } = weights.value;
  for (const [at, exact] of [ridge, unfinished, predicted].entries()) {
    expect(Math.abs((sums[at] ?? Number.NaN) - exact)).toBeLessThan(0.001);
  }
  // The sum is no forecast: with Q held it is what p comes to, and Q moves on.
  const heads = [...place.querySelectorAll('tfoot th')].map((head) => head.textContent);
  expect(heads).toEqual(['sum, p solved with Q as it stands', 'p is not there yet', 'r̂ now']);
  await expect.element(page.getByText(/^The sum is not where training ends: Q goes on moving too/)).toBeVisible();
  await page.getByRole('radio', { name: 'the item' }).click();
  await expect.element(page.getByRole('row', { name: /^sum, q solved with P as it stands/ })).toBeVisible();
  await expect.element(page.getByText(/^The sum is not where training ends: P goes on moving too/)).toBeVisible();
});

test('what own ratings add adds up as printed, to the sum and from there to r̂', async () => {
  const { handle, place } = await open('Because of which ratings');
  const biased = {
    ...view,
    bu: Float64Array.of(0.2, -0.1, 0.3, 0.1, -0.4, 0.05),
    bi: Float64Array.of(0.3, -0.2, 0.004, 0.1),
    mu: 2.84,
  };
  const numbers = (cells: string) => [...place.querySelectorAll(cells)].map((cell) => Number(cell.textContent));
  const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0);
  for (const shown of [view, biased]) {
    handle.store.setState(({ run }) => ({ run: { ...run, view: shown } }));
    for (const user of [0, 1, 2, 4, 5]) {
      handle.pointer.getState().select(user, 2);
      await painted();
      const foot = numbers('tfoot td');
      const [solved = Number.NaN, unfinished = Number.NaN, predicted = Number.NaN] = foot.slice(-3);
      expect(sum([...numbers('tbody td:last-child'), ...foot.slice(0, -3)])).toBeCloseTo(solved, 9);
      expect(solved + unfinished).toBeCloseTo(predicted, 9);
    }
  }
});

test('with biases and long names the table of weights stays inside its panel', async () => {
  const { handle, place } = await open('Because of which ratings');
  place.style.width = '299px';
  handle.store.setState(({ run, study }) => ({
    study: { ...study, dataset: { ...study.dataset, items: study.dataset.items.map((name) => `tt0113497-${name}`) } },
    run: {
      ...run,
      view: {
        ...view,
        bu: Float64Array.of(0.2, -0.1, 0.3, 0, -0.4, 0),
        bi: Float64Array.of(0.3, -0.2, 0, 0.1),
        mu: 2.84,
      },
    },
  }));
  await painted();
  const table = page.getByRole('table', { name: 'Weights of own ratings' }).element();
  expect(table.querySelectorAll('thead th').length).toBe(5);
  expect(table.getBoundingClientRect().right).toBeLessThanOrEqual(place.getBoundingClientRect().right);
  await expect.element(page.getByText('Not the same as the weights above')).toBeVisible();
});

test('the sum follows the layers that are on', async () => {
  const { place } = await open('Layers');
  const sum = page.getByRole('status', { name: 'sum of the chosen layers' });
  await expect.element(sum).toHaveTextContent('2.46');
  await page.getByRole('checkbox', { name: 'factor 1' }).click();
  await expect.element(sum).toHaveTextContent('0.87');
  await page.getByRole('checkbox', { name: 'factor 2' }).click();
  await expect.element(sum).toHaveTextContent('0.00');
  await page.getByRole('button', { name: 'All layers' }).click();
  await expect.element(sum).toHaveTextContent('2.46');
  expect(place.querySelectorAll('.small-heatmap canvas').length).toBe(3);
});

test('with many factors every layer has its switch, with digits and colors of its own beside the mean', async () => {
  const k = 20;
  const small = (rows: number) => Float64Array.from({ length: rows * k }, (_, at) => 0.004 + (at % 7) * 0.003);
  const { handle, place } = await open('Layers');
  const parts = { k, P: small(6), Q: small(4), bu: new Float64Array(6), bi: new Float64Array(4), mu: 2.84 };
  handle.store.setState(({ run }) => ({ run: { ...run, view: { ...view, ...parts } } }));
  await painted();
  const switches = () => [...place.querySelectorAll('.layer [type="checkbox"]')].length;
  const values = () => [...place.querySelectorAll('.layer .layers-caption > .numbers')].map((one) => one.textContent);
  const sum = page.getByRole('status', { name: 'sum of the chosen layers' });
  expect(switches()).toBe(3 + 12);
  await page.getByRole('button', { name: 'Show 8 more layers' }).click();
  expect(switches()).toBe(3 + 20);
  const product = (f: number) => (parts.P[1 * k + f] ?? 0) * (parts.Q[2 * k + f] ?? 0);
  const written = values().map(Number);
  for (let f = 0; f < k; f += 1) expect(Math.abs((written[3 + f] ?? 0) - product(f))).toBeLessThan(1.01e-5);
  // Two digits of the largest, and the column adds up as printed.
  expect(values()[3]).toMatch(/^\+0\.000\d\d$/);
  const total = () => Number(sum.element().textContent);
  expect(written.reduce((all, one) => all + one, 0)).toBeCloseTo(total(), 9);
  await expect.element(page.getByText(/^Full color is ±0\.000\d+ in layers of factors, ±2\.840 in/)).toBeVisible();
  const before = total();
  await page.getByRole('checkbox', { name: 'factor 20' }).click();
  await expect.poll(() => Math.abs(before - product(19) - total())).toBeLessThan(1.01e-5);
  await page.getByRole('button', { name: 'Show fewer layers' }).click();
  expect(switches()).toBe(3 + 12);
  await expect.element(page.getByText('One layer is off.')).toBeVisible();
});

test('starts that all diverge are said to, and none of them to be still moving', async () => {
  const { handle } = await open('How sure');
  const { study } = handle.store.getState();
  const blown = { ...study, model: { ...study.model, alpha: 0.5 } };
  const member = (seed: number) => ({ kind: 'seed' as const, seed });
  const present = [1, 2, 3].map((seed) => ({
    member: member(seed),
    atMark: view,
    parameters: view,
    epochs: 0,
    ended: 'limit' as const,
  }));
  const diverged = (seed: number) => ({
    member: member(seed),
    atMark: view,
    parameters: null,
    epochs: 1,
    ended: 'diverged' as const,
  });
  const found = { study: blown, mark: 0, asked: 3, ratings: 14, complete: true, stale: null, present };
  handle.jobs.setState({ starts: { ...found, settled: [1, 2, 3].map(diverged) } });
  await expect
    .element(page.getByText('With α 0.5 each of the 3 diverges: there is nothing to compare. A smaller α lets them'))
    .toBeVisible();
  // The untrained starts are no spread, and nothing is undecided.
  expect(page.getByRole('img', { name: /^Histogram/ }).elements().length).toBe(0);
  expect(page.getByText(/still moving/).elements().length).toBe(0);

  const settled = { ...diverged(1), parameters: view, epochs: 900, ended: 'settled' as const };
  handle.jobs.setState({ starts: { ...found, mark: 640, settled: [settled, diverged(2), diverged(3)] } });
  await expect.element(page.getByText('2 diverged and are left out.')).toBeVisible();
  await expect.element(page.getByText('Fewer than two came to an end: there is nothing to compare.')).toBeVisible();
  expect(page.getByText(/still moving/).elements().length).toBe(0);
});

test('the dial turns until a share is zero, and the run is turned by just that', async () => {
  const { calls, place } = await open('Rotation');
  await page.getByRole('button', { name: 'Turn until the share of factor 2 is zero' }).click();
  const shares = () => [...place.querySelectorAll('.rotation-share-value')].map((share) => share.textContent);
  await expect.poll(shares).toEqual(['2.46', '0.00']);
  await page.getByRole('spinbutton', { name: 'Angle in degrees' }).fill('0');
  await userEvent.keyboard('{Enter}');
  const differences = () =>
    [...place.querySelectorAll('.rotation-same dd > span:last-child')].map((one) => one.textContent);
  await expect.poll(differences).toEqual(['difference 0', 'difference 0']);
  await page.getByRole('button', { name: 'Turn until the share of factor 2 is zero' }).click();
  await page.getByRole('button', { name: 'Apply to the run' }).click();
  const [{ c, s }] = anglesWithoutShare(view, 1, 0, 1, 2);
  const [name, first, second, angle] = calls.at(-1) ?? [];
  expect([name, first, second]).toEqual(['rotate', 0, 1]);
  expect(angle).toEqual({ c, s: -s });
  await expect.element(page.getByRole('spinbutton', { name: 'Angle in degrees' })).toHaveValue('0');
});
