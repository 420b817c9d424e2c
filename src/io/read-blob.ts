import { fail, ok, type Result } from '../core/problem.ts';
import { inspectBytes } from './decode-text.ts';
import type { Opened } from './opened.ts';
import { RATINGS_BYTES_LIMIT, readRatingsText } from './ratings-text.ts';
import { readSession } from './read-session.ts';
import { SESSION_BYTES_LIMIT } from './session-format.ts';

/** Bytes that are looked at to tell a session from ratings. */
const PROBE = 4096;

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 100_000) / 10} MB`;
}

function withoutExtension(name: string): string {
  return name.replace(/\.[^.]{1,8}$/, '').slice(0, 200);
}

/**
 * Reads a session or ratings from a file's bytes; which of them is told from the content, never from the name: a session
 * begins with `{`. Sizes are checked before anything is read.
 */
export async function readBlob(
  blob: Blob,
  name: string,
  onProgress?: (share: number) => void,
): Promise<Result<Opened>> {
  if (blob.size === 0) return fail({ code: 'file-empty' });
  const beginning = new Uint8Array(await blob.slice(0, PROBE).arrayBuffer());
  const probe = inspectBytes(beginning);
  if (!probe.ok) return probe;
  const { encoding, mark } = probe.value;
  const isSession = new TextDecoder(encoding).decode(beginning.subarray(mark)).trimStart().startsWith('{');
  const limit = isSession ? SESSION_BYTES_LIMIT : RATINGS_BYTES_LIMIT;
  if (blob.size > limit) return fail({ code: 'file-too-large', got: megabytes(blob.size), expected: megabytes(limit) });

  const bytes = new Uint8Array(await blob.arrayBuffer());
  if (!isSession) {
    const ratings = readRatingsText(bytes, withoutExtension(name), onProgress);
    return ratings.ok ? ok({ kind: 'ratings', ratings: ratings.value }) : ratings;
  }
  const inspected = inspectBytes(bytes);
  if (!inspected.ok) return inspected;
  const session = readSession(new TextDecoder(inspected.value.encoding).decode(bytes));
  return session.ok ? ok({ kind: 'session', session: session.value }) : session;
}
