import { type BestEpoch, lookAtHeldOut } from '../early-stopping.ts';
import { errorFigures, measure } from '../metrics.ts';
import type { Parameters } from '../parameters.ts';
import { predict } from '../predict.ts';
import type { Epoch } from '../ratings.ts';
import { isKept, nextKept } from '../thinning.ts';
import type { RatingColumns } from '../training-data.ts';
import {
  copyParameters,
  Retraining,
  type RunSetup,
  stopWhenSettled,
  type Train,
  type Training,
} from '../understand/retrain.ts';
import type { Stop } from './plan.ts';
import { CURVE_DENSITY, type RunCurve, type RunEnd } from './run-result.ts';

/** What a course came to. */
export interface CourseOutcome {
  /** Where it stands at its end, or at the best epoch after early stopping; null when it diverged. */
  readonly parameters: Parameters | null;
  readonly epochs: Epoch;
  readonly standsAt: Epoch;
  readonly bestEpoch: Epoch | null;
  readonly bestHeldOut: number | null;
  readonly ended: RunEnd;
  readonly curve: RunCurve | null;
}

/** The curve while it grows, and the least error held out on it. */
class CurveWriter {
  private readonly epochs: number[] = [];
  private readonly seen: number[] = [];
  private readonly heldOut: number[] = [];
  private readonly objectives: number[] = [];
  best: { readonly epoch: Epoch; readonly rmse: number } | null = null;

  /** Measures at `epoch`; false when a figure is too large to be told. */
  record(epoch: Epoch, parameters: Parameters, { data, model }: RunSetup): boolean {
    const { rmseSeen, rmseHeldOut, objective } = measure(parameters, data, model);
    if (data.training.user.length > 0 && (rmseSeen === null || objective === null)) return false;
    if (data.heldOut.user.length > 0 && rmseHeldOut === null) return false;
    this.epochs.push(epoch);
    this.seen.push(rmseSeen ?? Number.NaN);
    this.heldOut.push(rmseHeldOut ?? Number.NaN);
    this.objectives.push(objective ?? Number.NaN);
    if (rmseHeldOut !== null && (this.best === null || rmseHeldOut < this.best.rmse)) {
      this.best = { epoch, rmse: rmseHeldOut };
    }
    return true;
  }

  get last(): Epoch {
    return this.epochs.at(-1) ?? 0;
  }

  get curve(): RunCurve {
    return {
      epoch: new Float64Array(this.epochs),
      rmseSeen: new Float64Array(this.seen),
      rmseHeldOut: new Float64Array(this.heldOut),
      objective: new Float64Array(this.objectives),
    };
  }
}

/** A training that is measured on its way, at the epochs that the curve keeps. */
class Measured implements Training {
  epoch: Epoch = 0;
  private readonly inner: Training;
  private readonly setup: RunSetup;
  private readonly writer: CurveWriter | null;

  constructor(inner: Training, setup: RunSetup, writer: CurveWriter | null) {
    this.inner = inner;
    this.setup = setup;
    this.writer = writer;
    writer?.record(0, inner.parameters, setup);
  }

  get parameters(): Parameters {
    return this.inner.parameters;
  }

  train(epochs: number): boolean {
    const until = this.epoch + epochs;
    while (this.epoch < until) {
      const next = this.writer === null ? until : Math.min(until, nextKept(this.epoch, CURVE_DENSITY));
      if (!this.inner.train(next - this.epoch)) return false;
      this.epoch = next;
      if (this.writer === null || !isKept(next, CURVE_DENSITY)) continue;
      if (!this.writer.record(next, this.inner.parameters, this.setup)) return false;
    }
    return true;
  }
}

/**
 * One run of a sweep, from its start to its stop. Work comes in slices: call `step` until it returns false. What it comes to
 * depends on epochs alone, never on the slices.
 */
export class Course {
  private readonly setup: RunSetup;
  private readonly stop: Stop;
  private readonly watched: RatingColumns;
  private readonly writer: CurveWriter | null;
  private training: Measured | null = null;
  private readonly begin: () => Measured;
  private readonly settling: Retraining | null;
  private best: BestEpoch | null = null;
  private kept: Parameters | null = null;
  private ended: RunEnd | null = null;

