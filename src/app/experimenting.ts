import { createExperimentStorage } from '../io/experiment-storage.ts';
import { type ExportedRun, runsCsv, runsJson } from '../io/export-runs.ts';
import { createObjectStore } from '../io/object-store.ts';
import { createExperiment, type Experiment } from '../store/experiment.ts';
import { curveOf } from '../store/experiment-select.ts';
import { runsTable } from '../store/runs-table.ts';
import type { Store } from '../store/store.ts';
import type { RunRow } from '../store/sweep-row.ts';
import { strings } from '../strings/index.ts';
import { createPool, type Pool, workersFor } from '../worker/pool.ts';
import taskEntry from '../worker/task-entry.ts?worker&url';
import { browserSurroundings } from './surroundings.ts';
import { createExperimentTabs } from './sweep-tabs.ts';
import { startWorker } from './worker-scripts.ts';

/** Runs and sweeps, and how to prepare for them. */
export interface Experimenting extends Experiment {
  /** Starts the workers of sweeps and lets them do some runs that nobody is told of (`Pool.warm`). */
  readonly warm: Pool['warm'];
}

/** The store of runs and sweeps of Play, its pools and what keeps it over a reload. */
export function createExperimenting(app: Store): Experimenting {
  const spawn = () => startWorker(taskEntry);
  const onDeath = () => app.actions.say(strings.experiment.workerRedone);
  const size = workersFor(navigator.hardwareConcurrency);
  // Any name that no other tab has.
  const tab = crypto.getRandomValues(new Uint32Array(2)).join('-');
  const made = new Map<string, Pool>();
  /** Each pool is made when there is something to do for it. */
  const pool = (name: string, make: () => Pool) => () => {
    const known = made.get(name) ?? make();
    made.set(name, known);
    return known;
  };
  const sweepPool = pool('sweep', () => createPool({ spawn, size, onDeath }));
  const experiment = createExperiment({
    app,
    pools: {
      sweep: sweepPool,
      // Asked for anew at every change: what is out of date is let finish, in short chunks.
      live: pool('live', () => createPool({ spawn, size, gentle: true, chunk: 25 })),
      compare: pool('compare', () => createPool({ spawn, size: 1 })),
    },
    surroundings: browserSurroundings,
    keeper: createExperimentStorage(createObjectStore('factorscope-experiment'), tab),
    tabs: createExperimentTabs(),
    tab,
  });
  window.addEventListener('pagehide', () => experiment.flush(true));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') experiment.flush(false);
  });
  return { ...experiment, warm: (...asked) => sweepPool().warm(...asked) };
}

/** The runs that the table shows, as a file's text. */
export function exportRuns(kind: 'csv' | 'json', { store }: Pick<Experiment, 'store'>): string {
  const state = store.getState();
  const { rows } = runsTable(state);
  if (kind === 'csv') return runsCsv(rows);
  const whole = (row: RunRow): ExportedRun => ({ ...row, id: row.id, name: row.name, curve: curveOf(state, row.id) });
  return runsJson(rows.map(whole));
}
