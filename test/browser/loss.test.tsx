import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { LossChart } from '../../src/views/loss/LossChart.tsx';
import { nearestStop, playheadStops, stopAfterKey } from '../../src/views/loss/playhead-stops.ts';
import { fakeHandle, historyAt, runAt } from './fake-handle.ts';
import { painted, render } from './render.tsx';

/** The numbers of an epoch of the past. */
function viewAt(epoch: number) {
  const { view } = runAt(epoch, true);
  if (!view) throw new Error('a run has a view');
  return view;
}

const slider = () => page.getByRole('figure', { name: 'Loss' }).getByRole('slider', { name: 'Playhead epoch' });

test('the playhead says where it stands, in words too', async () => {
  const { handle } = fakeHandle(runAt(640, true), true);
  render(handle, <LossChart />);
  await expect.element(slider()).toHaveAttribute('aria-valuenow', '640');
  await expect.element(slider()).toHaveAttribute('aria-valuemin', '0');
  await expect.element(slider()).toHaveAttribute('aria-valuemax', '640');
  await expect.element(slider()).toHaveAttribute('aria-valuetext', 'epoch 640: RMSE seen 0.2197, held out 2.139');
});

test('keys move it by kept epochs, ten of them, and to the ends; the right end is the run itself', async () => {
  const snapshots = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 640];
  const { handle, calls } = fakeHandle(runAt(640, true, { snapshots }), true);
  render(handle, <LossChart />);
  await expect.element(slider()).toBeVisible();
  (slider().element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowRight}{PageDown}{PageUp}{Home}{End}');
  expect(calls).toEqual([
    ['show', 512],
    ['show', 256],
    ['show', 512],
    ['show', 0],
    ['show', 512],
    ['show', 0],
    ['show', null],
  ]);
  await expect.element(slider()).toHaveAttribute('aria-valuenow', '640');
});

test('a drag anywhere in the plot shows that epoch; dragged to the right end, the run as it stands', async () => {
  const { handle, calls } = fakeHandle(runAt(1000, true), true);
  const place = render(handle, <LossChart />);
  await expect.element(slider()).toBeVisible();
  const plot = place.querySelector<HTMLElement>('.loss-plot');
  const frame = place.querySelector('.loss-frame line');
  if (!plot || !frame) throw new Error('no plot');
  const box = plot.getBoundingClientRect();
  const left = Number(frame.getAttribute('x1'));
  const right = Number(frame.getAttribute('x2'));
  const at = (type: string, share: number, buttons: number) =>
    plot.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        isPrimary: true,
        pointerId: 1,
        buttons,
        clientX: box.left + left + (right - left) * share,
        clientY: box.top + 40,
      }),
    );
  plot.setPointerCapture = () => {};
  at('pointerdown', 0.25, 1);
  await painted();
  at('pointermove', 0.5, 1);
  await painted();
  at('pointermove', 1.1, 1);
  await painted();
  at('pointerup', 1.1, 0);
  await painted();
  at('pointermove', 0.75, 0);
  await painted();
  expect(calls).toEqual([
    ['show', 250],
    ['show', 500],
    ['show', null],
  ]);
  // Hovering shows exact values, of the epoch under the pointer and of the baselines.
  const told = place.querySelector('.loss-told')?.textContent;
  const history = historyAt([750], true);
  expect(told).toContain('epoch 750');
  expect(told).toContain(history.rmseSeen[0]?.toPrecision(4));
  expect(told).toContain(history.rmseHeldOut[0]?.toPrecision(4));
  expect(told).toContain('mean alone1.800');
});

