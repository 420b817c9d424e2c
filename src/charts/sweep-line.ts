import { area, line } from 'd3';
import { type Axis, axisValues, type SettingValue } from '../core/experiment/axis.ts';
import { placeLabels } from './loss-labels.ts';
import { valueTicks } from './loss-ticks.ts';
import { lineOfAxis, positionOn } from './sweep-positions.ts';
import { roundStep } from './sweep-scale.ts';
import { textWidth } from './text-width.ts';

/*
 * A sweep over one setting. Held out: orange, dashed, with the spread over seeds as a band; seen: teal; what predicting without
 * factors came to: thin lines with their names at the end.
 *
 *     RMSE │ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ ─ mean alone 1.72
 *          │ ▒▒▒•▒▒           ▒▒• held out
 *          │     ▒▒•▒▒◯▒▒▒•▒▒▒
 *          │ •──•──•──•───•─────•  seen
 *          └─┴──┴──┴──┴───┴─────┴─ k
 */

/** What is known of one value of the setting. */
export interface LineValue {
  readonly cell: number;
  readonly value: SettingValue;
  /** Means over seeds; null where there is none. */
  readonly heldOut: number | null;
  readonly spread: number | null;
  readonly seen: number | null;
  readonly diverged: boolean;
}

/** Predicting without factors. */
export interface LineLevel {
  readonly id: 'mean' | 'biases';
  readonly value: number;
  readonly label: string;
}

