import type { Locator } from '@playwright/test';
import { type App, expect, test } from './page.ts';

/** What a session file says of where a run stands, with all digits. */
interface Standing {
  readonly epoch: number;
  readonly position: number;
  readonly P: number[][];
  readonly Q: number[][];
  readonly bu?: number[];
  readonly bi?: number[];
  readonly mu?: number;
  readonly adam?: { readonly steps: number };
}

async function standing(app: App): Promise<Standing> {
  const { text } = await app.export('Session (.json)');
  const { state } = JSON.parse(text) as { state: Standing };
  return state;
}

/** The number of a step, by the letters beside it: what the panel announces, with all its digits. */
async function announced(next: Locator, symbol: string): Promise<number> {
  const letters = next.page().locator('.step-symbol', { hasText: new RegExp(`^${symbol}$`) });
  const step = next.getByRole('listitem').filter({ has: letters });
  return Number(await step.locator('data').last().getAttribute('value'));
}

/** Bo × Long Signal, the second user and the third item. */
const USER = 1;
const ITEM = 2;

interface Case {
  readonly name: string;
  readonly set: (app: App) => Promise<void>;
  /** Steps beyond the epochs, by which it is somebody's turn. */
  readonly steps?: number;
  /** Letters whose numbers are announced and written. */
  readonly letters: readonly ('p' | 'q' | 'bu' | 'bi')[];
  /** Also said. */
  readonly says: RegExp;
}

const cases: readonly Case[] = [
  {
    name: 'SGD with biases',
    set: async (app) => {
      await app.choose('Optimizer', 'SGD');
      await app.choose('Prediction', 'μ + P Qᵀ + biases');
    },
    letters: ['p', 'q', 'bu', 'bi'],
    says: /if this rating were visited now; factor by factor; q sees the new p/,
  },
  {
    name: 'projected SGD',
    set: async (app) => {
      await app.choose('Initialization', 'normal');
      await app.choose('Optimizer', 'SGD');
      await app.page.getByRole('checkbox', { name: 'Non-negative factors' }).check();
    },
    letters: ['p', 'q'],
    says: /then p and q become max\(0, ·\)/,
  },
  {
    name: 'Momentum',
    set: async (app) => {
      await app.choose('Optimizer', 'Momentum');
      await app.set('Learning rate α', '0.001');
      await app.choose('Prediction', 'P Qᵀ + biases');
    },
    letters: ['p', 'q', 'bu', 'bi'],
    says: /first v, the velocity that each number carries on/,
  },
  {
    name: 'Adam, batch size 1, decoupled',
    set: async (app) => {
      await app.choose('Optimizer', 'Adam');
      await app.set('Batch size', 1);
      await app.choose('Weight decay', 'decoupled');
      await app.choose('Prediction', 'μ + P Qᵀ + biases');
    },
    letters: ['p', 'q', 'bu', 'bi'],
    says: /Batch size 1: this step takes this rating alone/,
  },
  {
    name: 'Adam, batches of a shuffled epoch, under a schedule',
    set: async (app) => {
      await app.choose('Optimizer', 'Adam');
      await app.choose('Visiting order', 'shuffled');
      await app.choose('Schedule', '1/t');
    },
    steps: 2,
    letters: ['p', 'q'],
    says: /This step takes the \d+ ratings of the batch that holds this cell/,
  },
  {
    name: 'ALS at the users’ turn',
    set: async (app) => {
      await app.choose('Optimizer', 'ALS');
      await app.choose('Prediction', 'μ + P Qᵀ + biases');
    },
    letters: ['p', 'bu'],
    says: /It is the turn of the users: the row of Bo is solved/,
  },
  {
    name: 'ALS at the items’ turn',
    set: (app) => app.choose('Optimizer', 'ALS'),
    // Twelve users come first.
    steps: 13,
    letters: ['q'],
    says: /It is the turn of the items: the row of Long Signal is solved/,
  },
];

for (const { name, set, steps = 0, letters, says } of cases) {
  test(`next update: the button writes the numbers that are announced, to the last bit: ${name}`, async ({
    app,
    page,
  }) => {
    await app.open();
    await app.moreSettings();
    await set(app);
    await app.runTo(4);
    for (let step = 0; step < steps; step += 1) await app.button('Step one rating').click();
    await app.cell('Bo, Long Signal').click();
    const next = page.getByRole('region', { name: 'Next update', exact: true });
    await expect(next).toContainText(says);
    const k = Number(await app.field('Factors k').inputValue());
    const more = next.getByRole('button', { name: `Show all ${k} factors` });
    if (await more.isVisible()) await more.click();
    const before = await standing(app);
    expect([before.epoch, before.position]).toEqual([4, steps]);
    const news = new Map<string, number>();
    for (const letter of letters) {
      if (letter === 'bu' || letter === 'bi') news.set(letter, await announced(next, letter));
      else
        for (let f = 1; f <= k; f += 1) {
          const symbol = `${letter}${letter === 'p' ? 'u' : 'i'}${f}`;
          news.set(symbol, await announced(next, symbol));
        }
    }
    expect([...news.values()].filter(Number.isNaN)).toEqual([]);
    await next.getByRole('button', { name: 'Do this update' }).click();
    let after = before;
    const factors = ({ P, Q }: Standing) => [P, Q];
    await expect
      .poll(async () => {
        after = await standing(app);
        return factors(after);
      })
      .not.toEqual(factors(before));
    expect([after.epoch, after.position]).toEqual([4, steps]);
    const written = (symbol: string): number | undefined => {
      if (symbol === 'bu') return after.bu?.[USER];
      if (symbol === 'bi') return after.bi?.[ITEM];
      const f = Number(symbol.slice(2)) - 1;
      return symbol.startsWith('p') ? after.P[USER]?.[f] : after.Q[ITEM]?.[f];
    };
    for (const [symbol, number] of news) expect(written(symbol), symbol).toBe(number);
    if (before.adam) expect(after.adam?.steps).toBe(before.adam.steps + 1);
    // Undo brings back where it stood.
    await app.undo().click();
    await expect.poll(async () => (await standing(app)).P).toEqual(before.P);
  });
}

test('next update: ALS moves r̂ of the cell to what was announced', async ({ app, page }) => {
  await app.open();
  await app.moreSettings();
  await app.choose('Optimizer', 'ALS');
  await app.runTo(2);
  await app.cell('Bo, Long Signal').click();
  const next = page.getByRole('region', { name: 'Next update', exact: true });
  await expect(next).toContainText('It is the turn of the users');
  const promised = await announced(next, 'r̂');
  await next.getByRole('button', { name: 'Do this update' }).click();
  await expect
    .poll(async () => {
      const { P, Q } = await standing(app);
      return (P[USER] ?? []).reduce((sum, number, f) => sum + number * (Q[ITEM]?.[f] ?? 0), 0);
    })
    .toBe(promised);
});

test('next update: on a phone its tables scroll by themselves, and the page does not', async ({ app, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await app.open();
  await app.moreSettings();
  await app.set('Factors k', 20);
  const next = page.getByRole('region', { name: 'Next update', exact: true });
  for (const optimizer of ['ALS', 'Adam']) {
    await app.choose('Optimizer', optimizer);
    await app.button('Step one epoch').click();
    await app.cell('Bo, Long Signal').click();
    await next.getByRole('button', { name: 'Show all 20 factors' }).click();
    expect(await announced(next, 'pu20')).not.toBeNaN();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  }
});
