import type { Request } from '../worker/protocol.ts';

type Unnumbered<R> = R extends Request ? Omit<R, 'run' | 'request' | 'window' | 'wantState'> : never;

/** A request as the store thinks of it; numbers, window and whether the whole state is wanted are added on the way out. */
export type Ask = Unnumbered<Request>;

/** The store's end of the wire to the worker: posts, never waits. Answers come back through `Store.receive`. */
export interface Trainer {
  send(request: Request): void;
}

/** What the store needs from the browser, handed in so that tests can hold the clock. */
export interface Surroundings {
  /** Milliseconds, monotonic. */
  now(): number;
  /** Calls back before the next picture, or at once when the page is hidden (training goes on in a hidden tab). */
  nextFrame(callback: () => void): void;
  /** Calls back after so many milliseconds; returns how to call it off. */
  after(milliseconds: number, callback: () => void): () => void;
}
