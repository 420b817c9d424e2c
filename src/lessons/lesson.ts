import type { Scale } from '../core/dataset.ts';
import type { ModelSettings } from '../core/model.ts';
import type { PlantedPlan } from '../core/planted.ts';

/*
 * A lesson is data: what JSON can hold and nothing else, so that a lecturer's file and a built-in lesson are the same thing.
 * The format with examples: LESSON.md. Users, items and factors count from 1, as in formulas and on the stage.
 */

/** Paragraphs: one text with blank lines between them, or a list of them. Markup: `markup.ts`. */
export type Text = string | readonly string[];

/** A quantity, a condition, a comparison: `rhat(2, 3) > 3 and trained >= 100`. Grammar: `expression.ts`; names: `quantities.ts`. */
export type Formula = string;

export interface Lesson {
  readonly format: 'factorscope-lesson';
  readonly version: 1;
  /** Small letters, digits and hyphens: the first part of the address `#/learn/<id>/<step id>`. */
  readonly id: string;
  /** Where it stands in the course; 0 for a lesson that stands alone. */
  readonly number: number;
  readonly title: string;
  /** The one idea, in one sentence. */
  readonly idea: string;
  readonly steps: readonly Step[];
}

export interface Step {
  /** Small letters, digits and hyphens; unique in the lesson. It never changes, wherever the step moves. */
  readonly id: string;
  readonly text: Text;
  /** What is on the stage when the step begins; "keep": what the step before left there. */
  readonly stage: Stage | 'keep';
  readonly focus: Focus;
  /** Asked before it is done; the answer is computed, and known to nobody before the step is done. */
  readonly predict?: Question;
  /** A number to give. Formulas read it as `typed`. */
  readonly input?: NumberInput;
  /** What the panel "sweep" runs; a step that keeps the stage keeps it. */
  readonly sweep?: SweepOverK;
  /** The one task, in one sentence. */
  readonly ask: string;
  /** True when it is done. */
  readonly expect: Formula;
  /** Said when it is done: why it is right. */
  readonly why: Text;
  readonly footnote?: string;
  /** True: a run that is under way when the task is done trains on. Without it, it pauses: the numbers of `why` stand still. */
  readonly goesOn?: boolean;
  /** How the app itself does the task: for a clicker, and for whoever is stuck. */
  readonly show?: readonly Action[];
}

/** A study, and how far it is trained before the reader begins. */
export interface Stage {
  readonly study: StudySource;
  /** Changes to the settings that the study brings. */
  readonly model?: ModelChanges;
  /** Held-out ratings: drawn, or listed as [user, item]. Without it, those that the study brings. */
  readonly holdOut?: { readonly share: number; readonly seed: number } | readonly (readonly [number, number])[];
  /** Where P and Q begin: drawn from the seed (the default), all 0, all one number, or given row by row. */
  readonly start?: 'seeded' | 'zero' | { readonly constant: number } | GivenStart;
  /** Epochs trained before the reader begins; 0 without it. */
  readonly epoch?: number;
  /** What stands in *Run to epoch*. */
  readonly runTo?: number;
  /** The selected cell, [user, item]; [1, 1] without it. */
  readonly selected?: readonly [number, number];
}

/** A built-in set by its id, a matrix written out, or planted factors. */
export type StudySource =
  | { readonly builtin: string }
  | { readonly matrix: Matrix }
  | { readonly planted: PlantedPlan & { readonly name: string } };

/** R as people write it: a text for each user, ratings between spaces, "." for a gap. */
export interface Matrix {
  readonly name: string;
  readonly users: readonly string[];
  readonly items: readonly string[];
  readonly scale: Scale;
  readonly rows: readonly string[];
}

export type ModelChanges = Partial<ModelSettings>;

/** Rows of P (k numbers for each user) and of Q (k for each item). Biases begin at 0. */
export interface GivenStart {
  readonly P: readonly (readonly number[])[];
  readonly Q: readonly (readonly number[])[];
}

/** The one thing a step points at. */
export type Focus = { readonly cell: CellFocus } | { readonly control: ControlId } | { readonly panel: PanelId };

/** A cell, or with less said the row or column of it; the whole matrix when nothing is said. */
export interface CellFocus {
  readonly matrix: 'R' | 'P' | 'Q' | 'Rhat';
  readonly user?: number;
  readonly item?: number;
  readonly factor?: number;
}

export const CONTROL_IDS = [
  'train',
  'step-rating',
  'step-epoch',
  'reset',
  'run-to',
  'speed',
  'playhead',
  'loss',
  'k',
  'alpha',
  'beta',
  'prediction',
  'optimizer',
  'update',
  'order',
  'init',
  'seed',
  'hold-out',
  'leave-one-out',
  'answer',
] as const;
export type ControlId = (typeof CONTROL_IDS)[number];

