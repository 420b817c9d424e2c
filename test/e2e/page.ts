import { readFile } from 'node:fs/promises';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { PAGE_ADDRESS, SUB_PATH_ADDRESS } from './hosts.ts';
import type { SessionDocument } from './sessions.ts';

/** The matrices of the stage, by the names that the page promises. */
export type Grid = 'Ratings R' | 'User factors P' | 'Item factors Qᵀ' | 'Predictions R̂';

/** The numbers that stand beside the playback bar. */
export type Readout = 'Epoch' | 'RMSE seen' | 'RMSE held out' | 'Mean μ';

/** What is said under `name` in a session file. */
export interface SessionFile {
  readonly format: string;
  readonly version: number;
  readonly dataset: {
    readonly name: string;
    readonly users: string[];
    readonly items: string[];
    readonly ratings: [number, number, number][];
    readonly heldOut: [number, number][];
  };
  readonly model: { readonly k: number; readonly alpha: number; readonly beta: number; readonly prediction: string };
  readonly state: { readonly epoch: number; readonly position: number; readonly P: number[][]; readonly Q: number[][] };
  readonly history: {
    readonly epoch: number[];
    readonly rmseSeen: (number | null)[];
    readonly rmseHeldOut: (number | null)[];
    readonly objective: (number | null)[];
  };
}

/** The page as a person meets it: everything is found by role and accessible name. */
export class App {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the page and waits until the first picture stands. */
  async open(address = ''): Promise<void> {
    await this.page.goto(new URL(address, process.env[PAGE_ADDRESS]).href);
    await this.ready();
  }

  async ready(): Promise<void> {
    await expect(this.grid('Predictions R̂')).toBeVisible();
    await expect(this.button('Train')).toBeEnabled();
    await expect(this.readout('RMSE seen')).not.toBeEmpty();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  field(name: string): Locator {
    return this.page.getByRole('spinbutton', { name, exact: true });
  }

  grid(name: Grid): Locator {
    return this.page.getByRole('grid', { name, exact: true }).or(this.page.getByRole('table', { name, exact: true }));
  }

  /** A cell by the beginning of its name: "Bo, Clue" finds "Bo, Clue: gap" as well as "Bo, Clue: 4". */
  cell(place: string, grid: Grid = 'Ratings R'): Locator {
    const name = new RegExp(`^${place.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}[:,]`);
    return this.grid(grid).getByRole('gridcell', { name }).or(this.grid(grid).getByRole('cell', { name }));
  }

  readout(name: Readout): Locator {
    return this.page.getByRole('status', { name, exact: true });
  }

  /** The number in a readout; null where there is a dash. */
  async read(name: Readout): Promise<number | null> {
    const text = (await this.readout(name).innerText()).trim();
    if (text === '—') return null;
    const number = Number(text.replaceAll(',', ''));
    expect(number, `${name} reads “${text}”`).not.toBeNaN();
    return number;
  }

  /** Writes into a number field as a person does, and leaves it with Enter. */
  async set(name: string, value: string | number): Promise<void> {
    await this.field(name).fill(String(value));
    await this.field(name).press('Enter');
  }

  /** Opens the rest of the model panel. */
  async moreSettings(): Promise<void> {
    const more = this.button('More settings');
    await expect(more).toBeVisible();
    if ((await more.getAttribute('aria-expanded')) !== 'true') await more.click();
    await expect(this.field('Seed')).toBeVisible();
  }

  async choose(group: string, option: string): Promise<void> {
    await this.page.getByRole('radiogroup', { name: group }).getByRole('radio', { name: option, exact: true }).click();
  }

  /** Runs to an epoch, counted from the start, and waits until the run rests there. */
  async runTo(epoch: number): Promise<void> {
    const more = this.button('More playback controls');
    // Coming from another view, neither may be there yet.
    await expect(this.button('Run').or(more).filter({ visible: true }).first()).toBeVisible();
    const folded = !(await this.button('Run').isVisible());
    if (folded) await more.click();
    await this.field('Run to epoch').fill(String(epoch));
    await this.button('Run').click();
    if (folded) await more.click();
    await this.restsAt(epoch);
  }

  async restsAt(epoch: number): Promise<void> {
    await expect.poll(() => this.read('Epoch'), { timeout: 20_000 }).toBe(epoch);
    await expect(this.button('Train')).toBeVisible();
  }

  /** Trains until at least so many epochs are done, then pauses; returns where the run stands. */
  async trainPast(epoch: number): Promise<number> {
    await this.button('Train').click();
    await expect.poll(() => this.read('Epoch'), { timeout: 20_000 }).toBeGreaterThan(epoch);
    await this.button('Pause').click();
    await expect(this.button('Train')).toBeVisible();
    return (await this.read('Epoch')) ?? 0;
  }

  async chooseDataset(name: string | RegExp): Promise<void> {
    const picker = this.page.getByRole('combobox', { name: 'Dataset', exact: true });
    const label = await picker.getByRole('option', { name }).first().innerText();
    await picker.selectOption({ label });
    await this.ready();
  }

  /** Opens a file from memory through the file chooser. */
  async openFile(name: string, content: string): Promise<void> {
    const choosing = this.page.waitForEvent('filechooser');
    await this.button('Open…').click();
    await (await choosing).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
  }

  /** Opens a session and waits until it is the one on the page. */
  async openSession(session: SessionDocument): Promise<void> {
    await this.openFile('session.json', JSON.stringify(session));
    await expect(this.cell(`${session.dataset.users[0]}, ${session.dataset.items[0]}`)).toBeVisible();
    await this.ready();
  }

  async export(item: string): Promise<{ readonly name: string; readonly text: string }> {
    await this.button('Export').click();
    const downloading = this.page.waitForEvent('download');
    await this.page.getByRole('menuitem', { name: item, exact: true }).click();
    const download = await downloading;
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  }

  /** What `Export → Session (.json)` writes. */
  async exportSession(): Promise<SessionFile> {
    return JSON.parse((await this.export('Session (.json)')).text) as SessionFile;
  }

  /** Undo of the header; a message may offer one of its own. */
  undo(): Locator {
    return this.page.getByRole('banner').getByRole('button', { name: 'Undo', exact: true });
  }

  /** Puts away every message. */
  async dismissAll(): Promise<void> {
    const dismiss = this.button('Dismiss');
    while ((await dismiss.count()) > 0) await dismiss.first().click();
  }

  alert(): Locator {
    return this.page.getByRole('alert');
  }
}

interface Fixtures {
  readonly app: App;
  /** Things the page must never do; a test fails if it did any. */
  readonly complaints: string[];
}

/**
 * Every test of the page: it fails on any console error or warning, any uncaught error, any answer but a success, and any
 * request that leaves the page's own origin.
 */
export const test = base.extend<Fixtures>({
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      const own = new Set([PAGE_ADDRESS, SUB_PATH_ADDRESS].map((name) => new URL(process.env[name] ?? '').origin));
      context.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning')
          complaints.push(`console ${message.type()}: ${message.text()}`);
      });
      context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().stack ?? error.error().message}`));
      context.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (protocol !== 'data:' && protocol !== 'blob:' && !own.has(origin))
          complaints.push(`left the origin: ${request.url()}`);
      });
      context.on('response', (response) => {
        if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
      });
      await use(complaints);
      expect(complaints, 'what the page complained about').toEqual([]);
    },
    { auto: true },
  ],
  app: async ({ page }, use) => use(new App(page)),
});

export { expect };