  /** `setup.start` is handed over: it may be written. `watched`: what early stopping watches; null: the held-out ratings. */
  constructor(setup: RunSetup, watched: RatingColumns | null, stop: Stop, train: Train, wantCurve: boolean) {
    this.setup = setup;
    this.stop = stop;
    this.watched = watched ?? setup.data.heldOut;
    this.writer = wantCurve ? new CurveWriter() : null;
    this.begin = () => {
      this.training ??= new Measured(train(setup.model, setup.data, setup.start), setup, this.writer);
      return this.training;
    };
    const rule = stop.kind === 'settled' ? stopWhenSettled(stop.limit, null) : null;
    this.settling = rule === null ? null : new Retraining(setup, [{ kind: 'whole' }], rule, this.begin);
    // Without a rating to train on no epoch ever ends.
    if (setup.data.training.user.length === 0) {
      this.begin();
      this.ended = 'limit';
    }
  }

  /** Trains up to `epochs` epochs more (≥ 1); false when it is over. */
  step(epochs: number): boolean {
    if (this.ended !== null) return false;
    if (this.settling !== null) {
      if (this.settling.step(epochs)) return true;
      this.ended = this.settling.outcomes[0]?.ended ?? 'diverged';
      return false;
    }
    const training = this.begin();
    if (this.stop.kind === 'early') this.ended = this.stepWatching(training, this.stop, epochs);
    else if (this.stop.kind === 'epochs') {
      const healthy = training.train(Math.min(epochs, this.stop.epochs - training.epoch));
      this.ended = healthy ? (training.epoch >= this.stop.epochs ? 'limit' : null) : 'diverged';
    }
    return this.ended === null;
  }

  /** One epoch after the other, each with a look at the ratings that are watched. */
  private stepWatching(
    training: Measured,
    stop: Extract<Stop, { readonly kind: 'early' }>,
    epochs: number,
  ): RunEnd | null {
    if (training.epoch === 0) this.watch(training, stop.patience);
    for (let left = epochs; left > 0; left -= 1) {
      if (training.epoch >= stop.limit) break;
      if (!training.train(1)) return 'diverged';
      if (this.watch(training, stop.patience)) return 'stopped';
    }
    return training.epoch >= stop.limit ? 'limit' : null;
  }

  /** Whether patience is over; keeps the parameters of an epoch that is better than all before it. */
  private watch(training: Measured, patience: number): boolean {
    const { parameters } = training;
    const { rmse } = errorFigures(this.watched, (u, i) => predict(parameters, u, i));
    const { best, verdict } = lookAtHeldOut(this.best, training.epoch, rmse, { patience });
    this.best = best;
    if (verdict === 'improved') this.kept = copyParameters(parameters);
    return verdict === 'stop';
  }

  /** Once `step` has returned false. */
  get outcome(): CourseOutcome {
    const training = this.begin();
    const diverged = this.ended === 'diverged' || !this.closeCurve(training);
    const back = this.stop.kind === 'early' && this.kept !== null && this.best !== null;
    const parameters = back ? this.kept : training.parameters;
    const best = this.writer?.best ?? null;
    return {
      parameters: diverged ? null : parameters,
      epochs: training.epoch,
      standsAt: diverged ? (this.writer?.last ?? 0) : back ? (this.best?.epoch ?? 0) : training.epoch,
      bestEpoch: back ? (this.best?.epoch ?? null) : (best?.epoch ?? null),
      bestHeldOut: back ? this.heldOutOf(this.kept) : (best?.rmse ?? null),
      ended: diverged ? 'diverged' : (this.ended ?? 'limit'),
      curve: this.writer?.curve ?? null,
    };
  }

  private heldOutOf(parameters: Parameters | null): number | null {
    const { heldOut } = this.setup.data;
    return parameters === null ? null : errorFigures(heldOut, (u, i) => predict(parameters, u, i)).rmse;
  }

  /** The last epoch belongs on the curve. False when it cannot be measured. */
  private closeCurve(training: Measured): boolean {
    if (this.writer === null || this.writer.last === training.epoch) return true;
    return this.writer.record(training.epoch, training.parameters, this.setup);
  }
}
