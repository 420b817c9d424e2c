import { writeFile } from 'node:fs/promises';
import { type App, expect, test } from './page.ts';
import { type SessionDocument, smallSession } from './sessions.ts';

/** The whole session as text, to see that a refusal changed nothing. */
const everything = async (app: App) => (await app.export('Session (.json)')).text;

test.describe('number fields', () => {
  const wrong: [field: string, typed: string, answer: RegExp][] = [
    ['Learning rate α', '3,5', /decimal comma.*3\.5/],
    ['Learning rate α', '4abc', /not a number/],
    ['Learning rate α', '1e400', /too large/],
    ['Learning rate α', 'NaN', /not a number/],
    ['Learning rate α', '0', /above 0|too small/],
    ['Learning rate α', '', /not a number/],
    ['Regularization β', '-0.1', /too small.*0/],
    ['Factors k', '0', /too small.*1/],
    ['Factors k', '1e9', /too large.*512/],
    ['Factors k', '2.5', /whole number/],
    ['Hold out %', '91', /too large.*90/],
    ['Seed', '-1', /too small/],
    ['Seed', '4294967296', /too large/],
    ['Run to epoch', '-5', /too small/],
  ];
  test('answer what is wrong, keep what was typed, and change nothing', async ({ app }) => {
    await app.open();
    await app.openSession(smallSession());
    await app.moreSettings();
    const before = await everything(app);
    for (const [name, typed, answer] of wrong) {
      const field = app.field(name);
      await app.set(name, typed);
      await expect(field, `${name}: ${typed}`).toHaveAttribute('aria-invalid', 'true');
      await expect(app.alert()).toHaveText(answer);
      await expect(field).toHaveValue(typed);
      await field.press('Escape');
      await expect(field).not.toHaveAttribute('aria-invalid', 'true');
    }
    expect(await everything(app)).toBe(before);
    await expect(app.readout('Epoch')).toHaveText('0');
  });
});

