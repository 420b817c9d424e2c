import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../../src/theme/tokens.css';
import '../../../src/theme/base.css';
import type { Dataset } from '../../../src/core/dataset.ts';
import { type Rating, ratingsFrom } from '../../../src/core/ratings.ts';
import { type Handle, HandleContext, useApp } from '../../../src/views/context.ts';
import { RatingsGrid, type RatingsGridProps } from '../../../src/views/grid/RatingsGrid.tsx';
import { ScaleFields } from '../../../src/views/grid/ScaleFields.tsx';
import { type Call, fakeHandle, runAt } from '../../browser/fake-handle.ts';
import { datasetFromText, textFromDataset } from '../../core/dataset-from-text.ts';

const START = '5 3? . 1 / 4 . . 1 / 1 1 . 5';

let root: Root;
let container: HTMLElement;
let handle: Handle;
let calls: Call[];

/** Shows every user and item of the dataset, as the stage does for a small one. */
function Shown(props: Partial<RatingsGridProps>) {
  const users = useApp((state) => state.study.dataset.userKeys);
  const items = useApp((state) => state.study.dataset.itemKeys);
  return (
    <RatingsGrid
      columnWidth={48}
      rowHeight={40}
      headerWidth={70}
      headerHeight={24}
      showLabels
      fontSize={13}
      users={users.map((_, user) => user)}
      items={items.map((_, item) => item)}
      {...props}
    />
  );
}

async function show(dataset: Dataset, props: Partial<RatingsGridProps> = {}): Promise<void> {
  const fake = fakeHandle(runAt(0, true), true);
  calls = fake.calls;
  const { store, pointer, actions, jobs } = fake.handle;
  store.setState((state) => ({ study: { ...state.study, dataset } }));
  pointer.getState().select(0, 0);
  handle = {
    store,
    pointer,
    jobs,
    actions: {
      ...actions,
      changeDataset: (next, label, mark) => {
        calls.push(['changeDataset', next, label, mark]);
        store.setState((state) => ({ study: { ...state.study, dataset: next } }));
      },
    },
  };
  root.render(
    <HandleContext value={handle}>
      <Shown {...props} />
      <ScaleFields />
      <button type="button">after</button>
    </HandleContext>,
  );
  await expect.element(page.getByRole('grid', { name: 'Ratings R' })).toBeInTheDocument();
}

beforeEach(async () => {
  container = document.createElement('div');
  document.body.append(container);
  root = createRoot(container);
  await show(datasetFromText(START));
});

afterEach(() => {
  root.unmount();
  container.remove();
});

const dataset = (): Dataset => handle.store.getState().study.dataset;
const ratings = (): string => textFromDataset(dataset());
const labels = (): unknown[] => calls.filter(([name]) => name === 'changeDataset').map((call) => call[2]);
const reported = (): unknown[] => calls.filter(([name]) => name === 'report').map((call) => call[1]);
const focused = (): string =>
  document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '';
const cell = (name: string) => page.getByRole('gridcell', { name, exact: true });
const field = () => page.getByRole('textbox');

async function goTo(name: string): Promise<void> {
  await cell(name).click();
  await expect.poll(focused).toBe(name);
}

async function expectFocus(name: string): Promise<void> {
  await expect.poll(focused).toBe(name);
}

function fire(type: 'copy' | 'cut' | 'paste', text = ''): string {
  const clipboardData = new DataTransfer();
  if (type === 'paste') clipboardData.setData('text/plain', text);
  document.activeElement?.dispatchEvent(new ClipboardEvent(type, { clipboardData, bubbles: true, cancelable: true }));
  return clipboardData.getData('text/plain');
}

