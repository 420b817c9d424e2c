import { appendRow, emptyColumns, type History } from '../history.ts';
import { measure } from '../metrics.ts';
import type { Parameters } from '../parameters.ts';
import type { Epoch } from '../ratings.ts';
import { nextKept } from '../thinning.ts';
import { copyParameters, type RunSetup, type Train, type Training } from './retrain.ts';

/** A run from epoch 0 with its curve: what the stage would show of it. Plain data: a worker can send it. */
export interface WholeRun {
  /** Measured at epoch 0, at the epochs that `core/thinning.ts` keeps, and at the last one. */
  readonly curve: History;
  /** Completed ones; fewer than asked when it diverged. */
  readonly epochs: Epoch;
  readonly diverged: boolean;
  /** At the last epoch measured. */
  readonly parameters: Parameters;
}

/**
 * Makes one run and writes its curve down. Work comes in slices: call `step` until it returns false. What comes out depends
 * on epochs alone, never on the slices. It diverged where a parameter or a measure leaves the range of a double.
 */
export class Recording {
  private readonly setup: RunSetup;
  private readonly target: Epoch;
  private readonly training: Training;
  private readonly curve = emptyColumns();
  private epoch: Epoch = 0;
  private diverged = false;
  private kept: Parameters;

  /** `setup` is only read. */
  constructor(setup: RunSetup, epochs: Epoch, train: Train) {
    this.setup = setup;
    this.target = epochs;
    this.training = train(setup.model, setup.data, copyParameters(setup.start));
    this.kept = copyParameters(this.training.parameters);
    if (!this.record()) this.diverged = true;
  }

  /** 0 … 1. */
  get progress(): number {
    return this.diverged || this.target === 0 ? 1 : this.epoch / this.target;
  }

  /** Trains up to `epochs` epochs more (≥ 1), and beyond them to the next one that is measured; false when it is over. */
  step(epochs: number): boolean {
    const until = Math.min(this.target, this.epoch + Math.max(1, epochs));
    while (!this.diverged && this.epoch < until) {
      const next = Math.min(this.target, nextKept(this.epoch));
      if (!this.training.train(next - this.epoch)) this.diverged = true;
      else {
        this.epoch = next;
        if (!this.record()) this.diverged = true;
      }
    }
    return !this.diverged && this.epoch < this.target;
  }

  get run(): WholeRun {
    const { curve, diverged, kept } = this;
    return { curve, epochs: curve.epoch.at(-1) ?? 0, diverged, parameters: kept };
  }

  /** Writes the measures of the epoch down; false when they are too large to be told. */
  private record(): boolean {
    const { data, model } = this.setup;
    const { parameters } = this.training;
    const measures = measure(parameters, data, model);
    const seenLost = data.training.user.length > 0 && (measures.rmseSeen === null || measures.objective === null);
    if (seenLost || (data.heldOut.user.length > 0 && measures.rmseHeldOut === null)) return false;
    this.kept = copyParameters(parameters);
    appendRow(this.curve, this.epoch, measures);
    return true;
  }
}
