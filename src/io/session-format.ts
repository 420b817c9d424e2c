/** The first key of every session file, so that a stray JSON file is told apart. */
export const FORMAT = 'factorscope-session';
/**
 * The newest version. Older ones are read through `session-upgrade.ts`; a session that needs no key of it is written as the
 * oldest version that has all it needs (`session-version.ts`).
 */
export const VERSION = 2;
/** Bytes that a session file may have; more is refused before it is parsed. */
export const SESSION_BYTES_LIMIT = 50_000_000;
/** The name under `extensions` that this project's own additions stand under. */
export const OWN_EXTENSION = 'factorscope';
