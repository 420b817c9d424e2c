import { appendRow, emptyColumns, type History, type HistoryColumns, type Measures } from '../core/history.ts';
import type { TrainingState } from '../core/parameters.ts';
import { HISTORY_DENSITY, isKept, SNAPSHOT_BYTES } from '../core/thinning.ts';
import { type Layout, pack, unpack } from './packed-state.ts';

/** A state that was kept. */
export interface Snapshot {
  readonly epoch: number;
  readonly layout: Layout;
  readonly slab: Float64Array;
  readonly offset: number;
}

/** Slabs hold many small states, so that keeping one costs no allocation. Doubles. */
const SLAB_SIZE = 1 << 15;
const STATES_IN_SLAB = 64;

function cut(columns: HistoryColumns, length: number): void {
  for (const column of Object.values(columns)) column.length = length;
}

/**
 * What is kept of a run's past: a row of measures for every recorded epoch, a snapshot of the state for some of them
 * (`core/thinning.ts` says which), and one row for the latest epoch behind them, which goes when training goes on.
 *
 *     rows       0 1 2 3 … 511 512 514 … 2040 │ tail 2045
 *     snapshots    1 2 3 … 511 512 514 … 2040        (epoch 0 is the run's start, kept apart)
 */
export class Timeline {
  private columns = emptyColumns();
  private tail: { epoch: number; measures: Measures } | null = null;
  private kept: Snapshot[] = [];
  private density = HISTORY_DENSITY;
  private slab = new Float64Array(0);
  private slabUsed = 0;
  /** Rows that the page has and that did not change since. */
  private sent = 0;

  /** Takes over the curve of a run that goes on. */
  adopt(history: History, latest: number): void {
    for (let at = 0; at < history.epoch.length; at += 1) {
      const epoch = history.epoch[at] ?? 0;
      if (epoch > latest) break;
      const measures = rowOf(history, at);
      const last = at + 1 === history.epoch.length || (history.epoch[at + 1] ?? 0) > latest;
      if (last && !isKept(epoch)) this.tail = { epoch, measures };
      else appendRow(this.columns, epoch, measures);
    }
  }

  /** Writes a completed epoch down: on the curve, as a snapshot if it is one, or as the tail. */
  record(state: TrainingState, layout: Layout, measures: Measures): void {
    this.tail = null;
    if (!isKept(state.epoch)) {
      this.tail = { epoch: state.epoch, measures };
      return;
    }
    appendRow(this.columns, state.epoch, measures);
    if (state.epoch > 0) this.keep(state, layout);
  }

  /** Writes anew what was measured at the latest row, `epoch`. */
  rewrite(epoch: number, measures: Measures): void {
    const last = this.columns.epoch.length - 1;
    if (this.columns.epoch[last] !== epoch) return;
    cut(this.columns, last);
    appendRow(this.columns, epoch, measures);
    this.sent = Math.min(this.sent, last);
  }

  /** Keeps the state at the latest row of a curve that was taken over, if the rule keeps its epoch. */
  keepLatest(state: TrainingState, layout: Layout): void {
    if (state.epoch > 0 && isKept(state.epoch)) this.keep(state, layout);
  }

  private keep(state: TrainingState, layout: Layout): void {
    const bytes = layout.size * 8;
    const before = this.density;
    while (this.density >= 1 && (this.kept.length + 1) * bytes > SNAPSHOT_BYTES) {
      this.density = Math.floor(this.density / 2);
      this.kept = this.kept.filter((snapshot) => this.density >= 1 && isKept(snapshot.epoch, this.density));
    }
    if (this.density < before) this.moveTogether();
    // At the curve's own density every row has its snapshot.
    if (this.density < 1 || (this.density < HISTORY_DENSITY && !isKept(state.epoch, this.density))) return;
    this.store(state.epoch, layout, (slab, offset) => pack(state, slab, offset));
  }

  private store(epoch: number, layout: Layout, write: (slab: Float64Array, offset: number) => void): void {
    if (this.slabUsed + layout.size > this.slab.length) {
      this.slab = new Float64Array(Math.max(layout.size, Math.min(SLAB_SIZE, layout.size * STATES_IN_SLAB)));
      this.slabUsed = 0;
    }
    write(this.slab, this.slabUsed);
    this.kept.push({ epoch, layout, slab: this.slab, offset: this.slabUsed });
    this.slabUsed += layout.size;
  }

