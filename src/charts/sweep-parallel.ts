import { line } from 'd3';
import { type Axis, axisValues, type SettingValue } from '../core/experiment/axis.ts';
import { valueTicks } from './loss-ticks.ts';
import { lineOfAxis, type NumberLine, numberAt, positionOn } from './sweep-positions.ts';
import { type ErrorScale, errorShade, shareOf } from './sweep-scale.ts';
import { textWidth } from './text-width.ts';

/*
 * A search over several settings: an axis for each, one for the error at the right, one line for each combination, in the color
 * of its error. A brush on an axis keeps the lines that pass through it.
 *
 *       k      α      β    RMSE held out
 *      10│   .1│    1│     2.0│
 *        │╲   ╱│╲    │   ╱    │ pale
 *        │ ╲▐▌ │ ╲╱──┼──╱     │
 *       1│  .001│ .01│     1.0│ strong
 */

/** One combination: a value for each axis, and its error. */
export interface ParallelRun {
  readonly cell: number;
  readonly values: readonly SettingValue[];
  /** Null: not there yet, or it diverged. */
  readonly error: number | null;
  readonly diverged: boolean;
}

/** What is kept of an axis: a range of numbers, or some of its choices; null keeps all. */
export type Brush =
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'choices'; readonly values: readonly SettingValue[] };

/** An axis upright on the picture. */
export interface ParallelAxis {
  readonly x: number;
  /** Null for choices. */
  readonly line: NumberLine | null;
  readonly y: (value: SettingValue) => number;
  /** The number at a height; NaN for choices. */
  readonly valueAt: (y: number) => number;
  readonly ticks: readonly { readonly y: number; readonly label: string }[];
}

export interface ParallelFrame {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly bottom: number;
  /** The settings in the order of the plan, then the error. */
  readonly axes: readonly ParallelAxis[];
  /** Where lines of runs that diverged end: over the error's axis. */
  readonly divergedY: number;
}

const FONT = 12;
/** Two lines of names, and over the error's axis the place of what diverged. */
const TOP = 58;
const BELOW = 14;
const HEIGHT = 340;

/** `labelOf`: how a choice is written. */
export function parallelFrame(
  width: number,
  axes: readonly Axis[],
  scale: ErrorScale | null,
  labelOf: (value: SettingValue) => string,
): ParallelFrame {
  const total = Math.max(260, width);
  const top = TOP;
  const bottom = HEIGHT - BELOW;
  const made = [...axes.map((axis) => uprightAxis(axis, top, bottom, labelOf)), errorAxis(scale, top, bottom)];
  // Labels stand at the left of each axis: the first one needs room there.
  const first = Math.max(...(made[0]?.ticks.map(({ label }) => textWidth(label, FONT)) ?? []), 10);
  const left = Math.max(34, Math.ceil(first) + 12);
  const right = total - 26;
  const pitch = made.length > 1 ? (right - left) / (made.length - 1) : 0;
  return {
    width: total,
    height: HEIGHT,
    top,
    bottom,
    axes: made.map((axis, at) => ({ ...axis, x: left + at * pitch })),
    divergedY: top - 14,
  };
}

/** With the ticks of the color scale: where errors lie beyond its end, the last one says so ("≥ 0.35"). */
function errorAxis(scale: ErrorScale | null, top: number, bottom: number): ParallelAxis {
  const axis = upright({ log: false, low: scale?.low ?? 0, high: scale?.high ?? 1 }, top, bottom, null);
  if (scale === null) return axis;
  return { ...axis, ticks: scale.ticks.map(({ share, label }) => ({ y: bottom - share * (bottom - top), label })) };
}

function uprightAxis(axis: Axis, top: number, bottom: number, labelOf: (value: SettingValue) => string): ParallelAxis {
  const on = lineOfAxis(axis);
  if (on !== null) return upright(on, top, bottom, axis.setting);
  const values = axisValues(axis);
  const pitch = (bottom - top) / Math.max(1, values.length);
  const y = (value: SettingValue) => bottom - (Math.max(0, values.indexOf(value)) + 0.5) * pitch;
  return {
    x: 0,
    line: null,
    y,
    valueAt: () => Number.NaN,
    ticks: values.map((value) => ({ y: y(value), label: labelOf(value) })),
  };
}

