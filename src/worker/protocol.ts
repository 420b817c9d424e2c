import type { BestEpoch } from '../core/early-stopping.ts';
import type { History, Measures } from '../core/history.ts';
import type { Initialization, ModelSettings } from '../core/model.ts';
import type { AdamState, Parameters, TrainingState, Velocity } from '../core/parameters.ts';
import type { RateTest } from '../core/rate-finder.ts';
import type { ItemIndex, UserIndex } from '../core/ratings.ts';
import type { RunMemory } from '../core/run-memory.ts';
import type { Study } from '../core/study.ts';
import type { UpdateTrace } from '../core/trace.ts';
import type { RowTrace } from '../core/trace-row.ts';
import type { Angle } from '../core/understand/rotation.ts';

/**
 * The conversation between the page and the training worker, as one type. Progress is pulled: the page asks for about a
 * frame's worth, draws the answer, asks again; pausing is not asking. Every request carries the number of the run it is
 * meant for and a number of its own; an answer with an old run is dropped. Requests are answered in order, one answer each.
 */
export type RunId = number;

/** Which users and items the page shows, in order; null = all of them. */
export interface Window {
  readonly users: Int32Array | null;
  readonly items: Int32Array | null;
}

/** What training learns. */
export type LearnedMatrix = 'P' | 'Q' | 'bu' | 'bi';

interface Asked {
  readonly run: RunId;
  readonly request: number;
  readonly window: Window;
  /** Ask for the whole TrainingState in the answer (the page keeps the last one, to save it and to survive the worker). */
  readonly wantState: boolean;
}

export type Request =
  /** Starts a run: from `state` if given, else from study.start, else drawn from init and seed. */
  | (Asked & {
      readonly kind: 'load';
      readonly study: Study;
      readonly state: TrainingState | null;
      readonly history: History | null;
      /** What the run of `state` remembered beside it. */
      readonly memory: RunMemory | null;
      readonly replay: boolean;
    })
  /** The study changed while the run goes on: ratings, held-out flags, users, items, and whatever 'settings' can change. */
  | (Asked & { readonly kind: 'edit'; readonly study: Study })
  /** Only the settings changed (α, β, order, optimizer, update, prediction); the ratings stay in the worker. */
  | (Asked & { readonly kind: 'settings'; readonly model: ModelSettings })
  /**
   * Trains for about `milliseconds`, stopping early at `untilEpoch` epochs completed or after `steps` visits (ratings,
   * batches, or rows), whichever comes first. `trace`: spell out the last update made.
   */
  | (Asked & {
      readonly kind: 'train';
      readonly milliseconds: number;
      readonly untilEpoch: number | null;
      readonly steps: number | null;
      readonly trace: boolean;
    })
  /** Shows an epoch of the past: the nearest kept snapshot. The run stays where it is. */
  | (Asked & { readonly kind: 'show'; readonly epoch: number })
  /** Lets the epochs after `epoch` go and stands there (the nearest kept snapshot). 0 is Reset. */
  | (Asked & { readonly kind: 'rewind'; readonly epoch: number })
  /**
   * Types one learned number over, where the run stands; training goes on from there. What was measured and kept of the
   * past stays as it was. `row` is a user (P, bu) or an item (Q, bi); biases have no `factor`.
   */
  | (Asked & {
      readonly kind: 'write';
      readonly matrix: LearnedMatrix;
      readonly row: number;
      readonly factor: number;
      readonly value: number;
    })
  /** Writes a user's whole row of P, and b_u where there is one, where the run stands: as `write`. */
  | (Asked & {
      readonly kind: 'write-user';
      readonly user: number;
      readonly factors: Float64Array;
      readonly bias: number | null;
    })
  /** Turns P and Q together in the plane of two factors, where the run stands: no prediction changes, and nothing of the past. */
  | (Asked & { readonly kind: 'rotate'; readonly first: number; readonly second: number; readonly angle: Angle })
  /**
   * Makes one visit more, beside the epoch's own, where the run stands: of this training rating (SGD and momentum), of the batch that
   * holds it (Adam), of the user's row, or the item's when it is the items' turn (ALS). The order and the count of the epoch go on
   * as if it had not been; the optimizer remembers it.
   */
  | (Asked & { readonly kind: 'visit'; readonly user: UserIndex; readonly item: ItemIndex })
  /** Works on the leave-one-out figure for about `milliseconds`. */
  | (Asked & { readonly kind: 'leave-one-out'; readonly milliseconds: number })
  /** Trains a copy from the start while α rises (`rate-test.ts`); the run stays where it is. */
  | (Asked & { readonly kind: 'test-rates' })
  /** Just answers with where the run stands. */
  | (Asked & { readonly kind: 'report' });

/** P, Q and biases of the window's rows, in the window's order, at `epoch`. */
export interface ParametersView {
  readonly epoch: number;
  readonly position: number;
  readonly k: number;
  readonly P: Float64Array;
  readonly Q: Float64Array;
  readonly bu: Float64Array | null;
  readonly bi: Float64Array | null;
  readonly mu: number | null;
  /** Of the same rows; null or absent without momentum. */
  readonly velocity?: Velocity | null;
  /** Adam's memory of the same rows; null or absent under another optimizer. */
  readonly adam?: AdamState | null;
}

