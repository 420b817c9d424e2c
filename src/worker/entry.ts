import type { Request } from './protocol.ts';
import { createSession } from './session.ts';
import { transferables } from './view.ts';

declare const self: DedicatedWorkerGlobalScope;

const session = createSession();

self.addEventListener('message', (event: MessageEvent<Request>) => {
  const answer = session.handle(event.data);
  self.postMessage(answer, transferables(answer));
});
