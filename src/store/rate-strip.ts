import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Study } from '../core/study.ts';
import { coarseFirst, type RateRun, STRIP_RATES } from '../core/understand/rate-strip.ts';
import { stopAt } from '../core/understand/retrain.ts';
import type { Moment } from '../lessons/facts.ts';
import { strings } from '../strings/index.ts';
import type { TaskResult, TrainTask } from '../worker/task-protocol.ts';
import type { Actions } from './actions.ts';
import type { TaskPool } from './jobs.ts';
import type { AppState } from './state.ts';
import type { Surroundings } from './trainer.ts';

/** The strip of learning rates: whole runs of the study, one for each α, made beside the stage. */
export interface RateStripState {
  /** Epochs of a whole run: those of *Run to epoch*. */
  readonly epochs: number;
  /** What is known by now, by α. After a change the strip of before stands a moment longer, so that a drag of β does not flicker. */
  readonly runs: ReadonlyMap<number, RateRun>;
  /** Every α of the strip has its run, of the study as it stands. */
  readonly complete: boolean;
  /** Where the marker stands. */
  readonly alpha: number;
  /** The run of that α; while it is under way, the one that was shown before it. Null at first. */
  readonly shown: RateRun | null;
  /** Begins to compute, and follows the study until the returned function is called. */
  look(): () => void;
  /** The marker moves: nothing else changes. */
  drag(alpha: number): void;
  /**
   * The marker is let go: the stage takes its α and begins anew, and the lesson hears of that run. Done when it has, or when
   * nobody waits for it any more.
   */
  release(): Promise<void>;
}

export interface RateStripOptions {
  readonly app: {
    readonly store: StoreApi<AppState>;
    readonly actions: Pick<Actions, 'changeModel' | 'reset' | 'report'>;
  };
  /** Its own, of one worker: called when there is something to compute. */
  readonly pool: () => TaskPool & { dispose(): void };
  readonly surroundings: Pick<Surroundings, 'now' | 'nextFrame'>;
  /** A whole run was made for an α that was let go. */
  readonly onRun: (change: (now: Moment) => Moment) => void;
}

/** A request lasts about so long (milliseconds), so that the marker's own run never waits long behind others. */
const REQUEST = 25;
/** One that lasts longer than this is given up when its answer is out of date. */
const PATIENCE = 150;

/** So long the strip of before is shown while the next one is computed: a small one is whole by then (milliseconds). */
const HOLD = 200;

/** What the runs of the strip have in common. */
interface Asked {
  readonly study: Study;
  readonly epochs: number;
}

/** Whether runs of one go for the other: everything is alike but α. */
function sameRuns(a: Asked, b: Asked): boolean {
  const settings = ({ model }: Study) => JSON.stringify({ ...model, alpha: 0 });
  return (
    a.epochs === b.epochs &&
    a.study.dataset.ratings === b.study.dataset.ratings &&
    a.study.start === b.study.start &&
    (a.study.model === b.study.model || settings(a.study) === settings(b.study))
  );
}

function taskOf(alpha: number, epochs: number): TrainTask {
  return { stop: stopAt(epochs), alpha, wanted: 'none', wantParameters: true, wantCurve: true };
}

function runOf(alpha: number, { curve, epochs, ended, finalParameters }: TaskResult): RateRun | null {
  if (curve === null || finalParameters === null) return null;
  return { alpha, curve, epochs, diverged: ended === 'diverged', parameters: finalParameters };
}

/** The run as the lesson would have seen it on the stage, at its end. */
function momentOf(now: Moment, study: Study, { alpha, curve, epochs, diverged, parameters }: RateRun): Moment {
  return {
    ...now,
    study: { ...study, model: { ...study.model, alpha } },
    epoch: epochs,
    position: 0,
    parameters,
    measures: {
      rmseSeen: curve.rmseSeen.at(-1) ?? null,
      rmseHeldOut: curve.rmseHeldOut.at(-1) ?? null,
      maeSeen: curve.maeSeen.at(-1) ?? null,
      maeHeldOut: curve.maeHeldOut.at(-1) ?? null,
      objective: curve.objective.at(-1) ?? null,
    },
    history: curve,
    leaveOneOut: null,
    diverged,
    past: false,
  };
}

