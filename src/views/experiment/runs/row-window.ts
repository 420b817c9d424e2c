/** Rows of one height, of which only those in sight are drawn. All heights in CSS pixels. */
export interface Sight {
  /** How far it is scrolled. */
  readonly top: number;
  /** How much is seen. */
  readonly height: number;
}

/** Rows drawn beyond each edge, so that a scroll by keys or wheel meets rows that are there. */
const MARGIN = 8;
/** The window moves by so many rows, so that a scroll of a few pixels draws nothing anew. */
const STRIDE = 4;

/** A row that is drawn, or the empty place of rows that are not. */
export type Slot =
  | { readonly kind: 'row'; readonly index: number }
  | { readonly kind: 'gap'; readonly from: number; readonly height: number };

/** First and last + 1 of the rows in sight with some beyond both edges; 0 ≤ first ≤ end ≤ count. */
export function rowsInSight(count: number, rowHeight: number, { top, height }: Sight): readonly [number, number] {
  const first = Math.floor(Math.max(0, top) / rowHeight / STRIDE) * STRIDE - MARGIN;
  const end = Math.ceil((Math.max(0, top) + height) / rowHeight / STRIDE) * STRIDE + MARGIN;
  const begin = Math.min(Math.max(0, first), Math.max(0, count - 1));
  return [begin, Math.max(begin, Math.min(count, end))];
}

/**
 * What stands in the table from top to bottom. The row that has the focus is drawn wherever it is: the focus would be lost
 * with it. Rows and gaps add up to count × rowHeight, so the scroll bar tells the truth.
 *
 *     gap │ focused row │ gap │ rows in sight │ gap
 */
export function slotsOf(count: number, rowHeight: number, sight: Sight, focused: number): readonly Slot[] {
  const [first, end] = rowsInSight(count, rowHeight, sight);
  const drawn: number[] = [];
  if (focused >= 0 && focused < first) drawn.push(focused);
  for (let index = first; index < end; index += 1) drawn.push(index);
  if (focused >= end && focused < count) drawn.push(focused);
  const slots: Slot[] = [];
  let next = 0;
  const gapTo = (index: number): void => {
    if (index > next) slots.push({ kind: 'gap', from: next, height: (index - next) * rowHeight });
  };
  for (const index of drawn) {
    gapTo(index);
    slots.push({ kind: 'row', index });
    next = index + 1;
  }
  gapTo(count);
  return slots;
}
