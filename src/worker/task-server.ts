import type { RunSetup } from '../core/understand/retrain.ts';
import type { Engine } from '../engines/engine.ts';
import { createReferenceEngine } from '../engines/reference/reference.ts';
import { setupOfStudy, startTask } from './task.ts';
import type { TaskAnswer, TaskRequest, TaskResult } from './task-protocol.ts';
import type { Clock } from './train.ts';

/** Results wait for each other so long, so that short tasks do not cost a message each. */
const MILLISECONDS_BETWEEN_RESULTS = 30;
/** A longer task says in between that it is still at work. */
const MILLISECONDS_BETWEEN_SIGNS = 500;

/** The worker's end of a pool: takes requests, posts answers. Runs wherever there is a clock. */
export function createTaskServer(
  post: (answer: TaskAnswer) => void,
  clock: Clock = () => performance.now(),
  engine: Engine = createReferenceEngine(),
): (request: TaskRequest) => void {
  let known: { readonly run: number; readonly setup: RunSetup } | null = null;
  return (request) => {
    const { run } = request;
    if (request.kind === 'study') {
      known = { run, setup: setupOfStudy(request.study) };
      return;
    }
    if (known?.run !== run) return;
    const { setup } = known;
    let results: { index: number; result: TaskResult }[] = [];
    let since = clock();
    const flush = () => {
      const now = clock();
      if (results.length > 0) post({ kind: 'results', run, results, milliseconds: now - since });
      results = [];
      since = now;
    };
    for (const { index, task } of request.tasks) {
      const running = startTask(engine, setup, task);
      for (;;) {
        const began = clock();
        const result = running.work(() => clock() - began >= MILLISECONDS_BETWEEN_SIGNS);
        if (result !== null) {
          results.push({ index, result });
          break;
        }
        post({ kind: 'alive', run });
      }
      if (clock() - since >= MILLISECONDS_BETWEEN_RESULTS) flush();
    }
    flush();
  };
}
