import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Assignment } from '../../src/core/experiment/axis.ts';
import type { LiveMap, Sweep } from '../../src/store/experiment-state.ts';
import { LiveMapPanel } from '../../src/views/experiment/picture/LiveMapPanel.tsx';
import { SweepPicture } from '../../src/views/experiment/picture/SweepPicture.tsx';
import { fakeHandle, runAt, sixByFour } from './fake-handle.ts';
import { painted, render } from './render.tsx';
import { type Came, fakeExperiment, numberOf, planWith, sweepWith } from './sweeps.ts';

const OVER_TWO = planWith({
  axes: [
    { setting: 'alpha', spacing: 'log', from: 0.001, to: 0.1, count: 3 },
    { setting: 'beta', spacing: 'listed', values: [0.1, 0.2] },
  ],
});

const OVER_K = planWith({ axes: [{ setting: 'k', spacing: 'listed', values: [1, 2, 3, 5] }] });

/** Least at α 0.01 and β 0.2; α 0.1 diverges at β 0.1, and has not come at β 0.2. */
function overTwo(assignments: readonly Assignment[], seedPlace: number): Came {
  const alpha = numberOf(assignments, 'alpha');
  const beta = numberOf(assignments, 'beta');
  if (alpha === 0.1) return beta === 0.1 ? 'diverged' : null;
  return {
    heldOut: (alpha === 0.01 ? 1.2 : 1.6) + (beta === 0.1 ? 0.1 : 0) + (seedPlace === 0 ? -0.05 : 0.05),
    seen: 0.3,
  };
}

function show(sweep: Sweep | null, width = 720) {
  const { handle } = fakeHandle(runAt(0, false), false);
  const onOpen = vi.fn();
  const onExtend = vi.fn();
  const place = render(handle, <SweepPicture sweep={sweep} onOpen={onOpen} onExtend={onExtend} />, width);
  return { handle, onOpen, onExtend, place };
}

const cell = (name: string) => page.getByRole('gridcell', { name, exact: true });

test('a map names each of its cells, and itself in numbers', async () => {
  show(sweepWith(OVER_TWO, overTwo, 'paused'));
  await expect
    .element(cell('Learning rate α 0.01, Regularization β 0.2: held-out RMSE 1.200 ± 0.071'))
    .toBeInTheDocument();
  await expect.element(cell('Learning rate α 0.1, Regularization β 0.1: diverged')).toBeInTheDocument();
  await expect.element(cell('Learning rate α 0.1, Regularization β 0.2: not run yet')).toBeInTheDocument();
  await expect
    .element(page.getByRole('figure', { name: 'RMSE held out by Learning rate α and Regularization β', exact: true }))
    .toHaveAccessibleDescription(
      '6 combinations, 5 run, 1 diverged. Least 1.200 ± 0.071 at α 0.01, β 0.2, greatest 1.700 ± 0.071 at α 0.001, β 0.1.',
    );
  await expect
    .element(page.getByRole('figure', { name: 'Color scale: RMSE held out, from 1.2 (better) to 1.7 (worse)' }))
    .toBeVisible();
});

test('what was to settle and did not is marked, named and counted', async () => {
  const plan = { ...OVER_TWO, stop: { kind: 'settled', limit: 1000 } } as const;
  const came = (assignments: readonly Assignment[], seedPlace: number): Came => ({
    heldOut: 1.2 + numberOf(assignments, 'beta') + (seedPlace === 0 ? -0.05 : 0.05),
    seen: 0.3,
    ended: numberOf(assignments, 'alpha') === 0.001 && seedPlace === 0 ? 'limit' : 'settled',
  });
  const { place } = show(sweepWith(plan, came));
  const marked = cell(
    'Learning rate α 0.001, Regularization β 0.1: held-out RMSE 1.300 ± 0.071, 1 of 2 runs not settled',
  );
  await expect.element(marked).toBeInTheDocument();
  await expect
    .element(cell('Learning rate α 0.01, Regularization β 0.1: held-out RMSE 1.300 ± 0.071'))
    .toBeInTheDocument();
  await expect.element(page.getByText('corner: some of its runs never settled')).toBeVisible();
  await userEvent.hover(marked);
  expect(place.querySelector('.sweep-tip')?.textContent).toContain('endednot settled 1, settled 1');
});

