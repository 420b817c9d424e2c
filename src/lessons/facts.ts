import type { JudgedK } from '../core/experiment/one-standard-error.ts';
import type { History, Measures } from '../core/history.ts';
import type { Parameters } from '../core/parameters.ts';
import type { Study } from '../core/study.ts';
import type { Outcome } from '../core/understand/retrain.ts';

/*
 * What a lesson may know. A view hands in moments (the store as it stands) and says what the reader did; everything that a
 * formula asks about the past is kept here, by pure functions.
 *
 *     stageSet(moment) ─ observe ─ … ─ stepBegins ─ observe ─ happened ─ typed ─ chose ─ … ─ stepBegins ─ …
 *      first ▲                          began ▲                                  "keep": first and runs stay
 */

/** A new user that was folded in: what they rated (items from 0) and r̂ of every item. */
export interface FoldIn {
  readonly ratings: readonly { readonly item: number; readonly value: number }[];
  readonly predictions: Float64Array;
}

/** What panels have computed; null until they have. */
export interface Panels {
  /** Retrainings of the study from other seeds, kept at the run's epoch (mark) and trained until settled (end). */
  readonly otherStarts: readonly Outcome[] | null;
  /** The same without each training rating in turn. */
  readonly oneFewer: readonly Outcome[] | null;
  readonly foldIn: FoldIn | null;
  /** What a sweep over k came to, once all of its runs are there. */
  readonly sweep: readonly JudgedK[] | null;
}

export const NO_PANELS: Panels = { otherStarts: null, oneFewer: null, foldIn: null, sweep: null };

/** The store as it stands, all rows of it whatever the window shows. */
export interface Moment {
  /** Another number, another run: k, seed, Reset and Open begin one. */
  readonly run: number;
  readonly study: Study;
  readonly epoch: number;
  readonly position: number;
  /** What the stage shows: typed over, rotated or of the past, as the case may be. */
  readonly parameters: Parameters;
  readonly measures: Measures;
  readonly history: History;
  /** Held-out RMSE of the global mean and of biases only; null where nothing is held out. */
  readonly baselines: { readonly rmseMean: number; readonly rmseBiases: number } | null;
  /** Null until it is up to date with the run. */
  readonly leaveOneOut: { readonly rmse: number; readonly baselineMean: number } | null;
  /** The run blew up and stands at its last completed epoch. */
  readonly diverged: boolean;
  /** The playhead stands in the past. */
  readonly past: boolean;
  /** From 0, as everywhere outside lessons. */
  readonly selected: { readonly user: number; readonly item: number };
  /** What panels have computed by now. */
  readonly panels: Panels;
}

export const EVENT_NAMES = [
  'train',
  'step-rating',
  'step-epoch',
  'reset',
  'playhead',
  'select',
  'undo',
  'rotate',
  'layer',
] as const;
export type EventName = (typeof EVENT_NAMES)[number];

export interface Facts {
  readonly now: Moment;
  /** When the step began. */
  readonly began: Moment;
  /** When the stage was set, before anything was trained. */
  readonly first: Moment;
  /** Runs since the stage was set, each as far as it got, that kept one setting and one set of ratings from epoch 0. */
  readonly runs: readonly Moment[];
  /** The same as they were when the step began. */
  readonly runsBefore: readonly Moment[];
  /** Whether the present run is such a one, and so the last of them. */
  readonly whole: boolean;
  /** Epochs trained in this step since a rating or setting last changed. */
  readonly trained: number;
  readonly events: Readonly<Partial<Record<EventName, number>>>;
  readonly typed: number | null;
  /** The id of the chosen option. */
  readonly chosen: string | null;
}

/** The stage was just set and nothing trained yet. */
export function stageSet(moment: Moment): Facts {
  return {
    now: moment,
    began: moment,
    first: moment,
    runs: [moment],
    runsBefore: [moment],
    whole: true,
    trained: 0,
    events: {},
    typed: null,
    chosen: null,
  };
}

