import type { Page } from '@playwright/test';
import { rateX, stripFrame } from '../../src/charts/rate-strip-marks.ts';
import { STRIP_RATES } from '../../src/core/understand/rate-strip.ts';
import { type App, expect, test } from '../e2e/page.ts';

/** A move of the pointer, or a key, that leads to another α: the browser's stamp of it, and milliseconds since. */
interface Move {
  readonly since: number;
  readonly alpha: number;
  /** The page hears of it. */
  readonly heard: number;
  /** The page has done what it does about it. */
  handled: number;
  /** The frame that shows its α and its curve (or those of a later move) was painted. */
  painted: number;
}

declare global {
  interface Window {
    moves: Move[];
    /** Those that are not in the picture yet. */
    pending: Move[];
    /** Milliseconds from a move on which the page does nothing until the frame after it was painted. */
    idle: number[];
  }
}

// The passes below are its only second chances.
test.describe.configure({ retries: 0 });

const LIMIT = 50;
/** Where even moves on which the page does nothing take longer, the machine has other work: nothing is judged by that. */
const QUIET = 45;
/** Judged is the pass with the least of these, whatever its drags took. */
const PASSES = 3;

const print = (line: string) => process.stdout.write(`${line}\n`);
const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
const median = (numbers: readonly number[]) => sorted(numbers)[numbers.length >> 1] ?? Number.NaN;
const p95 = (numbers: readonly number[]) => sorted(numbers)[Math.ceil(numbers.length * 0.95) - 1] ?? Number.NaN;
const worst = (numbers: readonly number[]) => Math.max(...numbers);
const round = (number: number) => number.toFixed(1);
const figures = (numbers: readonly number[]) =>
  `median ${round(median(numbers))}, p95 ${round(p95(numbers))}, worst ${round(worst(numbers))} ms of ${numbers.length}`;

const LAST = STRIP_RATES.length - 1;
const to = (from: number, until: number): readonly number[] =>
  Array.from({ length: Math.abs(until - from) }, (_, at) => from + (at + 1) * Math.sign(until - from));
const placeOf = (alpha: number) => STRIP_RATES.indexOf(alpha);
/** From .04, which converges, to .2, where the numbers outgrow every bound within a few epochs, and back. */
const EDGE = [placeOf(0.04), placeOf(0.2)] as const;

/** Ways through the strip, as places one after the other; no two neighbors are alike, so every move is to be answered. */
const WAYS = {
  'along the strip and back': [...to(0, LAST), ...to(LAST, 0)],
  'to and fro across the edge of divergence': Array.from({ length: 6 }, (_, at) =>
    at % 2 === 0 ? to(EDGE[0], EDGE[1]) : to(EDGE[1], EDGE[0]),
  ).flat(),
  'in leaps': Array.from({ length: 62 }, (_, at) => (at * 40 + 20) % (LAST + 1)),
} as const;

