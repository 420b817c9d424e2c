import type { Builtin } from '../../src/core/builtin.ts';
import { EMPTY_HISTORY } from '../../src/core/history.ts';
import type { Session } from '../../src/core/session.ts';
import type { Study } from '../../src/core/study.ts';
import { createAppStore, type Store } from '../../src/store/store.ts';
import type { Surroundings } from '../../src/store/trainer.ts';
import type { Request } from '../../src/worker/protocol.ts';
import { createSession } from '../../src/worker/session.ts';
import { ratingsFromText } from '../fixtures/ratings-from-text.ts';

/** A clock that stands until it is moved; frames and timers happen only then. */
export interface Clock extends Surroundings {
  /** Moves on by so many milliseconds, in frames of 16, running what is due. */
  pass(milliseconds: number): void;
}

export function createClock(): Clock {
  let time = 0;
  let frames: (() => void)[] = [];
  let timers: { at: number; callback: () => void }[] = [];
  return {
    now: () => time,
    nextFrame: (callback) => void frames.push(callback),
    after(milliseconds, callback) {
      const timer = { at: time + milliseconds, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    pass(milliseconds) {
      const end = time + milliseconds;
      while (time < end) {
        time = Math.min(end, time + 16);
        for (const timer of timers.filter((candidate) => candidate.at <= time)) {
          timers = timers.filter((other) => other !== timer);
          timer.callback();
        }
        const due = frames;
        frames = [];
        for (const callback of due) callback();
      }
    },
  };
}

export function studyFromText(text: string, model: Partial<Study['model']> = {}): Study {
  return {
    dataset: ratingsFromText(text),
    model: {
      k: 2,
      prediction: 'factors',
      optimizer: { kind: 'sgd', update: 'sequential' },
      alpha: 0.01,
      beta: 0.02,
      order: 'row-major',
      init: { kind: 'uniform', low: 0, high: 1 },
      seed: 42,
      ...model,
    },
    start: null,
  };
}

export interface Bench extends Store {
  readonly clock: Clock;
  /** Everything that was posted, in order. */
  readonly sent: readonly Request[];
  /** Stops and starts the worker's end of the wire: while cut, nothing is answered. */
  cut(isCut: boolean): void;
  /** A new worker: what the old one knew is gone. */
  replaceWorker(): void;
}

/** The store on a real session (no worker, no browser), where an answer arrives as soon as it is asked for. */
export function bench(study: Study, builtins: readonly Builtin[] = [], session: Partial<Session> = {}): Bench {
  const clock = createClock();
  const sent: Request[] = [];
  let isCut = false;
  let worker = createSession();
  const waiting: Request[] = [];
  let store: Store | null = null;
  const deliver = (request: Request) => {
    if (!store) waiting.push(request);
    else if (!isCut) store.receive(worker.handle(request));
  };
  store = createAppStore({
    trainer: {
      send(request) {
        sent.push(request);
        deliver(request);
      },
    },
    surroundings: clock,
    builtins,
    initial: { study, state: null, history: EMPTY_HISTORY, marks: [], extensions: {}, ...session },
    datasetId: null,
    view: {},
  });
  for (const request of waiting) store.receive(worker.handle(request));
  clock.pass(32);
  return {
    ...store,
    clock,
    sent,
    cut: (next) => {
      isCut = next;
    },
    replaceWorker: () => {
      worker = createSession();
    },
  };
}
