import { createStore, type StoreApi } from 'zustand/vanilla';
import { checkPlan } from '../core/experiment/check-plan.ts';
import { carryOver, extendPlan } from '../core/experiment/edge.ts';
import type { KeptExperiment, KeptSweep } from '../core/experiment/kept.ts';
import { emptyResults, resultAt, type SweepResults } from '../core/experiment/results.ts';
import type { RunId, RunRecord } from '../core/experiment/run-record.ts';
import { studyOfRun } from '../core/experiment/run-spec.ts';
import { EMPTY_HISTORY } from '../core/history.ts';
import type { Problem, Result } from '../core/problem.ts';
import type { Epoch } from '../core/ratings.ts';
import type { Session } from '../core/session.ts';
import type { Study } from '../core/study.ts';
import { strings } from '../strings/index.ts';
import type { Actions } from './actions.ts';
import { predictionsForComparing } from './compare-tasks.ts';
import { mergeKept, NOTHING_KEPT } from './experiment-merge.ts';
import { placeOf, plannedRuns, recordOf } from './experiment-select.ts';
import type {
  ExperimentActions,
  ExperimentState,
  OpenedFold,
  RunsView,
  Sweep,
  SweepId,
  SweepStatus,
} from './experiment-state.ts';
import { recordOfPlay, withLeaveOneOut } from './kept-run.ts';
import { createLiveMap } from './live-map.ts';
import type { AppState } from './state.ts';
import { createSweepQueue, type RunPool } from './sweep-queue.ts';
import type { Surroundings } from './trainer.ts';

/** Where runs and sweeps are kept over a reload (`io/experiment-storage.ts`). */
export interface ExperimentKeeper {
  /** Of what was read or written before, the same plans and columns as long as nothing landed since. */
  load(): Promise<Result<KeptExperiment | null>>;
  /** Whether another tab has written since this one last read or wrote. */
  isNews?(): Promise<boolean>;
  /** What went wrong, or null once the browser has it. */
  save(kept: KeptExperiment): Promise<Problem | null>;
}

/** What the tabs of one browser agree on (`app/sweep-tabs.ts`). */
export interface ExperimentTabs {
  /** Asks for the turn to run sweeps. `others`: somebody else has it, so it may take long. Returns how to give it back. */
  takeTurn(on: { mine(): void; others(): void }): () => void;
  /** Does something while no other tab does. */
  alone(work: () => Promise<void>): Promise<void>;
  /** Tells the other tabs that there is something new to read. */
  told(): void;
  /** Calls back when another tab has told. */
  onTold(listener: () => void): void;
}

export interface ExperimentOptions {
  readonly app: {
    readonly store: StoreApi<AppState>;
    readonly actions: Pick<Actions, 'openSession' | 'runTo' | 'changeModel' | 'report' | 'say' | 'setView'>;
    session(): Session;
  };
  /** For sweeps, for the live map, and for what is compared; each called when there is something to do. */
  readonly pools: { sweep(): RunPool; live(): RunPool; compare(): RunPool };
  readonly surroundings: Surroundings;
  /** Null: nothing is kept. */
  readonly keeper: ExperimentKeeper | null;
  /** Null: there are no other tabs, or nothing that they could agree by. */
  readonly tabs?: ExperimentTabs | null;
  /** A name that no other tab has: ids of what is begun here end with it, so that two tabs never give the same one. */
  readonly tab?: string;
}

/** The store of runs, sweeps and what is compared, with everything a view may call. */
export interface Experiment {
  readonly store: StoreApi<ExperimentState>;
  readonly actions: ExperimentActions;
  /**
   * Writes what is not yet kept, now. `leaving`: the page goes away, and cannot wait for what other tabs have written; one that is
   * only hidden reads that first.
   */
  flush(leaving: boolean): void;
  /** Resolves when what was kept has been read. */
  readonly loaded: Promise<void>;
}

const FIRST_VIEW: RunsView = { sort: 'rmseHeldOut', descending: false, text: '', from: null, pinnedOnly: false };
/** How long a change waits before it is kept (milliseconds). */
const KEEP_AFTER = 1_000;
/** How long another tab's results wait before they are read (milliseconds). */
const FOLLOW_AFTER = 500;
/** And for each run that there is: all of them are looked at anew. */
const FOLLOW_EACH_RUN = 0.05;
const NAME_LIMIT = 200;

