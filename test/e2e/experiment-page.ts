import type { Locator, Page } from '@playwright/test';
import { type App, expect } from './page.ts';

/** Experiment, as a person finds it: by roles and names. */
export class Experiment {
  readonly page: Page;
  readonly app: App;

  constructor(app: App) {
    this.app = app;
    this.page = app.page;
  }

  /** Goes there from Play, with this dataset. */
  async open(dataset?: RegExp): Promise<void> {
    await this.app.open();
    if (dataset) await this.app.chooseDataset(dataset);
    await this.go('Experiment');
    await expect(this.app.button('Start sweep')).toBeVisible();
  }

  async go(view: 'Play' | 'Learn' | 'Experiment'): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view, exact: true }).click();
  }

  async choose(list: string, option: string): Promise<void> {
    await this.page.getByRole('combobox', { name: list, exact: true }).selectOption({ label: option });
  }

  /** A range of a setting: "Learning rate α", 0.001 … 0.01, 4 values. */
  async range(setting: string, from: number, to: number, values: number): Promise<void> {
    await this.app.set(`${setting}: from`, from);
    await this.app.set(`${setting}: to`, to);
    await this.app.set(`${setting}: values`, values);
  }

  /** α × β, 3 × 3, one seed: what a test has time for. */
  async small({ epochs = 200, seeds = 1 } = {}): Promise<void> {
    await this.range('Learning rate α', 0.002, 0.02, 3);
    await this.range('Regularization β', 0.02, 0.5, 3);
    await this.app.set('Seeds', seeds);
    await this.app.set('Epochs', epochs);
  }

  /** Hundreds of runs of many epochs: some seconds, so that there is time to meddle. */
  async long(): Promise<void> {
    await this.range('Learning rate α', 0.0005, 0.002, 12);
    await this.range('Regularization β', 0.02, 0.5, 12);
    await this.app.set('Seeds', 4);
    await this.app.set('Epochs', 6_000);
  }

  async start(): Promise<void> {
    await this.app.button('Start sweep').click();
  }

  progress() {
    return this.page.getByRole('progressbar', { name: /runs done$/ });
  }

  async done(): Promise<number> {
    return Number(await this.progress().getAttribute('value'));
  }

  verdict() {
    return this.page.getByRole('region', { name: 'Verdict' });
  }

  map() {
    return this.page.getByRole('figure', { name: /^RMSE held out by/ }).getByRole('grid');
  }

  async verdictText(): Promise<string> {
    await expect(this.verdict()).toBeVisible({ timeout: 40_000 });
    return this.verdict().innerText();
  }

  /** Varies one setting over listed values. */
  async listed(setting: string, values: string): Promise<void> {
    await this.choose('Across', setting);
    await this.choose('Down', 'none');
    await this.choose(`${setting}: spacing`, 'listed');
    await this.page.getByRole('textbox', { name: `${setting}: list` }).fill(values);
  }

  /** Names of the points of a line, from left to right: "Factors k 2: held-out RMSE 1.200 ± 0.028, seen 0.5000". */
  points(setting: string): Promise<Point[]> {
    return this.page
      .getByRole('toolbar', { name: `Values of ${setting}` })
      .getByRole('button')
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''))
      .then((names) => names.map(pointOf));
  }

  /** A cell of a map by its two values. */
  cell(alpha: string, beta: string): Locator {
    return this.map().getByRole('gridcell', {
      name: new RegExp(`^Learning rate α ${alpha}, Regularization β ${beta}:`),
    });
  }
}

/** What a picture says of a value: its figures as they are written. */
export interface Point {
  readonly name: string;
  readonly value: string;
  readonly heldOut: number;
  readonly spread: number;
  readonly seen: number;
}

function pointOf(name: string): Point {
  const number = (pattern: RegExp) => Number(pattern.exec(name)?.[1] ?? Number.NaN);
  return {
    name,
    value: /(\S+):/.exec(name)?.[1] ?? '',
    heldOut: number(/held-out RMSE ([\d.]+)/),
    spread: number(/± ([\d.]+)/),
    seen: number(/, seen ([\d.]+)/),
  };
}
