import { expect, test } from './page.ts';
import { notebook, notebookSession } from './sessions.ts';

/** Where two matrices differ, each number by all its bits. */
function differences(actual: number[][], expected: number[][]): string[] {
  return expected.flatMap((row, at) =>
    row.flatMap((value, k) =>
      Object.is(actual[at]?.[k], value) ? [] : [`[${at}][${k}] ${actual[at]?.[k]} ≠ ${value}`],
    ),
  );
}

test('the notebook’s run through the page: 5,000 epochs give its P and Q bit for bit', async ({ app }) => {
  await app.open();
  await app.openSession(notebookSession());
  await expect(app.readout('Epoch')).toHaveText('0');

  for (const { step, P, Q } of notebook.snapshots.filter(({ step }) => step <= 100)) {
    await app.runTo(step);
    const { state } = await app.exportSession();
    expect(state).toMatchObject({ epoch: step, position: 0 });
    expect(differences(state.P, P)).toEqual([]);
    expect(differences(state.Q, Q)).toEqual([]);
  }

  await app.runTo(notebook.steps);
  const { state, history } = await app.exportSession();
  expect(state).toMatchObject({ epoch: 5000, position: 0 });
  expect(differences(state.P, notebook.P)).toEqual([]);
  expect(differences(state.Q, notebook.Q)).toEqual([]);

  const reference = new Map(notebook.lossPerStep.map((loss) => [loss.step, loss]));
  const compared = history.epoch.flatMap((epoch, at) => {
    const loss = reference.get(epoch);
    return loss ? [{ epoch, rmse: history.rmseSeen[at], regLoss: history.objective[at], loss }] : [];
  });
  expect(compared.length).toBeGreaterThan(10);
  for (const { rmse, regLoss, loss } of compared) {
    expect(Math.abs((rmse ?? Number.NaN) / loss.rmse - 1)).toBeLessThan(1e-12);
    expect(Math.abs((regLoss ?? Number.NaN) / loss.regLoss - 1)).toBeLessThan(1e-12);
  }
});

test('in pieces or at once, paused in mid-epoch, saved, reopened: the same numbers', async ({ app }) => {
  await app.open();
  await app.openSession(notebookSession());
  await expect(app.readout('Epoch')).toHaveText('0');
  await app.runTo(60);
  for (let step = 0; step < 5; step += 1) await app.button('Step one rating').click();
  await expect.poll(async () => (await app.exportSession()).state.position).toBe(5);
  const saved = await app.export('Session (.json)');

  await app.page.reload();
  await app.ready();
  await app.openFile('saved.json', saved.text);
  await expect(app.readout('Epoch')).toHaveText('60');
  expect((await app.export('Session (.json)')).text).toBe(saved.text);

  await app.runTo(100);
  const { state } = await app.exportSession();
  const reference = notebook.snapshots.find(({ step }) => step === 100);
  expect(differences(state.P, reference?.P ?? [])).toEqual([]);
  expect(differences(state.Q, reference?.Q ?? [])).toEqual([]);
});