/** A step begins on the stage as it stands: what was done before belongs to the step before. */
export function stepBegins(facts: Facts): Facts {
  return {
    ...facts,
    began: facts.now,
    runsBefore: facts.runs,
    trained: 0,
    events: {},
    typed: null,
    chosen: null,
  };
}

/** What was known when the step began: its texts are about this, whatever was done since. */
export function asItBegan(facts: Facts): Facts {
  return stepBegins({ ...facts, now: facts.began, runs: facts.runsBefore });
}

/**
 * Figures that the worker sends after the first answer (baselines, leave-one-out) belong to the beginning too, while the run
 * and what it is trained on are those of the beginning.
 */
function withLateFigures(began: Moment, moment: Moment): Moment {
  const wanted = began.baselines === null || began.leaveOneOut === null;
  if (!wanted || moment.past || moment.epoch !== began.epoch || moment.position !== began.position) return began;
  if (!sameSetup(began, moment)) return began;
  const baselines = began.baselines ?? moment.baselines;
  const leaveOneOut = began.leaveOneOut ?? moment.leaveOneOut;
  return baselines === began.baselines && leaveOneOut === began.leaveOneOut
    ? began
    : { ...began, baselines, leaveOneOut };
}

function sameSetup(a: Moment, b: Moment): boolean {
  return (
    a.run === b.run &&
    a.study.dataset.ratings === b.study.dataset.ratings &&
    a.study.start === b.study.start &&
    (a.study.model === b.study.model || JSON.stringify(a.study.model) === JSON.stringify(b.study.model))
  );
}

/** Whether the run stands where nothing of it was trained with other settings. */
function atStart(moment: Moment): boolean {
  return moment.epoch === 0 && moment.position === 0;
}

/** The list of runs with this moment in it; the run is whole. */
function withRun(runs: readonly Moment[], before: Moment, moment: Moment): readonly Moment[] {
  const last = runs.at(-1);
  const replaced = [...runs.slice(0, -1), moment];
  if (last === undefined) return replaced;
  if (moment.diverged && sameSetup(last, moment)) return replaced;
  if (atStart(moment) || moment.run !== before.run) {
    // One that never left its start says nothing.
    return atStart(last) && !last.diverged ? replaced : [...runs, moment];
  }
  return moment.epoch >= last.epoch ? replaced : runs;
}

/** The store moved on. */
export function observe(known: Facts, moment: Moment): Facts {
  const facts = { ...known, began: withLateFigures(known.began, moment) };
  if (moment.past) return { ...facts, now: moment };
  // Back from the past nothing was trained.
  const before = facts.now.past ? { ...facts.now, epoch: moment.epoch } : facts.now;
  const gained = moment.epoch - before.epoch;
  const same = sameSetup(before, moment);
  const trained = same ? (gained < 0 ? 0 : facts.trained + gained) : moment.run === before.run ? 0 : moment.epoch;
  const whole = atStart(moment) || moment.run !== before.run || (facts.whole && same);
  return { ...facts, now: moment, trained, whole, runs: whole ? withRun(facts.runs, before, moment) : facts.runs };
}

/** A whole run that was made beside the stage: a point of the α strip. */
export function ranBeside(facts: Facts, moment: Moment): Facts {
  return { ...facts, runs: [...facts.runs.slice(0, -1), moment, ...facts.runs.slice(-1)] };
}

/** The reader did something that leaves no trace in the store. */
export function happened(facts: Facts, event: EventName): Facts {
  return { ...facts, events: { ...facts.events, [event]: (facts.events[event] ?? 0) + 1 } };
}

/** The reader gave a number; null takes it back. */
export function typed(facts: Facts, value: number | null): Facts {
  return { ...facts, typed: value };
}

/** The reader chose an option. */
export function chose(facts: Facts, option: string): Facts {
  return { ...facts, chosen: option };
}
