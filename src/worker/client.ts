import type { Dataset } from '../core/dataset.ts';
import type { ModelSettings } from '../core/model.ts';
import type { Answer, Request } from './protocol.ts';

/** How a worker ended: it threw, sent something unreadable, fell silent (a terminated worker says nothing), or could not be started. */
export type Death = 'error' | 'unreadable' | 'overdue' | 'not-started';

export interface ClientOptions {
  /** Starts a worker. Called for the first request, and for the first one after each death. */
  readonly spawn: () => Worker;
  readonly onAnswer: (answer: Answer) => void;
  /** The worker is gone, and whatever was asked of it is lost. The next request starts another, which must begin with 'load'. */
  readonly onDeath: (how: Death) => void;
}

/** The page's end of the wire: posts requests, passes answers of the latest run on, and notices when nobody is there. */
export interface Client {
  send(request: Request): void;
  dispose(): void;
}

/** What a request may take beyond its own milliseconds; a 'load' may train the past again. */
const PATIENCE = 1_000;
const PATIENCE_WITH_LOAD = 2_000;
/** A worker that has not answered yet may still be on its way over a slow line. */
const PATIENCE_WITH_START = 10_000;
/** More for more data: a millisecond for so many visits × factors (20,000 ratings of 20 factors: a second). */
const SLOWEST = 480;
/** A page that slept finds its timers first and the answers right behind them: look once more before believing a death. */
const SECOND_LOOK = 300;

/** Visits × factors of one pass over the ratings, and the numbers of P and Q. */
function sizeOf({ users, items, ratings }: Dataset, { k }: ModelSettings): number {
  return ratings.value.length * (k + 4) + (users.length + items.length) * k;
}

/** Requests are answered in order, so only the oldest unanswered one is waited for. */
export function createClient({ spawn, onAnswer, onDeath }: ClientOptions): Client {
  let worker: Worker | null = null;
  /** Whether `worker` has answered, and what it was given. */
  let started = false;
  let dataset: Dataset | null = null;
  let size = 0;
  let latestRun = Number.NEGATIVE_INFINITY;
  let waiting: { readonly request: number; readonly patience: number }[] = [];
  let watchdog: ReturnType<typeof setTimeout> | null = null;

  function patienceWith(request: Request): number {
    if ('study' in request) dataset = request.study.dataset;
    const model = 'study' in request ? request.study.model : request.kind === 'settings' ? request.model : null;
    if (dataset && model) size = sizeOf(dataset, model);
    const own = request.kind === 'train' || request.kind === 'leave-one-out' ? request.milliseconds : 0;
    return own + (request.kind === 'load' ? PATIENCE_WITH_LOAD : PATIENCE) + size / SLOWEST;
  }

  function watch(): void {
    if (watchdog !== null) clearTimeout(watchdog);
    const oldest = waiting[0];
    const more = started ? 0 : PATIENCE_WITH_START;
    watchdog = oldest === undefined ? null : setTimeout(() => lookAgain(oldest.request), oldest.patience + more);
  }

  function lookAgain(request: number): void {
    watchdog = setTimeout(() => {
      if (waiting[0]?.request === request) die('overdue');
    }, SECOND_LOOK);
  }

  function end(): void {
    if (watchdog !== null) clearTimeout(watchdog);
    watchdog = null;
    waiting = [];
    worker?.terminate();
    worker = null;
    started = false;
  }

  function die(how: Death): void {
    end();
    onDeath(how);
  }

  function start(): Worker | null {
    try {
      const fresh = spawn();
      // A worker that was given up may still speak: only the present one is listened to.
      fresh.addEventListener('message', (event: MessageEvent<Answer>) => {
        if (fresh === worker) receive(event.data);
      });
      fresh.addEventListener('error', (event) => {
        event.preventDefault();
        if (fresh === worker) die('error');
      });
      fresh.addEventListener('messageerror', () => {
        if (fresh === worker) die('unreadable');
      });
      return fresh;
    } catch {
      return null;
    }
  }

  function receive(answer: Answer): void {
    const at = waiting.findIndex((entry) => entry.request === answer.request);
    if (at < 0) return;
    waiting.splice(0, at + 1);
    started = true;
    watch();
    if (answer.run === latestRun) onAnswer(answer);
  }

  return {
    send(request) {
      latestRun = Math.max(latestRun, request.run);
      worker ??= start();
      if (worker === null) {
        // Not from within send: whoever asks must be done asking before being told.
        setTimeout(() => onDeath('not-started'), 0);
        return;
      }
      waiting.push({ request: request.request, patience: patienceWith(request) });
      if (waiting.length === 1) watch();
      worker.postMessage(request);
    },
    dispose: end,
  };
}
