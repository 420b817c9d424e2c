import type { Dataset } from '../core/dataset.ts';
import { NAME_LIMIT } from '../core/edit-rows.ts';
import { parseRating } from '../core/parse-number.ts';
import { fail, ok, type Problem, type Result } from '../core/problem.ts';
import { files } from '../strings/files.ts';
import { inferScale } from './infer-scale.ts';
import type { Delimiter } from './ratings-layout.ts';
import { readTime } from './read-time.ts';

/** Lines that are named one by one; the rest is only counted. */
export const SKIPPED_SHOWN = 100;

export interface SkippedLine {
  /** From 1, as editors count. */
  readonly line: number;
  readonly reason: Problem;
}

/** Ratings that a text brought, and what was left out and why. */
export interface ReadRatings {
  readonly dataset: Dataset;
  readonly layout: 'list' | 'matrix';
  readonly delimiter: Delimiter;
  readonly header: boolean;
  /** Of a list: whether a column was taken for times (they may have been dropped since). */
  readonly withTimes: boolean;
  /** The first SKIPPED_SHOWN of them. */
  readonly skipped: readonly SkippedLine[];
  readonly skippedTotal: number;
  /** Ratings of 0, where the text was a full matrix: there 0 may have meant a gap (it was read as a rating). */
  readonly zeros: number;
}

/** Ids as they come, numbered in order of first appearance. Short whole numbers are told apart without making texts. */
export class Ids {
  private readonly byNumber = new Map<number, number>();
  private readonly byText = new Map<string, number>();
  private readonly seen: (number | string)[] = [];

  /** `id` is a whole number from 0 to 999,999,999. */
  ofNumber(id: number): number {
    const known = this.byNumber.get(id);
    if (known !== undefined) return known;
    this.byNumber.set(id, this.seen.length);
    return this.seen.push(id) - 1;
  }

  ofText(id: string): number {
    if (/^(?:0|[1-9]\d{0,8})$/.test(id)) return this.ofNumber(Number(id));
    const known = this.byText.get(id);
    if (known !== undefined) return known;
    this.byText.set(id, this.seen.length);
    return this.seen.push(id) - 1;
  }

  /** The index by appearance of each row of the dataset: by number if every id is one, else as they appeared. */
  order(): Int32Array {
    const order = Int32Array.from(this.seen, (_, at) => at);
    const numbers = this.seen.map((id) => (typeof id === 'number' ? id : /^\d{1,15}$/.test(id) ? Number(id) : -1));
    if (numbers.includes(-1)) return order;
    return order.sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0) || a - b);
  }

  name(at: number): string {
    return String(this.seen[at] ?? '');
  }

  names(): string[] {
    return this.seen.map(String);
  }
}

/** A column that grows. */
class Column<A extends Int32Array | Float64Array> {
  length = 0;
  values: A;
  private readonly make: (length: number) => A;

  constructor(make: (length: number) => A) {
    this.make = make;
    this.values = make(1024);
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = this.make(this.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length] = value;
    this.length += 1;
  }
}

const makeInts = (length: number) => new Int32Array(length);
const makeFloats = (length: number) => new Float64Array(length);

/**
 * Stable order of `rows` by the rank of what each row refers to: a counting sort, so a million ratings take milliseconds.
 *
 *     rank of a row's entry   2 0 1 0      rows 0 1 2 3
 *     begin                   0 2 3        where each rank's rows begin
 *     order                   1 3 2 0
 */
function sortedBy(rows: Int32Array, entries: Int32Array, rank: Int32Array): Int32Array {
  const begin = new Int32Array(rank.length + 1);
  for (let at = 0; at < rows.length; at += 1) {
    const after = (rank[entries[rows[at] ?? 0] ?? 0] ?? 0) + 1;
    begin[after] = (begin[after] ?? 0) + 1;
  }
  for (let at = 0; at < rank.length; at += 1) begin[at + 1] = (begin[at + 1] ?? 0) + (begin[at] ?? 0);
  const order = new Int32Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0;
    const here = rank[entries[row] ?? 0] ?? 0;
    const place = begin[here] ?? 0;
    order[place] = row;
    begin[here] = place + 1;
  }
  return order;
}

function idProblem(id: string): Problem | null {
  if (id === '') return { code: 'name-empty' };
  if (id.length <= NAME_LIMIT) return null;
  return { code: 'out-of-range', got: id, expected: `at most ${NAME_LIMIT} characters` };
}

/** Gathers ratings line by line and makes a dataset of them. */
export class RatingsBuilder {
  readonly users = new Ids();
  readonly items = new Ids();
  private readonly user = new Column(makeInts);
  private readonly item = new Column(makeInts);
  private readonly value = new Column(makeFloats);
  private readonly time = new Column(makeFloats);
  private readonly line = new Column(makeInts);
  private readonly skipped: SkippedLine[] = [];
  private skippedTotal = 0;
  private readonly withTimes: boolean;
  private timed: boolean;

