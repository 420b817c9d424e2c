import type { JsonObject } from './json.ts';

/** Rewrites a document of one version as a document of the next. */
export type Upgrader = (file: JsonObject) => JsonObject;

/**
 * One function a step: `UPGRADERS[0]` makes a version 2 of a version 1, and so on; none is ever removed, so that a file
 * saved today opens for ever. To add version 3: write the function here, raise VERSION, change schema and writer, and keep a
 * version 2 file among the tests.
 */
const UPGRADERS: readonly Upgrader[] = [
  // Version 2 only adds: momentum, `decay`, `nonNegative`, `schedule`, `earlyStopping`, `velocity`. What a file of version 1
  // says it still means.
  (file) => ({ ...file, version: 2 }),
];

/** Takes a document of version `from` (1 …) through every step to the newest. */
export function upgrade(file: JsonObject, from: number, upgraders: readonly Upgrader[] = UPGRADERS): JsonObject {
  return upgraders.slice(from - 1).reduce((older, step) => step(older), file);
}
