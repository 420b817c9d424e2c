import type { TaskRequest } from './task-protocol.ts';
import { createTaskServer } from './task-server.ts';

declare const self: DedicatedWorkerGlobalScope;

// A message to itself comes back at once; a timer would wait some milliseconds each time.
const { port1, port2 } = new MessageChannel();
let next: (() => void) | null = null;
port1.onmessage = () => next?.();

const serve = createTaskServer(
  (answer, transfer) => self.postMessage(answer, transfer),
  undefined,
  undefined,
  (goOn) => {
    next = goOn;
    port2.postMessage(null);
  },
);

self.addEventListener('message', (event: MessageEvent<TaskRequest>) => serve(event.data));
