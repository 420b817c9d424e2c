import { fitBiasesOnly } from '../core/baselines.ts';
import type { ModelSettings } from '../core/model.ts';
import type { Parameters } from '../core/parameters.ts';
import { predict } from '../core/predict.ts';
import { type TrainingData, withoutTrainingRating } from '../core/training-data.ts';
import type { Engine } from '../engines/engine.ts';
import { fitState } from './fit-state.ts';
import { copyState } from './packed-state.ts';
import type { LeaveOneOut } from './protocol.ts';
import { atEpochZero } from './rows.ts';
import { advance, createTrainee, SUSPICIOUS_ERROR, type Trainee, visitCost } from './trainee.ts';

/** More ratings than this are not left out one by one. */
const RATINGS_LIMIT = 64;
/** All left-out models together hold at most this many numbers. */
const NUMBERS_LIMIT = 8_000_000;
/** Work between two looks at the clock, in rating visits × factors. */
const WORK_PER_LOOK = 64_000;

/** Whether the figure can be had: nothing held out, few ratings, at least two. */
export function canLeaveOneOut(data: TrainingData, k: number): boolean {
  const count = data.training.user.length;
  return (
    data.heldOut.user.length === 0 &&
    count >= 2 &&
    count <= RATINGS_LIMIT &&
    count * (data.m + data.n) * (k + 1) <= NUMBERS_LIMIT
  );
}

/**
 * Leave-one-out: for every training rating a model that starts where the run started, with its settings, and never sees that
 * rating. All of them are brought to one epoch, then asked for the rating they lack.
 */
export class LeftOut {
  private readonly models: readonly Trainee[];
  private readonly baselineMean: number;
  private readonly baselineBiases: number;
  private target = 0;
  private figure: LeaveOneOut | null = null;
  private diverged = false;

  constructor(engine: Engine, model: ModelSettings, data: TrainingData, start: Parameters) {
    const { user, item, value } = data.training;
    let mean = 0;
    let biases = 0;
    this.models = Array.from({ length: user.length }, (_, left) => {
      const others = withoutTrainingRating(data, left);
      const u = user[left] ?? 0;
      const i = item[left] ?? 0;
      const r = value[left] ?? 0;
      const only = fitBiasesOnly(others.training, data.m, data.n, others.mean);
      const ofBiases = r - (only.mu + (only.bu[u] ?? 0) + (only.bi[i] ?? 0));
      mean += (r - others.mean) * (r - others.mean);
      biases += ofBiases * ofBiases;
      const copy = copyState(atEpochZero({ ...start, mu: start.mu === null ? null : others.mean }));
      return createTrainee(engine, model, others, fitState(copy, model, data.m, data.n, others.mean));
    });
    this.baselineMean = Math.sqrt(mean / user.length);
    this.baselineBiases = Math.sqrt(biases / user.length);
    this.target = 0;
    this.measure();
  }

  /** How far the models got together; those of an earlier epoch than the run's are of no use to it. */
  get epoch(): number {
    return this.target;
  }

  /** The latest figure; null when a left-out model diverged. */
  get latest(): LeaveOneOut | null {
    return this.diverged ? null : this.figure;
  }

  /** Works toward `epoch` until `late()`; goes on from where it stopped the next time. */
  work(epoch: number, late: () => boolean): void {
    while (!this.diverged) {
      if (this.figure !== null && this.figure.epoch === this.target) {
        if (this.target >= epoch) return;
        // Steps that double, so that a figure is there soon and most of the work is never waited for.
        this.target = Math.min(epoch, Math.max(64, this.target * 2));
      }
      for (const model of this.models) {
        if (!this.bring(model, late)) return;
      }
      this.measure();
      if (late()) return;
    }
  }

  /** Trains one model to the target; false when the time is up before, or it diverged. */
  private bring(model: Trainee, late: () => boolean): boolean {
    const visits = Math.max(1, Math.floor(WORK_PER_LOOK / visitCost(model)));
    while (model.state.epoch < this.target) {
      for (let made = 0; made < visits && model.state.epoch < this.target; ) {
        const wanted = Math.min(visits, model.total - model.state.position);
        const done = advance(model, wanted, SUSPICIOUS_ERROR);
        made += done;
        if (done < wanted) {
          this.diverged = true;
          return false;
        }
      }
      if (model.state.epoch < this.target && late()) return false;
    }
    return true;
  }

  private measure(): void {
    let squares = 0;
    let sizes = 0;
    for (const { data, state } of this.models) {
      const u = data.heldOut.user[0] ?? 0;
      const i = data.heldOut.item[0] ?? 0;
      const e = (data.heldOut.value[0] ?? 0) - predict(state.parameters, u, i);
      squares += e * e;
      sizes += Math.abs(e);
    }
    const count = this.models.length;
    const rmse = Math.sqrt(squares / count);
    const figure = {
      epoch: this.target,
      rmse,
      mae: sizes / count,
      ratings: count,
      baselineMean: this.baselineMean,
      baselineBiases: this.baselineBiases,
    };
    if (Object.values(figure).every(Number.isFinite)) this.figure = figure;
    else this.diverged = true;
  }
}
