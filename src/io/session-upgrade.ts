import type { JsonObject } from './json.ts';

/** Rewrites a document of one version as a document of the next. */
export type Upgrader = (file: JsonObject) => JsonObject;

/**
 * One function a step: `UPGRADERS[0]` makes a version 2 of a version 1, and so on; none is ever removed, so that a file
 * saved today opens for ever. Version 1 is the first and still the newest. To add version 2: write the function here,
 * raise VERSION, change schema and writer, and keep a version 1 file among the fixtures.
 */
export const UPGRADERS: readonly Upgrader[] = [];

/** Takes a document of version `from` (1 …) through every step to the newest. */
export function upgrade(file: JsonObject, from: number, upgraders: readonly Upgrader[] = UPGRADERS): JsonObject {
  return upgraders.slice(from - 1).reduce((older, step) => step(older), file);
}
