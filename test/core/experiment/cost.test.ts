import { describe, expect, it, vi } from 'vitest';
import { axisValues } from '../../../src/core/experiment/axis.ts';
import { epochWork, estimateCost } from '../../../src/core/experiment/cost.ts';
import { canLiveMap } from '../../../src/core/experiment/live-map.ts';
import type { SweepPlan } from '../../../src/core/experiment/plan.ts';
import { readPlan } from '../../../src/core/experiment/run-spec.ts';
import { studyFromText } from '../../store/harness.ts';
import { planOf } from './run-plan.ts';

const study = studyFromText('5 3 . 1 / 4 . . 1 / 1 1 . 5 / 1 . . 4 / . 1 5 4 / 2 1 3 .');
const alpha = { setting: 'alpha', spacing: 'log', from: 0.001, to: 0.1, count: 100 } as const;
const beta = { setting: 'beta', spacing: 'log', from: 0.001, to: 1, count: 100 } as const;

/** Run by run. */
function summed(plan: SweepPlan): number {
  const runs = readPlan(plan);
  let work = 0;
  for (let index = 0; index < runs.count; index += 1) {
    const { model, split } = runs.spec(index);
    const parted = runs.splits[split];
    const hidden = (parted?.heldOut.length ?? 0) + (parted?.ignored.length ?? 0) + (parted?.watched.length ?? 0);
    work += epochWork(model, Math.max(1, 16 - hidden), 6, 4) * 50;
  }
  return work;
}

describe('what a plan costs', () => {
  it('is what its runs cost one by one, whatever is varied', () => {
    const plans = [
      planOf(study, { axes: [{ setting: 'k', spacing: 'listed', values: [1, 2, 5] }, alpha] }),
      planOf(study, {
        axes: [{ setting: 'optimizer', spacing: 'listed', values: ['sgd', 'adam', 'als'] }],
        seeds: [1, 2],
      }),
      planOf(study, {
        axes: [{ setting: 'seen', spacing: 'listed', values: [25, 50, 100] }, beta],
        judging: { kind: 'k-fold', folds: 4 },
      }),
    ];
    for (const plan of plans) {
      expect(study.dataset.ratings.value).toHaveLength(16);
      expect(estimateCost(plan, 1).work).toBeCloseTo(summed(plan), 3);
    }
  });

  it('of ten thousand combinations that cost the same looks at one', () => {
    const plan = planOf(study, { axes: [alpha, beta], judging: { kind: 'hold-out', share: 20, repeats: 5 } });
    expect(axisValues(alpha)).toHaveLength(100);
    const spec = vi.spyOn(readPlan(plan), 'spec');
    const cost = estimateCost(plan, 1);
    expect(cost).toMatchObject({ cells: 10_000, runs: 50_000 });
    expect(spec).toHaveBeenCalledTimes(5);
    spec.mockRestore();
    expect(cost.work / summed(plan)).toBeCloseTo(1, 9);
  });
});

it('ALS has no α, so it has no map of α × β', () => {
  const als = { ...study, model: { ...study.model, optimizer: { kind: 'als' } as const } };
  expect([canLiveMap(study, 20, 1000), canLiveMap(als, 20, 1000)]).toEqual([true, false]);
});
