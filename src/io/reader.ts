import { fail, type Result } from '../core/problem.ts';
import type { Opened, ReaderMessage } from './opened.ts';

/** As much of a Worker as the reader needs. */
export type ReaderWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'>;

/**
 * Reads a file in a worker of its own (`reader-entry.ts`), so that the page stays live; the worker is let go afterwards.
 * `onProgress` gets the share done, 0 … 1. `signal` gives up the reading.
 *
 * Errors: those of `readSession` and `readRatingsText`, 'file-too-large', 'no-worker', 'worker-died'.
 */
export function readFile(
  file: File,
  spawn: () => ReaderWorker,
  onProgress: (share: number) => void = () => {},
  signal?: AbortSignal,
): Promise<Result<Opened>> {
  return new Promise((resolve) => {
    let worker: ReaderWorker;
    try {
      worker = spawn();
    } catch (error) {
      resolve(fail({ code: 'no-worker', got: error instanceof Error ? error.message : String(error) }));
      return;
    }
    const finish = (result: Result<Opened>) => {
      worker.terminate();
      signal?.removeEventListener('abort', giveUp);
      resolve(result);
    };
    const giveUp = () => finish(fail({ code: 'worker-died' }));
    worker.onmessage = (event: MessageEvent<ReaderMessage>) => {
      if (event.data.kind === 'progress') onProgress(event.data.share);
      else finish(event.data.result);
    };
    worker.onerror = giveUp;
    worker.onmessageerror = giveUp;
    signal?.addEventListener('abort', giveUp);
    worker.postMessage(file);
  });
}
