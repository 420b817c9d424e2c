import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
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
  expect(rows).toEqual(ranked.map((own) => [String(own.value), formatTerm(own.weight), formatTerm(own.contribution)]));
  const sums = [...place.querySelectorAll('tfoot td')].map((cell) => cell.textContent);
  expect(sums).toEqual([weights.value.ridge, weights.value.unfinished, weights.value.predicted].map(formatTerm));
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

test('the dial turns until a share is zero, and the run is turned by just that', async () => {
  const { calls, place } = await open('Rotation');
  await page.getByRole('button', { name: 'Turn until the share of factor 2 is zero' }).click();
  const shares = () => [...place.querySelectorAll('.rotation-share-value')].map((share) => share.textContent);
  await expect.poll(shares).toEqual(['2.46', '0.00']);
  await page.getByRole('button', { name: 'Apply to the run' }).click();
  const [{ c, s }] = anglesWithoutShare(view, 1, 0, 1, 2);
  const [name, first, second, angle] = calls.at(-1) ?? [];
  expect([name, first, second]).toEqual(['rotate', 0, 1]);
  expect(angle).toEqual({ c, s: -s });
  await expect.element(page.getByRole('spinbutton', { name: 'Angle in degrees' })).toHaveValue('0');
});