describe('names', () => {
  test('tell rating, gap and held out apart', async () => {
    const names = [...container.querySelectorAll('[role="gridcell"]')].map((element) =>
      element.getAttribute('aria-label'),
    );
    expect(names).toEqual([
      'Ana, Alien: 5',
      'Ana, Brazil: 3, held out',
      'Ana, Clue: gap',
      'Ana, Dune: 1',
      'Bo, Alien: 4',
      'Bo, Brazil: gap',
      'Bo, Clue: gap',
      'Bo, Dune: 1',
      'Chen, Alien: 1',
      'Chen, Brazil: 1',
      'Chen, Clue: gap',
      'Chen, Dune: 5',
    ]);
  });

  test('and places are told: rows, columns, headers', async () => {
    const grid = page.getByRole('grid', { name: 'Ratings R' });
    await expect.element(grid).toHaveAttribute('aria-rowcount', '4');
    await expect.element(grid).toHaveAttribute('aria-colcount', '5');
    await expect.element(cell('Chen, Dune: 5')).toHaveAttribute('aria-colindex', '5');
    expect(cell('Chen, Dune: 5').element().closest('[role="row"]')?.getAttribute('aria-rowindex')).toBe('4');
    await expect.element(page.getByRole('rowheader', { name: 'Bo' })).toBeVisible();
    await expect.element(page.getByRole('columnheader', { name: 'Clue' })).toHaveAttribute('title', 'Clue');
  });

  test('of markup are text', async () => {
    await show({ ...datasetFromText('5'), users: ['<b>Ana</b>'], items: ['__proto__'] });
    await expect.element(cell('<b>Ana</b>, __proto__: 5')).toBeInTheDocument();
    expect(container.querySelector('b')).toBeNull();
  });

  test('stay for assistive technology where there is no room for them', async () => {
    await show(datasetFromText(START), {
      showLabels: false,
      headerWidth: 12,
      headerHeight: 12,
      columnWidth: 9,
      rowHeight: 9,
    });
    await expect.element(page.getByRole('rowheader', { name: 'Bo' })).toBeInTheDocument();
    await expect.element(page.getByRole('columnheader', { name: 'Dune' })).toBeInTheDocument();
  });
});

describe('moving', () => {
  test('click, arrows, Home and End; the inspector follows', async () => {
    await goTo('Bo, Clue: gap');
    expect(handle.pointer.getState().selected).toEqual({ user: 1, item: 2 });
    await userEvent.keyboard('{ArrowUp}{ArrowRight}');
    await expectFocus('Ana, Dune: 1');
    await userEvent.keyboard('{Home}');
    await expectFocus('Ana, Alien: 5');
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await expectFocus('Chen, Dune: 5');
    expect(handle.pointer.getState().selected).toEqual({ user: 2, item: 3 });
    await userEvent.keyboard('{Control>}{ArrowLeft}{/Control}');
    await expectFocus('Chen, Brazil: 1');
    expect(calls).toEqual([]);
  });

  test('Tab enters at the cell that was left and leaves again', async () => {
    await goTo('Bo, Dune: 1');
    await userEvent.keyboard('{Tab}');
    expect(container.querySelector('[role="grid"]')?.contains(document.activeElement)).toBe(false);
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
    await expectFocus('Bo, Dune: 1');
    expect(container.querySelectorAll('[role="grid"] [tabindex="0"]').length).toBe(1);
  });

  test('stands where another view selected, without taking the focus', async () => {
    await page.getByRole('button', { name: 'after' }).click();
    handle.pointer.getState().select(2, 1);
    await expect.element(cell('Chen, Brazil: 1')).toHaveAttribute('tabindex', '0');
    expect(focused()).toBe('after');
  });

  test('the pointer is told to the other views', async () => {
    await cell('Chen, Dune: 5').hover();
    expect(handle.pointer.getState().hovered).toEqual({ user: 2, item: 3, factor: null });
    await page.getByRole('columnheader', { name: 'Clue' }).hover();
    expect(handle.pointer.getState().hovered).toEqual({ user: null, item: 2, factor: null });
    await page.getByRole('button', { name: 'after' }).hover();
    expect(handle.pointer.getState().hovered).toBeNull();
  });
});

