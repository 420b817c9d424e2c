import { describe, expect, it } from 'vitest';
import type { SweepPlan } from '../../src/core/experiment/plan.ts';
import { RUN_ENDS } from '../../src/core/experiment/results.ts';
import { curvePositions } from '../../src/core/experiment/run-record.ts';
import { runsCsv } from '../../src/io/export-runs.ts';
import { allRows, recordOf } from '../../src/store/experiment-select.ts';
import type { Sweep } from '../../src/store/experiment-state.ts';
import type { RunRow } from '../../src/store/sweep-row.ts';
import { strings } from '../../src/strings/index.ts';
import { pinnedAgainst } from '../../src/views/loss/against.ts';
import { planOf, runPlan } from '../core/experiment/run-plan.ts';
import { studyFromText } from './harness.ts';

const notebook = studyFromText('5 3 . 1 / 4 . . 1 / 1 1 . 5 / 1 . . 4 / . 1 5 4 / 2 1 3 .');

/** The rows of a plan over a single α, in which everything has run. */
function rowsOf(changes: Partial<SweepPlan>) {
  const plan = planOf(notebook, { axes: [{ setting: 'alpha', spacing: 'listed', values: [0.01] }], ...changes });
  const { runs, results } = runPlan(plan);
  const sweep: Sweep = {
    id: 'sweep-1',
    name: 'α',
    plan,
    status: 'done',
    results,
    version: 1,
    done: runs.count,
    total: runs.count,
    secondsLeft: null,
  };
  const state = { sweeps: [sweep], runs: [], names: {}, deleted: new Set<string>() };
  const row: RunRow | undefined = allRows(state)[0];
  const record = row && recordOf(state, row.id);
  if (!row || !record) throw new Error('no row');
  return { runs, results, row, record };
}

function leastOf({ epoch, rmseHeldOut }: { readonly epoch: Float64Array; readonly rmseHeldOut: Float64Array }) {
  const rmse = Math.min(...rmseHeldOut);
  return { epoch: epoch[rmseHeldOut.indexOf(rmse)], rmse };
}