test.each([840, 620, 360, 288])(
  'standing in the past offers two ways on, and moves nothing (%i px wide)',
  async (width) => {
    const { handle, calls, setRun } = fakeHandle(runAt(640, true), true);
    const place = render(handle, <LossChart />, width);
    await expect.element(slider()).toBeVisible();
    const top = () => place.querySelector('.loss-plot')?.getBoundingClientRect().top;
    const before = top();
    setRun({ playhead: 120 });
    await expect.element(page.getByText('Showing epoch 120 of 640')).toBeVisible();
    expect(top()).toBe(before);
    const trainOn = page.getByRole('button', { name: 'Train on from here' });
    await expect
      .element(trainOn)
      .toHaveAccessibleDescription('Training on lets 520 later epochs go; Undo brings them back.');
    await userEvent.click(trainOn);
    await userEvent.click(page.getByRole('button', { name: 'Back to epoch 640' }));
    await expect.element(slider()).toHaveFocus();
    expect(calls).toEqual([['trainFromPlayhead'], ['show', null]]);
  },
);

test('what is shown, the axis and the baselines can be chosen', async () => {
  const { handle, calls } = fakeHandle(runAt(640, true), true);
  const place = render(handle, <LossChart />);
  const labels = () => [...place.querySelectorAll('.loss-label')].map((label) => label.textContent);
  await expect.poll(labels).toEqual(['mean alone 1.800', 'biases only 1.210', 'seen 0.2197', 'held out 2.139']);
  await userEvent.click(page.getByRole('checkbox', { name: 'Show baselines' }));
  await expect.poll(labels).toEqual(['seen 0.2197', 'held out 2.139']);
  const shown = page.getByRole('radiogroup', { name: 'Loss shown' });
  await userEvent.click(shown.getByRole('radio', { name: 'objective' }));
  await expect.poll(labels).toEqual(['objective 1.676']);
  await expect.element(slider()).toHaveAttribute('aria-valuetext', 'epoch 640: objective 1.676');
  const axis = page.getByRole('radiogroup', { name: 'Loss axis' });
  await userEvent.click(axis.getByRole('radio', { name: 'linear' }));
  expect(calls).toEqual([
    ['setView', { showBaselines: false }],
    ['setView', { lossShown: 'objective' }],
    ['setView', { lossAxis: 'linear' }],
  ]);
});

test('where nothing is held out, leave-one-out stands as a point with its own baselines', async () => {
  const leaveOneOut = { epoch: 500, rmse: 2.531, mae: 2, ratings: 16, baselineMean: 1.72, baselineBiases: 1.45 };
  const { handle } = fakeHandle(runAt(640, false, { leaveOneOut }), false);
  const place = render(handle, <LossChart />);
  await expect
    .poll(() => [...place.querySelectorAll('.loss-label')].map((label) => label.textContent))
    .toEqual(['mean alone 1.720', 'biases only 1.450', 'leave-one-out 2.531', 'seen 0.2197']);
});

test('the same in numbers: a table, and the changes as a list', async () => {
  const marks = [
    { epoch: 120, label: 'α 0.01 → 0.02' },
    { epoch: 400, label: 'Bo, Clue: 4' },
  ];
  const { handle } = fakeHandle(runAt(640, true, { marks }), true);
  render(handle, <LossChart />);
  await userEvent.click(page.getByText('Loss as numbers'));
  const table = page.getByRole('table', { name: 'Loss by epoch' });
  await expect.element(table.getByRole('row', { name: /^640 0.2197 2.139/ })).toBeVisible();
  expect(table.getByRole('row').elements().length).toBe(15);
  const list = page.getByRole('list', { name: 'Changed in mid-run' });
  expect(
    list
      .getByRole('listitem')
      .elements()
      .map((item) => item.textContent),
  ).toEqual(['epoch 120: α 0.01 → 0.02', 'epoch 400: Bo, Clue: 4']);
});

test('before anything is measured it is an empty frame without NaN', async () => {
  const empty = { epoch: [], rmseSeen: [], rmseHeldOut: [], maeSeen: [], maeHeldOut: [], objective: [] };
  const none = { rmseSeen: null, rmseHeldOut: null, maeSeen: null, maeHeldOut: null, objective: null };
  const { handle } = fakeHandle(runAt(0, false, { history: empty, measures: none, snapshots: [], view: null }), false);
  const place = render(handle, <LossChart />);
  await expect.element(slider()).toHaveAttribute('aria-valuetext', 'epoch 0: RMSE seen —');
  expect(place.innerHTML).not.toMatch(/NaN|Infinity/);
});