test.describe('the ratings grid', () => {
  test.beforeEach(async ({ app, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await app.open();
    await app.openSession(smallSession());
  });

  for (const [typed, answer] of [
    ['3,5', /3\.5/],
    ['4abc', /not a number/],
    ['1e400', /too large/],
    ['NaN', /not a number/],
    ['1e101', /1e100/],
    ['-2e100', /1e100/],
  ] as const) {
    test(`${typed} in a cell is answered and changes nothing`, async ({ app, page }) => {
      const before = await everything(app);
      await app.cell('Bo, Clue').click();
      await page.keyboard.type(typed);
      await page.keyboard.press('Enter');
      await expect(app.alert()).toHaveText(answer);
      await page.keyboard.press('Escape');
      await expect(app.cell('Bo, Clue')).toHaveAccessibleName('Bo, Clue: gap');
      expect(await everything(app)).toBe(before);
    });
  }

  for (const [title, block, answer] of [
    ['ragged', '1\t2\n3', /ragged/],
    ['with a text for a number', '1\t2\n3\tfour', /four/],
    ['with a decimal comma', '1\t2\n3\t3,5', /3\.5/],
    ['with too large a number', '1\t2\n3\t1e101', /1e100/],
  ] as const) {
    test(`a pasted block ${title} says where and changes nothing`, async ({ app, page }) => {
      const before = await everything(app);
      await page.evaluate((text) => navigator.clipboard.writeText(text), block);
      await app.cell('Ana, Alien').click();
      await page.keyboard.press('Control+V');
      await expect(app.alert()).toHaveText(answer);
      expect(await everything(app)).toBe(before);
    });
  }

  test('a rating of 1e100 is a rating; training answers without NaN or Infinity anywhere', async ({ app, page }) => {
    await app.cell('Bo, Clue').click();
    await page.keyboard.type('1e100');
    await page.keyboard.press('Enter');
    await expect(app.cell('Bo, Clue')).toHaveAccessibleName(/^Bo, Clue: 1e\+?100$/);
    await app.button('Train').click();
    await expect(app.alert()).toContainText('Bo, Clue');
    await expect(page.locator('body')).not.toContainText(/NaN|Infinity/);
    expect(await everything(app)).not.toMatch(/NaN|Infinity|null,"P"/);
    await app.page.getByRole('button', { name: /Bo, Clue a gap/ }).click();
    await expect(app.cell('Bo, Clue')).toHaveAccessibleName('Bo, Clue: gap');
  });
});

test.describe('session files', () => {
  /** How each is broken, and what the message must name. */
  const broken: [title: string, text: (session: SessionDocument) => string, answer: RegExp][] = [
    ['cut short', (session) => JSON.stringify(session).slice(0, -20), /JSON/],
    ['of a newer version', (session) => JSON.stringify({ ...session, version: 3 }), /newer.*3/],
    ['with an unknown key', (session) => JSON.stringify({ ...session, notes: 'x' }), /notes/],
    ['without its model', (session) => JSON.stringify({ ...session, model: undefined }), /model/],
    ['with k = 0', (session) => JSON.stringify({ ...session, model: { ...session.model, k: 0 } }), /model\.k.*0.*1/],
    ['with k = 1e9', (session) => JSON.stringify({ ...session, model: { ...session.model, k: 1e9 } }), /model\.k.*512/],
    [
      'with a negative β',
      (session) => JSON.stringify({ ...session, model: { ...session.model, beta: -2 } }),
      /model\.beta/,
    ],
    [
      'with a text for α',
      (session) => JSON.stringify({ ...session, model: { ...session.model, alpha: '3,5' } }),
      /model\.alpha/,
    ],
    [
      'with a rating beyond 1e100',
      (session) =>
        JSON.stringify({ ...session, dataset: { ...session.dataset, ratings: [[0, 0, 1e101]], heldOut: [] } }),
      /dataset\.ratings\[0\]/,
    ],
    [
      'with a number beyond all doubles',
      (session) => JSON.stringify(session).replace('[0,0,5]', '[0,0,1e400]'),
      /dataset\.ratings\[0\]/,
    ],
    [
      'with a pair rated twice',
      (session) =>
        JSON.stringify({
          ...session,
          dataset: {
            ...session.dataset,
            ratings: [
              [0, 0, 5],
              [0, 0, 4],
            ],
            heldOut: [],
          },
        }),
      /dataset\.ratings\[1\]/,
    ],
    [
      'with a held-out gap',
      (session) => JSON.stringify({ ...session, dataset: { ...session.dataset, heldOut: [[1, 2]] } }),
      /dataset\.heldOut\[0\]/,
    ],
    [
      'with a P of the wrong shape',
      (session) => JSON.stringify({ ...session, state: { epoch: 0, position: 0, P: [[1, 2, 3]], Q: [[1, 2, 3]] } }),
      /state\.P/,
    ],
    [
      'with __proto__ as a key',
      (session) => JSON.stringify(session).replace('{"format"', '{"__proto__":{"a":1},"format"'),
      /__proto__/,
    ],
    ['that is a picture', () => '\u0000\u0001\uFFFDPNG', /./],
    ['that is empty', () => '', /empty/],
  ];

  test('that are wrong say what and where, and change nothing', async ({ app }) => {
    await app.open();
    await app.openSession(smallSession());
    const before = await everything(app);
    for (const [title, text, answer] of broken) {
      await app.openFile(`${title}.json`, text(smallSession()));
      await expect(app.alert().last(), `a file ${title}`).toHaveText(answer);
      await app.dismissAll();
      expect(await everything(app), `after a file ${title}`).toBe(before);
    }
  });

  test('over 50 MB are refused unread', async ({ app, page }, testInfo) => {
    await app.open();
    await app.openSession(smallSession());
    const before = await everything(app);
    const path = testInfo.outputPath('large.json');
    await writeFile(path, `${JSON.stringify(smallSession()).slice(0, -1)}${' '.repeat(51_000_000)}}`);
    const choosing = page.waitForEvent('filechooser');
    await app.button('Open…').click();
    await (await choosing).setFiles(path);
    await expect(app.alert()).toContainText('50');
    expect(await everything(app)).toBe(before);
  });

  test('names that look like code stay names', async ({ app, page }) => {
    await app.open();
    const session = smallSession();
    session.dataset.users = ['__proto__', '<img src=x onerror=alert(1)>'];
    session.dataset.items = ['constructor', '</script><b>Brazil</b>', '=1+1'];
    session.dataset.name = '<h1>Two</h1>';
    await app.openFile('names.json', JSON.stringify(session));
    await expect(app.cell('__proto__, constructor')).toHaveAccessibleName('__proto__, constructor: 5');
    await expect(page.locator('img, b:text("Brazil"), h1:text-is("Two")')).toHaveCount(0);
    await app.runTo(10);
    const { dataset } = await app.exportSession();
    expect(dataset.users).toEqual(session.dataset.users);
    expect(dataset.items).toEqual(session.dataset.items);
  });
});
