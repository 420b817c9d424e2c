import type { RunSetup } from '../core/understand/retrain.ts';
import type { Engine } from '../engines/engine.ts';
import { createReferenceEngine } from '../engines/reference/reference.ts';
import { PartedStudy, startRunTask } from './run-task.ts';
import { setupOfStudy, startTask } from './task.ts';
import type { NumberedResult, NumberedRunTask, NumberedTask, TaskAnswer, TaskRequest } from './task-protocol.ts';
import type { Clock } from './train.ts';

/** Results wait for each other so long, so that short tasks do not cost a message each. */
const MILLISECONDS_BETWEEN_RESULTS = 30;
/** A longer task says in between that it is still at work. */
const MILLISECONDS_BETWEEN_SIGNS = 500;

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

/** The worker's end of a pool: takes requests, posts answers. Runs wherever there is a clock. */
export function createTaskServer(
  post: (answer: TaskAnswer) => void,
  clock: Clock = () => performance.now(),
  engine: Engine = createReferenceEngine(),
): (request: TaskRequest) => void {
  let known: Known | null = null;

  function serve(run: number, starts: readonly (() => Work)[]): void {
    let results: NumberedResult[] = [];
    let since = clock();
    const flush = () => {
      const now = clock();
      if (results.length > 0) post({ kind: 'results', run, results, milliseconds: now - since });
      results = [];
      since = now;
    };
    for (const start of starts) {
      const work = start();
      for (;;) {
        const began = clock();
        const result = work(() => clock() - began >= MILLISECONDS_BETWEEN_SIGNS);
        if (result !== null) {
          results.push(result);
          break;
        }
        post({ kind: 'alive', run });
      }
      if (clock() - since >= MILLISECONDS_BETWEEN_RESULTS) flush();
    }
    flush();
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