describe('typing', () => {
  test('overwrites; Enter takes it in and moves down', async () => {
    await goTo('Bo, Clue: gap');
    await userEvent.keyboard('4{Enter}');
    await expectFocus('Chen, Clue: gap');
    expect(ratings()).toBe('5 3? . 1 / 4 . 4 1 / 1 1 . 5');
    expect(labels()).toEqual(['Bo, Clue: 4']);
  });

  test('Tab moves right, arrows move on, and a second Tab leaves', async () => {
    await goTo('Bo, Brazil: gap');
    await userEvent.keyboard('2{Tab}-1.5{ArrowRight}');
    await expectFocus('Bo, Dune: 1');
    expect(ratings()).toBe('5 3? . 1 / 4 2 -1.5 1 / 1 1 . 5');
    await userEvent.keyboard('{Tab}');
    expect(container.querySelector('[role="grid"]')?.contains(document.activeElement)).toBe(false);
  });

  test('F2 and Enter open with the value; Esc lets the text go', async () => {
    await goTo('Ana, Alien: 5');
    await userEvent.keyboard('{F2}');
    await expect.element(field()).toHaveValue('5');
    await userEvent.keyboard('{End}.5{Escape}');
    await expectFocus('Ana, Alien: 5');
    await userEvent.keyboard('{Enter}{End}.5{ArrowLeft}2{Enter}');
    await expectFocus('Bo, Alien: 4');
    expect(ratings()).toBe('5.25 3? . 1 / 4 . . 1 / 1 1 . 5');
  });

  test('the same number again is no step', async () => {
    await goTo('Ana, Alien: 5');
    await userEvent.keyboard('{Enter}{Enter}');
    await expectFocus('Bo, Alien: 4');
    await userEvent.keyboard('4.0{Enter}');
    await expectFocus('Chen, Alien: 1');
    expect(calls).toEqual([]);
  });

  test('an emptied field makes a gap; 0 is a rating', async () => {
    await goTo('Ana, Alien: 5');
    await userEvent.keyboard('{F2}{Backspace}{Enter}0{Enter}');
    await expectFocus('Chen, Alien: 1');
    expect(ratings()).toBe('. 3? . 1 / 0 . . 1 / 1 1 . 5');
    expect(labels()).toEqual(['Ana, Alien: gap', 'Bo, Alien: 0']);
  });

  test.each([
    ['3,5', { code: 'decimal-comma', got: '3,5', expected: '3.5' }],
    ['4abc', { code: 'not-a-number', got: '4abc' }],
    ['abc', { code: 'not-a-number', got: 'abc' }],
    ['1e400', { code: 'not-finite', got: '1e400' }],
    ['-1e101', { code: 'rating-too-large', got: '-1e101', expected: '1e+100' }],
  ])('%s is answered, kept in the field, and changes nothing', async (typed, problem) => {
    await goTo('Ana, Alien: 5');
    await userEvent.keyboard(`${typed}{Enter}`);
    await expect.element(field()).toHaveValue(typed);
    await expect.element(field()).toHaveAttribute('aria-invalid', 'true');
    // The message is read elsewhere and says which cell; the note under the field need not.
    expect(reported()).toEqual([{ ...problem, where: 'Ana, Alien' }]);
    expect(document.activeElement).toBe(field().element());
    expect(ratings()).toBe(START);
    await userEvent.keyboard('{Escape}');
    await expectFocus('Ana, Alien: 5');
    expect(labels()).toEqual([]);
  });

  test('a wrong text stays also when the person goes elsewhere, answered once', async () => {
    await goTo('Ana, Alien: 5');
    await userEvent.keyboard('3,5');
    await page.getByRole('button', { name: 'after' }).click();
    await expect.element(field()).toHaveValue('3,5');
    await field().click();
    await page.getByRole('button', { name: 'after' }).click();
    await cell('Chen, Dune: 5').click();
    await expect.element(field()).toHaveValue('3,5');
    expect(reported().length).toBe(1);
    await field().fill('3.5');
    await userEvent.keyboard('{Enter}');
    expect(ratings()).toBe('3.5 3? . 1 / 4 . . 1 / 1 1 . 5');
  });

  test('a right text is taken in when the person clicks elsewhere', async () => {
    await goTo('Ana, Alien: 5');
    await userEvent.keyboard('2');
    await cell('Chen, Dune: 5').click();
    await expectFocus('Chen, Dune: 5');
    expect(ratings()).toBe('2 3? . 1 / 4 . . 1 / 1 1 . 5');
  });

  test('outside the scale is allowed and remarked on', async () => {
    await goTo('Ana, Alien: 5');
    await userEvent.keyboard('7');
    await expect.element(page.getByText('Outside the scale 1 … 5; allowed.')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(cell('Ana, Alien: 7')).toBeInTheDocument();
  });

  test('a double click opens the editor', async () => {
    await cell('Bo, Alien: 4').dblClick();
    await expect.element(field()).toHaveValue('4');
  });
});

test('a tap selects, a second tap edits, a swipe does neither', async () => {
  const touch = (name: string, type: string, shift = 0) => {
    const target = cell(name).element();
    const { x, y } = target.getBoundingClientRect();
    const at = { clientX: x + 9, clientY: y + 9 + shift };
    target.dispatchEvent(new PointerEvent(type, { pointerType: 'touch', ...at, bubbles: true, cancelable: true }));
  };
  touch('Bo, Alien: 4', 'pointerdown');
  touch('Bo, Alien: 4', 'pointerup');
  await expectFocus('Bo, Alien: 4');
  touch('Bo, Clue: gap', 'pointerdown');
  touch('Bo, Clue: gap', 'pointerup', 30);
  touch('Bo, Alien: 4', 'pointerdown');
  touch('Bo, Alien: 4', 'pointerup');
  await expect.element(field()).toHaveValue('4');
});

describe('blocks', () => {
  test('are selected by Shift with arrows, click and drag, and by Ctrl+A', async () => {
    const selected = () => container.querySelectorAll('[role="gridcell"][aria-selected="true"]').length;
    await goTo('Ana, Alien: 5');
    expect(selected()).toBe(1);
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowDown}{/Shift}');
    await expect.poll(selected).toBe(4);
    await expectFocus('Ana, Alien: 5');
    await cell('Chen, Clue: gap').click({ modifiers: ['Shift'] });
    await expect.poll(selected).toBe(9);
    await userEvent.dragAndDrop(cell('Bo, Brazil: gap'), cell('Chen, Dune: 5'));
    await expect.poll(selected).toBe(6);
    await userEvent.keyboard('{Control>}a{/Control}');
    await expect.poll(selected).toBe(12);
    await userEvent.keyboard('{Escape}');
    await expect.poll(selected).toBe(1);
  });

  test('Delete makes gaps of all of it in one step', async () => {
    await goTo('Ana, Alien: 5');
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowDown}{/Shift}{Delete}');
    expect(ratings()).toBe('. . . 1 / . . . 1 / 1 1 . 5');
    expect(labels()).toEqual(['gaps 2 × 2']);
    await userEvent.keyboard('{Delete}');
    expect(labels().length).toBe(1);
  });

  test('copy, cut and paste as tab-separated text', async () => {
    await goTo('Ana, Clue: gap');
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowDown}{/Shift}');
    expect(fire('copy')).toBe('\t1\n\t1');
    expect(fire('cut')).toBe('\t1\n\t1');
    await expect.poll(ratings).toBe('5 3? . . / 4 . . . / 1 1 . 5');
    await goTo('Ana, Alien: 5');
    fire('paste', '\t1\r\n2\t\r\n');
    await expect.poll(ratings).toBe('. 1? . . / 2 . . . / 1 1 . 5');
    expect(labels()).toEqual(['gaps 2 × 2', 'paste 2 × 2']);
    expect(container.querySelectorAll('[role="gridcell"][aria-selected="true"]').length).toBe(4);
  });

  test('a paste may grow the grid', async () => {
    await goTo('Chen, Dune: 5');
    fire('paste', '2\t3\n4\t5');
    await expect.element(cell('User 4, Item 5: 5')).toBeInTheDocument();
    expect(ratings()).toBe('5 3? . 1 . / 4 . . 1 . / 1 1 . 2 3 / . . . 4 5');
  });

  test('but not where only a window is shown', async () => {
    await show(datasetFromText(START), { users: [2, 0], items: [1, 3] });
    await goTo('Ana, Dune: 1');
    fire('paste', '2\t3');
    expect(reported()).toEqual([{ code: 'block-does-not-fit', got: '1 × 2 cells', expected: '1 × 1' }]);
    fire('paste', '2');
    await expect.poll(ratings).toBe('5 3? . 2 / 4 . . 1 / 1 1 . 5');
  });

  test('a wrong cell stops the whole paste and is named', async () => {
    await goTo('Ana, Alien: 5');
    fire('paste', '1\t2\n3\t3,5');
    fire('paste', '1\t2\n3');
    fire('paste', '1\tNaN');
    expect(reported()).toEqual([
      { code: 'decimal-comma', where: 'row 2, column 2 (Bo, Brazil)', got: '3,5', expected: '3.5' },
      { code: 'block-ragged', where: 'row 2', got: '1', expected: '2' },
      { code: 'not-a-number', where: 'row 1, column 2 (Ana, Brazil)', got: 'NaN' },
    ]);
    expect(ratings()).toBe(START);
  });

  test('zeros of a dense paste are ratings, or gaps by choice, as one step', async () => {
    await goTo('Ana, Alien: 5');
    fire('paste', '1\t0\n0\t2');
    expect(ratings()).toBe('1 0? . 1 / 0 2 . 1 / 1 1 . 5');
    const said = calls.find(([name]) => name === 'say');
    expect(said?.[1]).toBe('Pasted with 2 ratings of 0.');
    const action = said?.[2];
    if (typeof action !== 'object' || action === null || !('run' in action) || typeof action.run !== 'function')
      throw new Error('no action');
    expect(action).toMatchObject({ label: 'Read zeros as gaps' });
    action.run();
    expect(ratings()).toBe('1 . . 1 / . 2 . 1 / 1 1 . 5');
    const marks = calls.filter(([name]) => name === 'changeDataset').map((call) => call[3]);
    expect(marks.length).toBe(2);
    expect(marks[0]).toBe(marks[1]);
    expect(marks[0]).toEqual(expect.stringMatching(/^paste \d+$/));
  });

  test('are filled down and right', async () => {
    await goTo('Ana, Alien: 5');
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}{Control>}d{/Control}');
    expect(ratings()).toBe('5 3? . 1 / 5 . . 1 / 5 1 . 5');
    await goTo('Chen, Brazil: 1');
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}{Control>}r{/Control}');
    expect(ratings()).toBe('5 3? . 1 / 5 . . 1 / 5 1 1 1');
    expect(labels()).toEqual(['fill 3 × 1', 'fill 1 × 3']);
  });

  test('H holds out and returns; a gap is answered', async () => {
    await goTo('Ana, Alien: 5');
    await userEvent.keyboard('h');
    await expectFocus('Ana, Alien: 5, held out');
    await userEvent.keyboard('H');
    await expectFocus('Ana, Alien: 5');
    await goTo('Bo, Clue: gap');
    await userEvent.keyboard('h');
    expect(reported()).toEqual([{ code: 'gap-cannot-be-held-out' }]);
    expect(labels()).toEqual(['Ana, Alien held out', 'Ana, Alien back in training']);
  });
});