  /** `withTimes`: the text has a column of times. */
  constructor(withTimes: boolean) {
    this.withTimes = withTimes;
    this.timed = withTimes;
  }

  skip(line: number, reason: Problem): void {
    this.skippedTotal += 1;
    if (this.skipped.length < SKIPPED_SHOWN) this.skipped.push({ line, reason });
  }

  /** A rating whose parts are read already; `time` NaN where it could not be read. */
  add(line: number, user: number, item: number, value: number, time: number): void {
    this.line.push(line);
    this.user.push(user);
    this.item.push(item);
    this.value.push(value);
    if (!this.timed) return;
    if (Number.isNaN(time)) this.timed = false;
    else this.time.push(time);
  }

  /** A rating as four texts. A line that is none is skipped with its reason; a time that cannot be read drops the times. */
  addTexts(line: number, userId: string, itemId: string, rating: string, time: string | null): void {
    const user = userId.trim();
    const item = itemId.trim();
    const value = parseRating(rating);
    const problem = idProblem(user) ?? idProblem(item) ?? (value.ok ? null : value.problem);
    if (problem) this.skip(line, problem);
    if (problem || !value.ok) return;
    const seconds = time === null ? Number.NaN : readTime(time);
    this.add(line, this.users.ofText(user), this.items.ofText(item), value.value, seconds);
  }

  /** How many ratings were taken so far. */
  get count(): number {
    return this.value.length;
  }

  /** Rows by user, then item; the last line of a pair counts, the earlier ones are skipped. */
  private pairs(userRank: Int32Array, itemRank: Int32Array): Int32Array {
    const { user, item } = this;
    const all = new Int32Array(this.count);
    for (let row = 0; row < all.length; row += 1) all[row] = row;
    const byItem = sortedBy(all, item.values, itemRank);
    const order = sortedBy(byItem, user.values, userRank);
    const kept = new Int32Array(order.length);
    let count = 0;
    for (let at = 0; at < order.length; at += 1) {
      const row = order[at] ?? 0;
      const next = order[at + 1] ?? -1;
      if (next >= 0 && user.values[next] === user.values[row] && item.values[next] === item.values[row]) {
        this.skip(this.line.values[row] ?? 0, { code: 'duplicate-rating', got: this.pairNames(row) });
      } else {
        kept[count] = row;
        count += 1;
      }
    }
    return kept.subarray(0, count);
  }

  private pairNames(row: number): string {
    return `${this.users.name(this.user.values[row] ?? 0)}, ${this.items.name(this.item.values[row] ?? 0)}`;
  }

  /** The dataset, or 'file-no-ratings' with what was wrong first. */
  finish(name: string, delimiter: Delimiter, header: boolean): Result<ReadRatings> {
    if (this.count === 0) {
      const [skipped] = this.skipped;
      const first = skipped && { ...skipped.reason, where: files.line(skipped.line) };
      return fail({ code: 'file-no-ratings', ...(first ? { first } : {}) });
    }
    const userOrder = this.users.order();
    const itemOrder = this.items.order();
    const userRank = ranks(userOrder);
    const itemRank = ranks(itemOrder);
    const rows = this.pairs(userRank, itemRank);
    const count = rows.length;
    const user = new Int32Array(count);
    const item = new Int32Array(count);
    const value = new Float64Array(count);
    const time = this.timed ? new Float64Array(count) : null;
    for (let at = 0; at < count; at += 1) {
      const row = rows[at] ?? 0;
      user[at] = userRank[this.user.values[row] ?? 0] ?? 0;
      item[at] = itemRank[this.item.values[row] ?? 0] ?? 0;
      value[at] = this.value.values[row] ?? 0;
      if (time) time[at] = this.time.values[row] ?? 0;
    }
    const userNames = this.users.names();
    const itemNames = this.items.names();
    this.skipped.sort((a, b) => a.line - b.line);
    return ok({
      dataset: {
        name,
        users: Array.from(userOrder, (at) => userNames[at] ?? ''),
        items: Array.from(itemOrder, (at) => itemNames[at] ?? ''),
        userKeys: Array.from(userOrder, (_, at) => at),
        itemKeys: Array.from(itemOrder, (_, at) => at),
        userIds: null,
        itemIds: null,
        scale: inferScale(value),
        ratings: { user, item, value, heldOut: new Uint8Array(count), time },
        holdOut: null,
        truth: null,
      },
      layout: 'list',
      delimiter,
      header,
      withTimes: this.withTimes,
      skipped: this.skipped,
      skippedTotal: this.skippedTotal,
      zeros: 0,
    });
  }
}

/** Place of each entry in an order. */
function ranks(order: Int32Array): Int32Array {
  const rank = new Int32Array(order.length);
  order.forEach((entry, at) => {
    rank[entry] = at;
  });
  return rank;
}
