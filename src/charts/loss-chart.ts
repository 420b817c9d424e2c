import { line, scaleLinear, scaleLog } from 'd3';
import type { ChangeMark, History } from '../core/history.ts';
import { formatCount, formatReadout } from '../strings/numbers.ts';
import { type CurvePoint, decimate } from './loss-decimate.ts';
import { type LossDomain, type LossKind, lossColumns, roundUp } from './loss-domain.ts';
import { placeLabels } from './loss-labels.ts';
import { epochTicks, valueTicks } from './loss-ticks.ts';

/** The part of the chart that stands still while a run goes on: plot, scales, ticks. CSS pixels. */
export interface LossFrame {
  readonly width: number;
  readonly height: number;
  readonly domain: LossDomain;
  readonly plot: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  /** Too narrow for whole names at the ends of the curves. */
  readonly narrow: boolean;
  /** Too narrow for numbers beside them, too. */
  readonly tight: boolean;
  readonly x: (epoch: number) => number;
  /** Clamped to the plot, so that 0 on a log axis lies on its floor. */
  readonly y: (value: number) => number;
  /** The epoch under a pixel, 0 … epochEnd, not rounded. */
  readonly epochAt: (x: number) => number;
  readonly xTicks: readonly { readonly x: number; readonly label: string }[];
  readonly yTicks: readonly { readonly y: number; readonly label: string }[];
}

/** What is drawn into the frame. The words come from the caller. */
export interface LossContent {
  readonly history: History;
  readonly kind: LossKind;
  readonly names: { readonly seen: string; readonly heldOut: string };
  /** Horizontal lines: the baselines. */
  readonly levels: readonly { readonly id: string; readonly name: string; readonly value: number }[];
  /** Single figures: leave-one-out at its epoch. */
  readonly points: readonly {
    readonly id: string;
    readonly name: string;
    readonly epoch: number;
    readonly value: number;
  }[];
  readonly marks: readonly ChangeMark[];
  /** Labels of runs that stay for comparison: left edge, middle and width, before they are moved out of each other's way. */
  readonly pinned?: readonly {
    readonly id: string;
    readonly baseline: boolean;
    readonly at: { readonly x: number; readonly y: number };
    readonly text: string;
    readonly width: number;
  }[];
  /** The epoch that every matrix shows. */
  readonly playhead: number;
  /** What its flag says: the epoch, unless the axis counts something else. */
  readonly flag?: string;
  /** Where what was let go ends (`loss-after.ts`): names stand after it. */
  readonly namesAfter?: number | null;
}