test('arrows walk over the cells, the focused one tells all its figures, Enter opens its run', async () => {
  const { onOpen } = show(sweepWith(OVER_TWO, overTwo, 'running'));
  await expect.element(cell('Learning rate α 0.1, Regularization β 0.1: diverged')).toBeInTheDocument();
  await userEvent.tab();
  // The first cell is the upper left one: least α, greatest β.
  await expect.element(cell('Learning rate α 0.001, Regularization β 0.2: held-out RMSE 1.600 ± 0.071')).toHaveFocus();
  await userEvent.keyboard('{ArrowRight}{ArrowDown}');
  const focused = cell('Learning rate α 0.01, Regularization β 0.1: held-out RMSE 1.300 ± 0.071');
  await expect.element(focused).toHaveFocus();
  await expect
    .element(focused)
    .toHaveAccessibleDescription(
      'α 0.01, β 0.1 RMSE held out 1.300 spread over 2 seeds ± 0.071 least … greatest 1.250 … 1.350 RMSE seen 0.3000 runs 2 (2 seeds × 1 fold) left-out ratings 3 epochs 1,000 ended all epochs',
    );
  await userEvent.keyboard('{Enter}');
  expect(onOpen.mock.calls).toEqual([[1]]);
  await userEvent.keyboard('{End}{ArrowUp}{Enter}');
  expect(onOpen.mock.calls.at(-1)).toEqual([5]);
});

test('hover tells the figures of a cell, a click opens it', async () => {
  const { onOpen, place } = show(sweepWith(OVER_TWO, overTwo, 'paused'));
  await userEvent.hover(cell('Learning rate α 0.1, Regularization β 0.1: diverged'));
  await expect.element(page.getByText('α 0.1, β 0.1: diverged', { exact: true })).toBeVisible();
  const tip = place.querySelector('.sweep-tip');
  expect(tip?.textContent).toContain('endeddiverged');
  expect(tip?.textContent).toContain('left-out ratings3');
  await userEvent.click(cell('Learning rate α 0.01, Regularization β 0.2: held-out RMSE 1.200 ± 0.071'));
  expect(onOpen.mock.calls).toEqual([[4]]);
});

test('a best on an edge says so there, and extends it; while it runs nothing is said', async () => {
  const { onExtend } = show(sweepWith(OVER_TWO, (assignments, seed) => overTwo(assignments, seed) ?? 'diverged'));
  await expect.element(page.getByText('best on the edge')).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Extend β up to 0.4', exact: true }));
  expect(onExtend.mock.calls).toEqual([[1, 'high']]);
});

test('while combinations are missing, nothing is said of edges, and the best is the best so far', async () => {
  show(sweepWith(OVER_TWO, overTwo, 'paused'));
  await expect.element(page.getByText('best so far')).toBeVisible();
  expect(page.getByText('best on the edge').query()).toBeNull();
});

test('the caption names the ratings; Play at others is said so, Play at the same ones with some held out is not', async () => {
  const { handle } = show(sweepWith(OVER_TWO, overTwo));
  const own = 'Six viewers, four films, 6 × 4 · 16 ratings';
  await expect.element(page.getByText(`${own} · 20 % held out, 2 seeds, 1,000 epochs each`)).toBeVisible();
  handle.store.setState({ study: sixByFour(true) });
  await expect.element(page.getByText('Play stands here')).toBeVisible();
  expect(page.getByText('Play now has other ratings', { exact: false }).query()).toBeNull();
  const study = sixByFour(false);
  const value = study.dataset.ratings.value.with(0, 2);
  const other = { ...study.dataset, name: 'Another', ratings: { ...study.dataset.ratings, value } };
  handle.store.setState({ study: { ...study, dataset: other } });
  await expect
    .element(page.getByText(`Play now has other ratings (Another, 6 × 4 · 16 ratings); this is of ${own}.`))
    .toBeVisible();
  expect(page.getByText('Play stands here').query()).toBeNull();
});

test('nothing is said of an edge that nothing lies beyond', async () => {
  show(sweepWith(OVER_K, (assignments) => ({ heldOut: numberOf(assignments, 'k'), seen: 0.1 })));
  await expect.element(page.getByText('Ring: best.', { exact: false })).toBeVisible();
  expect(page.getByText('best on the edge').query()).toBeNull();
});