describe('the row of a run with several folds', () => {
  it('has as best epoch the one of the least error over all folds together, as on its own curve', () => {
    for (const judging of [{ kind: 'leave-one-out' }, { kind: 'k-fold', folds: 5 }] as const) {
      const { row, record, runs, results } = rowsOf({ judging, stop: { kind: 'epochs', epochs: 1000 } });
      if (record.curve === null) throw new Error('no curve');
      const least = leastOf(record.curve);
      expect([row.bestEpoch, record.bestEpoch, record.bestHeldOut]).toEqual([least.epoch, least.epoch, least.rmse]);
      expect(row.bestIsMean).toBe(false);
      // The mean of the folds' own best epochs, which it once was, is another.
      const own = Array.from({ length: runs.folds }, (_, fold) => results.bestEpoch[fold] ?? 0);
      expect(Math.round(own.reduce((sum, x) => sum + x, 0) / runs.folds)).not.toBe(row.bestEpoch);
    }
  });

  it('says under early stopping that it is a mean: each fold went back to its own', () => {
    const { row, record, runs, results } = rowsOf({
      judging: { kind: 'k-fold', folds: 4 },
      stop: { kind: 'early', limit: 500, patience: 20, watchShare: null },
    });
    const own = Array.from({ length: runs.folds }, (_, fold) => results.standsAt[fold] ?? 0);
    expect(new Set(own).size).toBeGreaterThan(1);
    const mean = Math.round(own.reduce((sum, x) => sum + x, 0) / own.length);
    expect([row.bestEpoch, row.bestIsMean, record.bestIsMean]).toEqual([mean, true, true]);
    expect(strings.runs.bestEpoch(row.bestEpoch, row.bestIsMean)).toBe(`mean ${mean}`);
    expect(record.bestHeldOut).toBe(row.rmseHeldOut);
  });

  it('whose folds ended differently says how many which way', () => {
    const judging = { kind: 'k-fold', folds: 5 } as const;
    const whole = rowsOf({ judging, stop: { kind: 'settled', limit: 100_000 } });
    const lengths = Array.from({ length: 5 }, (_, fold) => whole.results.epochs[fold] ?? 0).sort((a, b) => a - b);
    expect([whole.row.ends, strings.experiment.endedText(whole.row)]).toEqual([null, 'settled']);
    // Between the fourth and the last: four settle, one does not.
    const limit = (lengths[4] ?? 0) - 100;
    expect(limit).toBeGreaterThan(lengths[3] ?? 0);
    const { row, record, results } = rowsOf({ judging, stop: { kind: 'settled', limit } });
    expect(Array.from(results.ended, (end) => RUN_ENDS[end - 1]).filter((end) => end === 'settled')).toHaveLength(4);
    expect(strings.experiment.endedText(row)).toBe('4 settled, 1 all epochs');
    expect([row.ended, strings.experiment.endedText(record)]).toEqual(['limit', '4 settled, 1 all epochs']);
    expect(runsCsv([row]).split('\r\n')[1]).toContain('"settled 4, limit 1",5');
    // The curve goes on to the last fold's end, where it is what the row says.
    expect(record.curve?.epoch.at(-1)).toBe(limit);
    expect(record.curve?.rmseHeldOut.at(-1)).toBeCloseTo(row.rmseHeldOut ?? 0, 12);
  });

  it('costs what one training does, not what all folds do together', () => {
    const folds = 16;
    const seen = folds - 1;
    const { row, record, results } = rowsOf({
      judging: { kind: 'leave-one-out' },
      stop: { kind: 'epochs', epochs: 500 },
    });
    expect(row.folds).toBe(folds);
    const milliseconds = Array.from({ length: folds }, (_, fold) => results.milliseconds[fold] ?? 0);
    const meanTime = milliseconds.reduce((sum, x) => sum + x, 0) / folds;
    expect([row.updates, record.updates]).toEqual([500 * seen, 500 * seen]);
    expect([row.milliseconds, record.milliseconds]).toEqual([meanTime, meanTime]);
    const { curve } = record;
    if (curve === null) throw new Error('no curve');
    expect(Array.from(curvePositions(record, 'updates') ?? [])).toEqual(Array.from(curve.epoch, (one) => one * seen));
    expect(curvePositions(record, 'time')?.at(-1)).toBe(meanTime);
    // Beside Play's run on the same fold, whose epoch is 15 updates, it lies epoch upon epoch.
    const pinned = { record, label: '', baseline: false, curve: { id: row.id, label: '', baseline: false, ...curve } };
    const [drawn] = pinnedAgainst([pinned], 'updates', seen);
    expect(Array.from(drawn?.epoch ?? [])).toEqual(Array.from(curve.epoch));
    const [head = [], line = []] = runsCsv([row])
      .split('\r\n')
      .map((one) => one.split(','));
    expect(line.at(head.indexOf('updates') - head.length)).toBe(String(500 * seen));
  });

  it('whose folds ended at different epochs takes as many updates to an epoch as each of them', () => {
    const { row, record, results, runs } = rowsOf({
      judging: { kind: 'leave-one-out' },
      stop: { kind: 'settled', limit: 100_000 },
    });
    const lengths = Array.from({ length: runs.folds }, (_, fold) => results.epochs[fold] ?? 0);
    const mean = lengths.reduce((sum, x) => sum + x, 0) / lengths.length;
    expect(Math.max(...lengths)).toBeGreaterThan(mean);
    expect([row.updates, record.meanEpochs]).toEqual([mean * 15, mean]);
    const last = record.curve?.epoch.at(-1) ?? 0;
    expect(last).toBe(Math.max(...lengths));
    expect(curvePositions(record, 'updates')?.at(-1)).toBeCloseTo(last * 15, 6);
  });
});