export interface LineContent {
  readonly axis: Axis;
  readonly values: readonly LineValue[];
  readonly levels: readonly LineLevel[];
  /** What is at most this is as good as the best: the line of a rule. */
  readonly rule?: { readonly value: number; readonly label: string } | null;
  readonly names: { readonly heldOut: string; readonly seen: string };
  /** Errors shown, in the place of those that `errorsShown` finds. */
  readonly range?: { readonly low: number; readonly high: number } | null;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface SweepLineMarks {
  readonly width: number;
  readonly height: number;
  readonly plot: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  /** The error that the axis begins at. */
  readonly low: number;
  readonly yTicks: readonly { readonly y: number; readonly label: string }[];
  readonly xTicks: readonly { readonly x: number; readonly label: string }[];
  /** Choices have no order: dots with the spread as a bar, and no line between them. */
  readonly dotPlot: boolean;
  readonly band: string;
  readonly heldOutPath: string;
  readonly seenPath: string;
  readonly points: readonly {
    readonly cell: number;
    readonly x: number;
    /** The stripe that belongs to it: halfway to its neighbors. */
    readonly left: number;
    readonly right: number;
    readonly heldOut: Point | null;
    /** Its error is beyond the top, where it is drawn. */
    readonly beyond: boolean;
    /** From mean − spread to mean + spread. */
    readonly bar: { readonly y1: number; readonly y2: number } | null;
    readonly seen: Point | null;
    readonly diverged: boolean;
  }[];
  readonly levels: readonly { readonly id: LineLevel['id']; readonly y: number }[];
  readonly rule: { readonly y: number } | null;
  readonly labels: readonly {
    readonly id: 'heldOut' | 'seen' | 'rule' | LineLevel['id'];
    readonly x: number;
    readonly y: number;
    readonly text: string;
  }[];
}

const FONT = 12;
const LEFT = 40;
const TOP = 12;
const BELOW = 44;
/** Between the axis and the first value. */
const INSET = 16;
/** Errors beyond so many times the least are drawn at the top, unless a baseline lies there. */
const SPAN = 3;
const LINE_HEIGHT = 15;

/** What all that is shown lies below; one value that went wrong does not flatten the others. */
function highestOf(values: readonly LineValue[], levels: readonly LineLevel[]): number {
  const errors = values.flatMap(({ heldOut, diverged }) => (heldOut === null || diverged ? [] : [heldOut]));
  const highest = Math.max(
    0,
    ...values.map(({ heldOut, spread, seen, diverged }) =>
      diverged ? 0 : Math.max((heldOut ?? 0) + (spread ?? 0), seen ?? 0),
    ),
  );
  const baseline = Math.max(0, ...levels.map(({ value }) => value)) * 1.05;
  const least = errors.length > 0 ? Math.min(...errors) : highest;
  const top = Math.max(Math.min(highest, least * SPAN), baseline);
  return top > 0 && top < 1e100 ? top : 1;
}

/**
 * 0 … a round number above all; where they lie close together, so that from 0 all lines would be flat, from a round number below
 * the least one.
 */
function errorsShown(values: readonly LineValue[], levels: readonly LineLevel[]): { low: number; high: number } {
  const top = highestOf(values, levels);
  const shown = [
    ...values.flatMap(({ heldOut, spread, seen, diverged }) =>
      diverged ? [] : [...(heldOut === null ? [] : [heldOut - (spread ?? 0)]), ...(seen === null ? [] : [seen])],
    ),
    ...levels.map(({ value }) => value),
  ];
  const least = shown.length === 0 ? 0 : Math.min(...shown);
  const from = least > top / 2 && least < top ? least : 0;
  const step = roundStep((top - from) / 5);
  const at = (place: number) => Number((place * step).toPrecision(12));
  return { low: at(Math.floor(from / step + 1e-9)), high: at(Math.ceil(top / step - 1e-9)) };
}

/** Where each value lies sideways. */
function places(axis: Axis, values: readonly LineValue[], left: number, right: number): readonly number[] {
  const on = lineOfAxis(axis);
  const all = axisValues(axis);
  if (on === null) {
    const pitch = (right - left) / Math.max(1, all.length);
    return values.map(({ value }) => left + (Math.max(0, all.indexOf(value)) + 0.5) * pitch);
  }
  const room = right - left - 2 * INSET;
  return values.map(({ value }) => left + INSET + positionOn(on, typeof value === 'number' ? value : on.low) * room);
}

/** The marks of one picture. No number in it is NaN or infinite. `values`: in the order of the axis. */
export function sweepLine(
  size: { readonly width: number; readonly height: number },
  { axis, values, levels, rule = null, names, range = null }: LineContent,
  labelOf: (value: SettingValue) => string,
): SweepLineMarks {
  const width = Math.max(220, size.width);
  const height = Math.max(140, size.height);
  const texts = [names.heldOut, names.seen, ...levels.map(({ label }) => label), ...(rule ? [rule.label] : [])];
  const beside = Math.min(width * 0.36, Math.max(...texts.map((text) => textWidth(text, FONT))) + 14);
  const plot = { left: LEFT, top: TOP, right: width - Math.ceil(beside), bottom: height - BELOW };
  const { low, high: top } = range ?? errorsShown(values, levels);
  const y = (error: number) =>
    plot.bottom - ((Math.min(Math.max(error, low), top) - low) / (top - low)) * (plot.bottom - plot.top);
  const xs = places(axis, values, plot.left, plot.right);
  const domain = { axis: 'linear', epochEnd: 1, low, high: top, floored: false } as const;

  const points = values.map((of, at) => {
    const x = xs[at] ?? plot.left;
    const before = xs[at - 1];
    const after = xs[at + 1];
    const { heldOut, spread, seen, diverged } = of;
    const known = heldOut !== null && !diverged;
    return {
      cell: of.cell,
      x,
      left: before === undefined ? plot.left : (before + x) / 2,
      right: after === undefined ? plot.right : (x + after) / 2,
      heldOut: known ? { x, y: y(heldOut) } : null,
      beyond: known && heldOut > top,
      bar: known && spread !== null ? { y1: y(heldOut - spread), y2: y(heldOut + spread) } : null,
      seen: seen !== null && !diverged ? { x, y: y(seen) } : null,
      diverged,
    };
  });
  const dotPlot = lineOfAxis(axis) === null;
  type Drawn = (typeof points)[number];
  const through = (which: 'heldOut' | 'seen') =>
    dotPlot
      ? ''
      : (line<Drawn>()
          .defined((point) => point[which] !== null)
          .x(({ x }) => x)
          .y((point) => point[which]?.y ?? 0)
          .digits(1)(points) ?? '');
  const band = dotPlot
    ? ''
    : (area<Drawn>()
        .defined(({ bar }) => bar !== null)
        .x(({ x }) => x)
        .y0(({ bar }) => bar?.y1 ?? 0)
        .y1(({ bar }) => bar?.y2 ?? 0)
        .digits(1)(points) ?? '');

  const wanted: { id: SweepLineMarks['labels'][number]['id']; y: number; text: string }[] = [];
  for (const id of ['heldOut', 'seen'] as const) {
    const last = points.findLast((point) => point[id] !== null)?.[id];
    if (last) wanted.push({ id, y: last.y, text: names[id] });
  }
  for (const { id, value, label } of levels) wanted.push({ id, y: y(value), text: label });
  if (rule) wanted.push({ id: 'rule', y: y(rule.value), text: rule.label });
  const x = plot.right + 8;
  const heights = placeLabels(
    wanted.map((label) => ({ x, y: label.y, width: beside })),
    LINE_HEIGHT,
    plot.top,
    plot.bottom,
  );
  return {
    width,
    height,
    plot,
    low,
    yTicks: valueTicks(domain, Math.max(2, Math.floor((plot.bottom - plot.top) / 36))).map(({ value, label }) => ({
      y: y(value),
      label,
    })),
    xTicks: freeTicks(values.map(({ value }, at) => ({ x: xs[at] ?? 0, label: labelOf(value) }))),
    dotPlot,
    band,
    heldOutPath: through('heldOut'),
    seenPath: through('seen'),
    points,
    levels: levels.map(({ id, value }) => ({ id, y: y(value) })),
    rule: rule && { y: y(rule.value) },
    labels: wanted.map(({ id, text }, at) => ({ id, text, x, y: heights[at] ?? 0 })),
  };
}

/** Those labels that do not touch, from the first one on; the last one always. */
function freeTicks(ticks: readonly { readonly x: number; readonly label: string }[]): SweepLineMarks['xTicks'] {
  const half = (label: string) => textWidth(label, FONT) / 2 + 4;
  const last = ticks.at(-1);
  const end = last === undefined ? 0 : last.x - half(last.label);
  let taken = Number.NEGATIVE_INFINITY;
  return ticks.filter((tick) => {
    const { x, label } = tick;
    if (tick !== last && (x - half(label) < taken || x + half(label) > end)) return false;
    taken = x + half(label);
    return true;
  });
}