test('while results land no edge is told', async () => {
  show(sweepWith(OVER_TWO, overTwo, 'running'));
  await expect.element(page.getByText('5 run')).toBeVisible();
  expect(page.getByText('best on the edge').query()).toBeNull();
});

test('the dot stands where Play does, unless Play differs in more', async () => {
  const { handle } = show(sweepWith(OVER_TWO, overTwo, 'paused'));
  await expect.element(page.getByText('Play stands here')).toBeVisible();
  const study = sixByFour(false);
  handle.store.setState({ study: { ...study, model: { ...study.model, alpha: 5 } } });
  await expect.element(page.getByText('Play stands beyond these values: α 5, β 0.2.')).toBeVisible();
  handle.store.setState({ study: { ...study, model: { ...study.model, k: 3 } } });
  await expect
    .element(page.getByText('Play differs in more than these settings, so it has no place here.'))
    .toBeVisible();
});

test('without a sweep the place says what will be there', async () => {
  show(null);
  await expect.element(page.getByText(/^The picture of a sweep stands here/)).toBeVisible();
});

function overK(assignments: readonly Assignment[], seedPlace: number): Came {
  const k = numberOf(assignments, 'k');
  const heldOut = { 1: 1.5, 2: 1.2, 3: 1.3, 5: 1.7 }[k] ?? 0;
  return { heldOut: heldOut + (seedPlace === 0 ? -0.02 : 0.02), seen: 1 / k };
}

test('a line names each value, walks with arrows, and opens with Enter', async () => {
  const { onOpen } = show(sweepWith(OVER_K, overK));
  const value = (name: string) => page.getByRole('button', { name, exact: true });
  await expect.element(page.getByRole('toolbar', { name: 'Values of Factors k' })).toBeInTheDocument();
  await userEvent.tab();
  await expect.element(value('Factors k 1: held-out RMSE 1.500 ± 0.028, seen 1.000')).toHaveFocus();
  await userEvent.keyboard('{ArrowRight}');
  const second = value('Factors k 2: held-out RMSE 1.200 ± 0.028, seen 0.5000');
  await expect.element(second).toHaveFocus();
  await expect.element(second).toHaveAccessibleDescription(expect.stringContaining('1.180 … 1.220'));
  await userEvent.keyboard('{End}{Enter}');
  expect(onOpen.mock.calls).toEqual([[3]]);
  await userEvent.click(second);
  expect(onOpen.mock.calls.at(-1)).toEqual([1]);
});

test('the U over k is said with its numbers', async () => {
  show(sweepWith(OVER_K, overK));
  await expect
    .element(
      page.getByText(
        'Held out, it falls to 1.200 at k 2 and rises again to 1.700: factors beyond that fit the noise.',
        {
          exact: true,
        },
      ),
    )
    .toBeVisible();
  await expect
    .element(page.getByText('RMSE seen goes from 1.000 at k 1 to 0.2000 at k 5.', { exact: true }))
    .toBeVisible();
});

test('a learning curve says whether more data would help, and by which rule', async () => {
  const plan = planWith({ axes: [{ setting: 'seen', spacing: 'evenly', from: 20, to: 100, count: 5 }] });
  show(
    sweepWith(plan, (assignments, seedPlace) => ({
      heldOut: 2.5 - numberOf(assignments, 'seen') / 100 + (seedPlace === 0 ? -0.01 : 0.01),
      seen: 0.5,
    })),
  );
  await expect.element(page.getByText('More data would help.', { exact: true })).toBeVisible();
  await expect
    .element(
      page.getByText(
        'From 40 % to 100 % of the ratings, held-out RMSE falls by 0.600, from 2.100 to 1.500; the spread over seeds is below 0.042.',
        { exact: true },
      ),
    )
    .toBeVisible();
  await expect.element(page.getByText('At 100 % it stands 1.000 above what is seen (0.5000).')).toBeVisible();
});

const SEARCH = planWith({
  axes: [
    { setting: 'k', spacing: 'evenly', from: 1, to: 9, count: 9 },
    { setting: 'alpha', spacing: 'log', from: 0.001, to: 0.1, count: 5 },
    { setting: 'prediction', spacing: 'listed', values: ['factors', 'factors+biases'] },
  ],
  search: { kind: 'quasi-random', count: 24, seed: 3 },
  seeds: [1],
});

