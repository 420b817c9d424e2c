import type { Axis, SettingValue } from '../core/experiment/axis.ts';
import { axisValues } from '../core/experiment/axis.ts';

/** Numbers from `low` to `high` on a line of 0 … 1; a log line where values go up by factors. */
export interface NumberLine {
  readonly log: boolean;
  readonly low: number;
  readonly high: number;
}

/** Counts and percents are thought of in steps, whatever was listed. */
const STEPPED: ReadonlySet<Axis['setting']> = new Set(['k', 'seen', 'holdOut']);

/** The numbers of an axis, ascending; null for choices. */
export function numbersOfAxis(axis: Axis): readonly number[] | null {
  const values = axisValues(axis).filter((value) => typeof value === 'number');
  return values.length === axisValues(axis).length ? values.toSorted((a, b) => a - b) : null;
}

/** An extended log axis is a list: it goes on being drawn on a log line, as its steps grow. */
function growsByFactors(values: readonly number[]): boolean {
  const [first = 0, second = 0] = values;
  const last = values.at(-1) ?? 0;
  const before = values.at(-2) ?? 0;
  return values.length > 2 && first > 0 && last / first >= 8 && last - before > 1.5 * (second - first);
}

/** The line on which an axis is drawn; null for choices, which have no order. */
export function lineOfAxis(axis: Axis): NumberLine | null {
  const values = numbersOfAxis(axis);
  const low = values?.[0];
  const high = values?.at(-1);
  if (!values || low === undefined || high === undefined) return null;
  const byFactors = axis.spacing === 'log' || (axis.spacing === 'listed' && growsByFactors(values));
  return { log: byFactors && low > 0 && !STEPPED.has(axis.setting), low, high };
}

/** Where a number lies on a line: 0 at low, 1 at high, beyond them less or more; ½ where the line is a point. */
export function positionOn({ log, low, high }: NumberLine, value: number): number {
  if (low === high) return 0.5;
  if (!log) return (value - low) / (high - low);
  return Math.log(Math.max(value, Number.MIN_VALUE) / low) / Math.log(high / low);
}

/** The number at a position: the other way round. */
export function numberAt({ log, low, high }: NumberLine, position: number): number {
  return log ? low * (high / low) ** position : low + (high - low) * position;
}

/**
 * Where a value lies among the values of an axis, in places (0 is the first): between two of them in proportion, by factors where
 * they are all above 0. Null where it lies beyond the ends, or is a choice that is not there.
 */
export function placeAmong(values: readonly SettingValue[], value: SettingValue): number | null {
  const found = values.indexOf(value);
  if (found >= 0) return found;
  if (typeof value !== 'number') return null;
  for (let place = 0; place + 1 < values.length; place += 1) {
    const a = values[place];
    const b = values[place + 1];
    if (typeof a !== 'number' || typeof b !== 'number') return null;
    if (value < Math.min(a, b) || value > Math.max(a, b)) continue;
    return place + (a > 0 && b > 0 ? Math.log(value / a) / Math.log(b / a) : (value - a) / (b - a));
  }
  return null;
}
