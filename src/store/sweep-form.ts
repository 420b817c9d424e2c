import {
  type Axis,
  type ChoiceSetting,
  isChoice,
  isWhole,
  type NumberSetting,
  type Setting,
} from '../core/experiment/axis.ts';
import type { Judging, Search, Stop, SweepPlan } from '../core/experiment/plan.ts';
import { CHOICES } from '../core/experiment/settings.ts';
import { parseNumber } from '../core/parse-number.ts';
import type { Problem } from '../core/problem.ts';
import type { Study } from '../core/study.ts';

/** The values of one setting, as the form holds them: all spacings at once, so that trying another loses nothing. */
export interface RangeFields {
  readonly spacing: 'evenly' | 'log' | 'listed';
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** As it was typed. */
  readonly list: string;
  /** Of a setting that is chosen: what it varies over. */
  readonly choices: readonly string[];
}

export const WAYS = ['grid', 'random', 'quasi-random'] as const;
export const JUDGES = ['held-out', 'hold-out', 'k-fold', 'leave-one-out', 'time-ordered'] as const;
export const STOPS = ['epochs', 'settled', 'early'] as const;
export const WATCHED = ['judges', 'share'] as const;
export const SPACINGS = ['evenly', 'log', 'listed'] as const;

export const NUMBER_SETTINGS = ['k', 'alpha', 'beta', 'initScale', 'batch', 'holdOut', 'seen'] as const;
export const CHOICE_SETTINGS = ['prediction', 'optimizer', 'update', 'order'] as const;
/** Everything that can be swept, in the order in which it is offered. */
export const SWEPT_SETTINGS: readonly Setting[] = [...NUMBER_SETTINGS, ...CHOICE_SETTINGS];

/** What was typed into the form of a sweep. A plan is read from it together with Play's study (`readForm`). */
export interface SweepForm {
  readonly way: (typeof WAYS)[number];
  readonly across: Setting;
  readonly down: Setting | null;
  /** The settings of a search. */
  readonly searched: readonly Setting[];
  readonly ranges: Readonly<Record<Setting, RangeFields>>;
  /** Points of a search. */
  readonly points: number;
  /** held-out: by what Play holds out; hold-out: by draws of its own. */
  readonly judging: (typeof JUDGES)[number];
  readonly share: number;
  readonly repeats: number;
  readonly folds: number;
  readonly nested: boolean;
  readonly innerFolds: number;
  /** How many. */
  readonly seeds: number;
  readonly stop: (typeof STOPS)[number];
  readonly epochs: number;
  readonly limit: number;
  readonly patience: number;
  readonly watched: (typeof WATCHED)[number];
  readonly watchShare: number;
  /** Empty: named after what it varies. */
  readonly name: string;
}

const range = (patch: Partial<RangeFields>): RangeFields => ({
  spacing: 'evenly',
  from: 1,
  to: 10,
  count: 10,
  list: '',
  choices: [],
  ...patch,
});
const choice = (setting: ChoiceSetting) => range({ spacing: 'listed', choices: CHOICES[setting] });

/** What stands there before a plan or a person says otherwise. */
export const FIRST_FORM: SweepForm = {
  way: 'grid',
  across: 'alpha',
  down: 'beta',
  searched: ['k', 'alpha', 'beta', 'initScale'],
  ranges: {
    k: range({ spacing: 'listed', list: '1, 2, 3, 4, 5, 6, 8, 10' }),
    alpha: range({ spacing: 'log', from: 0.0005, to: 0.05, list: '0.001, 0.003, 0.01, 0.03' }),
    beta: range({ spacing: 'log', from: 0.005, to: 1, list: '0, 0.02, 0.1, 0.2, 0.5' }),
    initScale: range({ spacing: 'log', from: 0.01, to: 1, list: '0.01, 0.1, 1' }),
    batch: range({ spacing: 'listed', from: 1, to: 64, count: 7, list: '1, 4, 16, 64' }),
    holdOut: range({ from: 10, to: 50, count: 5, list: '10, 20, 30' }),
    seen: range({ from: 20, to: 100, count: 9, list: '25, 50, 75, 100' }),
    prediction: choice('prediction'),
    optimizer: choice('optimizer'),
    update: choice('update'),
    order: choice('order'),
  },
  points: 60,
  judging: 'leave-one-out',
  share: 20,
  repeats: 5,
  folds: 5,
  nested: false,
  innerFolds: 3,
  seeds: 3,
  stop: 'epochs',
  epochs: 500,
  limit: 5000,
  patience: 20,
  watched: 'share',
  watchShare: 20,
  name: '',
};