/** The more factors the worse. */
function searched(assignments: readonly Assignment[]): Came {
  return { heldOut: 1 + numberOf(assignments, 'k') / 10, seen: 0.5 };
}

test('ranges typed into fields keep some of the combinations, which are counted, listed and opened', async () => {
  const sweep = sweepWith(SEARCH, searched);
  const { onOpen } = show(sweep);
  const status = page.getByRole('status');
  await expect.element(status).toHaveTextContent('All 24 combinations are chosen.');
  const from = page.getByRole('spinbutton', { name: 'Factors k from', exact: true });
  await userEvent.fill(from, '7');
  await userEvent.keyboard('{Enter}');
  await expect.element(status).toHaveTextContent(/^\d+ of 24 combinations chosen\./);
  const listed = page.getByRole('list', { name: 'Best of those chosen' }).getByRole('button');
  const texts = listed.elements().map((element) => element.textContent ?? '');
  const ks = texts.map((text) => Number(/^k (\d)/.exec(text)?.[1]));
  expect(ks.length).toBeGreaterThan(1);
  expect(ks.every((k) => k >= 7)).toBe(true);
  expect(ks).toEqual(ks.toSorted());
  await userEvent.click(listed.first());
  const opened = onOpen.mock.calls[0]?.[0];
  expect(texts[0]).toContain(`k ${ks[0]}, α `);
  expect(typeof opened).toBe('number');
  // One choice less, and none of it is left.
  const before = Number(/^\d+/.exec(status.element().textContent ?? '')?.[0]);
  await userEvent.click(page.getByRole('checkbox', { name: 'P Qᵀ', exact: true }));
  await expect.poll(() => Number(/^\d+/.exec(status.element().textContent ?? '')?.[0])).toBeLessThan(before);
  await userEvent.click(page.getByRole('button', { name: 'All runs', exact: true }));
  await expect.element(status).toHaveTextContent('All 24 combinations are chosen.');
  await expect.element(from).toHaveValue('1');
});

test('a drag along an axis is a range, and a click beside it lets it go', async () => {
  const { place } = show(sweepWith(SEARCH, searched));
  await expect.element(page.getByRole('status')).toBeVisible();
  await expect.poll(() => place.querySelectorAll('.sweep-brush').length).toBe(3);
  const brush = place.querySelector<HTMLElement>('.sweep-brush');
  if (!brush) throw new Error('no brush');
  // No pointer is really down: what is captured is said to be.
  brush.setPointerCapture = () => {};
  const box = brush.getBoundingClientRect();
  const at = (type: string, share: number) =>
    brush.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        isPrimary: true,
        button: 0,
        pointerId: 1,
        clientX: box.left + box.width / 2,
        clientY: box.bottom - share * box.height,
      }),
    );
  at('pointerdown', 0.5);
  at('pointermove', 1);
  at('pointerup', 1);
  const from = page.getByRole('spinbutton', { name: 'Factors k from', exact: true });
  await expect.element(from).toHaveValue('5');
  await expect.element(page.getByRole('status')).toHaveTextContent(/^\d+ of 24 combinations chosen\./);
  at('pointerdown', 0.1);
  at('pointerup', 0.1);
  await expect.element(from).toHaveValue('1');
});

/** A map of 3 × 3; `here` where Play stands. */
function liveMap(patch: Partial<LiveMap> = {}): LiveMap {
  return {
    settings: { alpha: { from: 0.001, to: 0.1 }, beta: { from: 0.01, to: 1 }, size: 3, epochs: 1000, figure: null },
    figure: 'rmseHeldOut',
    study: sixByFour(true),
    alphas: [0.001, 0.01, 0.1],
    betas: [0.01, 0.1, 1],
    values: Float64Array.from([2, 1.5, Number.POSITIVE_INFINITY, 1.9, 1.25, 1.4, 1.8, 1.7, Number.NaN]),
    exact: Uint8Array.from([1, 1, 1, 1, 1, 0, 1, 1, 0]),
    done: 7,
    total: 9,
    status: 'training',
    best: 4,
    here: { alpha: 0.01, beta: 0.2 },
    milliseconds: null,
    ...patch,
  };
}

