import { expect } from '../e2e/page.ts';
import { pictures } from './picture.ts';

/** The map of α × β that the form begins with, and what came of it. */
pictures('experiment', async (app) => {
  await app.open();
  await app.page.getByRole('link', { name: 'Experiment', exact: true }).click();
  await app.button('Start sweep').click();
  const verdict = app.page.getByRole('region', { name: 'Verdict' });
  await expect(verdict).toContainText('held-out RMSE', { timeout: 50_000 });
});