export interface LossLabel {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface LossSeries {
  readonly id: 'seen' | 'heldOut';
  /** An SVG path, empty where there is nothing to draw. */
  readonly path: string;
  readonly end: { readonly x: number; readonly y: number };
  readonly label: LossLabel;
  /** Where the playhead crosses the curve; null where nothing was measured. */
  readonly atPlayhead: { readonly x: number; readonly y: number } | null;
}

/** Marks: everything a chart needs to be drawn, on a page or into a file. */
export interface LossChart {
  readonly frame: LossFrame;
  readonly series: readonly LossSeries[];
  readonly levels: readonly {
    readonly id: string;
    readonly y: number;
    /** Its text begins after a piece of the line, as in a legend: two lines may be too near each other to be told apart. */
    readonly label: LossLabel;
    readonly sample: { readonly x1: number; readonly x2: number };
  }[];
  readonly points: readonly {
    readonly id: string;
    readonly x: number;
    readonly y: number;
    readonly label: LossLabel;
  }[];
  /** Names of pinned runs, at the ends of their curves. */
  readonly pinned: readonly (LossLabel & { readonly id: string; readonly baseline: boolean })[];
  /** Changes in mid-run, one tick for those that fall on the same pixel. */
  readonly changes: readonly { readonly x: number; readonly epoch: number; readonly labels: readonly string[] }[];
  readonly playhead: { readonly x: number; readonly epoch: number; readonly flag: string };
  /** The ticks of the axis of epochs that the playhead's flag leaves free. */
  readonly xTicks: LossFrame['xTicks'];
}

const NARROW = 480;
const TIGHT = 340;
export const LINE_HEIGHT = 15;
/** Half the height of a flag under the axis and the room above the highest line. */
const ROOM_ABOVE = 10;
const ROOM_BELOW = 33;
export const GAP = 8;
/** The piece of line before the name of a level, and the room after it. */
const SAMPLE = 18;
const AFTER_SAMPLE = 4;
/** Wide enough for any digit of the 12 px text face; labels are kept apart by this estimate. */
const CHARACTER = 6.6;
/** Room for the names at the right: "leave-one-out 2.549", "left out 2.549", "left out". */
const NAMES_WIDE = 142;
const NAMES_NARROW = 110;
const NAMES_TIGHT = 76;
/** A figure longer than this is shortened at the end of its line: 1.6e98. */
const LONGEST_FIGURE = 7;
/** The flag under the playhead is never narrower: it is a handle. */
const FLAG_LEAST = 44;

/** The still part. Sizes below a usable plot are drawn as the least usable one (a hidden panel measures 0). */
export function lossFrame(domain: LossDomain, size: { readonly width: number; readonly height: number }): LossFrame {
  const width = Math.max(200, size.width);
  const height = Math.max(110, size.height);
  const narrow = width < NARROW;
  const tight = width < TIGHT;
  const names = tight ? NAMES_TIGHT : narrow ? NAMES_NARROW : NAMES_WIDE;
  const plot = { left: narrow ? 38 : 44, top: ROOM_ABOVE, right: width - names, bottom: height - ROOM_BELOW };
  // Linear by hand: it is called for every entry of the history in every frame.
  const perEpoch = (plot.right - plot.left) / domain.epochEnd;
  const x = (epoch: number): number => plot.left + Math.min(Math.max(epoch, 0), domain.epochEnd) * perEpoch;
  const scale = domain.axis === 'log' ? scaleLog() : scaleLinear();
  const y = scale.domain([domain.low, domain.high]).range([plot.bottom, plot.top]).clamp(true);
  const drawn = (value: number): number => y(domain.axis === 'log' ? Math.max(value, domain.low) : value);
  return {
    width,
    height,
    domain,
    plot,
    narrow,
    tight,
    x,
    y: drawn,
    epochAt: (at) => Math.min(Math.max((at - plot.left) / perEpoch, 0), domain.epochEnd),
    xTicks: epochTicks(domain.epochEnd, Math.floor((plot.right - plot.left) / 80)).map((tick) => ({
      x: x(tick.value),
      label: tick.label,
    })),
    yTicks: valueTicks(domain, Math.max(2, Math.floor((plot.bottom - plot.top) / 26))).map((tick) => ({
      y: drawn(tick.value),
      label: tick.label,
    })),
  };
}

/**
 * Row of the history that is nearest to an epoch: the earlier epoch of two equally near, and of rows of one epoch the last,
 * which is the run as it stands; −1 when it is empty.
 */
export function nearestRow(epochs: readonly number[], epoch: number): number {
  let low = 0;
  let high = epochs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((epochs[middle] ?? 0) < epoch) low = middle + 1;
    else high = middle;
  }
  if (low === epochs.length) return epochs.length - 1;
  const before = epochs[low - 1];
  if (before !== undefined && epoch - before <= (epochs[low] ?? 0) - epoch) return low - 1;
  while (epochs[low + 1] === epochs[low]) low++;
  return low;
}

