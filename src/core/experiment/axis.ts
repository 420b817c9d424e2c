import type { OptimizerSettings, Prediction, SgdSettings, VisitingOrder } from '../model.ts';

/**
 * Settings that take numbers. `initScale`: the standard deviation of a normal start, the upper bound of a uniform one (a lower
 * bound that is not 0 moves with it). `holdOut`: percent of all ratings. `seen`: percent of the training ratings that are used;
 * the others are set aside (a learning curve).
 */
export type NumberSetting = 'k' | 'alpha' | 'beta' | 'initScale' | 'batch' | 'holdOut' | 'seen';

/** Settings that are chosen, and what from. */
export interface ChoiceValues {
  readonly optimizer: OptimizerSettings['kind'];
  readonly prediction: Prediction;
  readonly update: SgdSettings['update'];
  readonly order: VisitingOrder;
}

export type ChoiceSetting = keyof ChoiceValues;
export type Setting = NumberSetting | ChoiceSetting;
export type SettingValue = number | string;

/** `count` numbers (≥ 2) from … to, both included; `log`: each the same multiple of the one before, to 3 significant digits. */
export interface SpacedAxis {
  readonly setting: NumberSetting;
  readonly spacing: 'evenly' | 'log';
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Numbers as they were listed, ascending and each once. */
export interface ListedAxis {
  readonly setting: NumberSetting;
  readonly spacing: 'listed';
  readonly values: readonly number[];
}

/** Choices in the order in which they are shown. */
export type ChoiceAxis = {
  readonly [S in ChoiceSetting]: {
    readonly setting: S;
    readonly spacing: 'listed';
    readonly values: readonly ChoiceValues[S][];
  };
}[ChoiceSetting];

/** One setting that a sweep varies. */
export type Axis = SpacedAxis | ListedAxis | ChoiceAxis;

/** One setting and the value it is given. */
export interface Assignment {
  readonly setting: Setting;
  readonly value: SettingValue;
}

/** Settings that are whole numbers. */
const WHOLE: ReadonlySet<Setting> = new Set(['k', 'batch']);

export function isWhole(setting: Setting): boolean {
  return WHOLE.has(setting);
}

export function isChoice(setting: Setting): setting is ChoiceSetting {
  return setting === 'optimizer' || setting === 'prediction' || setting === 'update' || setting === 'order';
}

/** `value` with 3 significant digits: what a log scale gives never holds a machine's rounding. */
export function roundToThreeDigits(value: number): number {
  return Number(value.toPrecision(3));
}

/** Bits of u that count: 2⁻⁴⁰ of the logarithm is far below 3 digits. */
const BITS = 40;

/**
 * from·(to/from)^u for 0 ≤ u ≤ 1, from and to > 0, before rounding. By the bits of u and repeated square roots, which are exact
 * everywhere as `pow` is not:
 *
 *     ratio^(0.101₂) = √ratio · √√√ratio
 */
export function betweenOnLogScale(from: number, to: number, u: number): number {
  if (u <= 0) return from;
  if (u >= 1) return to;
  let root = to / from;
  let rest = u;
  let product = from;
  for (let bit = 0; bit < BITS; bit += 1) {
    root = Math.sqrt(root);
    rest *= 2;
    if (rest >= 1) {
      product *= root;
      rest -= 1;
    }
  }
  return product;
}

/** The value at share u (0 … 1) of an axis: what a search draws, and where the values of a grid lie. */
export function valueAt(axis: Axis, u: number): SettingValue {
  if (axis.spacing === 'listed') {
    const at = Math.min(axis.values.length - 1, Math.max(0, Math.floor(u * axis.values.length)));
    return axis.values[at] ?? 0;
  }
  const { setting, spacing, from, to } = axis;
  if (spacing === 'log') {
    const value = roundToThreeDigits(betweenOnLogScale(from, to, u));
    return isWhole(setting) ? Math.round(value) : value;
  }
  const value = from + (to - from) * u;
  // Twelve digits: 0.1 + 0.2 is 0.3 on an axis.
  return isWhole(setting) ? Math.round(value) : Number(value.toPrecision(12));
}

/** The values of an axis, in order; whole numbers that rounding made alike come once. */
export function axisValues(axis: Axis): readonly SettingValue[] {
  if (axis.spacing === 'listed') return axis.values;
  const { count } = axis;
  const values = Array.from({ length: count }, (_, at) => valueAt(axis, count < 2 ? 0 : at / (count - 1)));
  return [...new Set(values)];
}