function upright(on: NumberLine, top: number, bottom: number, setting: Axis['setting'] | null): ParallelAxis {
  const share = (value: number) => Math.min(1, Math.max(0, positionOn(on, value)));
  const y = (value: SettingValue) => bottom - (typeof value === 'number' ? share(value) : 0) * (bottom - top);
  const domain = { axis: on.log ? 'log' : 'linear', epochEnd: 1, low: on.low, high: on.high, floored: false } as const;
  const whole = setting === 'k' || setting === 'batch';
  const ticks =
    on.low === on.high
      ? [{ value: on.low, label: String(on.low) }]
      : valueTicks(domain, 6).filter(({ value }) => !whole || Number.isInteger(value));
  return {
    x: 0,
    line: on,
    y,
    valueAt: (at) => numberAt(on, Math.min(1, Math.max(0, (bottom - at) / (bottom - top)))),
    ticks: ticks.map(({ value, label }) => ({ y: y(value), label })),
  };
}

export interface ParallelLine {
  readonly cell: number;
  readonly path: string;
  /** Shade of its error; null for none. */
  readonly shade: number | null;
  readonly diverged: boolean;
  /** Heights at the axes, as far as it goes. */
  readonly ys: readonly number[];
}

/** One line for each combination; those without an error end at the last setting. */
export function parallelLines(
  frame: ParallelFrame,
  runs: readonly ParallelRun[],
  scale: ErrorScale | null,
): readonly ParallelLine[] {
  const draw = line().digits(1);
  const last = frame.axes.at(-1);
  return runs.map(({ cell, values, error, diverged }) => {
    const ys = values.map((value, at) => frame.axes[at]?.y(value) ?? frame.bottom);
    if (diverged) ys.push(frame.divergedY);
    else if (error !== null && scale !== null) {
      ys.push(frame.bottom - shareOf(scale, error) * (frame.bottom - frame.top));
    }
    const points = ys.map((y, at): [number, number] => [frame.axes[at]?.x ?? last?.x ?? 0, y]);
    const shade = error === null || diverged || scale === null ? null : errorShade(scale, error);
    return { cell, path: draw(points) ?? '', shade, diverged, ys };
  });
}

/** How near a pointer must come to a line (pixels). */
const REACH = 12;

/** The line nearest to a point among those given; null when none is near. */
export function nearestLine(
  { axes }: ParallelFrame,
  lines: readonly ParallelLine[],
  x: number,
  y: number,
): number | null {
  const after = axes.findIndex((axis) => axis.x >= x);
  const right = after <= 0 ? 1 : after;
  const [a, b] = [axes[right - 1], axes[right]];
  if (a === undefined || b === undefined || x < a.x - REACH || x > b.x + REACH) return null;
  const share = Math.min(1, Math.max(0, (x - a.x) / (b.x - a.x)));
  let nearest: number | null = null;
  let least = REACH;
  for (const { cell, ys } of lines) {
    const from = ys[right - 1];
    const to = ys[right] ?? (share < 0.05 ? from : undefined);
    if (from === undefined || to === undefined) continue;
    const off = Math.abs(from + (to - from) * share - y);
    if (off >= least) continue;
    nearest = cell;
    least = off;
  }
  return nearest;
}

/** Whether a combination passes through all brushes; `brushes`: one for each setting, then the error's. */
export function passes({ values, error, diverged }: ParallelRun, brushes: readonly (Brush | null)[]): boolean {
  return brushes.every((brush, at) => {
    if (brush === null) return true;
    const value = at < values.length ? values[at] : diverged ? null : error;
    if (value === null || value === undefined) return false;
    if (brush.kind === 'choices') return brush.values.includes(value);
    return typeof value === 'number' && value >= brush.from && value <= brush.to;
  });
}

/** A range between two heights of an axis, to 3 digits (counts: the whole numbers inside). Null where it holds nothing. */
export function rangeBetween(axis: ParallelAxis, y1: number, y2: number, whole: boolean): Brush | null {
  if (axis.line === null) return null;
  const low = axis.valueAt(Math.max(y1, y2));
  const high = axis.valueAt(Math.min(y1, y2));
  const from = whole ? Math.ceil(low - 1e-9) : Number(low.toPrecision(3));
  const to = whole ? Math.floor(high + 1e-9) : Number(high.toPrecision(3));
  return from <= to ? { kind: 'range', from, to } : null;
}
