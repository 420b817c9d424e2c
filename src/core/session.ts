import type { ChangeMark, History } from './history.ts';
import type { TrainingState } from './parameters.ts';
import type { Study } from './study.ts';

/** A whole session, as a file or the browser's storage gives it back. */
export interface Session {
  readonly study: Study;
  readonly state: TrainingState | null;
  readonly history: History;
  readonly marks: readonly ChangeMark[];
  /** The file's `extensions` that this version does not know, kept as they were. */
  readonly extensions: Readonly<Record<string, unknown>>;
}