/** A run that blew up: where, and what did it. The run has already fallen back to `epoch`, its last completed one. */
export interface Divergence {
  /** The epoch that was under way (1-based: the one after `epoch`). */
  readonly during: number;
  readonly epoch: number;
  /** Visits within that epoch until the first number that is not finite, 1-based; null when only the loss overflowed. */
  readonly update: number | null;
  readonly user: UserIndex | null;
  readonly item: ItemIndex | null;
  /**
   * What most likely did it, and what mends it; each was tried from the start of the run.
   *
   * - 'alpha', 'beta': this setting instead.
   * - 'rating': a gap in the place of this one.
   * - 'ratings': gaps in the place of all ratings with |value| > magnitude, held out ones too; there are `count` of them,
   *   perhaps all there are.
   * - 'start': the numbers of the start, up to `magnitude` in size, are beyond what can be trained, whether drawn or given:
   *   `suggested` as the model's init, and no study.start.
   * - 'open-row': no number blew up. ALS has no single best value for this row: β is too small to settle `unknowns` numbers
   *   from `ratings` ratings. `suggested` instead.
   */
  readonly cause:
    | { readonly kind: 'alpha'; readonly value: number; readonly suggested: number }
    | { readonly kind: 'beta'; readonly value: number; readonly suggested: number }
    | { readonly kind: 'rating'; readonly user: UserIndex; readonly item: ItemIndex; readonly value: number }
    | { readonly kind: 'ratings'; readonly count: number; readonly magnitude: number }
    | { readonly kind: 'start'; readonly magnitude: number; readonly suggested: Initialization }
    | {
        readonly kind: 'open-row';
        readonly side: 'users' | 'items';
        readonly row: number;
        readonly unknowns: number;
        readonly ratings: number;
        readonly value: number;
        readonly suggested: number;
      };
  /** With 'rating' and 'ratings': whether training also held from where the run fell back to. If not, it must start over. */
  readonly goesOn?: boolean;
}

/** A run that stopped early: it has already gone back to `best`, its best epoch. */
export interface EarlyStop {
  /** The epoch at which patience ran out. */
  readonly at: number;
  readonly best: number;
  /** RMSE held out after the best epoch, and after the one it stopped at (null where that is no number). */
  readonly rmse: number;
  readonly rmseAt: number | null;
  /** What was recorded after the best epoch, up to the stop: the run has let it go. */
  readonly after: History;
}

/** RMSE over all ratings, each predicted by a model trained without it from the same start for as many epochs. */
export interface LeaveOneOut {
  /** How far the left-out models got; equal to the run's epoch when the figure is up to date. */
  readonly epoch: number;
  readonly rmse: number;
  readonly mae: number;
  readonly ratings: number;
  /** The same left-out ratings predicted by the mean of the others, and by the biases-only baseline of the others. */
  readonly baselineMean: number;
  readonly baselineBiases: number;
}

/** The held-out figures of the two baselines, trained on the seen ratings; null where nothing is held out. */
export interface Baselines {
  readonly rmseMean: number;
  readonly rmseBiases: number;
  readonly maeMean: number;
  readonly maeBiases: number;
}

export interface Answer {
  readonly kind: Request['kind'];
  readonly run: RunId;
  readonly request: number;
  /** Completed epochs of the run, and visits in the one under way. */
  readonly epoch: number;
  readonly position: number;
  /** Visits in a whole epoch (ratings, batches, or rows). */
  readonly stepsPerEpoch: number;
  /** What the window shows: the run as it stands, or (after 'show') the epoch of the past. */
  readonly view: ParametersView;
  /** Measured for `view`, with the ratings as they are now. */
  readonly measures: Measures;
  /** The curve's change since the last answer: keep rows 0 … from − 1, then append. */
  readonly historyFrom: number;
  readonly history: History;
  /** Epochs that a playhead can show, ascending; null = unchanged since the last answer. */
  readonly snapshots: readonly number[] | null;
  readonly baselines: Baselines | null;
  /** The rating visited last (for the outline at slow speeds), with its update spelled out when asked for. */
  readonly visited: { readonly user: UserIndex; readonly item: ItemIndex; readonly error: number } | null;
  readonly trace: UpdateTrace | null;
  /** Under ALS: the row solved last, spelled out when asked for. */
  readonly solved?: RowTrace | null;
  readonly divergence: Divergence | null;
  readonly stopped?: EarlyStop | null;
  /** The best epoch so far, where the run may stop early; patience is counted from its `since`. */
  readonly best?: BestEpoch | null;
  /** After 'test-rates': what it found; null where there is nothing to train on. */
  readonly rateTest?: RateTest | null;
  readonly leaveOneOut: LeaveOneOut | null;
  /** Held-out ratings that training has seen before they were held out: [user, item, until epoch]; null = unchanged since the last answer. */
  readonly seenUntil: readonly (readonly [UserIndex, ItemIndex, number])[] | null;
  readonly state: TrainingState | null;
  /** With `state`: the parameters at epoch 0 when they can't be redrawn from init and seed (rows came later), to save; else null. */
  readonly start?: Parameters | null;
  /** With `state`: what else the run remembers; null where there is nothing. */
  readonly memory?: RunMemory | null;
  /** Rating visits made for this answer and the milliseconds they took. */
  readonly visits: number;
  readonly milliseconds: number;
}