function live(map: LiveMap, run = runAt(0, true)) {
  const { handle, setRun, calls: asked } = fakeHandle(run, true);
  const { experiment, calls } = fakeExperiment(map);
  const place = render({ ...handle, experiment }, <LiveMapPanel />, 600);
  return { handle, experiment, calls, asked, setRun, place };
}

test('the live map runs while it is on the page, names its cells, and hands α and β to Play', async () => {
  const { calls } = live(liveMap());
  expect(calls.length === 0 || calls[0]?.[0] === 'openLiveMap').toBe(true);
  await expect.element(cell('Learning rate α 0.01, Regularization β 0.1: RMSE held out 1.250')).toBeInTheDocument();
  await expect
    .element(cell('Learning rate α 0.1, Regularization β 0.1: RMSE held out about 1.400'))
    .toBeInTheDocument();
  await expect.element(cell('Learning rate α 0.1, Regularization β 0.01: diverged')).toBeInTheDocument();
  await expect.element(cell('Learning rate α 0.1, Regularization β 1: not computed yet')).toBeInTheDocument();
  await expect.element(page.getByText('Computing: 7 of 9 runs')).toBeVisible();
  await expect
    .element(page.getByRole('figure', { name: 'Live map', exact: true }))
    .toHaveAccessibleDescription(
      'Least RMSE held out 1.250 at α 0.01, β 0.1. From one seed, on 2 held-out ratings: a sweep tells what is luck. Play stands at α 0.01, β 0.2.',
    );
  expect(calls).toEqual([['openLiveMap', { epochs: 1000, figure: null }]]);
  await userEvent.click(cell('Learning rate α 0.01, Regularization β 0.1: RMSE held out 1.250'));
  expect(calls.at(-1)).toEqual(['takeLiveMapCell', 4]);
  await userEvent.click(page.getByRole('radio', { name: 'seen' }));
  expect(calls.at(-1)).toEqual(['openLiveMap', { epochs: 1000, figure: 'rmseSeen' }]);
});

test('without a place for Play the map says why', async () => {
  const { experiment, setRun } = live(liveMap({ here: null, status: 'late' }));
  await expect.element(page.getByText(/No dot: this is the map of the settings before/)).toBeVisible();
  setRun({ marks: [{ epoch: 3, label: 'α 0.01 → 0.02' }] });
  await expect.element(page.getByText(/No dot: Play’s run was changed on its way/)).toBeVisible();
  experiment.store.setState({ liveMap: liveMap({ here: { alpha: 3, beta: 0.2 }, status: 'done', milliseconds: 912 }) });
  await expect.element(page.getByText(/Play stands beyond the map: α 3, β 0.2/)).toBeVisible();
  await expect.element(page.getByText('9 runs in 912 ms')).toBeVisible();
});

test('with ALS, which has no α, there is no map; a click in its place brings another optimizer', async () => {
  const { asked, handle } = live(liveMap());
  const { study } = handle.store.getState();
  handle.store.setState({ study: { ...study, model: { ...study.model, optimizer: { kind: 'als' } } } });
  await expect.element(page.getByText(/^ALS takes no steps, so it has no learning rate/)).toBeVisible();
  await expect.element(page.getByRole('grid')).not.toBeInTheDocument();
  await userEvent.click(page.getByRole('button', { name: 'Use SGD in Play' }));
  expect(asked.at(-1)).toEqual(['changeModel', { optimizer: { kind: 'sgd', update: 'sequential' } }]);
});

test('a least on the edge of the live map says so', async () => {
  live(liveMap({ best: 0 }));
  await expect.element(page.getByText(/It lies on the edge of the map: a lesser one may lie beyond\./)).toBeVisible();
});

test('a study that is too large says so, and offers what works', async () => {
  const { handle, calls } = live(liveMap());
  const study = sixByFour(true);
  const large = { ...study, model: { ...study.model, k: 400 } };
  handle.store.setState({ study: large });
  await expect.element(page.getByText(/A map of 400 runs of 1,000 epochs would take too long here/)).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: /^Map \d+ epochs instead$/ }));
  const [, asked] = calls.at(-1) ?? [];
  expect(asked).toEqual({ epochs: 500, figure: null });
  await expect.element(page.getByRole('grid')).toBeInTheDocument();
});

