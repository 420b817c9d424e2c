import type { LiveMapFigure } from '../core/experiment/live-map.ts';
import type { SweepPlan } from '../core/experiment/plan.ts';
import type { SweepResults } from '../core/experiment/results.ts';
import type { RunId, RunRecord } from '../core/experiment/run-record.ts';
import type { SettingName } from '../core/experiment/run-settings.ts';
import type { Problem } from '../core/problem.ts';
import type { Epoch } from '../core/ratings.ts';
import type { Study } from '../core/study.ts';

/** planned: waits for its turn. paused: no run is begun. canceled, failed: what was done is kept, and `resume` goes on. */
export type SweepStatus = 'planned' | 'running' | 'paused' | 'canceled' | 'failed' | 'done';

/** "sweep-1-38817264", "sweep-2-38817264" …: the tab that began it makes it its own. Kept ones may end with the number. */
export type SweepId = string;

/**
 * A sweep as it stands. A new object whenever results landed (once a frame at most), but `results` are the same columns,
 * written in place: memoize by the sweep object, never by `results`.
 */
export interface Sweep {
  readonly id: SweepId;
  readonly name: string;
  readonly plan: SweepPlan;
  readonly status: SweepStatus;
  readonly results: SweepResults;
  /** Goes up with every batch of results. */
  readonly version: number;
  readonly done: number;
  readonly total: number;
  /** Seconds that are left at the pace so far; null while nobody knows, and unless it runs. */
  readonly secondsLeft: number | null;
}

/** Columns of the runs table that can be sorted by: what came of a run, and every setting. */
export type RunColumn =
  | 'order'
  | 'name'
  | 'rmseHeldOut'
  | 'rmseSeen'
  | 'objective'
  | 'epochs'
  | 'bestEpoch'
  | 'updates'
  | 'milliseconds'
  | 'ended'
  | SettingName;

/** What the table shows, and in which order. */
export interface RunsView {
  readonly sort: RunColumn;
  readonly descending: boolean;
  /** Words that must all be found in a run's name, data set or settings. */
  readonly text: string;
  /** Only runs of this sweep, only those kept from Play, or all (null). */
  readonly from: SweepId | 'play' | null;
  readonly pinnedOnly: boolean;
}

/** Runs side by side: predictions come when they have been trained again. */
export interface Comparison {
  readonly ids: readonly RunId[];
  readonly status: 'training' | 'done' | 'failed';
  /** R̂ (m × n, row by row) of each run at the epoch it stands at; null until it is there, or when it diverged. */
  readonly predictions: readonly (Float64Array | null)[];
}

/** What the live map is asked to show. */
export interface LiveMapSettings {
  readonly alpha: { readonly from: number; readonly to: number };
  readonly beta: { readonly from: number; readonly to: number };
  /** Cells on a side. */
  readonly size: number;
  readonly epochs: Epoch;
  /** Null: held out where the study holds ratings out, else seen. */
  readonly figure: LiveMapFigure | null;
}

/**
 * The α × β map of Play's study. Cell = b · size + a: α from left to right, β from bottom to top, both log spaced.
 * A cell that is not there yet shows that of its block, so that something shows at once; `exact` says which are their own.
 */
export interface LiveMap {
  readonly settings: LiveMapSettings;
  readonly figure: LiveMapFigure;
  /** What everything but α and β is taken from. */
  readonly study: Study;
  readonly alphas: readonly number[];
  readonly betas: readonly number[];
  /** NaN where nothing is known yet. Infinity where it diverged. */
  readonly values: Float64Array;
  readonly exact: Uint8Array;
  readonly done: number;
  readonly total: number;
  /** `late`: the study is another now, and this is the map of before. */
  readonly status: 'training' | 'done' | 'late' | 'failed';
  /** The cell of the least value among those that are exact; null while there is none. */
  readonly best: number | null;
  /** Where Play stands; null unless everything but α and β equals what the map was made for, from epoch 0 on. */
  readonly here: { readonly alpha: number; readonly beta: number } | null;
  /** Milliseconds from asking to the whole map, as last measured. */
  readonly milliseconds: number | null;
}

/** A run of several folds that was opened in Play: one fold stands there, the run's figure is of all. */
export interface OpenedFold {
  readonly id: RunId;
  readonly name: string;
  /** What was opened; while Play stands at another, nothing is said. */
  readonly study: Study;
  /** The epoch that was asked for; null: where each fold stands by itself. */
  readonly asked: Epoch | null;
  readonly epoch: Epoch;
  /** From 0. */
  readonly fold: number;
  readonly folds: number;
  /** Those that diverged, from 0. */
  readonly diverged: readonly number[];
  /** Left-out ratings of all folds together, and √(Σe²/N) over them; null where a fold diverged. */
  readonly ratings: number;
  readonly rmse: number | null;
}

export interface ExperimentState {
  readonly sweeps: readonly Sweep[];
  /** Kept from Play, the oldest first. */
  readonly runs: readonly RunRecord[];
  /** Names that were given to runs. */
  readonly names: Readonly<Record<RunId, string>>;
  readonly deleted: ReadonlySet<RunId>;
  readonly pins: readonly RunId[];
  readonly baseline: RunId | null;
  readonly view: RunsView;
  readonly comparison: Comparison | null;
  readonly liveMap: LiveMap | null;
  /** Null while no fold of a run was opened. */
  readonly opened: OpenedFold | null;
  /** The sweep that another tab of this browser runs; its results follow. Null while there is none. */
  readonly elsewhere: SweepId | null;
  /** What `undo` would bring back, in words; null where there is nothing. */
  readonly undoLabel: string | null;
  /** Whether what was kept in the browser has been read. */
  readonly loaded: boolean;
}

/** What a view may ask for. */
export interface ExperimentActions {
  /** A problem, or null: it was put in the queue and begins when it is its turn. */
  startSweep(plan: SweepPlan, name: string): Problem | null;
  pauseSweep(id: SweepId): void;
  /** Goes on with one that was paused, canceled, or failed. */
  resumeSweep(id: SweepId): void;
  /** At once: its workers are stopped. What is done is kept. */
  cancelSweep(id: SweepId): void;
  renameSweep(id: SweepId, name: string): Problem | null;
  /** With its runs; `undo` brings them back. */
  deleteSweep(id: SweepId): void;
  /** Adds the values beyond an edge (`Verdict.edges`) to the sweep; what is done stays, the new cells are run. */
  extendSweep(id: SweepId, axis: number, side: 'low' | 'high'): Problem | null;

  /** Keeps Play's run as it stands; null while there is none. */
  keepRun(name?: string): RunId | null;
  renameRun(id: RunId, name: string): Problem | null;
  deleteRuns(ids: readonly RunId[]): void;
  /** Undoes the last deletion. */
  undo(): void;
  togglePin(id: RunId): void;
  setBaseline(id: RunId | null): void;
  setRunsView(patch: Partial<RunsView>): void;

  /**
   * Puts the run's study in Play (undoable there) and trains to that epoch, bit for bit the run's; its own end by default, or
   * until it diverges again. Of several folds one (by default the first that diverged, or else the first): `opened` tells which.
   */
  openInPlay(id: RunId, epoch?: Epoch, fold?: number): void;
  /** Compares two or more runs; predictions are trained for. Null closes it. */
  compare(ids: readonly RunId[] | null): void;

  /** Shows the live map and keeps it up to date with Play until it is closed. */
  openLiveMap(settings?: Partial<LiveMapSettings>): void;
  closeLiveMap(): void;
  /** Puts the α and β of a cell of the live map into Play (one undo). */
  takeLiveMapCell(cell: number): void;
}
