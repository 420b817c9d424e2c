import type { ReaderMessage } from './opened.ts';
import { readBlob } from './read-blob.ts';
import { transferables } from './transferables.ts';

declare const self: DedicatedWorkerGlobalScope;

function say(message: ReaderMessage): void {
  self.postMessage(message, transferables(message));
}

/** The reader worker: a file comes in, what it holds goes out. One file a worker. */
self.onmessage = async (event: MessageEvent<unknown>) => {
  if (!(event.data instanceof File)) return;
  const file = event.data;
  say({ kind: 'done', result: await readBlob(file, file.name, (share) => say({ kind: 'progress', share })) });
};
