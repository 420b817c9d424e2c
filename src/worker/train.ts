import { hasBiases } from '../core/model.ts';
import { alphaAt } from '../core/schedule.ts';
import { isKept, nextKept } from '../core/thinning.ts';
import type { UpdateTrace } from '../core/trace.ts';
import { type RowTrace, readRow } from '../core/trace-row.ts';
import { traceUpdate } from '../core/trace-update.ts';
import { ratingsOfRow } from '../core/understand/row-ratings.ts';
import type { Refusal } from '../engines/engine.ts';
import { type BlowUp, findBlowUp, overflowed, stateIsFinite } from './blow-up.ts';
import { findCause, MODEST_BETA } from './cause.ts';
import type { Answer, Divergence, EarlyStop } from './protocol.ts';
import type { Run } from './run.ts';
import { advance, beginEpoch, lastRatingOf, ratingsIn, SUSPICIOUS_ERROR, visitCost } from './trainee.ts';

/** Milliseconds of a clock that only ever goes forward. */
export type Clock = () => number;

/** How far to train: whatever comes first. */
export interface Slice {
  readonly milliseconds: number;
  readonly untilEpoch: number | null;
  readonly steps: number | null;
  readonly trace: boolean;
}

export interface Trained {
  /** Rating visits. */
  readonly visits: number;
  readonly visited: Answer['visited'];
  readonly trace: UpdateTrace | null;
  /** Under ALS, in the place of `trace`. */
  readonly solved: RowTrace | null;
  readonly divergence: Divergence | null;
  readonly early: EarlyStop | null;
}

/** Work between two looks at the clock, in rating visits × factors: well below a millisecond once the loops are compiled. */
const WORK_PER_LOOK = 64_000;

/**
 * Trains for one slice. Where it stops depends on the clock; what is computed on the way does not: a run's numbers are the
 * same however it was sliced. Short epochs are completed, so that a slice ends between epochs unless `steps` says otherwise.
 */
export function trainSlice(run: Run, slice: Slice, clock: Clock): Trained {
  const deadline = clock() + slice.milliseconds;
  const until = slice.untilEpoch ?? Number.POSITIVE_INFINITY;
  let stepsLeft = slice.steps ?? Number.POSITIVE_INFINITY;
  let visits = 0;
  let visited: Answer['visited'] = null;
  let trace: UpdateTrace | null = null;
  let solved: RowTrace | null = null;
  let finishing = false;
  const stopped = (divergence: Divergence | null, early: EarlyStop | null = null): Trained => ({
    visits,
    // Where it fell back or went back to, nothing was visited just now.
    visited: divergence || early ? null : visited,
    trace: divergence || early ? null : trace,
    solved: divergence || early ? null : solved,
    divergence,
    early,
  });

  const noteVisited = () => {
    const { stretch } = run.trainee;
    if (stretch.to === 0) return;
    const at = lastRatingOf(run.trainee, stretch.to - 1);
    if (at < 0) visited = null;
    else visited = { user: stretch.columns.user[at] ?? 0, item: stretch.columns.item[at] ?? 0, error: stretch.error };
  };

  run.putByWhenDue();
  if (run.best === null) run.lookForBest();
  while (stepsLeft > 0 && run.state.epoch < until && run.trainee.total > 0) {
    const { trainee } = run;
    const { state, total } = trainee;
    let quota = Math.max(1, Math.floor(WORK_PER_LOOK / visitCost(trainee)));
    const whole = finishing || total <= quota * 4;
    // Most epochs of a small set leave nothing behind; only these are looked at when they are completed.
    const everyEpoch = run.study.model !== trainee.model || run.epochIsLong || run.mayStopEarly;
    let next = everyEpoch ? 0 : nextKept(state.epoch);
    let made = 0;
    while (quota > 0 && stepsLeft > 0 && state.epoch < until && run.trainee === trainee) {
      const remaining = total - state.position;
      let wanted = Math.min(whole ? remaining : Math.min(quota, remaining), stepsLeft);
      // The last visit of a stretch is made by itself when it is to be spelled out.
      if (slice.trace && wanted > 1) wanted -= 1;
      else if (slice.trace) trace = traceNext(run);
      const row = slice.trace && wanted === 1 ? nextRow(run) : null;
      const from = state.position;
      const done = advance(
        trainee,
        wanted,
        run.knownFinite > state.epoch ? Number.POSITIVE_INFINITY : SUSPICIOUS_ERROR,
      );
      visits += ratingsIn(trainee, from, from + done);
      if (row !== null && done === 1) {
        const { side, row: at } = row;
        solved = { ...row, after: readRow(state.parameters, run.data, side, at) };
      }
      quota -= done;
      stepsLeft -= done;
      made += done;
      if (done < wanted) {
        run.worked(made);
        made = 0;
        const { refusal } = trainee.stretch;
        if (refusal) return stopped(refuse(run, refusal));
        const blowUp = lookAhead(run, state.epoch + 1);
        if (blowUp !== null) return stopped(diverge(run, blowUp));
        if (run.knownFinite <= state.epoch) return stopped(null);
        continue;
      }
      if (state.position === 0 && state.epoch >= next) {
        run.worked(made);
        made = 0;
        if (run.study.model !== trainee.model) noteVisited();
        const blowUp = completeEpoch(run);
        if (blowUp !== null) return stopped(diverge(run, blowUp));
        const early = run.lookForBest();
        if (early !== null) return stopped(null, early);
        next = everyEpoch ? 0 : nextKept(state.epoch);
      }
    }
    run.worked(made);
    if (run.trainee === trainee) noteVisited();
    if (clock() < deadline) continue;
    const { position } = run.state;
    // Rather a little late than in mid-epoch: a third of the slice more, if that completes the epoch.
    finishing = position > 0 && ratingsIn(run.trainee, position, run.trainee.total) * 3 <= visits;
    if (!finishing) break;
  }

  const { state, data } = run;
  if (visits > 0 && (!stateIsFinite(state) || overflowed(run.measures(), data))) {
    const blowUp = lookAhead(run, state.position === 0 ? state.epoch : state.epoch + 1);
    if (blowUp !== null) return stopped(diverge(run, blowUp));
  }
  if (visits > 0 && state.position === 0 && !run.timeline.has(state.epoch)) run.record();
  return stopped(null);
}

