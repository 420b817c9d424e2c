import type { Dataset } from '../core/dataset.ts';
import type { Parameters } from '../core/parameters.ts';
import { predict } from '../core/predict.ts';
import { findRating } from '../core/ratings.ts';

/*
 * Comma-separated text (RFC 4180): lines end in CRLF, a cell with a comma, a quote or a line break stands in quotes, quotes
 * in it are doubled. Numbers carry every digit, so that reading them gives the same doubles.
 *
 * A name is written as it is. A cell that a spreadsheet would run as a formula (it begins with = + - @, a tab or a return)
 * is put in quotes as well: that keeps the name intact for every reader of CSV. Spreadsheets ignore the quotes, so open a
 * file of names that you do not trust through their import dialog, with the columns set to text.
 */

const NEEDS_QUOTES = /[",\r\n]|^[=+\-@\t\r]|^\s|\s$/;

/** Text as a cell. */
export function cellText(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Every digit; empty where there is no number, or none that a file could hold. */
export function numberText(x: number | null | undefined): string {
  if (x === null || x === undefined || !Number.isFinite(x)) return '';
  return Object.is(x, -0) ? '-0' : String(x);
}

class Lines {
  private readonly lines: string[] = [];

  /** Cells that are numbers or safe already. */
  add(...cells: readonly string[]): void {
    this.lines.push(cells.join(','));
  }

  text(): string {
    return `${this.lines.join('\r\n')}\r\n`;
  }
}

/**
 * How rows are called in a file: by their ids where they have them, else by name. Names that repeat get a number, "Ana (2)",
 * so that nobody's rows flow together when the file is read.
 */
function labels(names: readonly string[], ids: readonly string[] | null): string[] {
  const taken = new Set(ids ?? names);
  const used = new Set<string>();
  return (ids ?? names).map((name) => {
    let label = name;
    for (let n = 2; used.has(label); n += 1) label = taken.has(`${name} (${n})`) ? label : `${name} (${n})`;
    used.add(label);
    return cellText(label);
  });
}

/**
 * `user,item,rating[,time]`, a line for each rating, by user, then item; a rating that is held out is one like the others
 * (an import does not know the difference). Reading it back gives the same ratings.
 */
export function ratingsCsv(dataset: Dataset): string {
  const { user, item, value, time } = dataset.ratings;
  const users = labels(dataset.users, dataset.userIds);
  const items = labels(dataset.items, dataset.itemIds);
  const lines = new Lines();
  lines.add('user', 'item', 'rating', ...(time ? ['timestamp'] : []));
  for (let at = 0; at < value.length; at += 1) {
    const cells = [users[user[at] ?? 0] ?? '', items[item[at] ?? 0] ?? '', numberText(value[at])];
    if (time) cells.push(numberText(time[at]));
    lines.add(...cells);
  }
  return lines.text();
}

/** Which rows and columns a file of predictions holds; null = all of them. */
export interface PredictionChoice {
  readonly users: Int32Array | null;
  readonly items: Int32Array | null;
}

/**
 * `user,item,predicted,status,rating`: r̂ of every pair of the choice, by user, then item. Status is `seen` (trained on),
 * `held out` or `gap`; rating is empty for a gap. r̂ is not clipped to the scale. Several hundred thousand pairs are a
 * large file: whoever calls this for a large set hands in a choice.
 */
export function predictionsCsv(
  dataset: Dataset,
  parameters: Parameters,
  choice: PredictionChoice = { users: null, items: null },
): string {
  const users = labels(dataset.users, dataset.userIds);
  const items = labels(dataset.items, dataset.itemIds);
  const rows = choice.users ?? Int32Array.from(users, (_, at) => at);
  const columns = choice.items ?? Int32Array.from(items, (_, at) => at);
  const lines = new Lines();
  lines.add('user', 'item', 'predicted', 'status', 'rating');
  for (const u of rows) {
    for (const i of columns) {
      const at = findRating(dataset.ratings, u, i);
      const status = at < 0 ? 'gap' : dataset.ratings.heldOut[at] === 1 ? 'held out' : 'seen';
      const rating = at < 0 ? '' : numberText(dataset.ratings.value[at]);
      lines.add(users[u] ?? '', items[i] ?? '', numberText(predict(parameters, u, i)), status, rating);
    }
  }
  return lines.text();
}

/**
 * `kind,name,bias,factor 1 … factor k`: a line for each user (p_u, b_u), then for each item (q_i, b_i). With biases in the
 * prediction the column `bias` is there; with the mean a first line `mean` holds μ under it.
 */
export function factorsCsv(dataset: Dataset, parameters: Parameters): string {
  const { k, P, Q, bu, bi, mu } = parameters;
  const biased = bu !== null || bi !== null || mu !== null;
  const lines = new Lines();
  lines.add('kind', 'name', ...(biased ? ['bias'] : []), ...Array.from({ length: k }, (_, f) => `factor ${f + 1}`));
  if (mu !== null) lines.add('mean', '', numberText(mu), ...new Array<string>(k).fill(''));
  const add = (kind: string, names: readonly string[], factors: Float64Array, biases: Float64Array | null) => {
    for (const [row, name] of names.entries()) {
      const numbers = Array.from(factors.subarray(row * k, (row + 1) * k), numberText);
      lines.add(kind, name, ...(biased ? [numberText(biases?.[row])] : []), ...numbers);
    }
  };
  add('user', labels(dataset.users, dataset.userIds), P, bu);
  add('item', labels(dataset.items, dataset.itemIds), Q, bi);
  return lines.text();
}
