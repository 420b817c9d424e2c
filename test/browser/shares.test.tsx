import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { Inspect } from '../../src/views/inspector/Inspect.tsx';
import { Shares } from '../../src/views/inspector/Shares.tsx';
import { fakeHandle, runAt } from './fake-handle.ts';
import { painted, render } from './render.tsx';

test('a share and its cells light each other up', async () => {
  const { handle } = fakeHandle(runAt(640, true), true);
  const place = render(
    handle,
    <Shares
      shares={[
        { kind: 'factor', number: 1, value: 1.5 },
        { kind: 'factor', number: 2, value: -0.5 },
      ]}
      sum={1}
    />,
  );
  await page.getByText('factor 2').hover();
  const { hovered, selected } = handle.pointer.getState();
  expect(hovered).toEqual({ ...selected, factor: 1 });
  handle.pointer.getState().hover({ user: null, item: 0, factor: 0 });
  await expect.poll(() => place.querySelector('.share-lit')?.textContent).toContain('factor 1');
});

const printed = (place: HTMLElement) =>
  [...place.querySelectorAll('.share-value')].map((value) => value.textContent ?? '');

test('printed shares add up to the printed sum, and small ones are no zeros', async () => {
  const { handle } = fakeHandle(runAt(640, true), true);
  const shown = async (values: readonly number[]) => {
    const shares = values.map((value, at) => ({ kind: 'factor' as const, number: at + 1, value }));
    const sum = values.reduce((total, value) => total + value, 0);
    const place = render(handle, <Shares shares={shares} sum={sum} />);
    await painted();
    return printed(place);
  };
  // Rounded one by one they make 1.34 under a sum of 1.33.
  const rounded = [1.2651, 0.0251, -0.3051, 0.3151, 0.0251];
  expect(rounded.reduce((total, value) => total + Number(value.toFixed(2)), 0)).toBeCloseTo(1.34, 9);
  for (const values of [rounded, [0.0031, -0.0012, 0.00042], [1.5, 0.995, 0.995]]) {
    const written = await shown(values);
    const parts = written.slice(0, -1).map(Number);
    expect(parts.reduce((total, part) => total + part, 0)).toBeCloseTo(Number(written.at(-1)), 9);
  }
  expect(await shown([0.0031, -0.0012, 0.00042])).toEqual(['0.0031', '-0.0012', '0.0004', '0.0023']);
  expect((await shown(rounded)).at(-1)).toBe('1.33');
});

test('of many factors the rest is one share until all are asked for', async () => {
  const { handle } = fakeHandle(runAt(640, true), true);
  const k = 20;
  const numbers = (rows: number) => Float64Array.from({ length: rows * k }, (_, at) => 0.1 + (at % 5) * 0.1);
  handle.store.setState(({ run }) => ({
    run: { ...run, view: run.view && { ...run.view, k, P: numbers(6), Q: numbers(4) } },
  }));
  const place = render(handle, <Inspect />, 340);
  const terms = () => [...place.querySelectorAll('.shares dt')].map((term) => term.textContent);
  await expect.poll(() => terms().length).toBe(11 + 1 + 1);
  expect(terms().at(-2)).toBe('9 smaller');
  const sum = printed(place).at(-1);
  await page.getByRole('button', { name: 'Show all 20 factors' }).click();
  expect(terms().slice(0, -1)).toEqual(Array.from({ length: k }, (_, f) => `factor ${f + 1}`));
  expect(printed(place).at(-1)).toBe(sum);
  await page.getByRole('button', { name: 'Show the largest factors only' }).click();
  expect(terms().length).toBe(13);
});