/** What the next visit will do, spelled out. */
function traceNext(run: Run): UpdateTrace | null {
  const { trainee } = run;
  const { state, stretch, model } = trainee;
  beginEpoch(trainee);
  const at = lastRatingOf(trainee, state.position);
  const { user, item, value } = stretch.columns;
  const alpha = alphaAt(model, state.epoch);
  return traceUpdate(state.parameters, user[at] ?? 0, item[at] ?? 0, value[at] ?? 0, model, alpha);
}

/** Under ALS: the row that the next visit solves, as it is before. */
function nextRow(run: Run): Omit<RowTrace, 'after'> | null {
  const { model, state, data } = run.trainee;
  if (model.optimizer.kind !== 'als') return null;
  beginEpoch(run.trainee);
  const side = state.position < data.m ? 'users' : 'items';
  const row = side === 'users' ? state.position : state.position - data.m;
  const ratings = ratingsOfRow(data.training, side, row).value.length;
  return { side, row, ratings, before: readRow(state.parameters, data, side, row) };
}

/** An epoch was completed: it goes on the curve if the rule keeps it, and settings that waited apply. */
export function completeEpoch(run: Run): BlowUp | null {
  const { state, trainee } = run;
  if (isKept(state.epoch)) {
    if (overflowed(run.measures(), run.data)) {
      const blowUp = lookAhead(run, state.epoch);
      if (blowUp !== null) return blowUp;
    }
    run.record();
  }
  if (run.study.model !== trainee.model) {
    run.applyWaiting();
    run.putByWhenDue();
  } else if (run.epochIsLong) run.putByCompleted();
  return null;
}

/** Trains a copy from the last state put by until `untilEpoch` is completed, looking at every number. */
function lookAhead(run: Run, untilEpoch: number): BlowUp | null {
  const copy = run.lookAhead();
  const blowUp = copy === null ? null : findBlowUp(copy, untilEpoch);
  if (blowUp === null) run.knownFinite = untilEpoch;
  return blowUp;
}

/** A visit cannot be made: the run goes back to its last completed epoch, where another β can apply, and says which row it was. */
function refuse(run: Run, { side, row }: Refusal): Divergence {
  const { model } = run.trainee;
  const { epoch } = run.state;
  const ratings = ratingsOfRow(run.data.training, side, row).value.length;
  run.fallBack(null, epoch);
  return {
    during: epoch + 1,
    epoch: run.state.epoch,
    update: null,
    user: side === 'users' ? row : null,
    item: side === 'items' ? row : null,
    cause: {
      kind: 'open-row',
      side,
      row,
      unknowns: model.k + (hasBiases(model.prediction) ? 1 : 0),
      ratings,
      value: model.beta,
      suggested: Math.max(MODEST_BETA, Number((model.beta * 10).toPrecision(1))),
    },
  };
}

/** The run blew up: it falls back to its last completed epoch, and says what did it. */
function diverge(run: Run, blowUp: BlowUp): Divergence {
  const { model } = run.trainee;
  run.fallBack(blowUp.good, blowUp.during - 1);
  const { engine, state, study, data } = run;
  return {
    during: blowUp.during,
    epoch: state.epoch,
    update: blowUp.update,
    user: blowUp.user,
    item: blowUp.item,
    ...findCause({ engine, model, data, scale: study.dataset.scale, start: run.past(0).state, standing: state }),
  };
}
