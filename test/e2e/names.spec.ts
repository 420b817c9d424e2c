import { expect, test } from './page.ts';
import { smallSession } from './sessions.ts';

type Role = Parameters<import('@playwright/test').Page['getByRole']>[0];

/** Roles and accessible names that people and their tools rely on: what the page is called by. */
const PROMISED: [role: Role, name: string][] = [
  ['navigation', 'Views'],
  ['link', 'Play'],
  ['combobox', 'Dataset'],
  ['button', 'Undo'],
  ['button', 'Redo'],
  ['button', 'Open…'],
  ['button', 'Export'],
  ['button', 'Train'],
  ['button', 'Step one rating'],
  ['button', 'Step one epoch'],
  ['button', 'Reset'],
  ['spinbutton', 'Run to epoch'],
  ['button', 'Run'],
  ['slider', 'Speed'],
  ['status', 'Epoch'],
  ['status', 'RMSE seen'],
  ['status', 'RMSE held out'],
  ['spinbutton', 'Factors k'],
  ['slider', 'Factors k'],
  ['spinbutton', 'Learning rate α'],
  ['slider', 'Learning rate α'],
  ['spinbutton', 'Regularization β'],
  ['slider', 'Regularization β'],
  ['spinbutton', 'Seed'],
  ['spinbutton', 'Hold out %'],
  ['spinbutton', 'Scale min'],
  ['spinbutton', 'Scale max'],
  ['spinbutton', 'Scale step'],
  ['radiogroup', 'Prediction'],
  ['radio', 'P Qᵀ'],
  ['radio', 'P Qᵀ + biases'],
  ['radio', 'μ + P Qᵀ + biases'],
  ['radiogroup', 'Optimizer'],
  ['radio', 'SGD'],
  ['radio', 'Adam'],
  ['radiogroup', 'Update'],
  ['radio', 'sequential'],
  ['radio', 'simultaneous'],
  ['radiogroup', 'Visiting order'],
  ['radio', 'row by row'],
  ['radio', 'shuffled'],
  ['radiogroup', 'Initialization'],
  ['radio', 'uniform'],
  ['radio', 'normal'],
  ['grid', 'Ratings R'],
  ['figure', 'Loss'],
  ['slider', 'Playhead epoch'],
  ['radiogroup', 'Loss shown'],
  ['radio', 'RMSE'],
  ['radio', 'MAE'],
  ['radio', 'objective'],
  ['radiogroup', 'Loss axis'],
  ['radio', 'linear'],
  ['radio', 'log'],
  ['tab', 'Inspect'],
];

test('everything answers to its promised role and name', async ({ app, page }) => {
  await app.open();
  await app.openSession(smallSession());
  await app.moreSettings();
  await app.dismissAll();
  for (const [role, name] of PROMISED) {
    await expect(page.getByRole(role, { name, exact: true }), `${role} ${name}`).toHaveCount(1);
  }
  for (const name of ['User factors P', 'Item factors Qᵀ', 'Predictions R̂'] as const) {
    await expect(app.grid(name), name).toHaveCount(1);
  }
  for (const name of ['Clip to scale', 'Show baselines']) {
    await expect(
      page.getByRole('checkbox', { name, exact: true }).or(page.getByRole('switch', { name, exact: true })),
    ).toHaveCount(1);
  }

  await app.button('Export').click();
  const items = ['Session (.json)', 'Ratings (.csv)', 'Predictions (.csv)', 'Factors (.csv)'];
  expect((await page.getByRole('menuitem').allInnerTexts()).slice(0, 4)).toEqual(items);
  await page.keyboard.press('Escape');
  await app.button('Train').click();
  await expect(app.button('Pause')).toBeVisible();
});

test('what depends on the model has its name when it is there', async ({ app, page }) => {
  await app.open();
  await app.openSession(smallSession());
  await app.moreSettings();
  await app.choose('Optimizer', 'Adam');
  await expect(app.field('Batch size')).toBeVisible();
  await expect(page.getByRole('radiogroup', { name: 'Update', exact: true })).toHaveCount(0);
  await app.choose('Prediction', 'μ + P Qᵀ + biases');
  await app.runTo(5);
  await expect(
    app
      .readout('Mean μ')
      .or(page.getByLabel('Mean μ', { exact: true }))
      .first(),
  ).toBeVisible();
  for (const name of ['User biases b_u', 'Item biases b_i']) {
    await expect(
      page.getByRole('grid', { name }).or(page.getByRole('table', { name })).or(page.getByRole('rowgroup', { name })),
    ).not.toHaveCount(0);
  }
  await app.chooseDataset(/^Planted/);
  await app.moreSettings();
  await expect(
    page.getByRole('checkbox', { name: 'Show truth' }).or(page.getByRole('switch', { name: 'Show truth' })),
  ).toBeVisible();
});

test('cells say who, what, and which of the three states', async ({ app }) => {
  await app.open();
  const session = smallSession();
  session.dataset.ratings.splice(2, 0, [0, 2, 2]);
  await app.openSession(session);
  await expect(app.cell('Ana, Alien')).toHaveAccessibleName('Ana, Alien: 5');
  await expect(app.cell('Ana, Brazil')).toHaveAccessibleName('Ana, Brazil: 3, held out');
  await expect(app.cell('Bo, Clue')).toHaveAccessibleName('Bo, Clue: gap');
  await expect(app.cell('Bo, Clue', 'Predictions R̂')).toHaveAccessibleName(/^Bo, Clue: -?\d+\.\d+, gap filled$/);
  // Brazil's one rating is held out, so nothing of it was ever seen.
  await expect(app.cell('Bo, Brazil', 'Predictions R̂')).toHaveAccessibleName(/^Bo, Brazil: no data/);
  await expect(app.grid('Ratings R').getByRole('rowheader', { name: /^Ana/ })).toBeVisible();
  await expect(app.grid('Ratings R').getByRole('columnheader', { name: /^Alien/ })).toBeVisible();
  const digits = (await app.readout('RMSE seen').innerText()).replace(/\D/g, '').replace(/^0+/, '');
  expect(digits.length).toBeGreaterThanOrEqual(4);
});
