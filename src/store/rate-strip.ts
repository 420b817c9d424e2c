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
  /**
   * Its own, of one worker: called when there is something to compute. Whoever is canceled there finishes a few milliseconds'
   * work and is asked again: a new worker would cost more.
   */
  readonly pool: () => TaskPool & { dispose(): void };
  readonly surroundings: Pick<Surroundings, 'now' | 'nextFrame'>;
  /** A whole run was made for an α that was let go. */
  readonly onRun: (change: (now: Moment) => Moment) => void;
}

/** A worker that has not answered for so long, and whose answer is out of date, is given up (milliseconds). */
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

/** What was asked of the worker: every run that is missing, in the order in which they are wanted. */
interface UnderWay {
  readonly of: Asked;
  readonly stop: AbortController;
  /** Runs that it has told. */
  told: number;
  /** When it was asked or told last. */
  heard: number;
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
  let underWay: UnderWay | null = null;
  /** The worker has told something: its script is there. */
  let begun = false;
  /** When the study changed under a strip that stands; −∞: nothing is held. */
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
      const rates = missing();
      if (rates.length === 0) return;
      const of = asked;
      const request: UnderWay = { of, stop: new AbortController(), told: 0, heard: surroundings.now() };
      underWay = request;
      current ??= pool();
      const tasks = rates.map((rate) => taskOf(rate, of.epochs));
      const ended = await current.run(
        of.study,
        tasks,
        (index, result) => {
          begun = true;
          request.told += 1;
          request.heard = surroundings.now();
          const rate = rates[index];
          const run = rate === undefined ? null : runOf(rate, result);
          if (of === asked && run !== null) {
            known.set(run.alpha, run);
            publishSoon();
          }
          giveWay();
        },
        request.stop.signal,
      );
      underWay = null;
      if (ended === 'failed') {
        actions.report({ code: 'worker-died' }, strings.store.retrainedIsKept);
        return;
      }
    }
  }

  /**
   * Another run is wanted first, of another study or where the marker is now: what is under way stops, and `work` asks anew. It has
   * told something by then: were it asked anew at every move, the worker would have many to finish and none to tell.
   */
  function giveWay(): void {
    if (underWay === null || underWay.stop.signal.aborted) return;
    const { of, stop, told, heard } = underWay;
    const outdated = of !== asked;
    if (!outdated && known.has(strip.getState().alpha)) return;
    const stuck = outdated && begun && surroundings.now() - heard > PATIENCE;
    if (!stuck && told === 0) return;
    stop.abort();
    if (stuck) leave();
  }

  function leave(): void {
    current?.dispose();
    current = null;
    begun = false;
  }

  /** The study may have changed: what was computed for another one is let go. */
  function check(): void {
    checkAsked = false;
    const now = whatIsAsked();
    if (sameRuns(now, asked)) return;
    asked = now;
    known.clear();
    told();
    // Where no strip stands there is nothing to hold.
    changed = strip.getState().runs.size > 0 ? surroundings.now() : Number.NEGATIVE_INFINITY;
    strip.setState({ complete: false });
    giveWay();
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
        leave();
        told();
      };
    },
    drag(alpha) {
      if (alpha === get().alpha) return;
      set({ alpha, shown: known.get(alpha) ?? get().shown });
      if (known.has(alpha)) return;
      // Who drags waits for the run under the hand, and not for the others.
      changed = Number.NEGATIVE_INFINITY;
      giveWay();
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