describe('users and items', () => {
  const users = () => dataset().users;
  const items = () => dataset().items;

  test('are added at the end, and the focus goes to the new header', async () => {
    await page.getByRole('button', { name: 'Add user' }).click();
    await expectFocus('User 4');
    await page.getByRole('button', { name: 'Add item' }).click();
    await expectFocus('Item 5');
    expect([users().at(-1), items().at(-1)]).toEqual(['User 4', 'Item 5']);
    expect(labels()).toEqual(['User 4 added', 'Item 5 added']);
  });

  test('are reached and renamed by keys', async () => {
    await goTo('Ana, Brazil: 3, held out');
    await userEvent.keyboard('{ArrowUp}{F2}');
    await expect.element(field()).toHaveValue('Brazil');
    await userEvent.keyboard('Alien{Enter}');
    await expect.element(field()).toHaveAttribute('aria-invalid', 'true');
    expect(reported()).toEqual([{ code: 'name-taken', got: 'Alien' }]);
    await field().fill(' Amélie ');
    await userEvent.keyboard('{Enter}');
    await expectFocus('Amélie');
    expect(items()).toEqual(['Alien', 'Amélie', 'Clue', 'Dune']);
    expect(labels()).toEqual(['Brazil → Amélie']);
  });

  test('a double click on a header renames', async () => {
    await page.getByRole('rowheader', { name: 'Bo' }).dblClick();
    await field().fill('Bob');
    await userEvent.keyboard('{Enter}');
    await expectFocus('Bob');
    expect(users()).toEqual(['Ana', 'Bob', 'Chen']);
  });

  test('move by Alt and arrows, with the focus', async () => {
    await goTo('Ana, Alien: 5');
    await userEvent.keyboard('{ArrowLeft}{Alt>}{ArrowDown}{/Alt}');
    await expect.poll(users).toEqual(['Bo', 'Ana', 'Chen']);
    await expectFocus('Ana');
    await userEvent.keyboard('{Alt>}{ArrowDown}{ArrowDown}{/Alt}');
    await expect.poll(users).toEqual(['Bo', 'Chen', 'Ana']);
    await goTo('Ana, Dune: 1');
    await userEvent.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    await expectFocus('Ana, Dune: 1');
    expect(items()).toEqual(['Alien', 'Brazil', 'Dune', 'Clue']);
  });

  test('move by dragging their headers', async () => {
    await userEvent.dragAndDrop(
      page.getByRole('columnheader', { name: 'Dune' }),
      page.getByRole('columnheader', { name: 'Alien' }),
    );
    await expect.poll(items).toEqual(['Dune', 'Alien', 'Brazil', 'Clue']);
    expect(ratings()).toBe('1 5 3? . / 1 4 . . / 5 1 1 .');
  });

  test('a header stands for its ratings', async () => {
    await goTo('Bo, Alien: 4');
    await userEvent.keyboard('{ArrowLeft}{Delete}');
    await expect.poll(ratings).toBe('5 3? . 1 / . . . . / 1 1 . 5');
  });
});

