import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { Shares } from '../../src/views/inspector/Shares.tsx';
import { fakeHandle, runAt } from './fake-handle.ts';
import { render } from './render.tsx';

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