function rangeOf(axis: Axis, before: RangeFields): RangeFields {
  if (axis.spacing !== 'listed') {
    const { spacing, from, to, count } = axis;
    return { ...before, spacing, from, to, count };
  }
  const values = axis.values.map(String);
  return isChoice(axis.setting)
    ? { ...before, spacing: 'listed', choices: values }
    : { ...before, spacing: 'listed', list: values.join(', ') };
}

function judgingFields(judging: Judging): Partial<SweepForm> {
  switch (judging.kind) {
    case 'hold-out':
      return judging.share === null
        ? { judging: 'held-out' }
        : { judging: 'hold-out', share: judging.share, repeats: judging.repeats };
    case 'leave-one-out':
      return { judging: 'leave-one-out' };
    default:
      return { judging: judging.kind, folds: judging.folds };
  }
}

function stopFields(stop: Stop): Partial<SweepForm> {
  switch (stop.kind) {
    case 'epochs':
      return { stop: 'epochs', epochs: stop.epochs };
    case 'settled':
      return { stop: 'settled', limit: stop.limit };
    case 'early': {
      const { limit, patience, watchShare } = stop;
      const watched = watchShare === null ? { watched: 'judges' as const } : { watched: 'share' as const, watchShare };
      return { stop: 'early', limit, patience, ...watched };
    }
  }
}

/** The form that says this plan; what the plan does not speak of stays as it was `before`. */
export function formOf(plan: SweepPlan, before: SweepForm): SweepForm {
  const { axes, search, seeds, judging, stop, innerFolds } = plan;
  const ranges = { ...before.ranges };
  for (const axis of axes) ranges[axis.setting] = rangeOf(axis, ranges[axis.setting]);
  const [first, second] = axes;
  const varied: Partial<SweepForm> =
    search === null
      ? { way: 'grid', across: first?.setting ?? before.across, down: second?.setting ?? null }
      : { way: search.kind, points: search.count, searched: axes.map(({ setting }) => setting) };
  return {
    ...before,
    ...varied,
    ranges,
    seeds: seeds.length,
    ...judgingFields(judging),
    ...stopFields(stop),
    nested: innerFolds !== null,
    innerFolds: innerFolds ?? before.innerFolds,
  };
}

/** The form after a sweep was extended: a range that was still that of the sweep goes along, one that was changed stays. */
export function withExtended(form: SweepForm, before: SweepPlan, after: SweepPlan): SweepForm {
  const ranges = { ...form.ranges };
  before.axes.forEach((axis, at) => {
    const extended = after.axes[at];
    const stands = ranges[axis.setting];
    const same = JSON.stringify(rangeOf(axis, stands)) === JSON.stringify(stands);
    if (same && extended !== undefined) ranges[axis.setting] = rangeOf(extended, stands);
  });
  return { ...form, ranges };
}

/** In a list that is parted otherwise, "1,5" may be 1.5 or 1 and 5. */
const ONE_COMMA = /^\d+,\d+$/;

/** White space, semicolons, and commas that are followed by one or end a line part numbers; "0,5" stays one, to be told about. */
const BETWEEN = /[;\s]+|,\s+|,$/;

/** Numbers of a list, ascending; or what is wrong with the first that is none. */
export function readList(text: string, setting: NumberSetting): { values: number[]; problem: Problem | null } {
  const parted = text
    .trim()
    .split(BETWEEN)
    .filter((piece) => piece !== '');
  const ambiguous = isWhole(setting) && parted.length > 1 ? parted.find((piece) => ONE_COMMA.test(piece)) : undefined;
  const pieces = parted
    .flatMap((piece) => (isWhole(setting) || piece.split(',').length > 2 ? piece.split(',') : [piece]))
    .filter((piece) => piece !== '');
  const values: number[] = [];
  let problem: Problem | null =
    ambiguous === undefined ? null : { code: 'comma-ambiguous', got: ambiguous, where: setting };
  for (const piece of pieces) {
    const parsed = parseNumber(piece);
    if (parsed.ok) values.push(parsed.value);
    else problem ??= { ...parsed.problem, where: setting };
  }
  return { values: values.sort((a, b) => a - b), problem };
}