describe('menus', () => {
  const item = (name: string) => page.getByRole('menuitem', { name, exact: true });

  test('open by right click at the cell', async () => {
    await cell('Chen, Dune: 5').click({ button: 'right' });
    await item('Hold out').click();
    await expectFocus('Chen, Dune: 5, held out');
    await cell('Chen, Dune: 5, held out').click({ button: 'right' });
    await item('Return to training').click();
    await expectFocus('Chen, Dune: 5');
  });

  test.each(['{Shift>}{F10}{/Shift}', '{ContextMenu}'])('open by %s, and Esc gives the focus back', async (keys) => {
    await goTo('Bo, Alien: 4');
    await userEvent.keyboard(keys);
    await expect.element(item('Make a gap')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expectFocus('Bo, Alien: 4');
  });

  test('insert, move, remove', async () => {
    await goTo('Bo, Alien: 4');
    await page.getByRole('button', { name: 'Cell menu' }).click();
    await item('Insert user above').click();
    await expectFocus('User 4');
    expect(ratings()).toBe('5 3? . 1 / . . . . / 4 . . 1 / 1 1 . 5');
    await goTo('Bo, Alien: 4');
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await item('Move item right').click();
    await expectFocus('Bo, Alien: 4');
    expect(dataset().items).toEqual(['Brazil', 'Alien', 'Clue', 'Dune']);
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}{Shift>}{F10}{/Shift}');
    await item('Remove 2 users').click();
    await expect.poll(ratings).toBe('3? 5 . 1 / . . . .');
    expect(labels().at(-1)).toBe('2 removed');
  });

  test('rename opens the field with the focus', async () => {
    await goTo('Bo, Alien: 4');
    await page.getByRole('button', { name: 'Cell menu' }).click();
    await item('Rename user').click();
    await expect.element(field()).toHaveFocus();
    await userEvent.keyboard('Bob{Enter}');
    expect(dataset().users).toEqual(['Ana', 'Bob', 'Chen']);
  });

  test('open by a long press, and lifting the finger leaves them open', async () => {
    const target = cell('Bo, Alien: 4').element();
    const { x, y } = target.getBoundingClientRect();
    const touch = (type: string) =>
      target.dispatchEvent(
        new PointerEvent(type, {
          pointerType: 'touch',
          clientX: x + 9,
          clientY: y + 9,
          bubbles: true,
          cancelable: true,
        }),
      );
    touch('pointerdown');
    await expect.element(item('Rename user')).toBeVisible();
    touch('pointerup');
    await item('Make a gap').click();
    expect(labels()).toEqual(['Bo, Alien: gap']);
  });

  test('copy and paste through the clipboard, or say that it was refused', async () => {
    const clipboard = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    vi.spyOn(navigator.clipboard, 'readText').mockResolvedValueOnce('2\t2').mockRejectedValueOnce(new Error('no'));
    await goTo('Bo, Alien: 4');
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await item('Copy').click();
    expect(clipboard.mock.calls).toEqual([['4']]);
    await expectFocus('Bo, Alien: 4');
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await item('Paste').click();
    await expect.poll(ratings).toBe('5 3? . 1 / 2 2 . 1 / 1 1 . 5');
    await expectFocus('Bo, Alien: 2');
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await item('Paste').click();
    await expect.poll(reported).toEqual([{ code: 'clipboard-refused' }]);
  });

  test('the last user cannot be removed', async () => {
    await show(datasetFromText('5 3'));
    await goTo('Ana, Alien: 5');
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await item('Remove user').click();
    await expect.poll(reported).toEqual([{ code: 'last-row' }]);
  });
});