  /** Moves what is kept into slabs of its own, so that those of dropped snapshots come free. */
  private moveTogether(): void {
    const { kept } = this;
    this.kept = [];
    this.slab = new Float64Array(0);
    this.slabUsed = 0;
    for (const snapshot of kept) {
      const { epoch, layout, slab, offset } = snapshot;
      // A state that fills its slab stays where it is: large ones are never copied twice.
      if (slab.length === layout.size) this.kept.push(snapshot);
      else this.store(epoch, layout, (into, at) => into.set(slab.subarray(offset, offset + layout.size), at));
    }
  }

  /** What was written down after `epoch`. */
  after(epoch: number): History {
    const later = emptyColumns();
    this.columns.epoch.forEach((one, at) => {
      if (one > epoch) appendRow(later, one, rowOf(this.columns, at));
    });
    if (this.tail !== null && this.tail.epoch > epoch) appendRow(later, this.tail.epoch, this.tail.measures);
    return later;
  }

  /** Lets everything after `epoch` go. */
  truncate(epoch: number): void {
    let length = this.columns.epoch.length;
    while (length > 0 && (this.columns.epoch[length - 1] ?? 0) > epoch) length -= 1;
    cut(this.columns, length);
    this.sent = Math.min(this.sent, length);
    if (this.tail !== null && this.tail.epoch > epoch) this.tail = null;
    this.kept = this.kept.filter((snapshot) => snapshot.epoch <= epoch);
    this.moveTogether();
  }

  /** Whether `epoch` has a row. */
  has(epoch: number): boolean {
    return this.measuresAt(epoch) !== null;
  }

  /** What was measured when `epoch` was completed; null when that was not written down. */
  measuresAt(epoch: number): Measures | null {
    if (this.tail?.epoch === epoch) return this.tail.measures;
    let low = 0;
    let high = this.columns.epoch.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.columns.epoch[middle] ?? 0) < epoch) low = middle + 1;
      else high = middle;
    }
    return this.columns.epoch[low] === epoch ? rowOf(this.columns, low) : null;
  }

  /** Epochs of the kept snapshots, ascending, epoch 0 first. */
  epochs(): number[] {
    return [0, ...this.kept.map((snapshot) => snapshot.epoch)];
  }

  /** The latest kept snapshot at or before `epoch`. */
  before(epoch: number): Snapshot | null {
    return this.kept.findLast((snapshot) => snapshot.epoch <= epoch) ?? null;
  }

  /** The kept snapshot of `epoch`. */
  at(epoch: number): Snapshot | null {
    return this.kept.find((snapshot) => snapshot.epoch === epoch) ?? null;
  }

  /** The curve's change since the last call: keep rows 0 … from − 1, then append. */
  changes(): { readonly from: number; readonly history: History } {
    const from = this.sent;
    const history: HistoryColumns = {
      epoch: this.columns.epoch.slice(from),
      rmseSeen: this.columns.rmseSeen.slice(from),
      rmseHeldOut: this.columns.rmseHeldOut.slice(from),
      maeSeen: this.columns.maeSeen.slice(from),
      maeHeldOut: this.columns.maeHeldOut.slice(from),
      objective: this.columns.objective.slice(from),
    };
    if (this.tail !== null) appendRow(history, this.tail.epoch, this.tail.measures);
    this.sent = this.columns.epoch.length;
    return { from, history };
  }
}

function rowOf(history: History, at: number): Measures {
  return {
    rmseSeen: history.rmseSeen[at] ?? null,
    rmseHeldOut: history.rmseHeldOut[at] ?? null,
    maeSeen: history.maeSeen[at] ?? null,
    maeHeldOut: history.maeHeldOut[at] ?? null,
    objective: history.objective[at] ?? null,
  };
}

/** The state a snapshot holds. */
export function stateOf(snapshot: Snapshot): TrainingState {
  return unpack(snapshot.layout, snapshot.slab, snapshot.offset, snapshot.epoch, 0);
}
