import type { Dataset } from '../core/dataset.ts';
import type { Problem } from '../core/problem.ts';
import type { ItemIndex, UserIndex } from '../core/ratings.ts';
import type { Session } from '../core/session.ts';
import type { Angle } from '../core/understand/rotation.ts';
import type { LearnedMatrix } from '../worker/protocol.ts';
import type { ModelPatch, ViewSlice } from './state.ts';

export type { Session };

/** Everything a view can ask for. Views call these and nothing else; each does its own undo, messages and talk with the worker. */
export interface Actions {
  train(): void;
  pause(): void;
  stepRating(): void;
  stepEpoch(): void;
  reset(): void;
  runTo(epoch: number): void;
  /** Shows the kept epoch nearest to `epoch` (training pauses); null returns to the run as it stands. */
  show(epoch: number | null): void;
  /** Lets the epochs after the playhead go (undoable) and trains on from there. */
  trainFromPlayhead(): void;
  /** `mark`: changes with the same mark are one undo (one slider drag). k, init and seed restart the run. */
  changeModel(patch: ModelPatch, mark?: string): void;
  /** An edit of ratings, names, rows or scale made by `core/edit`: one undo; the run goes on. `label` goes on the curve. */
  changeDataset(dataset: Dataset, label: string, mark?: string): void;
  /**
   * An edit that adds the last user of `dataset`, with their row of P (and b_u) as it was solved instead of a random one. One undo,
   * which brings the run back as it was.
   */
  addUser(dataset: Dataset, label: string, row: { readonly factors: Float64Array; readonly bias: number | null }): void;
  /**
   * Types one learned number over where the run stands: a user's (P, bu) or an item's (Q, bi). Undo brings the run back as it
   * was; Reset returns to the start as it was drawn. Biases have no `factor` (0-based).
   */
  writeParameter(matrix: LearnedMatrix, row: number, factor: number, value: number): void;
  /** Turns two factors (0-based) of P and Q together where the run stands; no prediction changes. `label` goes on the curve. Undo as above. */
  rotate(first: number, second: number, angle: Angle, label: string): void;
  /**
   * Makes just one update, beside the visits of the epoch: of one seen rating, of its batch (Adam), of its row (ALS). Marked on the
   * curve; undo as above.
   */
  visit(user: UserIndex, item: ItemIndex): void;
  /** Finds out what learning rates do, beside the run: `run.rateTest` when it is there. */
  testRates(): void;
  /** Chooses which ratings are held out: `percent` of all, by `core/split`, from the study's seed. */
  holdOut(percent: number): void;
  /** Replaces the study by a built-in dataset with its preset. Undoable. */
  loadBuiltin(id: string): void;
  /** Replaces everything by a session. Undoable. */
  openSession(session: Session, from: string): void;
  undo(): void;
  redo(): void;
  setView(patch: Partial<ViewSlice>): void;
  /** Says what went wrong and what was kept. */
  report(problem: Problem, kept?: string): void;
  say(text: string, action?: { label: string; run: () => void }): void;
  dismiss(id: number): void;
  setBusy(busy: { label: string; share: number | null } | null): void;
  /** Applies the mend that the divergence banner offers. */
  mendDivergence(): void;
}
