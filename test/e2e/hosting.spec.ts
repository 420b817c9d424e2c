import { SUB_PATH, SUB_PATH_ADDRESS } from './hosts.ts';
import { expect, test } from './page.ts';

test('the built page carries its policy, before anything that it governs', async ({ app }) => {
  await app.open();
  const first = app.page.locator('head > *').first();
  await expect(first).toHaveAttribute('http-equiv', 'Content-Security-Policy');
  const policy = (await first.getAttribute('content')) ?? '';
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining(["default-src 'self'", "object-src 'none'", "connect-src 'self'", "form-action 'none'"]),
  );
  expect(/script-src [^;]*/.exec(policy)?.[0]).toBe("script-src 'self' 'wasm-unsafe-eval'");
});

test('under a sub-path of a plain host the page works, and stays under it', async ({ app }) => {
  const paths: string[] = [];
  app.page.on('request', (request) => paths.push(new URL(request.url()).pathname));
  await app.page.goto(process.env[SUB_PATH_ADDRESS] ?? '');
  await app.ready();
  await app.runTo(20);
  expect(await app.read('RMSE seen')).toBeGreaterThan(0);
  expect(paths.length).toBeGreaterThan(3);
  expect(paths.filter((path) => !path.startsWith(SUB_PATH))).toEqual([]);
});

test('once loaded, the page needs no network', async ({ app, context }) => {
  await app.open();
  // What stands on the first screen but is loaded behind it (the inspector's folds) belongs to the page too.
  await app.page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await app.runTo(20);
  const { state } = await app.exportSession();
  expect(state.epoch).toBe(20);
});

test('an address that leads nowhere says so and shows Play', async ({ app }) => {
  await app.open('#/nowhere');
  await expect(app.alert()).toContainText('nowhere');
  await expect(app.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Play' })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await app.page.evaluate(() => {
    window.location.hash = '#/%E0%A4%A';
  });
  await expect(app.alert().last()).toContainText('%E0%A4%A');
  await app.runTo(3);
});