test('stops: kept epochs before the run, then the run', () => {
  expect(playheadStops([0, 4, 8, 10], 10)).toEqual([0, 4, 8, 10]);
  expect(playheadStops([0, 4, 8], 10)).toEqual([0, 4, 8, 10]);
  expect(playheadStops([], 0)).toEqual([0]);
  expect([0, 2, 3, 9, 99].map((epoch) => nearestStop([0, 4, 8, 10], epoch))).toEqual([0, 1, 1, 3, 3]);
  expect(stopAfterKey('ArrowUp', 2, 3)).toBe(2);
  expect(stopAfterKey('a', 2, 3)).toBeNull();
});

test('an edit at rest ends the line at what the readouts say', async () => {
  const { handle, setRun } = fakeHandle(runAt(640, true), true);
  const place = render(handle, <LossChart />);
  const labels = () => [...place.querySelectorAll('.loss-label')].map((label) => label.textContent);
  await expect.poll(labels).toContain('seen 0.2197');
  const measures = { rmseSeen: 2.616, rmseHeldOut: 2.7, maeSeen: 2, maeHeldOut: 2.1, objective: 90 };
  setRun({ measures });
  await expect.poll(labels).toEqual(['mean alone 1.800', 'biases only 1.210', 'seen 2.616', 'held out 2.700']);
  const ends = place.querySelector('.loss-line.seen')?.getAttribute('d')?.split('L').slice(-2) ?? [];
  const dot = place.querySelector('.loss-dot.seen');
  // Straight up from what was measured then to what is measured now, where the playhead's dot stands.
  expect(ends[0]?.split(',')[0]).toBe(ends[1]?.split(',')[0]);
  expect(Number(ends[1]?.split(',')[1])).toBeCloseTo(Number(dot?.getAttribute('cy')), 0);
  // The past stays as it was measured.
  setRun({ playhead: 120, view: viewAt(120), measures: { ...measures, rmseSeen: 0.47 } });
  await expect.poll(labels).toContain('seen 0.2197');
});

test('on a phone the names carry numbers, too, and stay inside', async () => {
  const { handle } = fakeHandle(runAt(640, true), true);
  const place = render(handle, <LossChart />, 366);
  const labels = () => [...place.querySelectorAll<SVGTextElement>('.loss-label')];
  await expect
    .poll(() => labels().map((label) => label.textContent))
    .toEqual(['mean 1.800', 'biases 1.210', 'seen 0.2197', 'held out 2.139']);
  const edge = place.getBoundingClientRect().right;
  for (const label of labels().slice(0, 2)) expect(label.getBoundingClientRect().right).toBeLessThanOrEqual(edge);
  // Each level is named beside a piece of its own line.
  expect(place.querySelectorAll('.loss-level.mean').length).toBe(2);
  expect(place.querySelectorAll('.loss-level.biases').length).toBe(2);
});

test('the loss and the baselines tell what they mean', async () => {
  const { handle } = fakeHandle(runAt(640, true), true);
  render(handle, <LossChart />);
  for (const [term, words] of [
    ['RMSE', 'Root mean squared error'],
    ['mean alone', 'simplest guess'],
    ['biases only', 'without factors'],
  ] as const) {
    await userEvent.click(page.getByRole('button', { name: `${term}: what it means` }));
    await expect.element(page.getByRole('dialog', { name: term })).toHaveTextContent(words);
    await userEvent.keyboard('{Escape}');
  }
});

