import { expect } from '../e2e/page.ts';
import { pictures } from './picture.ts';

/** A step of lesson 9 done, with its strip of whole runs. */
pictures('learn', async (app) => {
  await app.open('#/learn/learning-rate/converge');
  const text = app.page.getByRole('region', { name: 'Lesson', exact: true });
  await app.button('Show me').click();
  await expect(text.getByText('Done.', { exact: true })).toBeVisible({ timeout: 30_000 });
});
