import { formatCount, formatExact, formatTerm } from './numbers.ts';

/** A short list: "1, 2 and 5"; a row of whole numbers by its ends. */
function range(values: readonly number[]): string {
  const [first = 0] = values;
  const last = values.at(-1) ?? first;
  const row = values.length > 2 && values.every((value, at) => value === first + at);
  if (row) return `from ${formatExact(first)} to ${formatExact(last)}`;
  const texts = values.map(formatExact);
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1) ?? ''}`;
}

const times = (n: number, one: string, many: string) => `${formatCount(n)} ${n === 1 ? one : many}`;

/** The sweep over k of lessons. */
export const lessonSweep = {
  region: 'Sweep over k',
  title: 'RMSE held out, by k',
  notStarted: 'The sweep was not started; the stage is as it was.',
  /** "8 values of k × 2 seeds × 5 folds: 80 runs of 300 epochs" */
  plan: (values: number, seeds: number, folds: number, epochs: number) =>
    `${times(values, 'value', 'values')} of k × ${times(seeds, 'seed', 'seeds')} × ${times(folds, 'fold', 'folds')}: ${times(values * seeds * folds, 'run', 'runs')} of ${times(epochs, 'epoch', 'epochs')}`,
  start: (values: readonly number[]) => `Sweep k ${range(values)}`,
  goOn: 'Go on',
  again: 'Sweep again',
  cancel: 'Cancel',
  progress: 'Runs of the sweep',
  done: (done: number, total: number) => `${formatCount(done)} of ${formatCount(total)} runs`,
  left: (seconds: number) =>
    seconds < 1 ? 'less than a second left' : `about ${formatCount(Math.ceil(seconds))} s left`,
  canceled: (done: number, total: number) => `Canceled at ${formatCount(done)} of ${formatCount(total)} runs.`,
  failed: (done: number, total: number) => `Stopped on an error at ${formatCount(done)} of ${formatCount(total)} runs.`,
  finished: (total: number) => `All ${formatCount(total)} runs are there.`,
  /** The picture, for who does not see it. */
  picture: (known: number, of: number) =>
    `RMSE held out and seen, by k: ${formatCount(known)} of ${formatCount(of)} values; the numbers stand in the table`,
  closer: 'The same near the line; a triangle at the top stands for a value beyond it',
  closerLater: 'Near the line: drawn once all runs are there.',
  axis: 'Factors k',
  names: { heldOut: 'held out', seen: 'seen' },
  rule: (limit: number) => `line ${formatTerm(limit)}`,
  /** Where the line comes from, in numbers. */
  ruleIs: (k: number, rmse: number, error: number, limit: number) =>
    `The line: the best, k = ${formatExact(k)} with ${formatTerm(rmse)}, and its standard error ${formatTerm(error)}: ${formatTerm(limit)}.`,
  ruleLater: 'The line is drawn once all runs are there.',
  key: 'Dots: means over seeds. Band: one standard error over the folds, up and down. Triangle: beyond the top.',
  table: 'Figures of the sweep',
  columns: { k: 'k', heldOut: 'held out', error: '± error', seen: 'seen' },
  nothing: '—',
};