export function createRateStrip({ app, pool, surroundings, onRun }: RateStripOptions): StoreApi<RateStripState> {
  const { store, actions } = app;
  let asked: Asked = whatIsAsked();
  const known = new Map<number, RateRun>();
  let lookers = 0;
  let current: (TaskPool & { dispose(): void }) | null = null;
  let underWay: { readonly since: number; readonly stop: AbortController } | null = null;
  /** Milliseconds a run takes, as last measured; null: not yet. */
  let pace: number | null = null;
  /** When the study changed last. */
  let changed = Number.NEGATIVE_INFINITY;
  let frameAsked = false;
  let checkAsked = false;
  /** The α that was let go and that the lesson has not heard of, and who waits for that. */
  let untold: number | null = null;
  let waiting: (() => void)[] = [];

  function whatIsAsked(): Asked {
    const { study, run, view } = store.getState();
    return { study: { ...study, start: run.start ?? study.start }, epochs: view.runTo };
  }

  /** The marker's first, then those that show the shape. */
  function missing(): readonly number[] {
    const { alpha } = strip.getState();
    const places = coarseFirst(STRIP_RATES.length).flatMap((at) => STRIP_RATES[at] ?? []);
    return [...new Set([alpha, ...places])].filter((rate) => !known.has(rate));
  }

  function publish(): void {
    frameAsked = false;
    const { alpha, shown } = strip.getState();
    const complete = STRIP_RATES.every((rate) => known.has(rate));
    if (complete || surroundings.now() - changed >= HOLD) {
      strip.setState({ epochs: asked.epochs, runs: new Map(known), complete, shown: known.get(alpha) ?? shown });
    } else if (lookers > 0) publishSoon();
    const run = untold === null ? undefined : known.get(untold);
    if (run === undefined) return;
    const { study } = asked;
    onRun((now) => momentOf(now, study, run));
    told();
  }

  function told(): void {
    untold = null;
    const ended = waiting;
    waiting = [];
    for (const end of ended) end();
  }

  function publishSoon(): void {
    if (frameAsked) return;
    frameAsked = true;
    surroundings.nextFrame(publish);
  }

  async function work(): Promise<void> {
    while (underWay === null && lookers > 0) {
      const wanted = missing();
      const rates = wanted.slice(0, pace === null ? 1 : Math.max(1, Math.floor(REQUEST / Math.max(pace, 0.05))));
      if (rates.length === 0) return;
      const of = asked;
      const since = surroundings.now();
      const stop = new AbortController();
      underWay = { since, stop };
      current ??= pool();
      const tasks = rates.map((rate) => taskOf(rate, of.epochs));
      const ended = await current.run(
        of.study,
        tasks,
        (index, result) => {
          const rate = rates[index];
          const run = rate === undefined ? null : runOf(rate, result);
          if (of !== asked || run === null) return;
          known.set(run.alpha, run);
          publishSoon();
        },
        stop.signal,
      );
      underWay = null;
      if (ended === 'done') pace = (surroundings.now() - since) / rates.length;
      if (ended === 'failed') {
        actions.report({ code: 'worker-died' }, strings.store.retrainedIsKept);
        return;
      }
    }
  }

  /** The study may have changed: what was computed for another one is let go. */
  function check(): void {
    checkAsked = false;
    const now = whatIsAsked();
    if (sameRuns(now, asked)) return;
    asked = now;
    known.clear();
    told();
    changed = surroundings.now();
    strip.setState({ complete: false });
    if (underWay !== null && surroundings.now() - underWay.since > PATIENCE) underWay.stop.abort();
    publishSoon();
    void work();
  }

  store.subscribe((state, before) => {
    const { alpha } = state.study.model;
    if (alpha !== before.study.model.alpha) strip.getState().drag(alpha);
    if (lookers === 0 || checkAsked) return;
    if (state.study === before.study && state.run.start === before.run.start && state.view.runTo === before.view.runTo)
      return;
    // Some changes are taken back at once.
    checkAsked = true;
    surroundings.nextFrame(check);
  });

  const strip = createStore<RateStripState>()((set, get) => ({
    epochs: asked.epochs,
    runs: new Map(),
    complete: false,
    alpha: asked.study.model.alpha,
    shown: null,
    look() {
      lookers += 1;
      check();
      void work();
      return () => {
        lookers -= 1;
        if (lookers > 0) return;
        underWay?.stop.abort();
        current?.dispose();
        current = null;
        told();
      };
    },
    drag(alpha) {
      if (alpha === get().alpha) return;
      set({ alpha, shown: known.get(alpha) ?? get().shown });
      void work();
    },
    release() {
      const { alpha } = get();
      const { study, run } = store.getState();
      if (alpha !== study.model.alpha) {
        if (run.epoch > 0 || run.position > 0 || run.divergence !== null || run.status === 'training') actions.reset();
        actions.changeModel({ alpha });
      }
      untold = alpha;
      publishSoon();
      return new Promise((end) => waiting.push(end));
    },
  }));
  return strip;
}
