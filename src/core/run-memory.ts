import type { BestEpoch } from './early-stopping.ts';
import type { ModelSettings } from './model.ts';
import type { AdamState, Parameters, TrainingState, Velocity } from './parameters.ts';

/**
 * The epoch under way while changed settings wait for the next one: the settings it is run with, and what they learn that a
 * state which fits the study's settings cannot hold. P and Q are the state's; k, init and seed are the study's.
 */
export interface EpochUnderWay {
  /** Completed epochs of the state that this belongs to. */
  readonly epoch: number;
  /** Visits made, counted as these settings visit. */
  readonly position: number;
  readonly model: ModelSettings;
  readonly bu: Float64Array | null;
  readonly bi: Float64Array | null;
  readonly mu: number | null;
  readonly adam: AdamState | null;
  readonly velocity?: Velocity | null;
}

/** Ratings that are not in training and that it had visited before, as columns by row and column of the dataset, ascending. */
export interface SeenPairs {
  readonly user: Int32Array;
  readonly item: Int32Array;
  /** The last epoch that visited it. */
  readonly until: Float64Array;
}

/** Training ratings that came while the run went on. */
export interface ArrivedPairs {
  readonly user: Int32Array;
  readonly item: Int32Array;
  /** Completed epochs when it came. */
  readonly epoch: Float64Array;
  /** 1 where the epoch under way still had it ahead. */
  readonly ahead: Uint8Array;
}

/** The best epoch of a run that may stop early, and its state: null where the run stands at it. */
export interface KeptBest {
  readonly best: BestEpoch;
  readonly state: TrainingState | null;
}

/** What a run remembers beside its study and its state, to go on exactly as it would have. */
export interface RunMemory {
  readonly underWay: EpochUnderWay | null;
  readonly seen: SeenPairs | null;
  readonly arrived: ArrivedPairs | null;
  readonly best?: KeptBest | null;
}

/** `memory`, or null where it holds nothing. */
export function memoryOrNull(memory: RunMemory): RunMemory | null {
  return memory.underWay === null && memory.seen === null && memory.arrived === null && !memory.best ? null : memory;
}

/** Whether the settings that may change in mid-run are the same. */
export function sameSettings(a: ModelSettings, b: ModelSettings): boolean {
  return (
    a === b ||
    (a.alpha === b.alpha &&
      a.beta === b.beta &&
      a.prediction === b.prediction &&
      a.order === b.order &&
      a.nonNegative === b.nonNegative &&
      JSON.stringify(a.schedule) === JSON.stringify(b.schedule) &&
      JSON.stringify(a.optimizer) === JSON.stringify(b.optimizer))
  );
}

/** The epoch under way of `state`, trained with `model`, while the study's settings are `next`; null when there is nothing to say. */
export function epochUnderWay(state: TrainingState, model: ModelSettings, next: ModelSettings): EpochUnderWay | null {
  const { epoch, position, parameters, adam, velocity } = state;
  if (position === 0 || sameSettings(model, next)) return null;
  const { bu, bi, mu } = parameters;
  return { epoch, position, model, bu, bi, mu, adam, ...(velocity ? { velocity } : {}) };
}

/** The state with what the epoch under way has learned; its arrays are shared. */
export function stateUnderWay(state: TrainingState, underWay: EpochUnderWay): TrainingState {
  const { position, bu, bi, mu, adam, velocity } = underWay;
  const parameters: Parameters = { k: state.parameters.k, P: state.parameters.P, Q: state.parameters.Q, bu, bi, mu };
  return { epoch: state.epoch, position, parameters, adam, ...(velocity ? { velocity } : {}) };
}
