import type { RunSetup } from '../core/understand/retrain.ts';
import type { Engine } from '../engines/engine.ts';
import { createReferenceEngine } from '../engines/reference/reference.ts';
import { packResults, transferOf } from './packed-results.ts';
import { PartedStudy, startRunTask } from './run-task.ts';
import { setupOfStudy, startTask } from './task.ts';
import type { NumberedResult, NumberedRunTask, NumberedTask, TaskAnswer, TaskRequest } from './task-protocol.ts';
import type { Clock } from './train.ts';

/** Results wait for each other so long, so that short tasks do not cost a message each. */
const MILLISECONDS_BETWEEN_RESULTS = 30;
/** A longer task says in between that it is still at work. */
const MILLISECONDS_BETWEEN_SIGNS = 500;
/** A browser waits some seconds before it ends a worker that never returns to its event loop; canceling must not. */
const MILLISECONDS_AT_A_STRETCH = 100;

/** Works until it is late, or until there is a result. */
type Work = (late: () => boolean) => NumberedResult | null;

/** A study that was posted; what tasks need of it is made when the first one asks. */
class Known {
  readonly run: number;
  readonly parted: PartedStudy;
  private made: RunSetup | null = null;

  constructor(run: number, parted: PartedStudy) {
    this.run = run;
    this.parted = parted;
  }

  get setup(): RunSetup {
    this.made ??= setupOfStudy(this.parted.study);
    return this.made;
  }
}

/** Calls `next` from the event loop, after what waits there. */
export type GiveWay = (next: () => void) => void;

/** A chunk of tasks of one message, and how far it got. */
interface Chunk {
  readonly run: number;
  readonly starts: readonly (() => Work)[];
  at: number;
  work: Work | null;
  results: NumberedResult[];
  begun: boolean;
  /** When the first of `results` was begun, and when the next sign is due. */
  since: number;
  sign: number;
}

/**
 * The worker's end of a pool: takes requests, posts answers. Runs wherever there is a clock. With `giveWay` it returns to
 * the event loop about ten times a second; without, a request is worked through before it returns.
 */
export function createTaskServer(
  post: (answer: TaskAnswer, transfer: Transferable[]) => void,
  clock: Clock = () => performance.now(),
  engine: Engine = createReferenceEngine(),
  giveWay: GiveWay | null = null,
): (request: TaskRequest) => void {
  let known: Known | null = null;
  const waiting: Chunk[] = [];
  let working = false;

  function say(run: number, results: readonly NumberedResult[], milliseconds: number): void {
    const runs = results.filter((result) => 'run' in result);
    if (runs.length < results.length) {
      post({ kind: 'results', run, results, milliseconds }, []);
      return;
    }
    const packed = packResults(runs);
    post({ kind: 'packed', run, results: packed, milliseconds }, transferOf(packed));
  }

  function flush(chunk: Chunk): void {
    const { run, results, since } = chunk;
    const now = clock();
    if (results.length > 0) say(run, results, now - since);
    chunk.results = [];
    chunk.since = now;
  }

  /** Works on a chunk until it is done (true), or until `until`. */
  function workOn(chunk: Chunk, until: number): boolean {
    if (!chunk.begun) {
      chunk.begun = true;
      chunk.since = clock();
      chunk.sign = chunk.since + MILLISECONDS_BETWEEN_SIGNS;
    }
    for (;;) {
      const start = chunk.starts[chunk.at];
      if (start === undefined) {
        flush(chunk);
        return true;
      }
      chunk.work ??= start();
      const result = chunk.work(() => clock() >= Math.min(until, chunk.sign));
      const now = clock();
      if (result !== null) {
        chunk.results.push(result);
        chunk.work = null;
        chunk.at += 1;
        chunk.sign = now + MILLISECONDS_BETWEEN_SIGNS;
        if (now - chunk.since >= MILLISECONDS_BETWEEN_RESULTS) flush(chunk);
      } else if (now >= chunk.sign) {
        post({ kind: 'alive', run: chunk.run }, []);
        chunk.sign = now + MILLISECONDS_BETWEEN_SIGNS;
      }
      if (now >= until && chunk.at < chunk.starts.length) return false;
    }
  }

  /** Works through what waits, a stretch at a time. */
  function goOn(): void {
    const until = giveWay === null ? Number.POSITIVE_INFINITY : clock() + MILLISECONDS_AT_A_STRETCH;
    for (let chunk = waiting[0]; chunk !== undefined; chunk = waiting[0]) {
      if (!workOn(chunk, until)) {
        giveWay?.(goOn);
        return;
      }
      waiting.shift();
    }
    working = false;
  }

  function serve(run: number, starts: readonly (() => Work)[]): void {
    waiting.push({ run, starts, at: 0, work: null, results: [], begun: false, since: 0, sign: 0 });
    if (working) return;
    working = true;
    goOn();
  }

  return (request) => {
    const { run } = request;
    if (request.kind === 'study') {
      known = new Known(run, new PartedStudy(request.study, request.splits ?? []));
      return;
    }
    if (known?.run !== run) return;
    const of = known;
    if (request.kind === 'tasks') {
      const begin =
        ({ index, task }: NumberedTask) =>
        (): Work => {
          const running = startTask(engine, of.setup, task);
          return (late) => {
            const result = running.work(late);
            return result && { index, result };
          };
        };
      serve(run, request.tasks.map(begin));
      return;
    }
    const begin =
      ({ index, task }: NumberedRunTask) =>
      (): Work => {
        const began = clock();
        const running = startRunTask(engine, of.parted, task);
        return (late) => {
          const result = running.work(late);
          return result && { index, run: result, milliseconds: clock() - began };
        };
      };
    serve(run, request.tasks.map(begin));
  };
}
