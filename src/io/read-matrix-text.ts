import { type Block, parseBlock, zerosInDenseBlock } from '../core/block.ts';
import { ok, type Result } from '../core/problem.ts';
import { type Rating, ratingsFrom } from '../core/ratings.ts';
import { inferScale } from './infer-scale.ts';
import type { ReadRatings } from './ratings-builder.ts';
import type { Delimiter } from './ratings-layout.ts';

/** Names that a matrix did not bring: "User 1", "Item 1". */
export interface RowNames {
  user(number: number): string;
  item(number: number): string;
}

function ratingsOf(block: Block): Rating[] {
  return block.values.flatMap((row, user) =>
    row.flatMap((value, item) => (value === null ? [] : [{ user, item, value }])),
  );
}

/**
 * A matrix of numbers, a row for each user and a column for each item, with or without a row and a column of names: read by
 * the rules of a pasted block (`core/block`: blanks are gaps, 0 is a rating). `rows` are its cells, quotes already undone.
 */
export function readMatrixRows(
  rows: readonly (readonly string[])[],
  name: string,
  delimiter: Delimiter,
  rowNames: RowNames,
): Result<ReadRatings> {
  const block = parseBlock(
    rows.map((row) => row.map((cell) => cell.replace(/[\t\r\n"]+/g, ' ').trim()).join('\t')).join('\n'),
  );
  if (!block.ok) return block;
  const { values, userNames, itemNames } = block.value;
  const ratings = ratingsFrom(ratingsOf(block.value));
  const users = values.map((_, at) => userNames?.[at] ?? rowNames.user(at + 1));
  const items = (values[0] ?? []).map((_, at) => itemNames?.[at] ?? rowNames.item(at + 1));
  return ok({
    dataset: {
      name,
      users,
      items,
      userKeys: users.map((_, at) => at),
      itemKeys: items.map((_, at) => at),
      userIds: null,
      itemIds: null,
      scale: inferScale(ratings.value),
      ratings,
      holdOut: null,
      truth: null,
    },
    layout: 'matrix',
    delimiter,
    header: itemNames !== null,
    withTimes: false,
    skipped: [],
    skippedTotal: 0,
    zeros: zerosInDenseBlock(block.value),
  });
}