test('a large grid has elements around the focus only, and reads the rest off the drawing', async () => {
  const list: Rating[] = Array.from({ length: 100 }, (_, n) => ({ user: n, item: n, value: n }));
  const base = datasetFromText('5');
  const names = (count: number, what: string) => Array.from({ length: count }, (_, n) => `${what}${n}`);
  const keys = (count: number) => Array.from({ length: count }, (_, n) => n);
  await show(
    {
      ...base,
      users: names(200, 'u'),
      items: names(100, 'i'),
      userKeys: keys(200),
      itemKeys: keys(100),
      ratings: ratingsFrom(list),
    },
    { columnWidth: 9, rowHeight: 8, headerWidth: 12, headerHeight: 12, showLabels: false },
  );
  await expect.poll(() => container.querySelectorAll('[role="gridcell"]').length).toBe(200);
  const grid = page.getByRole('grid', { name: 'Ratings R' });
  await grid.click({ position: { x: 12 + 9 * 50 + 4, y: 12 + 8 * 50 + 4 } });
  await expectFocus('u50, i50: 50');
  expect(container.querySelectorAll('[role="gridcell"]').length).toBe(300);
  await userEvent.keyboard('{ArrowDown}7{Enter}');
  await expectFocus('u52, i50: gap');
  expect(labels()).toEqual(['u51, i50: 7']);
});

