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

/** What a request may take beyond its own milliseconds. */
const PATIENCE = 3_000;
const PATIENCE_WITH_LOAD = 30_000;
/** A page that slept finds its timers first and the answers right behind them: look once more before believing a death. */
const SECOND_LOOK = 500;

function patienceWith(request: Request): number {
  if (request.kind === 'load') return PATIENCE_WITH_LOAD;
  return PATIENCE + (request.kind === 'train' || request.kind === 'leave-one-out' ? request.milliseconds : 0);
}

/** Requests are answered in order, so only the oldest unanswered one is waited for. */
export function createClient({ spawn, onAnswer, onDeath }: ClientOptions): Client {
  let worker: Worker | null = null;
  let latestRun = Number.NEGATIVE_INFINITY;
  let waiting: { readonly request: number; readonly patience: number }[] = [];
  let watchdog: ReturnType<typeof setTimeout> | null = null;

  function watch(): void {
    if (watchdog !== null) clearTimeout(watchdog);
    const oldest = waiting[0];
    watchdog = oldest === undefined ? null : setTimeout(() => lookAgain(oldest.request), oldest.patience);
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
  }

  function die(how: Death): void {
    end();
    onDeath(how);
  }

  function start(): Worker | null {
    try {
      const started = spawn();
      // A worker that was given up may still speak: only the present one is listened to.
      started.addEventListener('message', (event: MessageEvent<Answer>) => {
        if (started === worker) receive(event.data);
      });
      started.addEventListener('error', (event) => {
        event.preventDefault();
        if (started === worker) die('error');
      });
      started.addEventListener('messageerror', () => {
        if (started === worker) die('unreadable');
      });
      return started;
    } catch {
      return null;
    }
  }

  function receive(answer: Answer): void {
    const at = waiting.findIndex((entry) => entry.request === answer.request);
    if (at < 0) return;
    waiting.splice(0, at + 1);
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
