import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { BUILTINS } from '../../src/core/builtin.ts';
import type { AppState, UndoEntry } from '../../src/store/state.ts';
import { Header } from '../../src/views/header/Header.tsx';
import { Messages, timeToRead } from '../../src/views/messages/Messages.tsx';
import { type Call, fakeHandle, runAt, sixByFour } from './fake-handle.ts';
import { painted, render } from './render.tsx';

let calls: Call[];
let asked: unknown[];
let place: HTMLElement;

async function open(state: Partial<AppState> = {}, width = 1280): Promise<void> {
  const fake = fakeHandle(runAt(5, false), false, { theme: 'system' });
  fake.handle.store.setState(state);
  calls = fake.calls;
  asked = [];
  place = render(
    fake.handle,
    <>
      <Header onOpen={(file) => asked.push(['open', file.name])} onExport={(kind) => asked.push(['export', kind])} />
      <Messages />
    </>,
    width,
  );
  await painted();
}

async function giveFile(name: string): Promise<void> {
  const input = place.querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('no file input');
  const files = new DataTransfer();
  files.items.add(new File(['1,2,3'], name));
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await painted();
}

const entry = (label: string): UndoEntry => ({
  label,
  study: sixByFour(false),
  datasetId: null,
  mark: null,
  restart: false,
  run: null,
});

