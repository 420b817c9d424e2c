import { expect, onTestFinished, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { EMPTY_HISTORY } from '../../src/core/history.ts';
import type { Lesson } from '../../src/lessons/lesson.ts';
import { createJobs } from '../../src/store/jobs.ts';
import { createGuide, type Guide } from '../../src/store/lesson.ts';
import { createAppStore, type Store } from '../../src/store/store.ts';
import type { Surroundings } from '../../src/store/trainer.ts';
import type { Handle } from '../../src/views/context.ts';
import { Learn } from '../../src/views/learn/Learn.tsx';
import { createSession } from '../../src/worker/session.ts';
import { sixByFour } from './fake-handle.ts';
import { painted, render } from './render.tsx';
import { TINY } from './tiny-lesson.ts';

const surroundings: Surroundings = {
  now: () => performance.now(),
  nextFrame: (callback) => void requestAnimationFrame(callback),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

interface Room {
  readonly app: Store;
  readonly guide: Guide;
  readonly saved: ReadonlySet<string>[];
}

/** A lesson's own store on a real session, without a worker. */
function room(done: readonly string[] = []): Room {
  const worker = createSession();
  let app: Store | null = null;
  app = createAppStore({
    trainer: { send: (request) => void queueMicrotask(() => app?.receive(worker.handle(request))) },
    surroundings,
    builtins: [],
    initial: { study: sixByFour(false), state: null, history: EMPTY_HISTORY, marks: [], extensions: {} },
    datasetId: null,
    view: {},
  });
  const saved: ReadonlySet<string>[] = [];
  const guide = createGuide({ app, surroundings, done: new Set(done), onDone: (now) => saved.push(now) });
  return { app, guide, saved };
}

/** What views are handed there; nothing is retrained in these tests. */
function handleOf({ app, guide }: Pick<Room, 'app' | 'guide'>): Handle {
  const jobs = createJobs({ app, pool: () => ({ run: async () => 'canceled' }), surroundings });
  return { store: app.store, pointer: app.pointer, actions: guide.actions, jobs, lesson: guide };
}

/** The view at a step, in a room. */
function at(step: number, { app, guide }: Room, lesson: Lesson = TINY, width = 1280): HTMLElement {
  const handle = handleOf({ app, guide });
  const place = { list: false, lesson, step } as const;
  const before = window.location.hash;
  onTestFinished(() => {
    guide.leave();
    window.location.hash = before;
  });
  return render(
    handle,
    <Learn guide={guide} lessons={[lesson]} own={null} place={place} onSaveOwn={() => {}} />,
    width,
  );
}

const done = () => page.getByRole('region', { name: 'Done.' });
const ready = (guide: Guide) => expect.poll(() => guide.store.getState().phase).toBe('ready');

test('sets its stage, notices when the task is done, and remembers it', async () => {
  const here = room();
  at(0, here);
  await ready(here.guide);
  const { study, run, view, undo } = here.app.store.getState();
  expect([study.dataset.name, run.epoch, view.runTo, undo.length]).toEqual(['Two by two', 0, 70, 0]);
  await expect.element(page.getByRole('heading', { name: 'A tiny lesson' })).toBeVisible();
  await expect.element(page.getByText('Ratings: 2;')).toBeVisible();
  await expect.element(done()).not.toBeInTheDocument();
  await userEvent.fill(page.getByRole('spinbutton', { name: 'Run to epoch' }), '19');
  await userEvent.keyboard('{Enter}');
  await userEvent.click(page.getByRole('button', { name: 'Run', exact: true }));
  await expect.poll(() => here.guide.store.getState().facts?.trained).toBe(19);
  await expect.element(done()).not.toBeInTheDocument();
  await userEvent.click(page.getByRole('button', { name: 'Step one epoch' }));
  await expect.element(done()).toHaveTextContent('The epoch is 20, and it was 0.');
  expect(here.saved.map((one) => [...one])).toEqual([['tiny/train']]);
});

test('a question keeps its answer until the run has given it', async () => {
  const here = room();
  const root = at(0, here);
  await ready(here.guide);
  const question = page.getByRole('radiogroup', { name: 'Where will it go?' });
  await userEvent.click(question.getByRole('radio', { name: 'downward' }));
  expect(here.guide.store.getState().answer).toBeNull();
  expect(root.textContent).not.toContain('Right.');
  expect(root.textContent).not.toContain('It is “');
  here.guide.show();
  await expect.element(done()).toHaveTextContent('You said “downward”. It is “upward”.');
  expect(here.guide.store.getState().answer).toBe('up');
  await expect.element(question.getByRole('radio', { name: 'downward' })).toBeDisabled();
});

test('a step that keeps the stage goes on from it, or from what the app does for the step before', async () => {
  const here = room();
  here.guide.enter(TINY, 0);
  await ready(here.guide);
  here.guide.actions.runTo(33);
  await expect.poll(() => here.guide.store.getState().met).toBe(true);
  await expect.poll(() => here.app.store.getState().run.status).toBe('ready');
  here.guide.enter(TINY, 1);
  await ready(here.guide);
  expect(here.app.store.getState().run.epoch).toBe(33);
  const other = room();
  other.guide.enter(TINY, 1);
  await ready(other.guide);
  expect(other.app.store.getState().run.epoch).toBe(20);
  expect(other.guide.store.getState().met).toBe(false);
  other.guide.show();
  await expect.poll(() => other.guide.store.getState().met).toBe(true);
  expect(other.app.store.getState().study.dataset.ratings.value).toContain(2);
});

test('a clicker shows what is to be done, then goes on', async () => {
  const here = room();
  at(0, here);
  await ready(here.guide);
  await userEvent.keyboard('{PageDown}');
  await expect.element(done()).toBeVisible();
  expect(window.location.hash).not.toContain('go-on');
  await userEvent.keyboard('{PageDown}');
  expect(window.location.hash).toBe('#/learn/tiny/go-on');
  await userEvent.keyboard('{PageUp}');
  expect(window.location.hash).toBe('#/learn');
});

test('a clicker that is pressed again while the task is shown goes on once it is done', async () => {
  const here = room();
  at(0, here);
  await ready(here.guide);
  // Sooner than any answer of the run.
  const press = () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown' }));
  press();
  press();
  const { met, showing } = here.guide.store.getState();
  expect([met, showing]).toEqual([false, true]);
  await expect.poll(() => window.location.hash).toBe('#/learn/tiny/go-on');
  expect(here.app.store.getState().run.epoch).toBe(20);
  expect([...here.guide.store.getState().done]).toEqual(['tiny/train']);
});

test('arrows stay with fields, sliders and grids; page keys leave them all', async () => {
  const here = room();
  at(2, here);
  await ready(here.guide);
  const before = window.location.hash;
  await userEvent.click(page.getByRole('spinbutton', { name: 'e', exact: true }));
  await userEvent.keyboard('{ArrowRight}');
  expect(window.location.hash).toBe(before);
  await userEvent.click(page.getByRole('grid', { name: 'Ratings R' }).getByRole('gridcell').first());
  await userEvent.keyboard('{ArrowRight}');
  expect(window.location.hash).toBe(before);
  await userEvent.keyboard('{PageDown}');
  expect(window.location.hash).toBe('#/learn/tiny/fill');
});

test('whoever does the task by hand clicks on from where the keyboard is: in a field', async () => {
  const here = room();
  at(2, here);
  await ready(here.guide);
  const field = page.getByRole('spinbutton', { name: 'e', exact: true });
  await userEvent.fill(field, '2.5');
  await userEvent.keyboard('{Enter}');
  await expect.element(done()).toBeVisible();
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard('{PageDown}');
  expect(window.location.hash).toBe('#/learn/tiny/fill');
  await expect.element(field).toHaveValue('2.5');
});

test('whoever does the task by hand clicks on from where the keyboard is: at a slider, which does not move', async () => {
  const here = room();
  at(3, here);
  await ready(here.guide);
  const slider = page.getByRole('slider', { name: 'c', exact: true });
  (slider.element() as HTMLElement).focus();
  for (let n = 0; n < 4; n += 1) await userEvent.keyboard('{ArrowRight}');
  await expect.element(done()).toBeVisible();
  await userEvent.keyboard('{PageDown}');
  expect(window.location.hash).toBe('#/learn');
  await expect.poll(() => here.app.store.getState().run.status).toBe('ready');
  expect([...(here.app.store.getState().run.view?.P ?? [])]).toEqual([3, 3]);
});

test('a number is taken when it is given; a wrong text is answered and stays', async () => {
  const here = room();
  at(2, here);
  await ready(here.guide);
  const field = page.getByRole('spinbutton', { name: 'e', exact: true });
  await expect.element(field).toHaveValue('');
  await userEvent.fill(field, '2,5');
  await userEvent.keyboard('{Enter}');
  await expect.element(field).toHaveAttribute('aria-invalid', 'true');
  await expect.element(field).toHaveValue('2,5');
  await userEvent.fill(field, '2');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('2 is not it yet.')).toBeVisible();
  await expect.element(done()).not.toBeInTheDocument();
  await userEvent.fill(field, '2.5');
  await userEvent.click(page.getByRole('button', { name: 'Check' }));
  await expect.element(done()).toHaveTextContent('It is 2.5.');
});

test('a slider that fills P moves every prediction with it', async () => {
  const here = room();
  at(3, here);
  await ready(here.guide);
  const slider = page.getByRole('slider', { name: 'c', exact: true });
  (slider.element() as HTMLElement).focus();
  // The thumb stands at 1, where the stage is; half a step each.
  for (let n = 0; n < 4; n += 1) await userEvent.keyboard('{ArrowRight}');
  await expect.element(done()).toHaveTextContent('So every prediction of Brazil is 3.');
  await expect.element(done()).toHaveTextContent('And of Alien, 4.5.');
  await expect.poll(() => here.app.store.getState().run.status).toBe('ready');
  expect([...(here.app.store.getState().run.view?.P ?? [])]).toEqual([3, 3]);
  expect(here.app.store.getState().undo).toEqual([]);
});

test('points at one thing, and the keyboard can go there', async () => {
  const here = room();
  const root = at(1, here);
  await ready(here.guide);
  const cell = page.getByRole('gridcell', { name: 'Ana, Brazil: gap' }).first();
  const ring = root.querySelector<HTMLElement>('.learn-ring');
  await expect.poll(() => ring?.hidden).toBe(false);
  const around = ring?.getBoundingClientRect();
  const inside = cell.element().getBoundingClientRect();
  expect(Math.abs((around?.left ?? 0) - inside.left)).toBeLessThan(8);
  expect(Math.abs((around?.bottom ?? 0) - inside.bottom)).toBeLessThan(8);
  await expect.element(page.getByText('Look at: Ana, Brazil in ratings R')).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Go there' }));
  await expect.element(cell).toHaveFocus();
});

test('symbols light cells, and cells light their symbols', async () => {
  const here = room();
  const root = at(0, here);
  await ready(here.guide);
  here.app.pointer.getState().select(1, 0);
  const lit = () => [...root.querySelectorAll('.learn-symbol[data-lit]')].map((one) => one.textContent);
  const symbols = [...root.querySelectorAll<HTMLElement>('.learn-formula .learn-symbol')];
  expect(symbols.map((one) => one.textContent)).toEqual(['r^ui', 'pu1', 'qi1']);
  expect(lit()).toEqual([]);
  symbols[1]?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
  await expect.poll(() => here.app.pointer.getState().hovered).toEqual({ user: 1, item: null, factor: 0 });
  await expect.poll(lit).toEqual(['pu1']);
  here.app.pointer.getState().hover({ user: null, item: 0, factor: 0 });
  await expect.poll(lit).toEqual(['qi1']);
  here.app.pointer.getState().hover({ user: 1, item: 0, factor: null });
  await expect.poll(lit).toEqual(['r^ui', 'pu1', 'qi1']);
  here.app.pointer.getState().hover({ user: 0, item: 1, factor: null });
  await expect.poll(lit).toEqual([]);
});

test('formulas are MathML, with scripts, fractions and roots', async () => {
  const here = room();
  const root = at(0, here);
  await ready(here.guide);
  const formula = root.querySelector('.learn-formula math');
  expect(formula?.namespaceURI).toBe('http://www.w3.org/1998/Math/MathML');
  expect(formula?.querySelectorAll('msub').length).toBe(3);
  expect(formula?.querySelector('msqrt mfrac')?.children.length).toBe(2);
  await expect.poll(() => root.querySelector('math mn.numbers')?.textContent).toBe('1.50');
});

test('the model panel is open where the step points into it', async () => {
  const here = room();
  at(3, here);
  await ready(here.guide);
  await expect.element(page.getByRole('spinbutton', { name: 'Factors k' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Loss chart' })).toHaveAttribute('aria-expanded', 'false');
});

test('the list says how far each lesson was done and leads to its next step', async () => {
  const here = room(['tiny/train']);
  const handle = handleOf(here);
  render(handle, <Learn guide={here.guide} lessons={[TINY]} own={null} place={{ list: true }} onSaveOwn={() => {}} />);
  await expect.element(page.getByText('1 of 4 steps done')).toBeVisible();
  const link = page.getByRole('link', { name: 'A tiny lesson' });
  await expect.element(link).toHaveAttribute('href', '#/learn/tiny/go-on');
  await expect.element(page.getByRole('link', { name: 'Go on' })).toHaveAttribute('href', '#/learn/tiny/go-on');
});

test('says which step it is, and that it is done, once each', async () => {
  const here = room();
  const root = at(0, here);
  await ready(here.guide);
  const said = () => root.querySelector('.learn-column > .visually-hidden[role="status"]')?.textContent;
  await expect.poll(said).toBe('Step 1 of 4. Train 20 epochs.');
  here.guide.show();
  await expect.poll(said).toBe('Done. The epoch is 20, and it was 0.');
  here.guide.actions.stepEpoch();
  await expect.poll(() => here.app.store.getState().run.epoch).toBe(21);
  await painted();
  // The reason is about the moment it was done, whoever plays on.
  await expect.poll(() => here.guide.store.getState().facts?.now.epoch).toBe(21);
  await expect.element(done()).toHaveTextContent('The epoch is 20, and it was 0.');
  expect(said()).toBe('Done. The epoch is 20, and it was 0.');
});

test('tells a stage that is set anew again, and says nothing meanwhile', async () => {
  const here = room();
  const place = at(0, here);
  const line = () => place.querySelector('.learn-page p.visually-hidden[role="status"]')?.textContent;
  await ready(here.guide);
  await expect.poll(line).toBe('Step 1 of 4. Train 20 epochs.');
  const heard: (string | undefined)[] = [];
  const looked: (string | undefined)[] = [];
  const watch = new MutationObserver(() => {
    heard.push(line() ?? undefined);
    looked.push(place.querySelector('.learn-where')?.textContent ?? undefined);
  });
  watch.observe(place, { subtree: true, childList: true, characterData: true });
  onTestFinished(() => watch.disconnect());
  await userEvent.click(page.getByRole('button', { name: 'Begin this step again' }));
  await expect.poll(() => heard.includes('')).toBe(true);
  await expect.poll(line).toBe('Step 1 of 4. Train 20 epochs.');
  expect([...new Set(looked)].sort()).toEqual(['Look at: Train', 'The stage is being set …']);
  expect(looked.at(-1)).toBe('Look at: Train');
});

test('says of a cell that it is not the one that is looked for, until it is', async () => {
  const [first] = TINY.steps;
  if (!first) throw new Error('no step');
  const { predict: _, ...plain } = first;
  const find = { ...plain, expect: 'u = 2 and i = 2', show: [{ do: 'select', user: 2, item: 2 }] } as const;
  const here = room();
  at(0, here, { ...TINY, steps: [find] });
  await ready(here.guide);
  const word = page.getByText('is not it yet');
  await expect.element(word).not.toBeInTheDocument();
  here.app.pointer.getState().select(0, 1);
  await expect.element(word).toHaveTextContent(/^Ana, Brazil is not it yet\.$/);
  here.app.pointer.getState().select(1, 1);
  await expect.element(done()).toBeVisible();
  await expect.element(word).not.toBeInTheDocument();
});

test('says where a setting is that stands below the text', async () => {
  const here = room();
  at(3, here);
  await ready(here.guide);
  await expect.element(page.getByText('Look at: Factors k, in Model settings below')).toBeVisible();
});

test('says what is in the way of a task, and nothing once that is mended', async () => {
  const here = room();
  at(3, here);
  await ready(here.guide);
  const hint = page.getByText('Training went on since the step began');
  await expect.element(hint).not.toBeInTheDocument();
  await userEvent.click(page.getByRole('button', { name: 'Step one epoch' }));
  await expect.element(hint).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Begin this step again' }));
  await expect.element(hint).not.toBeInTheDocument();
  await expect.poll(() => here.app.store.getState().run.epoch).toBe(0);
});

test('a field that fills P shows what stands there, and takes no number beyond its ends', async () => {
  const here = room();
  at(3, here);
  await ready(here.guide);
  const field = page.getByRole('spinbutton', { name: 'c', exact: true });
  await expect.element(field).toHaveValue('1');
  await userEvent.fill(field, '7');
  await userEvent.click(page.getByRole('button', { name: 'Set', exact: true }));
  await expect.element(page.getByText('7 is out of range: from 0 to 5.')).toBeVisible();
  await expect.element(field).toHaveValue('7');
  expect([...(here.app.store.getState().run.view?.P ?? [])]).toEqual([1, 1]);
  await userEvent.fill(field, '2.5');
  await userEvent.click(page.getByRole('button', { name: 'Set', exact: true }));
  await expect.poll(() => [...(here.app.store.getState().run.view?.P ?? [])]).toEqual([2.5, 2.5]);
});

test('thousands are read and written in groups', async () => {
  const here = room();
  const [, , give] = TINY.steps;
  if (!give) throw new Error('the tiny lesson has changed');
  const large = { ...give, text: 'There are {1234567.5:1} and {999:0}.', expect: 'typed = 200000' };
  const lesson: Lesson = { ...TINY, id: 'large', steps: [large] };
  at(0, here, lesson);
  await ready(here.guide);
  await expect.element(page.getByText('There are 1,234,567.5 and 999.')).toBeVisible();
  await userEvent.fill(page.getByRole('spinbutton', { name: 'e', exact: true }), '200,000');
  await userEvent.keyboard('{Enter}');
  await expect.element(done()).toBeVisible();
});

test('Reset says that it takes the epochs of the stage too, and how they come back', async () => {
  const here = room();
  const [train] = TINY.steps;
  if (!train || train.stage === 'keep') throw new Error('the tiny lesson has changed');
  const lesson: Lesson = { ...TINY, id: 'trained', steps: [{ ...train, stage: { ...train.stage, epoch: 30 } }] };
  at(0, here, lesson);
  await ready(here.guide);
  expect(here.app.store.getState().run.epoch).toBe(30);
  await userEvent.click(page.getByRole('button', { name: 'Reset', exact: true }));
  await expect.poll(() => here.app.store.getState().run.epoch).toBe(0);
  const [message] = here.app.store.getState().messages;
  expect(message?.text).toBe('Epoch 0: the 30 epochs that this step begins with are gone.');
  expect(message?.action?.label).toBe('Begin this step again');
  message?.action?.run();
  await expect.poll(() => here.app.store.getState().run.epoch).toBe(30);
});

test('a setting that the app changes by itself is opened and in view', async () => {
  const here = room();
  const [train] = TINY.steps;
  if (!train) throw new Error('the tiny lesson has changed');
  const show = [
    { do: 'set', model: { beta: 0.3 } },
    { do: 'train', epochs: 20 },
  ] as const;
  at(0, here, { ...TINY, id: 'shown', steps: [{ ...train, show }] });
  await ready(here.guide);
  const fold = page.getByRole('button', { name: 'Model settings' });
  await expect.element(fold).toHaveAttribute('aria-expanded', 'false');
  here.guide.show();
  await expect.element(fold).toHaveAttribute('aria-expanded', 'true');
  await expect.element(page.getByRole('spinbutton', { name: 'Regularization β' })).toHaveValue('0.3');
  await expect.element(done()).toBeVisible();
});
