import { expect, it } from 'vitest';
import { warmSweeps } from '../../src/app/warm-sweeps.ts';
import { createExperiment } from '../../src/store/experiment.ts';
import { planOf } from '../core/experiment/run-plan.ts';
import { bench, studyFromText } from './harness.ts';

const study = studyFromText('5 3 . 1 / 4 . . 1 / 1 1 . 5 / 1 . . 4 / . 1 5 4 / 2 1 3 .');

it('workers are warmed up when the page is idle, and again after a sweep was canceled, which ended them', () => {
  const app = bench(study);
  const never = { runAll: () => new Promise<never>(() => {}), hold: () => {} };
  const experiment = createExperiment({
    app,
    pools: { sweep: () => never, live: () => never, compare: () => never },
    surroundings: { now: () => 0, nextFrame: () => {}, after: () => () => {} },
    keeper: null,
  });
  let warmed = 0;
  let waiting: (() => void)[] = [];
  const idle = () => {
    const works = waiting;
    waiting = [];
    for (const work of works) work();
  };
  const warm = () => {
    warmed += 1;
  };
  const end = warmSweeps({ store: app.store, experiment: { ...experiment, warm } }, (work) => {
    waiting.push(work);
    return () => {
      waiting = waiting.filter((one) => one !== work);
    };
  });
  expect(warmed).toBe(0);
  idle();
  expect(warmed).toBe(1);
  experiment.actions.startSweep(planOf(study), 'canceled soon');
  idle();
  expect(warmed).toBe(1);
  experiment.actions.cancelSweep('sweep-1');
  idle();
  expect(warmed).toBe(2);
  end();
  experiment.actions.resumeSweep('sweep-1');
  experiment.actions.cancelSweep('sweep-1');
  idle();
  expect(warmed).toBe(2);
});
