import type { BestEpoch } from '../core/early-stopping.ts';
import type { ChangeMark, History, Measures } from '../core/history.ts';
import type { ModelSettings } from '../core/model.ts';
import type { Parameters, TrainingState } from '../core/parameters.ts';
import type { RateTest } from '../core/rate-finder.ts';
import type { ItemIndex, UserIndex } from '../core/ratings.ts';
import type { RunMemory } from '../core/run-memory.ts';
import type { Study } from '../core/study.ts';
import type { UpdateTrace } from '../core/trace.ts';
import type { RowTrace } from '../core/trace-row.ts';
import type {
  Baselines,
  Divergence,
  EarlyStop,
  LeaveOneOut,
  ParametersView,
  RunId,
  Window,
} from '../worker/protocol.ts';

/** The run as the page knows it from the last answer. Never computed here. */
export interface RunSlice {
  readonly id: RunId;
  /** `training` while answers are being asked for; `loading` until the first answer of a run. */
  readonly status: 'loading' | 'ready' | 'training';
  /** Where "Run to epoch" stops; null = goes on until paused. */
  readonly target: number | null;
  readonly epoch: number;
  readonly position: number;
  readonly stepsPerEpoch: number;
  /** What every matrix shows: the run as it stands, or the epoch under the playhead. Null only while loading. */
  readonly view: ParametersView | null;
  /** Measured for `view`. */
  readonly measures: Measures;
  readonly history: History;
  /** Epochs the playhead can stand on, ascending. */
  readonly snapshots: readonly number[];
  /** The epoch of the past that is shown; null = the run as it stands. */
  readonly playhead: number | null;
  readonly marks: readonly ChangeMark[];
  readonly baselines: Baselines | null;
  readonly leaveOneOut: LeaveOneOut | null;
  readonly visited: { readonly user: UserIndex; readonly item: ItemIndex; readonly error: number } | null;
  readonly trace: UpdateTrace | null;
  /** Under ALS, in the place of `trace`: the row solved last. */
  readonly solved?: RowTrace | null;
  readonly divergence: Divergence | null;
  /** Where the run stopped early, with what was measured after its best epoch; null once it goes on. */
  readonly stopped?: EarlyStop | null;
  /** The best epoch so far, where the run may stop early. */
  readonly best?: BestEpoch | null;
  /** What training took in the worker since the run is on this page, and the epochs that it took it for. */
  readonly measuredTime?: { readonly milliseconds: number; readonly epochs: number };
  /** What learning rates do, and the study that was asked about. */
  readonly rateTest?: { readonly test: RateTest | null; readonly study: Study } | null;
  readonly seenUntil: readonly (readonly [UserIndex, ItemIndex, number])[];
  /** The last whole state that came back, to save and to go on from when the worker dies. */
  readonly state: TrainingState | null;
  /** With that state: the parameters at epoch 0 when they can't be redrawn from init and seed (rows came later); else null. */
  readonly start: Parameters | null;
  /** With that state: what else the run remembers, to go on exactly as it would have. */
  readonly memory: RunMemory | null;
  /** The study that the state belongs to: an edit is ahead of it until the worker answers. Null with no state. */
  readonly stateStudy: Study | null;
  /** Rating visits a second over the last half second of training; 0 when paused. */
  readonly visitsPerSecond: number;
}

export type LossShown = 'rmse' | 'mae' | 'objective';
export type LossAxis = 'linear' | 'log';
/** What the axis of epochs counts. */
export type LossAgainst = 'epochs' | 'updates' | 'time';
export type ThemeChoice = 'system' | 'light' | 'dark';

/** How the page shows things; nothing of it changes a number. */
export interface ViewSlice {
  readonly route: string;
  readonly moreSettings: boolean;
  readonly lossShown: LossShown;
  readonly lossAxis: LossAxis;
  readonly lossAgainst: LossAgainst;
  readonly clip: boolean;
  readonly showTruth: boolean;
  readonly showBaselines: boolean;
  /** Index into SPEEDS. */
  readonly speed: number;
  /** What stands in the field "Run to epoch". */
  readonly runTo: number;
  readonly theme: ThemeChoice;
}

/** Something said to the person: errors are alerts, the rest is status. `action` offers one way on. */
export interface Message {
  readonly id: number;
  readonly kind: 'error' | 'status';
  readonly text: string;
  readonly action: { readonly label: string; readonly run: () => void } | null;
  /** Whether it outlives the next edit; what was said about the state of things goes when that state does. */
  readonly stays?: boolean;
}

/** Where a run stood: enough to go on from there. */
export interface KeptRun {
  /** The study that `state` belongs to. */
  readonly study: Study;
  readonly state: TrainingState;
  readonly start: Parameters | null;
  readonly memory: RunMemory | null;
  readonly history: History;
  readonly marks: readonly ChangeMark[];
}

/** One step of undo: what it was called, and the study before (or after, on the redo side). */
export interface UndoEntry {
  readonly label: string;
  readonly study: Study;
  readonly datasetId: string | null;
  /** Entries with the same mark made in one gesture (a slider drag) are one step. */
  readonly mark: string | null;
  /** Whether this step put another run in the place of the old one (reset, open, k …), so that going back must too. */
  readonly restart: boolean;
  /** For changes that replaced the run (reset, open, k …): where it stood. Null when the run just went on. */
  readonly run: KeptRun | null;
}

export interface AppState {
  readonly study: Study;
  /** The id in `core/builtin` that the study was loaded from, for the dataset picker; null after a file was opened. */
  readonly datasetId: string | null;
  readonly undo: readonly UndoEntry[];
  readonly redo: readonly UndoEntry[];
  readonly run: RunSlice;
  /** Which rows and columns the stage shows; null sides = all. */
  readonly window: Window;
  readonly view: ViewSlice;
  readonly messages: readonly Message[];
  /** A long task under way (reading a file): what it is, and the share done, 0 … 1, or null when unknown. */
  readonly busy: { readonly label: string; readonly share: number | null } | null;
}

/** What a model may do without. */
type OptionalSetting = 'nonNegative' | 'schedule' | 'earlyStopping';

/** Everything a person can change about the model at once; objects in it are replaced whole, and null takes away. */
export type ModelPatch = Partial<Omit<ModelSettings, OptionalSetting>> & {
  readonly [Setting in OptionalSetting]?: ModelSettings[Setting] | null;
};

/** A speed of the slider: rating visits or epochs a second; `maximum` as fast as the machine goes. */
export type Speed =
  | { readonly unit: 'ratings'; readonly perSecond: number }
  | { readonly unit: 'epochs'; readonly perSecond: number }
  | { readonly unit: 'maximum' };

export const SPEEDS: readonly Speed[] = [
  { unit: 'ratings', perSecond: 1 },
  { unit: 'ratings', perSecond: 2 },
  { unit: 'ratings', perSecond: 5 },
  { unit: 'ratings', perSecond: 10 },
  { unit: 'epochs', perSecond: 1 },
  { unit: 'epochs', perSecond: 5 },
  { unit: 'epochs', perSecond: 20 },
  { unit: 'epochs', perSecond: 60 },
  { unit: 'epochs', perSecond: 300 },
  { unit: 'epochs', perSecond: 1000 },
  { unit: 'maximum' },
];

/** Up to this speed the visited rating is outlined and its update narrated. */
export const NARRATED_SPEEDS = 4;
