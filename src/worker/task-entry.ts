import type { TaskRequest } from './task-protocol.ts';
import { createTaskServer } from './task-server.ts';

declare const self: DedicatedWorkerGlobalScope;

const serve = createTaskServer((answer) => self.postMessage(answer));

self.addEventListener('message', (event: MessageEvent<TaskRequest>) => serve(event.data));
