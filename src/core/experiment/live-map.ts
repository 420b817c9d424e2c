import type { Study } from '../study.ts';
import { valueAt } from './axis.ts';
import { epochWork } from './cost.ts';

/** What a cell of the live map shows, after its epochs. */
export type LiveMapFigure = 'rmseHeldOut' | 'rmseSeen' | 'objective';

/** The whole map may take so much, in rating visits × factors: some seconds on one worker. */
const MOST_WORK = 1.5e9;

/** Whether a map of `size` × `size` cells can follow what is changed on the page. ALS has no α to map. */
export function canLiveMap({ dataset, model }: Study, size: number, epochs: number): boolean {
  const ratings = dataset.ratings.value.length;
  if (model.optimizer.kind === 'als') return false;
  return size * size * epochs * epochWork(model, ratings, dataset.users.length, dataset.items.length) <= MOST_WORK;
}

/** `size` values from … to, each the same multiple of the one before, to 3 significant digits. */
export function logValues(from: number, to: number, size: number): number[] {
  const axis = { setting: 'alpha', spacing: 'log', from, to, count: size } as const;
  return Array.from({ length: size }, (_, at) => Number(valueAt(axis, size < 2 ? 0 : at / (size - 1))));
}

/** Sides of the blocks in which a map becomes finer. */
const BLOCKS = [8, 4, 2, 1] as const;

/** The cell that stands for a block: its lower left one. */
function corner(cell: number, size: number, block: number): number {
  const a = cell % size;
  const b = (cell - a) / size;
  return (b - (b % block)) * size + (a - (a % block));
}

/** In which order cells are computed: the corners of large blocks first, so that the shape stands at once. */
export function coarseFirstCells(size: number): number[] {
  const order = new Set<number>();
  for (const block of BLOCKS) {
    for (let cell = 0; cell < size * size; cell += 1) if (corner(cell, size, block) === cell) order.add(cell);
  }
  return [...order];
}

/** What a map shows of what is known so far: a cell's own value, else that of the smallest block around it; NaN for none. */
export function shownValues(known: Float64Array, exact: Uint8Array, size: number): Float64Array {
  return known.map((value, cell) => {
    if (exact[cell] === 1) return value;
    for (const block of BLOCKS.toReversed()) {
      const at = corner(cell, size, block);
      if (exact[at] === 1) return known[at] ?? Number.NaN;
    }
    return Number.NaN;
  });
}
