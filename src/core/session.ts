import type { Dataset } from './dataset.ts';
import type { ChangeMark, History } from './history.ts';
import type { TrainingState } from './parameters.ts';
import type { RunMemory } from './run-memory.ts';
import type { Study } from './study.ts';

/** A whole session, as a file or the browser's storage gives it back. */
export interface Session {
  readonly study: Study;
  readonly state: TrainingState | null;
  readonly history: History;
  readonly marks: readonly ChangeMark[];
  /** What the run remembers beside `state`. */
  readonly memory?: RunMemory | null;
  /** The dataset as it was edited after `study` and `state` were written: an edit that is still to be made on the run. */
  readonly edited?: Dataset | null;
  /** The file's `extensions` that this version does not know, kept as they were. */
  readonly extensions: Readonly<Record<string, unknown>>;
}
