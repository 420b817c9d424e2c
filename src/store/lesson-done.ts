import type { Parameters } from '../core/parameters.ts';
import type { Facts } from '../lessons/facts.ts';

/*
 * The moment at which a task was done. What is said then is about it: a reader who plays on afterward changes the stage, and
 * not what was said. Only what was under way when it was done still comes in:
 *
 *     done ── the last slice of the run that pauses (one answer) ── figures that are late (baselines, leave-one-out) ──▶ kept
 *          └─ anything the reader does ─▶ nothing more is taken
 */

export interface Done {
  /** What is said is computed from these. */
  readonly facts: Facts;
  /** One answer of the run that was asked for before it paused. */
  readonly answerDue: boolean;
  /** The reader has done something since. */
  readonly over: boolean;
}

/** The task is done. `training`: a slice of the run may be under way. */
export function isDone(facts: Facts, training: boolean): Done {
  return { facts, answerDue: training, over: false };
}

/** The same numbers; each answer brings copies of its own. */
function alike(a: Float64Array | null, b: Float64Array | null): boolean {
  if (a === b) return true;
  return a !== null && b !== null && a.length === b.length && a.every((x, at) => Object.is(x, b[at]));
}

function sameParameters(a: Parameters, b: Parameters): boolean {
  return alike(a.P, b.P) && alike(a.Q, b.Q) && alike(a.bu, b.bu) && alike(a.bi, b.bi) && a.mu === b.mu;
}

/** Whether nothing of it was changed by a hand. */
function untouched(before: Facts, now: Facts): boolean {
  const [a, b] = [before.now, now.now];
  return (
    before.events === now.events &&
    before.typed === now.typed &&
    a.run === b.run &&
    a.past === b.past &&
    a.study === b.study &&
    a.selected === b.selected &&
    a.panels.otherStarts === b.panels.otherStarts &&
    a.panels.oneFewer === b.panels.oneFewer &&
    a.panels.foldIn === b.panels.foldIn &&
    a.panels.sweep === b.panels.sweep
  );
}

/** The store moved on since. */
export function seenSince(done: Done, now: Facts): Done {
  if (done.over) return done;
  const { facts } = done;
  const { epoch, position, parameters } = now.now;
  const same =
    epoch === facts.now.epoch && position === facts.now.position && sameParameters(parameters, facts.now.parameters);
  if (!untouched(facts, now) || !(same || (done.answerDue && epoch >= facts.now.epoch))) return { ...done, over: true };
  return { facts: now, answerDue: done.answerDue && same, over: false };
}