describe('on a desk screen', () => {
  beforeEach(async () => {
    await page.viewport(1280, 800);
  });

  test('views, dataset, undo, redo, Open…, Export, theme; nothing that does not work yet', async () => {
    await open({ datasetId: 'notebook' });
    const views = page.getByRole('navigation', { name: 'Views' });
    await expect.element(views.getByRole('link', { name: 'Play' })).toHaveAttribute('href', '#/play');
    await expect.element(views.getByRole('link', { name: 'Learn' })).toHaveAttribute('href', '#/learn');
    await expect.element(views.getByRole('link', { name: 'Experiment' })).toHaveAttribute('href', '#/experiment');
    expect(views.getByRole('link').elements().length).toBe(3);
    const buttons = page.getByRole('button').elements();
    expect(buttons.map((button) => button.getAttribute('aria-label') ?? button.firstChild?.textContent)).toEqual([
      'Undo',
      'Redo',
      'Open…',
      'Export',
      'Theme: system',
    ]);
  });

  test('the dataset picker offers the built-in sets and shows the one on the page', async () => {
    await open({ datasetId: 'notebook' });
    const picker = page.getByRole('combobox', { name: 'Dataset', exact: true });
    await expect.element(picker).toHaveDisplayValue('Notebook, 6 × 4');
    expect([...place.querySelectorAll('option')].map((option) => option.textContent)).toEqual(
      BUILTINS.map((builtin) => builtin.name),
    );
    await picker.selectOptions('Generous and harsh');
    expect(calls).toEqual([['loadBuiltin', 'judges']]);
  });

  test('a file’s name stands there while it is on the page', async () => {
    await open({ datasetId: null });
    await expect.element(page.getByRole('combobox', { name: 'Dataset' })).toHaveDisplayValue('Six viewers, four films');
  });

  test('undo and redo say what they would do, and do nothing where there is nothing', async () => {
    await open({ undo: [entry('first'), entry('k 3 → 4')] });
    await expect.element(page.getByRole('button', { name: 'Undo' })).toHaveAttribute('title', 'Undo: k 3 → 4');
    await expect.element(page.getByRole('button', { name: 'Redo' })).toHaveAttribute('title', 'Nothing to redo');
    await expect.element(page.getByRole('button', { name: 'Redo' })).toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('button', { name: 'Undo' }).click();
    (page.getByRole('button', { name: 'Redo' }).element() as HTMLElement).click();
    expect(calls).toEqual([['undo']]);
  });

  test('Export is a menu that works by keys', async () => {
    await open();
    (page.getByRole('button', { name: 'Export' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('menuitem', { name: 'Session (.json)' })).toHaveFocus();
    expect(
      page
        .getByRole('menuitem')
        .elements()
        .map((item) => item.textContent),
    ).toEqual(['Session (.json)', 'Ratings (.csv)', 'Predictions (.csv)', 'Factors (.csv)']);
    for (const name of ['Ratings (.csv)', 'Predictions (.csv)']) {
      await userEvent.keyboard('{ArrowDown}');
      await expect.element(page.getByRole('menuitem', { name })).toHaveFocus();
    }
    await userEvent.keyboard('{Enter}');
    expect(asked).toEqual([['export', 'predictions']]);
  });

  test('the file input takes everything, the same file twice too', async () => {
    await open();
    expect(place.querySelector('input[type=file]')?.hasAttribute('accept')).toBe(false);
    await giveFile('ratings.csv');
    await giveFile('ratings.csv');
    expect(asked).toEqual([
      ['open', 'ratings.csv'],
      ['open', 'ratings.csv'],
    ]);
  });

  test('the theme button goes from system to light to dark and back', async () => {
    await open();
    await page.getByRole('button', { name: 'Theme: system' }).click();
    await page.getByRole('button', { name: 'Theme: light' }).click();
    await page.getByRole('button', { name: 'Theme: dark' }).click();
    expect(calls).toEqual([
      ['setView', { theme: 'light' }],
      ['setView', { theme: 'dark' }],
      ['setView', { theme: 'system' }],
    ]);
  });
});

describe('where space is short', () => {
  afterEach(() => page.viewport(1280, 800));

  test('secondary actions fold into one menu, and nothing sticks out at 320 px', async () => {
    await page.viewport(320, 700);
    document.body.style.margin = '0';
    await open({ datasetId: 'taste' }, 320);
    await expect.element(page.getByRole('button', { name: 'Menu' })).toBeVisible();
    expect(page.getByRole('button', { name: 'Export' }).query()).toBeNull();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
    for (const control of place.querySelectorAll('button, select, a')) {
      const { left, right, height } = control.getBoundingClientRect();
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(320);
      expect(height).toBeGreaterThanOrEqual(24);
    }
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitem', { name: 'Factors (.csv)' }).click();
    expect(asked).toEqual([['export', 'factors']]);
    await giveFile('session.json');
    expect(asked.at(-1)).toEqual(['open', 'session.json']);
  });
});

describe('messages', () => {
  beforeEach(async () => {
    await page.viewport(1280, 800);
  });

  test('errors are alerts, the rest is status; each can be dismissed', async () => {
    await open({
      messages: [
        { id: 1, kind: 'error', text: 'This is not valid JSON. The session stays.', action: null },
        { id: 2, kind: 'status', text: 'Opened ratings.csv.', action: null },
      ],
    });
    await expect.element(page.getByRole('alert')).toHaveTextContent('This is not valid JSON. The session stays.');
    await expect.element(page.getByRole('status')).toHaveTextContent('Opened ratings.csv.');
    await page.getByRole('button', { name: 'Dismiss' }).nth(1).click();
    expect(calls).toEqual([['dismiss', 2]]);
  });

  test('a status leaves by itself, an error stays, and clicks go through both to what is below', async () => {
    // A status stays under the pointer: wherever another test left it, it is not there.
    await userEvent.hover(page.elementLocator(document.documentElement), { position: { x: 2, y: 2 } });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const status = { id: 2, kind: 'status', text: 'Opened ratings.csv.', action: null } as const;
      await open({ messages: [{ id: 1, kind: 'error', text: 'This is not valid JSON.', action: null }, status] });
      const body = page.getByRole('status').element();
      expect(getComputedStyle(body).pointerEvents).toBe('none');
      const { left, top, width, height } = body.getBoundingClientRect();
      expect(document.elementFromPoint(left + width / 2, top + height / 2)?.closest('.message')).toBe(null);
      vi.advanceTimersByTime(timeToRead(status) - 1);
      expect(calls).toEqual([]);
      vi.advanceTimersByTime(1);
      expect(calls).toEqual([['dismiss', 2]]);
      vi.advanceTimersByTime(600_000);
      expect(calls).toEqual([['dismiss', 2]]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('an offered way on is taken, and the message goes', async () => {
    let taken = 0;
    const run = () => {
      taken += 1;
    };
    const action = { label: 'Set α to 0.01', run };
    await open({ messages: [{ id: 4, kind: 'error', text: 'α = 10 blew up.', action }] });
    await page.getByRole('button', { name: 'Set α to 0.01' }).click();
    expect(taken).toBe(1);
    expect(calls).toEqual([['dismiss', 4]]);
  });

  test('a long task has a progress bar with its share, or without one where it is unknown', async () => {
    await open({ busy: { label: 'Reading ratings.csv', share: 0.42 } });
    const bar = page.getByRole('progressbar', { name: 'Reading ratings.csv' });
    await expect.element(bar).toHaveAttribute('aria-valuenow', '42');
    await open({ busy: { label: 'Reading on', share: null } });
    await expect.element(page.getByRole('progressbar', { name: 'Reading on' })).not.toHaveAttribute('aria-valuenow');
  });

  test('a message moves nothing', async () => {
    await open();
    const before = place.querySelector('header')?.getBoundingClientRect().height;
    await open({ messages: [{ id: 1, kind: 'error', text: 'Something.', action: null }] });
    const region = place.querySelector('.messages');
    expect(region && getComputedStyle(region).position).toBe('fixed');
    expect(place.querySelector('header')?.getBoundingClientRect().height).toBe(before);
  });
});