/** Notes each move that leads to another α, and when it was in the picture. */
async function watch(page: Page): Promise<{ readonly x: (place: number) => number; readonly y: number }> {
  const plot = await page
    .getByRole('region', { name: 'Strip of learning rates' })
    .getByRole('img')
    .first()
    .boundingBox();
  if (!plot) throw new Error('no strip');
  const along = rateX(stripFrame(plot, { start: null, best: null }), STRIP_RATES);
  const places = STRIP_RATES.map((rate) => plot.x + along(rate));
  await page.evaluate(
    ({ rates, places }) => {
      window.moves = [];
      window.pending = [];
      window.idle = [];
      const region = document.querySelector('[data-panel="strip"]');
      const marker = region?.querySelector('[role="slider"]');
      const stands = () => Number(marker?.getAttribute('aria-valuenow'));
      let led = stands();
      const note = (event: Event, since: number, alpha: number | undefined) => {
        if (alpha === undefined || alpha === led) return;
        led = alpha;
        const move: Move = { since, alpha, heard: performance.now(), handled: 0, painted: 0 };
        window.moves.push(move);
        window.pending.push(move);
        // After the page's own listeners, and what they left to do at once.
        window.addEventListener(event.type, () => (move.handled = performance.now()), { once: true });
      };
      const follow = (event: Event) => {
        if (!(event instanceof PointerEvent) || event.buttons === 0) return;
        const off = places.map((x) => Math.abs(x - event.clientX));
        const [first = event] = event.getCoalescedEvents();
        note(event, first.timeStamp, rates[off.indexOf(Math.min(...off))]);
      };
      region?.addEventListener('pointerdown', follow, { capture: true });
      region?.addEventListener('pointermove', follow, { capture: true });
      region?.addEventListener(
        'keydown',
        (event) => {
          if (!(event instanceof KeyboardEvent)) return;
          const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
          led = stands();
          note(event, event.timeStamp, rates[rates.indexOf(led) + by]);
        },
        { capture: true },
      );
      const look = () => {
        const alpha = stands();
        const drawn = region?.querySelector(`svg[aria-label^="RMSE by epoch at α ${alpha},"]`);
        const last = window.pending.findLastIndex((move) => move.alpha === alpha);
        if (drawn && last >= 0) {
          const answered = window.pending.splice(0, last + 1);
          // The next frame begins when this one has been painted.
          requestAnimationFrame(() => {
            for (const move of answered) move.painted = performance.now();
          });
        }
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
      document.querySelector('.learn-column')?.addEventListener('pointermove', (event) => {
        if (!(event instanceof PointerEvent) || event.buttons > 0) return;
        const [first = event] = event.getCoalescedEvents();
        requestAnimationFrame(() => requestAnimationFrame(() => window.idle.push(performance.now() - first.timeStamp)));
      });
    },
    { rates: STRIP_RATES, places },
  );
  return { x: (place) => places[place] ?? Number.NaN, y: plot.y + plot.height / 2 };
}

/** What was noted since it was last asked for, once all of it is in the picture. */
async function noted(page: Page): Promise<readonly Move[]> {
  await page.waitForFunction(() => window.pending.length === 0 && window.moves.every(({ painted }) => painted > 0));
  return page.evaluate(() => window.moves.splice(0));
}

/** Presses at the first place, goes through the others with the button down, and lets it go. */
async function drag(
  page: Page,
  { x, y }: Awaited<ReturnType<typeof watch>>,
  way: readonly number[],
): Promise<readonly Move[]> {
  const [first = 0, ...others] = way;
  await page.mouse.move(x(first), y);
  await page.mouse.down();
  for (const place of others) await page.mouse.move(x(place), y);
  await page.mouse.up();
  return noted(page);
}

/** Moves over the text, on which the page does nothing. */
async function rest(page: Page): Promise<readonly number[]> {
  for (let move = 0; move < 90; move += 1) await page.mouse.move(60 + move * 2, 200 + (move % 7));
  await page.waitForFunction(() => window.idle.length >= 60);
  return page.evaluate(() => window.idle.splice(0));
}

interface Pass {
  /** On a page that was opened this moment, while runs of the strip are still to come: told, and not judged. */
  readonly early: readonly Move[];
  readonly gestures: ReadonlyMap<string, readonly Move[]>;
  readonly idle: readonly number[];
}

const took = ({ since, painted }: Move) => painted - since;

/** All gestures, the first of them on a page of which nothing was used yet; before and after each, moves that mean nothing. */
async function pass(app: App, page: Page): Promise<Pass> {
  const gestures = new Map<string, readonly Move[]>();
  const idle: number[] = [];
  const strip = page.getByRole('region', { name: 'Strip of learning rates' });
  const slider = strip.getByRole('slider');
  const openAnew = async () => {
    // Not only to another address of the same page.
    await page.goto('about:blank');
    await app.open('#/learn/learning-rate/crawl');
    await slider.waitFor();
  };
  await openAnew();
  const early = await drag(page, await watch(page), to(30, 85));
  await openAnew();
  await expect(strip).toContainText('diverged from 0.08 to 1.');
  const where = await watch(page);
  gestures.set('the first drag, once the strip stands', await drag(page, where, to(30, 85)));
  for (const [name, way] of Object.entries(WAYS)) {
    idle.push(...(await rest(page)));
    gestures.set(name, await drag(page, where, way));
  }
  idle.push(...(await rest(page)));
  await slider.press('Home');
  for (let key = 0; key < 60; key += 1) await page.keyboard.down('ArrowRight');
  await page.keyboard.up('ArrowRight');
  gestures.set('an arrow key held down', await noted(page));
  for (let key = 0; key < 40; key += 1) await page.keyboard.press(key < 20 ? 'ArrowRight' : 'ArrowLeft');
  gestures.set('arrow keys pressed, each handing its α to the stage', await noted(page));
  idle.push(...(await rest(page)));
  return { early, gestures, idle };
}

/**
 * The lesson's 6 × 4 at 200 epochs. A move is timed from the browser's own stamp of it (of the first of several that were joined)
 * until the first frame in which the marker and the curve stand at its α was painted: when the frame after it begins. Only moves that
 * lead to another α are counted, and every one of them is: between two places of the strip there is nothing to redraw.
 */
test('the strip of learning rates follows a drag', async ({ app, page }) => {
  let quietest: Pass | null = null;
  let passes = 0;
  while (passes < PASSES && (quietest === null || worst(quietest.idle) > QUIET)) {
    const next = await pass(app, page);
    if (quietest === null || worst(next.idle) < worst(quietest.idle)) quietest = next;
    passes += 1;
  }
  if (quietest === null) throw new Error('nothing was timed');
  const { early, gestures, idle } = quietest;
  const all = [...gestures.values()].flat();
  for (const [name, way] of Object.entries(WAYS)) expect(gestures.get(name)).toHaveLength(way.length);

  // β makes every run another one: from the change to the picture of all 93 of them.
  const field = app.field('Regularization β');
  await app.button('Model settings').click();
  const whole: number[] = [];
  for (let change = 1; change <= 7; change += 1) {
    await field.fill(String(change / 100));
    whole.push(
      await page.evaluate(
        () =>
          new Promise<number>((done) => {
            const charts = document.querySelector('[data-panel="strip"] [aria-busy]');
            const start = performance.now();
            let begun = false;
            document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
            const look = () => {
              const busy = charts?.getAttribute('aria-busy') === 'true';
              begun ||= busy;
              if (begun && !busy) requestAnimationFrame(() => done(performance.now() - start));
              else requestAnimationFrame(look);
            };
            look();
          }),
      ),
    );
  }

  print(
    `\nthe strip of learning rates, 93 runs of the 6 × 4 over 200 epochs (wanted: redrawn within ${LIMIT} ms of a drag)`,
  );
  print(`  (while its runs are still to come, not judged: ${figures(early.map(took))})`);
  for (const [name, moves] of gestures) print(`  ${name}: ${figures(moves.map(took))}`);
  print(
    `  all of these, drag to picture: ${figures(all.map(took))} moves; ${(worst(all.map(took)) / LIMIT).toFixed(2)} of the limit`,
  );
  for (const move of [...all].sort((a, b) => took(b) - took(a)).slice(0, 3)) {
    const { since, heard, handled, painted, alpha } = move;
    print(
      `    to α ${alpha}: ${round(took(move))} ms = ${round(heard - since)} until heard + ${round(handled - heard)} handled + ${round(painted - handled)} until painted`,
    );
  }
  print(`  moves on which the page does nothing: ${figures(idle)}`);
  print(`  another β to all 93 runs drawn: median ${round(median(whole))} ms, worst ${round(worst(whole))} ms`);
  expect(median(all.map(took)), 'the median move, in milliseconds').toBeLessThanOrEqual(LIMIT);
  if (worst(idle) > QUIET) {
    print(
      `  NOT JUDGED: in none of ${passes} passes was the machine quiet (idle moves within ${QUIET} ms). Run it again when it is.`,
    );
    return;
  }
  expect(worst(all.map(took)), 'the worst move, in milliseconds').toBeLessThanOrEqual(LIMIT);
});
