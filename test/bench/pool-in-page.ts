/** Run by sweep.browser.ts in the page: the pool as the page has it, on the 20 × 20 map of the notebook's 6 × 4. */
import { emptyResults, putResult } from '../../src/core/experiment/results.ts';
import { readPlan } from '../../src/core/experiment/run-spec.ts';
import { taskOfRun } from '../../src/store/sweep-task.ts';
import { createPool, type Pool } from '../../src/worker/pool.ts';
import { EPOCHS, plan, study } from './notebook-map.ts';

export interface PoolInPage {
  make(script: string, size: number): void;
  /** Starts the workers and waits until they have warmed up. */
  warm(): Promise<void>;
  /** Milliseconds of the whole map, from asking to the last result in its column. */
  map(): Promise<number>;
  dispose(): void;
  /** What a bare loop needs: the seen ratings, and the settings of each run. */
  readonly bare: {
    readonly user: Int32Array;
    readonly item: Int32Array;
    readonly value: Float64Array;
    readonly models: readonly { readonly k: number; readonly alpha: number; readonly beta: number }[];
    readonly epochs: number;
    readonly m: number;
    readonly n: number;
  };
}

declare global {
  var poolInPage: PoolInPage;
}

/** Longer than a worker warms up, even on a machine that others use too. */
const WARM_MILLISECONDS = 2_500;
const runs = readPlan(plan);
const list = { count: runs.count, task: (index: number) => taskOfRun(runs, index) };
const { ratings, users, items } = study.dataset;
const seen = Array.from(ratings.heldOut.keys()).filter((at) => ratings.heldOut[at] === 0);
let pool: Pool | null = null;

globalThis.poolInPage = {
  make(script, size) {
    pool = createPool({ spawn: () => new Worker(script, { type: 'module' }), size });
  },
  async warm() {
    pool?.warm(study, runs.splits, list);
    await new Promise((done) => setTimeout(done, WARM_MILLISECONDS));
  },
  async map() {
    const results = emptyResults(runs.count, runs.splits.length);
    const began = performance.now();
    await pool?.runAll(study, runs.splits, list, (index, { run, baselines }, milliseconds) => {
      putResult(results, index, { ...run, milliseconds });
      if (baselines !== null) results.baselines[runs.spec(index).split] = baselines;
    });
    return performance.now() - began;
  },
  dispose: () => pool?.dispose(),
  bare: {
    user: Int32Array.from(seen, (at) => ratings.user[at] ?? 0),
    item: Int32Array.from(seen, (at) => ratings.item[at] ?? 0),
    value: Float64Array.from(seen, (at) => ratings.value[at] ?? 0),
    models: Array.from({ length: runs.count }, (_, index) => runs.spec(index).model),
    epochs: EPOCHS,
    m: users.length,
    n: items.length,
  },
};