export const PANEL_IDS = [
  'inspect',
  'map',
  'similar',
  'recommend',
  'rotation',
  'ensemble',
  'fold-in',
  'layers',
  'because',
  'strip',
  'sweep',
  'truth',
] as const;
export type PanelId = (typeof PANEL_IDS)[number];

export interface Question {
  readonly question: string;
  readonly options: readonly Option[];
}

/** One possible answer: right when `when` holds once the step is done. */
export interface Option {
  readonly id: string;
  readonly text: string;
  readonly when: Formula;
}

/** A field for one number, with a slider beside it where it has ends and a step. */
export interface NumberInput {
  readonly label: string;
  readonly range?: { readonly low: number; readonly high: number; readonly step: number };
  /** "P": every entry of P takes the number, so the stage follows the hand. */
  readonly fills?: 'P';
}

/**
 * Whole runs of the study for several k, each from every seed, trained on all folds but one in turn and judged by that one. The
 * folds are drawn by the first seed, so the figures are the same everywhere.
 */
export interface SweepOverK {
  readonly k: readonly number[];
  /** 2 … 20: parts of all ratings. */
  readonly folds: number;
  readonly seeds: readonly number[];
  /** Of each run. */
  readonly epochs: number;
}

/** A number, or a formula that comes to one when the action's turn comes: `nearest(1)`. */
export type Amount = number | Formula;

/** One thing a reader can do. */
export type Action =
  | { readonly do: 'train'; readonly epochs: number }
  /** Trains to that epoch of the run; nothing happens when it is there already. */
  | { readonly do: 'run-to'; readonly epoch: number }
  | { readonly do: 'step-rating'; readonly times: number }
  | { readonly do: 'step-epoch'; readonly times: number }
  | { readonly do: 'reset' }
  | { readonly do: 'undo' }
  /** Puts the playhead on an epoch that is kept; null takes it back to the run. */
  | { readonly do: 'playhead'; readonly epoch: number | null }
  /** `value` null makes a gap. */
  | { readonly do: 'rate'; readonly user: Amount; readonly item: Amount; readonly value: Amount | null }
  | { readonly do: 'hold-out'; readonly user: Amount; readonly item: Amount }
  /** Draws so many percent of all ratings. */
  | { readonly do: 'hold-out-share'; readonly share: number }
  | { readonly do: 'set'; readonly model: ModelChanges }
  /** The number of factors, where it is worked out. */
  | { readonly do: 'set-k'; readonly k: Amount }
  | { readonly do: 'select'; readonly user: Amount; readonly item: Amount }
  /** Selects the first cell, row by row, for which the condition holds once it is selected. */
  | { readonly do: 'select-where'; readonly where: Formula }
  | { readonly do: 'type'; readonly value: Amount }
  | { readonly do: 'choose'; readonly option: string }
  | {
      readonly do: 'factor';
      readonly matrix: 'P' | 'Q';
      readonly row: Amount;
      readonly factor: Amount;
      readonly value: Amount;
    }
  | { readonly do: 'bias'; readonly matrix: 'bu' | 'bi'; readonly row: Amount; readonly value: Amount }
  | PanelAction;

/** What is done in a panel of the inspector, or in the strip. */
export type PanelAction =
  /** *Do this update*, of one rating. */
  | { readonly do: 'update'; readonly user: Amount; readonly item: Amount }
  /** Turns two factors and applies it to the run. */
  | { readonly do: 'rotate'; readonly factors: readonly [number, number]; readonly degrees: Amount }
  /** Turns two factors until the first has no share in r̂ of the selected cell, and applies it to the run. */
  | { readonly do: 'rotate-away'; readonly factors: readonly [number, number] }
  /** Switches the layer of a factor, of the biases or of μ on or off. */
  | { readonly do: 'layer'; readonly layer: LayerId; readonly on: boolean }
  /** Retrains from so many other seeds, and waits for it. */
  | { readonly do: 'other-starts'; readonly models: number }
  | { readonly do: 'one-rating-fewer' }
  /** What each rating does to the prediction of the selected cell. */
  | { readonly do: 'influence' }
  /** A rating of the new user; `value` null takes it back. */
  | { readonly do: 'new-user'; readonly item: Amount; readonly value: Amount | null }
  /** Drags the strip of learning rates. */
  | { readonly do: 'strip'; readonly alpha: Amount }
  /** Runs the sweep of the step, and waits for it. */
  | { readonly do: 'sweep' };

/** The number of a factor, or one of the layers beside them. */
export type LayerId = number | 'mean' | 'user-bias' | 'item-bias';

/** The part of the address after `#/learn/`: stable wherever lessons and steps move. */
export function addressOf(lesson: Lesson, step: Step): string {
  return `${lesson.id}/${step.id}`;
}