describe('the scale', () => {
  const scaleField = (name: string) => page.getByRole('spinbutton', { name });

  test('is changed by its fields', async () => {
    await scaleField('Scale max').fill('10');
    await userEvent.keyboard('{Enter}');
    await scaleField('Scale step').fill('0.5');
    await userEvent.keyboard('{Enter}');
    expect(dataset().scale).toEqual({ min: 1, max: 10, step: 0.5 });
    expect(labels()).toEqual(['scale 1 … 10, step 1', 'scale 1 … 10, step 0.5']);
  });

  test.each([
    ['Scale min', '5', 'The scale needs a minimum below its maximum and a step above 0. Scale min stays 1.'],
    ['Scale max', '1e101', '1e+101 is too large: the most is 1e+100. Scale max stays 5.'],
    ['Scale min', '-1e101', '-1e+101 is too small: the least is -1e+100. Scale min stays 1.'],
  ])('%s of %s is answered beside the field, kept in it, and changes nothing', async (name, typed, answer) => {
    await scaleField(name).fill(typed);
    await userEvent.keyboard('{Enter}');
    await expect.element(scaleField(name)).toHaveValue(typed);
    await expect.element(scaleField(name)).toHaveAttribute('aria-invalid', 'true');
    await expect.element(page.getByRole('alert')).toHaveTextContent(answer);
    expect(calls).toEqual([]);
    expect(dataset().scale).toEqual({ min: 1, max: 5, step: 1 });
  });

  test('arrow keys stop before the order is lost', async () => {
    await scaleField('Scale min').click();
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}{ArrowUp}{ArrowUp}');
    expect(dataset().scale).toEqual({ min: 4, max: 5, step: 1 });
  });
});