/** The marks of one picture. About 2 points a pixel whatever the history's length; no number in it is NaN or infinite. */
export function lossChart(frame: LossFrame, content: LossContent): LossChart {
  const { history, names } = content;
  const columns = lossColumns(history, content.kind);
  const draw = line<CurvePoint>()
    .defined((point) => point !== null)
    .x((point) => (point ? point[0] : 0))
    .y((point) => (point ? frame.y(point[1]) : 0))
    .digits(1);
  const playheadRow = nearestRow(history.epoch, content.playhead);
  const playheadX = frame.x(content.playhead);

  const text = (name: string, value: number): string => (frame.tight ? name : `${name} ${figureText(value)}`);
  const wanted: { x: number; y: number; width: number; text: string }[] = [];
  const want = (x: number, y: number, words: string): number => {
    wanted.push({ x, y, width: words.length * CHARACTER, text: words });
    return wanted.length - 1;
  };

  const { namesAfter = null } = content;
  const namesAt = (x: number): number => (namesAfter === null ? x : Math.max(x, frame.x(namesAfter)));

  const curves: { id: 'seen' | 'heldOut'; values: readonly (number | null)[]; name: string }[] = [
    { id: 'seen', values: columns.seen, name: names.seen },
  ];
  if (columns.heldOut) curves.push({ id: 'heldOut', values: columns.heldOut, name: names.heldOut });
  const drawnCurves = curves.flatMap(({ id, values, name }) => {
    const points = decimate(history.epoch, values, frame.x);
    const last = points[points.length - 1];
    if (!last) return [];
    const end = { x: last[0], y: frame.y(last[1]) };
    const value = values[playheadRow];
    const here = value !== null && value !== undefined && Number.isFinite(value);
    return {
      id,
      path: draw(points) ?? '',
      end,
      label: want(namesAt(end.x) + GAP, end.y, text(name, last[1])),
      atPlayhead: here ? { x: playheadX, y: frame.y(value) } : null,
    };
  });
  const points = content.points
    .filter((point) => Number.isFinite(point.value))
    .map(({ id, name, epoch, value }) => {
      const x = frame.x(epoch);
      const y = frame.y(value);
      return { id, x, y, label: want(x + GAP, y, text(name, value)) };
    });
  const levels = content.levels
    .filter((level) => Number.isFinite(level.value))
    .map(({ id, name, value }) => {
      const y = frame.y(value);
      const x1 = frame.plot.right + GAP;
      const x2 = x1 + SAMPLE;
      return { id, y, sample: { x1, x2 }, label: want(x2 + AFTER_SAMPLE, y, text(name, value)) };
    });
  const pinned = (content.pinned ?? []).map(({ id, baseline, at, text: words, width }) => {
    wanted.push({ ...at, width, text: words });
    return { id, baseline, label: wanted.length - 1 };
  });

  const heights = placeLabels(wanted, LINE_HEIGHT, frame.plot.top, frame.plot.bottom);
  const label = (at: number): LossLabel => ({
    x: wanted[at]?.x ?? 0,
    y: heights[at] ?? 0,
    text: wanted[at]?.text ?? '',
  });

  const flag = content.flag ?? flagText(content.playhead);
  const flagWidth = Math.max(FLAG_LEAST, flag.length * CHARACTER + 16);

  const changes: { x: number; epoch: number; labels: string[] }[] = [];
  for (const mark of content.marks) {
    const x = frame.x(mark.epoch);
    const before = changes[changes.length - 1];
    const words = mark.label;
    if (before && Math.abs(before.x - x) < 1) before.labels.push(words);
    else changes.push({ x, epoch: mark.epoch, labels: [words] });
  }

  return {
    frame,
    series: drawnCurves.map((curve) => ({ ...curve, label: label(curve.label) })),
    levels: levels.map((level) => ({ ...level, label: label(level.label) })),
    points: points.map((point) => ({ ...point, label: label(point.label) })),
    pinned: pinned.map(({ id, baseline, label: at }) => ({ id, baseline, ...label(at) })),
    changes,
    playhead: { x: playheadX, epoch: content.playhead, flag },
    xTicks: frame.xTicks.filter(
      (tick) => Math.abs(tick.x - playheadX) > (tick.label.length * CHARACTER + flagWidth) / 2 + 2,
    ),
  };
}

/** Rows of the history for a table: the first, the last, and some between at even distances; at most `most`. */
export function sampleRows(epochs: readonly number[], most: number): readonly number[] {
  const last = epochs.length - 1;
  if (last < 0) return [];
  if (epochs.length <= most) return epochs.map((_, row) => row);
  const rows: number[] = [];
  const end = epochs[last] ?? 0;
  // Round distances, so that the rows stay who they are while a run goes on.
  const step = roundUp(Math.max(1, end / (most - 2)));
  for (let epoch = 0; epoch < end; epoch += step) {
    const row = nearestRow(epochs, epoch);
    if (rows[rows.length - 1] !== row) rows.push(row);
  }
  if (rows[rows.length - 1] !== last) rows.push(last);
  return rows;
}

/** The flag under the playhead: 640, 12,000, and 1.2e7 where digits would not fit. */
function flagText(epoch: number): string {
  return epoch >= 1e8 ? epoch.toExponential(2).replace('e+', 'e') : formatCount(epoch);
}

/** A figure beside a name: as the readouts write it, or short where that would overrun the chart's edge. */
function figureText(value: number): string {
  const text = formatReadout(value);
  return text.length > LONGEST_FIGURE ? value.toExponential(1).replace('e+', 'e') : text;
}