function choicesOf(setting: ChoiceSetting, chosen: readonly string[]): Axis {
  const of = <S extends string>(all: readonly S[]) => all.filter((value) => chosen.includes(value));
  switch (setting) {
    case 'optimizer':
      return { setting, spacing: 'listed', values: of(CHOICES.optimizer) };
    case 'prediction':
      return { setting, spacing: 'listed', values: of(CHOICES.prediction) };
    case 'update':
      return { setting, spacing: 'listed', values: of(CHOICES.update) };
    case 'order':
      return { setting, spacing: 'listed', values: of(CHOICES.order) };
  }
}

function axisOf(setting: Setting, fields: RangeFields, problems: Problem[]): Axis {
  if (isChoice(setting)) return choicesOf(setting, fields.choices);
  const { spacing, from, to, count, list } = fields;
  if (spacing !== 'listed') return { setting, spacing, from, to, count };
  const { values, problem } = readList(list, setting);
  if (problem) problems.push(problem);
  return { setting, spacing, values };
}

function judgingOf({ judging, share, repeats, folds }: SweepForm): Judging {
  switch (judging) {
    case 'held-out':
      return { kind: 'hold-out', share: null, repeats: 1 };
    case 'hold-out':
      return { kind: 'hold-out', share, repeats };
    case 'leave-one-out':
      return { kind: 'leave-one-out' };
    default:
      return { kind: judging, folds };
  }
}

function stopOf({ stop, epochs, limit, patience, watched, watchShare }: SweepForm): Stop {
  switch (stop) {
    case 'epochs':
      return { kind: 'epochs', epochs };
    case 'settled':
      return { kind: 'settled', limit };
    case 'early':
      return { kind: 'early', limit, patience, watchShare: watched === 'share' ? watchShare : null };
  }
}

/** The settings that the form varies, in order. */
export function variedSettings({ way, across, down, searched }: SweepForm): readonly Setting[] {
  if (way !== 'grid') return SWEPT_SETTINGS.filter((setting) => searched.includes(setting));
  return down === null ? [across] : [across, down];
}

/**
 * The plan that the form says for a study, whose seed is the first of the seeds; with what could not be read in lists. Whether the
 * plan is sound, `checkPlan` says.
 */
export function readForm(form: SweepForm, study: Study): { readonly plan: SweepPlan; readonly problems: Problem[] } {
  const problems: Problem[] = [];
  const { seed } = study.model;
  const search: Search | null = form.way === 'grid' ? null : { kind: form.way, count: form.points, seed };
  const plan: SweepPlan = {
    study,
    axes: variedSettings(form).map((setting) => axisOf(setting, form.ranges[setting], problems)),
    search,
    seeds: Array.from({ length: form.seeds }, (_, at) => (seed + at) >>> 0),
    judging: judgingOf(form),
    splitSeed: seed,
    stop: stopOf(form),
    innerFolds: form.nested ? form.innerFolds : null,
  };
  return { plan, problems };
}

function hasShape(value: unknown, like: unknown): boolean {
  if (Array.isArray(like)) return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
  if (typeof like !== 'object' || like === null) {
    return typeof value === typeof like && (typeof value !== 'number' || Number.isFinite(value));
  }
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return Object.entries(like).every(([name, one]) => name === 'down' || hasShape(fields.get(name), one));
}

/** Whether something that was kept is a form: of the shape of `FIRST_FORM`, with choices that there are. */
export function isSweepForm(value: unknown): value is SweepForm {
  if (!hasShape(value, FIRST_FORM) || typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const among = (name: string, all: readonly unknown[]) => all.includes(fields.get(name));
  const ranges: unknown = fields.get('ranges');
  const spaced = Object.values(ranges ?? {}).every((one: RangeFields) => SPACINGS.includes(one.spacing));
  return (
    spaced &&
    among('way', WAYS) &&
    among('across', SWEPT_SETTINGS) &&
    among('down', [...SWEPT_SETTINGS, null]) &&
    among('judging', JUDGES) &&
    among('stop', STOPS) &&
    among('watched', WATCHED)
  );
}