interface Deletion {
  readonly label: string;
  restore(): void;
}

function doneOf({ ended }: SweepResults): number {
  let done = 0;
  for (const one of ended) if (one !== 0) done += 1;
  return done;
}

/** Whether runs of both are written down in one place; names are changed with other objects around it. */
function sameColumns(a: Pick<Sweep, 'results'>, b: Pick<Sweep, 'results'>): boolean {
  return a.results.ended === b.results.ended;
}

/** A name as it was typed, without blanks at its ends. Errors: 'name-empty', 'name-too-long'. */
function checkName(name: string): Problem | null {
  if (name.trim() === '') return { code: 'name-empty' };
  if (name.trim().length > NAME_LIMIT) {
    return { code: 'name-too-long', got: String(name.trim().length), expected: String(NAME_LIMIT) };
  }
  return null;
}

export function createExperiment(options: ExperimentOptions): Experiment {
  const { app, pools, surroundings, keeper, tabs = null, tab } = options;
  const numbers = { run: 0, sweep: 0 };
  const idOf = (name: string) => (tab === undefined ? name : `${name}-${tab}`);
  let deletions: Deletion[] = [];
  let comparing = new AbortController();
  /** The run that was kept last, as long as Play stands where it was kept. */
  let late: { readonly record: RunRecord; readonly run: number; readonly marks: number } | null = null;

  const store = createStore<ExperimentState>()(() => ({
    sweeps: [],
    runs: [],
    names: {},
    deleted: new Set<RunId>(),
    pins: [],
    baseline: null,
    view: FIRST_VIEW,
    comparison: null,
    liveMap: null,
    opened: null,
    elsewhere: null,
    undoLabel: null,
    loaded: keeper === null,
  }));
  const get = store.getState;
  /** Whose turn it is to run sweeps; without other tabs always this one's. */
  let turn: 'nobody' | 'asked' | 'mine' = tabs === null ? 'mine' : 'nobody';
  let giveBack = () => {};
  /** What the browser says is running, in a tab that may be gone; null while it is this one. */
  let runningThere: SweepId | null = null;
  /** What this tab and the browser last had alike. */
  let alike: KeptExperiment = NOTHING_KEPT;
  const set = (patch: Partial<ExperimentState>) => store.setState(patch);

  const putSweep = (sweep: Sweep) =>
    store.setState(({ sweeps }) => ({ sweeps: sweeps.map((one) => (one.id === sweep.id ? sweep : one)) }));

  const queue = createSweepQueue({
    sweeps: () => get().sweeps,
    put: putSweep,
    pool: pools.sweep,
    mayRun: () => turn === 'mine',
    surroundings,
    onFailed: () => app.actions.report({ code: 'worker-died' }, strings.experiment.sweepFailed),
  });
  const liveMap = createLiveMap({
    play: app.store,
    map: () => get().liveMap,
    put: (map) => set({ liveMap: map }),
    pool: pools.live,
    surroundings,
  });

  function findSweep(id: string): Sweep | undefined {
    return get().sweeps.find((sweep) => sweep.id === id);
  }

  /** Whether a sweep is this tab's to change; says so where another one runs it. */
  function here(id: string): boolean {
    if (get().elsewhere !== id) return true;
    app.actions.say(strings.experiment.elsewhereOnly);
    return false;
  }

  /** Two sweeps of one name could not be told apart in a list: the later ones are numbered. */
  function freeName(name: string): string {
    const taken = new Set(get().sweeps.map((sweep) => sweep.name));
    let free = name;
    for (let number = 2; taken.has(free); number += 1) free = strings.experiment.numbered(name, number);
    return free;
  }

  function deleted(label: string, restore: () => void): void {
    deletions = [...deletions.slice(-49), { label, restore }];
    set({ undoLabel: label });
  }

  function open(study: Study, epoch: Epoch, name: string): void {
    set({ opened: null });
    const session: Session = { study, state: null, history: EMPTY_HISTORY, marks: [], extensions: {} };
    app.actions.openSession(session, strings.experiment.openedRun(name));
    if (epoch > 0) app.actions.runTo(epoch);
  }

  /**
   * A fold of a run of a sweep; null for other runs, and for those that are not there. `epoch`: null for its own end; one that
   * diverged is trained until it does so again, and Play says in which epoch and at which rating. `fold`: null for the first one
   * that diverged, or else the first.
   */
  function openedFold(id: RunId, epoch: Epoch | null, fold: number | null): OpenedFold | null {
    const record = recordOf(get(), id);
    const place = placeOf(get(), id);
    if (record === null || place === null) return null;
    const { sweep, cell, seedPlace } = place;
    const runs = plannedRuns(sweep.plan);
    const resultOf = (one: number) => resultAt(sweep.results, runs.indexOf(cell, seedPlace, one, null));
    const all = Array.from({ length: runs.folds }, (_, one) => one);
    const diverged = all.filter((one) => resultOf(one)?.ended === 'diverged');
    const shown = Math.max(0, Math.min(fold ?? diverged[0] ?? 0, runs.folds - 1));
    const index = runs.indexOf(cell, seedPlace, shown, null);
    const { stop } = sweep.plan;
    const limit = stop.kind === 'epochs' ? stop.epochs : stop.limit;
    const end = diverged.includes(shown) ? limit : (resultOf(shown)?.standsAt ?? record.epochs);
    let ratings = 0;
    for (let one = 0; one < runs.folds; one += 1) {
      ratings += runs.splits[runs.splitOf(cell, one, null)]?.heldOut.length ?? 0;
    }
    return {
      id,
      name: record.name,
      study: studyOfRun(runs, index),
      asked: epoch,
      epoch: epoch ?? end,
      fold: shown,
      folds: runs.folds,
      diverged,
      ratings,
      rmse: record.rmseHeldOut,
    };
  }

  function openKept(record: RunRecord, epoch: Epoch | undefined): void {
    set({ opened: null });
    const atItsEnd = epoch === undefined || epoch === record.epochs;
    if (record.session !== null && (atItsEnd || record.changed)) {
      app.actions.openSession(record.session, strings.experiment.openedRun(record.name));
      if (!atItsEnd) app.actions.say(strings.experiment.notOpened);
    } else open(record.study, epoch ?? record.standsAt, record.name);
  }

  const actions: ExperimentActions = {
    startSweep(plan, name) {
      const problem = checkPlan(plan)[0] ?? checkName(name);
      if (problem) return problem;
      numbers.sweep += 1;
      const { count, splits } = plannedRuns(plan);
      const sweep: Sweep = {
        id: idOf(`sweep-${numbers.sweep}`),
        name: freeName(name.trim()),
        plan,
        status: 'planned',
        results: emptyResults(count, splits.length),
        version: 0,
        done: 0,
        total: count,
        secondsLeft: null,
      };
      store.setState(({ sweeps }) => ({ sweeps: [...sweeps, sweep] }));
      queue.work();
      return null;
    },
    pauseSweep: (id) => here(id) && queue.pause(id),
    resumeSweep: (id) => here(id) && queue.resume(id),
    cancelSweep: (id) => here(id) && queue.cancel(id),
    renameSweep(id, name) {
      const sweep = findSweep(id);
      const problem = checkName(name);
      if (problem === null && sweep) putSweep({ ...sweep, name: name.trim(), results: { ...sweep.results } });
      return problem;
    },
    deleteSweep(id) {
      const { sweeps } = get();
      const at = sweeps.findIndex((sweep) => sweep.id === id);
      const sweep = sweeps[at];
      if (sweep === undefined || !here(id)) return;
      set({ sweeps: sweeps.filter((one) => one.id !== id) });
      if (get().view.from === id) actions.setRunsView({ from: null });
      queue.drop(id);
      const under = sweep.status === 'running' || sweep.status === 'planned';
      const status: SweepStatus = under ? 'canceled' : sweep.status;
      deleted(strings.experiment.undoDeleteSweep(sweep.name), () =>
        store.setState(({ sweeps: now }) => {
          const done = doneOf(sweep.results);
          return { sweeps: now.toSpliced(at, 0, { ...sweep, status, done, secondsLeft: null }) };
        }),
      );
    },
    extendSweep(id, axis, side) {
      const sweep = findSweep(id);
      if (sweep === undefined || !here(id)) return null;
      const plan = extendPlan(sweep.plan, axis, side);
      const problem = checkPlan(plan)[0];
      if (problem) return problem;
      if (plan.axes[axis] === sweep.plan.axes[axis]) return null;
      queue.cancel(id);
      const results = carryOver(sweep.plan, sweep.results, plan);
      putSweep({
        ...sweep,
        plan,
        results,
        status: 'planned',
        version: sweep.version + 1,
        done: doneOf(results),
        total: results.count,
        secondsLeft: null,
      });
      queue.work();
      return null;
    },

    keepRun(name) {
      const { run } = app.store.getState();
      if (run.status === 'loading' || (name !== undefined && checkName(name) !== null)) return null;
      numbers.run += 1;
      const kept = recordOfPlay(app.session(), run, numbers.run, name?.trim());
      const record = { ...kept, id: idOf(kept.id) };
      store.setState(({ runs }) => ({ runs: [...runs, record] }));
      late = { record, run: run.id, marks: run.marks.length };
      // Whoever goes to the table looks for it.
      if (get().view.from !== 'play') actions.setRunsView({ from: null });
      return record.id;
    },
    renameRun(id, name) {
      const problem = checkName(name);
      if (problem === null) store.setState(({ names }) => ({ names: { ...names, [id]: name.trim() } }));
      return problem;
    },
    deleteRuns(ids) {
      const before = get();
      const gone = new Set(ids);
      set({
        deleted: new Set([...before.deleted, ...ids]),
        pins: before.pins.filter((id) => !gone.has(id)),
        baseline: before.baseline !== null && gone.has(before.baseline) ? null : before.baseline,
      });
      deleted(strings.experiment.undoDelete(gone.size), () => {
        const now = get();
        const back = before.pins.filter((id) => gone.has(id));
        set({
          deleted: new Set([...now.deleted].filter((id) => !gone.has(id))),
          pins: [...now.pins.filter((id) => !back.includes(id)), ...back],
          baseline: before.baseline !== null && gone.has(before.baseline) ? before.baseline : now.baseline,
        });
      });
    },
    undo() {
      const last = deletions.at(-1);
      deletions = deletions.slice(0, -1);
      last?.restore();
      set({ undoLabel: deletions.at(-1)?.label ?? null });
    },
    togglePin(id) {
      store.setState(({ pins }) => ({ pins: pins.includes(id) ? pins.filter((pin) => pin !== id) : [...pins, id] }));
    },
    setBaseline: (id) => set({ baseline: id }),
    setRunsView: (patch) => store.setState(({ view }) => ({ view: { ...view, ...patch } })),

    openInPlay(id, epoch, fold) {
      const record = recordOf(get(), id);
      if (record === null) return;
      const found = openedFold(id, epoch ?? null, fold ?? null);
      if (found === null) {
        openKept(record, epoch);
        return;
      }
      const { study, name, folds } = found;
      const several = folds > 1;
      const seeds = placeOf(get(), id)?.sweep.plan.seeds.length ?? 1;
      const run = seeds > 1 ? strings.experiment.openedSeed(name, seeds) : name;
      const shown = several ? strings.experiment.openedFold(run, found.fold + 1, folds) : run;
      const blewUp = found.diverged.includes(found.fold);
      open(study, found.epoch, blewUp ? strings.experiment.openedDiverged(shown) : shown);
      if (several) set({ opened: found });
    },
    compare(ids) {
      comparing.abort();
      const own = new AbortController();
      comparing = own;
      if (ids === null) {
        set({ comparison: null });
        return;
      }
      const none = ids.map(() => null);
      set({ comparison: { ids, status: 'training', predictions: none } });
      void predictionsForComparing(get(), ids, pools.compare, own.signal).then((predictions) => {
        if (own.signal.aborted) return;
        set({
          comparison: { ids, status: predictions === null ? 'failed' : 'done', predictions: predictions ?? none },
        });
      });
    },

    openLiveMap: (settings = {}) => liveMap.open(settings),
    closeLiveMap: () => liveMap.close(),
    takeLiveMapCell(cell) {
      const map = get().liveMap;
      if (map === null) return;
      const { size } = map.settings;
      const alpha = map.alphas[cell % size];
      const beta = map.betas[Math.floor(cell / size)];
      if (alpha !== undefined && beta !== undefined) app.actions.changeModel({ alpha, beta });
    },
  };

  // Leave-one-out lags: a run that was kept before its own figure came gets it as long as Play stands there.
  app.store.subscribe(({ run }) => {
    if (late === null) return;
    const { record } = late;
    const stands = run.id === late.run && run.marks.length === late.marks && run.epoch === record.epochs;
    if (!stands) {
      late = null;
      return;
    }
    const whole = withLeaveOneOut(record, run);
    if (whole === null) return;
    late = null;
    store.setState(({ runs }) => ({ runs: runs.map((one) => (one === record ? whole : one)) }));
  });

  let keepAsked: (() => void) | null = null;
  let failed = false;
  /** Whether what changes comes from another tab, and so is kept already. */
  let taking = false;

  function keptExperiment(): KeptExperiment {
    const { sweeps, runs, names, deleted: gone, pins, baseline, opened } = get();
    return {
      sweeps: sweeps.map(({ id, name, plan, status, results, version }) => ({
        id,
        name,
        plan,
        status: id === runningThere && status === 'planned' ? 'running' : status,
        results,
        version,
      })),
      runs,
      names,
      deleted: [...gone],
      pins,
      baseline,
      opened: opened === null ? null : { id: opened.id, epoch: opened.asked, fold: opened.fold },
      numbers: { ...numbers },
    };
  }

  async function write(to: ExperimentKeeper): Promise<void> {
    const kept = keptExperiment();
    const problem = await to.save(kept);
    if (problem === null) alike = kept;
    tabs?.told();
    // Said once, not at every change; said again if it worked in between.
    if (problem !== null && !failed) app.actions.report(problem, strings.experiment.storageFailed);
    failed = problem !== null;
  }

  /** Takes in what other tabs have written. */
  async function readNews(from: ExperimentKeeper): Promise<void> {
    if (!get().loaded || !(await from.isNews?.())) return;
    const read = await from.load();
    if (!read.ok || read.value === null) return;
    takeIn(mergeKept(alike, keptExperiment(), read.value));
    alike = read.value;
  }

  /** `leaving`: the page goes away, and cannot wait for other tabs. */
  async function keep(leaving: boolean): Promise<void> {
    keepAsked?.();
    keepAsked = null;
    if (keeper === null || !get().loaded) return;
    if (leaving || tabs === null) return write(keeper);
    await tabs.alone(async () => {
      await readNews(keeper);
      await write(keeper);
    });
  }

  /** A sweep as the browser kept it. One that ran waits for its turn: what ran it may be gone. */
  function sweepFrom(kept: KeptSweep): Sweep {
    const status = kept.status === 'running' ? 'planned' : kept.status;
    return { ...kept, status, done: doneOf(kept.results), total: kept.results.count, secondsLeft: null };
  }

  /** What stands in the browser and what stands here are one; what is under way here goes on as it is. */
  function takeIn(kept: KeptExperiment): void {
    const now = get();
    if (turn !== 'mine') runningThere = kept.sweeps.find(({ status }) => status === 'running')?.id ?? null;
    Object.assign(numbers, kept.numbers);
    const sweeps = kept.sweeps.map((one): Sweep => {
      const ours = now.sweeps.find(({ id }) => id === one.id);
      const same = ours !== undefined && sameColumns(ours, one) && ours.plan === one.plan;
      if (!same) return sweepFrom(one);
      const status = one.status === 'running' && ours.status !== 'running' ? 'planned' : one.status;
      return ours.name === one.name && ours.status === status ? ours : { ...ours, name: one.name, status };
    });
    const alikeLists = <T>(a: readonly T[], b: readonly T[]) =>
      a.length === b.length && a.every((x, at) => x === b[at]);
    taking = true;
    set({
      sweeps: alikeLists(now.sweeps, sweeps) ? now.sweeps : sweeps,
      runs: alikeLists(now.runs, kept.runs) ? now.runs : kept.runs,
      names: JSON.stringify(now.names) === JSON.stringify(kept.names) ? now.names : kept.names,
      deleted: alikeLists([...now.deleted], kept.deleted) ? now.deleted : new Set(kept.deleted),
      pins: alikeLists(now.pins, kept.pins) ? now.pins : kept.pins,
      baseline: kept.baseline,
      elsewhere: now.elsewhere === null ? null : runningThere,
    });
    taking = false;
    // Another tab went on with it, or took it away: what is held of it here is out of date.
    for (const ours of now.sweeps) {
      const after = findSweep(ours.id);
      if (after === undefined || !sameColumns(after, ours)) queue.drop(ours.id);
    }
  }

  let followAsked = false;
  tabs?.onTold(() => {
    if (followAsked || keeper === null) return;
    followAsked = true;
    const runs = get().sweeps.reduce((sum, { total }) => sum + total, 0);
    surroundings.after(FOLLOW_AFTER + FOLLOW_EACH_RUN * runs, () => {
      followAsked = false;
      void tabs.alone(() => readNews(keeper));
    });
  });

  /** Asks for the turn as long as there is something to run, and gives it back when there is nothing. */
  function mindTheTurn(): void {
    if (tabs === null) return;
    const wanted = get().sweeps.some(({ status }) => status === 'running' || status === 'planned');
    if (!wanted && turn !== 'nobody') {
      // Whoever has the turn next must find what landed.
      const landed = turn === 'mine' ? keep(false) : Promise.resolve();
      turn = 'nobody';
      void landed.then(giveBack);
      set({ elsewhere: null });
    }
    if (!wanted || turn !== 'nobody') return;
    turn = 'asked';
    let waited = false;
    const mine = async () => {
      // What landed in the other tab meanwhile is not run again.
      if (waited && keeper !== null) await readNews(keeper);
      if (turn !== 'asked') return;
      turn = 'mine';
      runningThere = null;
      set({ elsewhere: null });
      queue.work();
    };
    giveBack = tabs.takeTurn({
      mine: () => void mine(),
      others() {
        waited = true;
        set({ elsewhere: runningThere });
        // It may have begun since this tab last looked.
        if (keeper !== null) void tabs.alone(() => readNews(keeper));
      },
    });
  }

  store.subscribe((state, before) => {
    const same =
      state.sweeps === before.sweeps &&
      state.runs === before.runs &&
      state.names === before.names &&
      state.deleted === before.deleted &&
      state.pins === before.pins &&
      state.baseline === before.baseline &&
      state.opened === before.opened;
    if (!same && !taking && keepAsked === null) keepAsked = surroundings.after(KEEP_AFTER, () => void keep(false));
    if (state.sweeps !== before.sweeps) mindTheTurn();
  });

  /** What was kept comes before what was done while it was read. */
  async function load(from: ExperimentKeeper): Promise<void> {
    const read = await from.load();
    if (!read.ok) app.actions.report(read.problem, strings.experiment.damaged);
    const kept = read.ok ? read.value : null;
    if (kept === null) {
      set({ loaded: true });
      return;
    }
    const now = get();
    numbers.run += kept.numbers.run;
    numbers.sweep += kept.numbers.sweep;
    runningThere = turn === 'mine' ? null : (kept.sweeps.find(({ status }) => status === 'running')?.id ?? null);
    alike = kept;
    const sweeps = kept.sweeps.map(sweepFrom);
    set({
      sweeps: [...sweeps, ...now.sweeps],
      runs: [...kept.runs, ...now.runs],
      names: { ...kept.names, ...now.names },
      deleted: new Set([...kept.deleted, ...now.deleted]),
      pins: [...kept.pins, ...now.pins],
      baseline: now.baseline ?? kept.baseline,
      opened: now.opened,
      loaded: true,
    });
    const { opened } = kept;
    if (opened !== null && now.opened === null) set({ opened: openedFold(opened.id, opened.epoch, opened.fold) });
    queue.work();
  }

  const loaded = keeper === null ? Promise.resolve() : load(keeper);
  return {
    store,
    actions,
    loaded,
    flush(leaving) {
      if (keepAsked !== null) void keep(leaving);
    },
  };
}
