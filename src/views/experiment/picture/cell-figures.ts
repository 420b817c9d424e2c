import { RUN_ENDS } from '../../../core/experiment/results.ts';
import type { CellSummary } from '../../../core/experiment/summary.ts';
import { plannedRuns } from '../../../store/experiment-select.ts';
import type { Sweep } from '../../../store/experiment-state.ts';
import { formatError, formatSpread } from '../../../strings/errors-of-runs.ts';
import { experiment } from '../../../strings/experiment.ts';
import { formatCount } from '../../../strings/numbers.ts';
import { sweepPictures as words } from '../../../strings/sweep-pictures.ts';
import type { Figures } from './FigureTip.tsx';

/** How the runs of a combination ended, and how many each way. */
function endsOf({ plan, results }: Sweep, cell: number): readonly (readonly [string, number])[] {
  const runs = plannedRuns(plan);
  const counts = RUN_ENDS.map(() => 0);
  for (let seed = 0; seed < plan.seeds.length; seed += 1) {
    for (let fold = 0; fold < runs.folds; fold += 1) {
      const end = (results.ended[runs.indexOf(cell, seed, fold, null)] ?? 0) - 1;
      if (end >= 0) counts[end] = (counts[end] ?? 0) + 1;
    }
  }
  return RUN_ENDS.flatMap((end, at) => {
    const count = counts[at] ?? 0;
    if (count === 0) return [];
    const name = end === 'limit' && plan.stop.kind === 'settled' ? words.tip.notSettled : experiment.ended[end];
    return [[name, count] as const];
  });
}

/** How many ratings judge a combination, over all folds. */
function judgesOf({ plan }: Sweep, cell: number): number {
  const runs = plannedRuns(plan);
  let judges = 0;
  for (let fold = 0; fold < runs.folds; fold += 1)
    judges += runs.splits[runs.splitOf(cell, fold, null)]?.heldOut.length ?? 0;
  return judges;
}

/** All figures of a combination, for what is pointed at. */
export function figuresOf(sweep: Sweep, summary: CellSummary): Figures {
  const { tip } = words;
  const { mean, spreadOverSeeds, spreadOverFolds, seeds, least, greatest, rmseSeen, epochs, done, total } = summary;
  const rows: (readonly [string, string])[] = [];
  if (mean !== null) rows.push([tip.heldOut, formatError(mean)]);
  if (spreadOverSeeds !== null) rows.push([tip.spread(seeds), `± ${formatSpread(spreadOverSeeds, mean ?? 0)}`]);
  if (least !== null && greatest !== null && seeds > 1) rows.push([tip.range, tip.rangeOf(least, greatest)]);
  if (spreadOverFolds !== null) rows.push([tip.folds, `± ${formatSpread(spreadOverFolds, mean ?? 0)}`]);
  if (rmseSeen !== null) rows.push([tip.seen, formatError(rmseSeen)]);
  const folds = plannedRuns(sweep.plan).folds;
  if (done > 0) rows.push([tip.runs, tip.runsOf(done, total, sweep.plan.seeds.length, folds)]);
  rows.push([tip.ratings, formatCount(judgesOf(sweep, summary.cell))]);
  if (epochs !== null) rows.push([tip.epochs, tip.epochsOf(epochs)]);
  const ends = endsOf(sweep, summary.cell);
  if (ends.length > 0) rows.push([tip.ended, tip.endedOf(ends)]);
  const outcome = mean === null || summary.diverged > 0 ? `: ${words.outcome(summary)}` : '';
  return { title: `${words.symbols(summary.assignments)}${outcome}`, rows };
}
