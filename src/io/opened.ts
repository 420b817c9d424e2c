import type { Result } from '../core/problem.ts';
import type { Session } from '../core/session.ts';
import type { ReadRatings } from './ratings-builder.ts';

/** What a file turned out to hold. */
export type Opened =
  | { readonly kind: 'session'; readonly session: Session }
  | { readonly kind: 'ratings'; readonly ratings: ReadRatings };

/** What the reader worker says: how far it got (0 … 1), then once what it read. */
export type ReaderMessage =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly result: Result<Opened> };
