import { createStore, type StoreApi } from 'zustand/vanilla';
import { judgedByK } from '../core/experiment/one-standard-error.ts';
import type { SweepPlan } from '../core/experiment/plan.ts';
import type { Study } from '../core/study.ts';
import type { SweepOverK } from '../lessons/lesson.ts';
import { sweepOf, sweepPlan } from '../lessons/stage.ts';
import { lessonSweep as words } from '../strings/lesson-sweep.ts';
import { createExperiment, type ExperimentOptions } from './experiment.ts';
import { plannedRuns, summariesOf } from './experiment-select.ts';
import type { Sweep } from './experiment-state.ts';
import type { Guide } from './lesson.ts';
import type { RunPool } from './sweep-queue.ts';

/** The sweep over k of a lesson's step, in an experiment of its own: the reader's runs hear nothing of it. */
export interface LessonSweepState {
  /** What the step wants to be run; null where it wants no sweep. */
  readonly wanted: SweepOverK | null;
  /** As it stands; null before it is started, and once the stage has another study. */
  readonly sweep: Sweep | null;
  /** Starts it, or goes on where it was canceled; a sweep that is done is run anew. Done when it rests. */
  start(): Promise<void>;
  /** Stops it at once; what is done is kept. */
  cancel(): void;
  /** Another stage: nothing of it counts any more. */
  clear(): void;
}

export interface LessonSweepOptions {
  readonly app: ExperimentOptions['app'];
  readonly pool: () => RunPool;
  readonly surroundings: ExperimentOptions['surroundings'];
  /** Where the reader is, and who wants to know what the sweep came to. */
  readonly guide: Pick<Guide, 'store' | 'computed'>;
}

/** Whether a sweep of one goes for the other: everything is alike but k and the seed, which it sets itself. */
function sameBut(a: Study, b: Study): boolean {
  const settings = ({ model }: Study) => JSON.stringify({ ...model, k: 0, seed: 0 });
  return a.dataset.ratings === b.dataset.ratings && (a.model === b.model || settings(a) === settings(b));
}

const goesOn = ({ status }: Sweep) => status === 'running' || status === 'planned';

export function createLessonSweep({ app, pool, surroundings, guide }: LessonSweepOptions): StoreApi<LessonSweepState> {
  const experiment = createExperiment({
    app,
    // A lesson has no live map, and compares nothing.
    pools: { sweep: pool, live: pool, compare: pool },
    surroundings,
    keeper: null,
  });
  const { actions } = experiment;
  let waiting: (() => void)[] = [];

  function rests(): void {
    const ended = waiting;
    waiting = [];
    for (const end of ended) end();
  }

  function wantedNow(): SweepOverK | null {
    const { lesson, step } = guide.store.getState();
    return lesson && sweepOf(lesson, step);
  }

  function begin(plan: SweepPlan): void {
    const problem = actions.startSweep(plan, words.title);
    if (problem) {
      app.actions.report(problem, words.notStarted);
      rests();
    }
  }

  const store = createStore<LessonSweepState>()((set, get) => ({
    wanted: wantedNow(),
    sweep: null,
    start() {
      const { wanted, sweep, clear } = get();
      if (wanted === null) return Promise.resolve();
      if (sweep?.status === 'done') clear();
      const over = new Promise<void>((end) => waiting.push(end));
      if (sweep === null || sweep.status === 'done') begin(sweepPlan(app.store.getState().study, wanted));
      else actions.resumeSweep(sweep.id);
      return over;
    },
    cancel() {
      const { sweep } = get();
      if (sweep !== null && goesOn(sweep)) actions.cancelSweep(sweep.id);
    },
    clear() {
      const { sweep } = get();
      if (sweep === null) return;
      set({ sweep: null });
      actions.deleteSweep(sweep.id);
      guide.computed({ sweep: null });
      rests();
    },
  }));

  experiment.store.subscribe(({ sweeps }) => {
    // There is one at a time.
    const sweep = sweeps.at(-1) ?? null;
    const before = store.getState().sweep;
    if (sweep === before || sweep === null) return;
    store.setState({ sweep });
    if (sweep.status === 'done' && before?.status !== 'done')
      guide.computed({ sweep: judgedByK(plannedRuns(sweep.plan), summariesOf(sweep)) });
    if (!goesOn(sweep)) rests();
  });
  guide.store.subscribe((now, before) => {
    if (now.lesson !== before.lesson || now.step !== before.step) store.setState({ wanted: wantedNow() });
  });
  app.store.subscribe(({ study }, before) => {
    if (study === before.study) return;
    const { sweep, clear } = store.getState();
    if (sweep !== null && !sameBut(study, sweep.plan.study)) clear();
  });
  return store;
}
