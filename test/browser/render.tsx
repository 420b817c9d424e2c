import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { onTestFinished } from 'vitest';
import '../../src/theme/base.css';
import '../../src/theme/tokens.css';
import { type Handle, HandleContext } from '../../src/views/context.ts';

/** Puts views on the page with a handle, `width` CSS pixels wide; they go when the test ends. */
export function render(handle: Handle, views: ReactNode, width = 840): HTMLElement {
  const place = document.createElement('main');
  place.style.width = `${width}px`;
  document.body.append(place);
  const root = createRoot(place);
  root.render(<HandleContext value={handle}>{views}</HandleContext>);
  onTestFinished(() => {
    root.unmount();
    place.remove();
  });
  return place;
}

/** After this, what a change caused is on the page. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}