test('four hundred cells land on the canvas: no cell of the grid is made anew, a name is written once, nothing moves', async () => {
  const size = 20;
  const axis = Array.from({ length: size }, (_, at) => 0.001 * 1.3 ** at);
  const of = (done: number): LiveMap =>
    liveMap({
      alphas: axis,
      betas: axis,
      values: Float64Array.from({ length: 400 }, (_, at) => (at < done ? 1 + (at % 37) / 40 : Number.NaN)),
      exact: Uint8Array.from({ length: 400 }, (_, at) => (at < done ? 1 : 0)),
      done,
      total: 400,
      status: done === 400 ? 'done' : 'training',
      best: 0,
    });
  const { experiment, place } = live(of(40));
  await expect.poll(() => place.querySelectorAll('[role="gridcell"]').length).toBe(400);
  await painted();
  const grid = place.querySelector('[role="grid"]');
  if (!grid) throw new Error('no grid');
  const { height } = place.getBoundingClientRect();
  const written: (string | null)[] = [];
  const observer = new MutationObserver((records) =>
    written.push(...records.map(({ type, attributeName }) => (type === 'attributes' ? attributeName : type))),
  );
  observer.observe(grid, { attributes: true, childList: true, subtree: true });
  for (let done = 41; done < 400; done += 12) {
    experiment.store.setState({ liveMap: of(done) });
    await painted();
  }
  experiment.store.setState({ liveMap: of(400) });
  const last = axis.at(-1);
  await expect
    .element(
      cell(`Learning rate α ${last}, Regularization β ${last}: RMSE held out ${(1 + (399 % 37) / 40).toFixed(3)}`),
    )
    .toBeInTheDocument();
  written.push(
    ...observer.takeRecords().map(({ type, attributeName }) => (type === 'attributes' ? attributeName : type)),
  );
  observer.disconnect();
  expect(written).toEqual(new Array(360).fill('aria-label'));
  expect(place.getBoundingClientRect().height).toBe(height);
});

test('a first tap tells the figures, a second one on the same cell opens', async () => {
  const { onOpen, place } = show(sweepWith(OVER_TWO, overTwo, 'running'));
  const first = cell('Learning rate α 0.001, Regularization β 0.2: held-out RMSE 1.600 ± 0.071');
  await expect.element(first).toBeInTheDocument();
  const tap = (name: string) => {
    const target = cell(name).element();
    const { left, top, width, height } = target.getBoundingClientRect();
    const at = { bubbles: true, clientX: left + width / 2, clientY: top + height / 2 };
    for (const type of ['pointerdown', 'pointerup', 'pointerout']) {
      target.dispatchEvent(new PointerEvent(type, { ...at, pointerType: 'touch', relatedTarget: document.body }));
    }
    target.dispatchEvent(new MouseEvent('click', at));
  };
  tap('Learning rate α 0.001, Regularization β 0.2: held-out RMSE 1.600 ± 0.071');
  await expect.poll(() => place.querySelector('.sweep-tip')?.textContent).toContain('α 0.001, β 0.2');
  tap('Learning rate α 0.01, Regularization β 0.1: held-out RMSE 1.300 ± 0.071');
  await expect.poll(() => place.querySelector('.sweep-tip')?.textContent).toContain('α 0.01, β 0.1');
  expect(onOpen.mock.calls).toEqual([]);
  tap('Learning rate α 0.01, Regularization β 0.1: held-out RMSE 1.300 ± 0.071');
  await expect.poll(() => onOpen.mock.calls).toEqual([[1]]);
});

test('on a phone nothing is wider than the page', async () => {
  for (const [plan, came] of [
    [OVER_TWO, overTwo],
    [OVER_K, overK],
    [SEARCH, searched],
  ] as const) {
    const { place } = show(sweepWith(plan, came, 'done'), 288);
    await expect.element(page.getByRole('figure', { name: /^RMSE held out by/ }).last()).toBeVisible();
    await painted();
    const right = place.getBoundingClientRect().right;
    const beyond = [...place.querySelectorAll('*')].filter(
      (element) => !element.closest('svg, .visually-hidden') && element.getBoundingClientRect().right > right + 0.5,
    );
    expect(beyond.map(({ className }) => className)).toEqual([]);
  }
});
