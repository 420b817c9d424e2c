import { expect, test } from './page.ts';

test('ALS: the objective never rises; β = 0 that leaves a row open is refused, and mended with a click', async ({
  app,
  page,
}) => {
  await app.open();
  await app.moreSettings();
  await app.choose('Optimizer', 'ALS');
  await expect(app.field('Learning rate α')).toBeDisabled();
  await app.runTo(60);
  const { history } = await app.exportSession();
  expect(history.objective).toHaveLength(61);
  history.objective.forEach((objective, at) => {
    const before = history.objective[at - 1] ?? Number.POSITIVE_INFINITY;
    expect((objective ?? Number.NaN) / Math.min(before, 1e300)).toBeLessThanOrEqual(1 + 1e-9);
  });

  await app.set('Factors k', '12');
  await app.set('Regularization β', '0');
  await app.button('Train').click();
  const alert = page.getByRole('alert').filter({ hasText: 'ALS cannot solve the row of' });
  await expect(alert).toContainText('At β = 0, 12 numbers have no single best value');
  await alert.getByRole('button', { name: 'Set β to 0.02 and train again' }).click();
  await expect.poll(() => app.read('Epoch')).toBeGreaterThan(5);
  await expect(app.field('Regularization β')).toHaveValue('0.02');
});

test('early stopping goes back to the best epoch, and trains on when asked to', async ({ app, page }) => {
  await app.open();
  await app.moreSettings();
  await app.set('Regularization β', '0');
  await page.getByRole('checkbox', { name: 'Stop early' }).check();
  await app.set('Patience', '25');
  await app.set('Run to epoch', '20000');
  await app.button('Run').click();
  const said = page.getByText(/Stopped at epoch [\d,]+: held out was best at epoch [\d,]+/);
  await expect(said).toBeVisible({ timeout: 30_000 });
  const [, at = '', best = ''] =
    /epoch ([\d,]+): held out was best at epoch ([\d,]+)/.exec(await said.innerText()) ?? [];
  const number = (text: string) => Number(text.replaceAll(',', ''));
  expect(number(at)).toBe(number(best) + 25);
  await expect(app.readout('Epoch')).toHaveText(String(number(best)));
  const { version, history, state } = await app.exportSession();
  expect([version, state.epoch, history.epoch.at(-1)]).toEqual([2, number(best), number(best)]);
  const measured = history.rmseHeldOut.flatMap((rmse) => (rmse === null ? [] : [rmse]));
  expect(Math.min(...measured)).toBe(measured.at(-1));

  await app.runTo(number(at) + 5);
});

test('a schedule shows α of the epoch; momentum says why no single update is written out', async ({ app, page }) => {
  await app.open();
  await app.moreSettings();
  await app.choose('Optimizer', 'Momentum');
  await app.choose('Schedule', 'step');
  await app.set('Epochs a step', '10');
  await app.runTo(20);
  await expect(app.field('Learning rate α')).toHaveAccessibleDescription(/α of this epoch: 0\.0025/);
  await expect(page.getByText('With momentum a step carries the steps before it along')).toBeVisible();
  await app.button('Step one rating').click();
  await expect(page.getByText(/^rating 1 of/)).toBeVisible();
});

test('a learning rate is found, with the reason, and used with a click', async ({ app, page }) => {
  await app.open();
  await app.moreSettings();
  await app.button('Find a learning rate').click();
  const use = page.getByRole('button', { name: /^Use α/ });
  const alpha = (await use.innerText()).replace('Use α ', '');
  await expect(page.getByText(`The loss falls fastest around α ${alpha}`)).toBeVisible();
  await use.click();
  await expect(app.field('Learning rate α')).toHaveValue(alpha);
  await expect(app.readout('Epoch')).toHaveText('0');
  const before = (await app.read('RMSE seen')) ?? 0;
  await app.runTo(200);
  expect(await app.read('RMSE seen')).toBeLessThan(before / 2);
});