test.each([840, 360])(
  'the caption names the regime in the room that it has, whatever it is (%i px wide)',
  async (width) => {
    const { handle, setRun } = fakeHandle(runAt(640, true), true);
    const place = render(handle, <LossChart caption />, width);
    const caption = () => place.querySelector('.loss-regime')?.textContent;
    const footTop = () => place.querySelector('.loss-foot')?.getBoundingClientRect().top;
    // From 2.45 to .22: (E(320) − E(640)) / (E(0) − E(640)).
    const fell = (epoch: number) => 2.3 / (1 + epoch / 20);
    const late = Math.round((100 * (fell(320) - fell(640))) / (fell(0) - fell(640)));
    await expect
      .poll(caption)
      .toBe(`Converging: the second half of the epochs won ${late} % of the fall in RMSE seen.`);
    const before = footTop();
    setRun({ marks: [{ epoch: 635, label: 'α 0.01 → 0.02' }] });
    await expect.poll(caption).toBe('How the run goes stands here 10 epochs after the change at epoch 635.');
    expect(footTop()).toBe(before);
    const teeth = [...Array(641).keys()].map((epoch) => (epoch % 2 === 0 ? 2 : 1));
    setRun({ marks: [], history: { ...runAt(640, true).history, rmseSeen: teeth } });
    // 320 rises of 1, of 1 that was won.
    await expect.poll(caption).toBe('Oscillating: RMSE seen gave back 320 times its fall on the way.');
    expect(footTop()).toBe(before);
  },
);

test('what a stopped run let go is drawn paler, and told under the pointer, until it is gone', async () => {
  const whole = runAt(90, true).history;
  const from = (row: number) => ({
    epoch: whole.epoch.slice(row),
    rmseSeen: whole.rmseSeen.slice(row),
    rmseHeldOut: whole.rmseHeldOut.slice(row),
    maeSeen: whole.maeSeen.slice(row),
    maeHeldOut: whole.maeHeldOut.slice(row),
    objective: whole.objective.slice(row),
  });
  const stopped = { at: 90, best: 60, rmse: whole.rmseHeldOut[60] ?? 0, rmseAt: null, after: from(61) };
  const { handle, setRun } = fakeHandle(runAt(60, true, { stopped }), true);
  const place = render(handle, <LossChart caption />);
  await expect
    .element(page.getByRole('img', { name: 'Curves of RMSE by epoch; paler after the best epoch, 60: let go' }))
    .toBeVisible();
  expect(place.querySelectorAll('path.loss-after')).toHaveLength(2);
  const plot = place.querySelector<HTMLElement>('.loss-plot');
  const band = place.querySelector('.loss-after-band')?.getBoundingClientRect();
  if (!plot || !band) throw new Error('nothing is drawn');
  plot.dispatchEvent(
    new PointerEvent('pointermove', { bubbles: true, clientX: band.left + band.width / 2, clientY: band.top + 20 }),
  );
  await painted();
  const told = place.querySelector('.loss-told')?.textContent;
  expect(told).toContain('epoch 75, let go');
  expect(told).toContain(whole.rmseHeldOut[75]?.toPrecision(4));
  // The playhead cannot go there.
  await expect.element(slider()).toHaveAttribute('aria-valuemax', '60');
  setRun({ stopped: null });
  await expect.element(page.getByRole('img', { name: 'Curves of RMSE by epoch', exact: true })).toBeVisible();
  expect(place.querySelectorAll('path.loss-after')).toHaveLength(0);
});

test('the axis can count updates and time; without a measured time it counts epochs, and says so', async () => {
  const { handle, calls } = fakeHandle(runAt(640, true), true, { lossAgainst: 'time' });
  const place = render(handle, <LossChart caption />);
  await expect.element(page.getByText('time: not measured yet; it is once this page trains the run')).toBeVisible();
  expect(slider().element().textContent).toBe('640');
  expect([...place.querySelectorAll('.loss-frame > text')].map((text) => text.textContent)).toEqual(['epochs']);
  await page.getByRole('radiogroup', { name: 'Curves against' }).getByRole('radio', { name: 'updates' }).click();
  expect(calls).toEqual([['setView', { lossAgainst: 'updates' }]]);
});
