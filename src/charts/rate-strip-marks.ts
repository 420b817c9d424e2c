import { line, scaleLinear, scaleLog } from 'd3';
import type { RateRun, Regime, RegimeRange } from '../core/understand/rate-strip.ts';
import { type CurvePoint, decimate } from './loss-decimate.ts';
import { epochTicks, formatTick, valueTicks } from './loss-ticks.ts';

/*
 * The strip of learning rates and, beside it, the curve of one of them. Both have one axis of RMSE, so the end of the curve
 * stands as high as the marker's point on the strip:
 *
 *     RMSE │ crawling ╎ converging ╎ ▨▨▨        RMSE │╲
 *          │ •••                   ╎ ▨▨▨             │ ╲
 *          │    •••                ╎ ▨▨▨             │  ╲___
 *          │─ ─ ─ ─•••••┃••••••─ ─ ╎ ▨▨▨ ─ ─ ─ ─ ─ ─ │─ ─ ─ ╲____•
 *          └────────────┸─────────────── α           └──────────── epochs
 */

/** CSS pixels. */
export interface StripFrame {
  readonly width: number;
  readonly height: number;
  readonly plot: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  /** Values beyond the top are drawn on it. */
  readonly y: (rmse: number) => number;
  readonly yTicks: readonly { readonly y: number; readonly label: string }[];
}

const LEFT = 38;
const RIGHT = 12;
/** Room for the names of the regimes over the strip. */
const TOP = 22;
const BELOW = 34;
/** Wide enough for any digit of the 12 px text face. */
const CHARACTER = 6.6;
/** Beyond the start and the best end by these parts; what lies outside is drawn on the edge. */
const HEADROOM = 1.15;
const FOOTROOM = 0.7;
/** The axis never spans more: an RMSE of 1e-9 is 0 to a person, and would flatten everything above it. */
const SPAN = 1e4;

/** What the axis of RMSE spans. */
export interface StripDomain {
  /** RMSE at epoch 0, which all runs share. */
  readonly start: number | null;
  /** The least RMSE at the end of a run. */
  readonly best: number | null;
}

/** On a log axis, so that a curve that falls to a twentieth still shows its ups and downs there. Tiny sizes count as the least usable. */
export function stripFrame(
  size: { readonly width: number; readonly height: number },
  { start, best }: StripDomain,
): StripFrame {
  const width = Math.max(180, size.width);
  const height = Math.max(110, size.height);
  const plot = { left: LEFT, top: TOP, right: width - RIGHT, bottom: height - BELOW };
  const high = (start !== null && start > 1e-280 && start < 1e280 ? start : 1) * HEADROOM;
  const low = Math.max(high / SPAN, Math.min(best ?? high, high / 2) * FOOTROOM);
  const scale = scaleLog([low, high], [plot.bottom, plot.top]).clamp(true);
  const domain = { axis: 'log', epochEnd: 1, low, high, floored: false } as const;
  return {
    width,
    height,
    plot,
    y: (rmse) => scale(Math.min(Math.max(rmse, low), high)),
    yTicks: valueTicks(domain, Math.max(2, Math.floor((plot.bottom - plot.top) / 24))).map(({ value, label }) => ({
      y: scale(value),
      label,
    })),
  };
}

export interface StripBand {
  readonly name: Regime['name'];
  readonly x1: number;
  readonly x2: number;
  /** Its name, in the band or, where that is narrow, beside it; null where there is no room in either row. */
  readonly label: BandLabel | null;
}

export interface BandLabel {
  readonly x: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly text: string;
  /** Over the plot, or below its top edge, where the names over it leave no room. */
  readonly row: 'over' | 'within';
}

export interface StripMarks {
  /** RMSE seen and held out at the end of each run as a line; a diverged one breaks it. Empty where there is nothing. */
  readonly seenPath: string;
  readonly heldOutPath: string;
  /** A dot for every run on the line of RMSE seen: strokes of no length, for round caps. */
  readonly dots: string;
  /** Neighbors of one regime, edge to edge, halfway to the next. */
  readonly bands: readonly StripBand[];
  /** Powers of ten. */
  readonly xTicks: readonly { readonly x: number; readonly label: string }[];
}

/** The part that follows the hand. */
export interface StripMarker {
  readonly x: number;
  /** Null where the run has no end. */
  readonly y: number | null;
  readonly flag: string;
  /** Those that its flag leaves free. */
  readonly xTicks: StripMarks['xTicks'];
}

/** The x of a learning rate; one beyond the strip stands at its end. */
export function rateX({ plot }: StripFrame, rates: readonly number[]): (alpha: number) => number {
  const scale = scaleLog([rates[0] ?? 1, rates.at(-1) ?? 10], [plot.left, plot.right]).clamp(true);
  return (alpha) => scale(Math.max(alpha, Number.MIN_VALUE));
}

/** The place of the learning rate nearest to a pixel. `rates`: ascending. */
export function placeAt(frame: StripFrame, rates: readonly number[], x: number): number {
  const at = rateX(frame, rates);
  let best = 0;
  rates.forEach((rate, place) => {
    if (Math.abs(at(rate) - x) < Math.abs(at(rates[best] ?? rate) - x)) best = place;
  });
  return best;
}

/**
 * `ends[place]`: RMSE at the end of the run of `rates[place]`, null where there is none. `ranges`: the regimes of the strip.
 * Nothing computed here is NaN or infinite.
 */
export function stripMarks(
  frame: StripFrame,
  rates: readonly number[],
  ends: readonly { readonly seen: number | null; readonly heldOut: number | null }[],
  ranges: readonly RegimeRange[],
  names: Readonly<Record<Regime['name'], string>>,
): StripMarks {
  const x = rateX(frame, rates);
  const points = (which: 'seen' | 'heldOut'): readonly CurvePoint[] =>
    rates.map((alpha, place) => {
      const value = ends[place]?.[which] ?? null;
      return value === null ? null : [x(alpha), frame.y(value)];
    });
  const draw = line<CurvePoint>()
    .defined((point) => point !== null)
    .x((point) => point?.[0] ?? 0)
    .y((point) => point?.[1] ?? 0)
    .digits(1);
  const between = (left: number, right: number): number => {
    const a = rates[left];
    const b = rates[right];
    if (a === undefined) return frame.plot.left;
    return b === undefined ? frame.plot.right : (x(a) + x(b)) / 2;
  };
  const seen = points('seen');
  return {
    seenPath: draw(seen) ?? '',
    heldOutPath: draw(points('heldOut')) ?? '',
    dots: seen.map((point) => (point ? `M${point[0].toFixed(1)},${point[1].toFixed(1)}h0` : '')).join(''),
    bands: labeled(
      ranges.map(({ name, from, to }) => ({ name, x1: between(from - 1, from), x2: between(to, to + 1) })),
      names,
      frame.plot,
    ),
    xTicks: rates
      .filter((rate) => /^1(e|$)/.test(rate.toExponential()))
      .map((rate) => ({ x: x(rate), label: formatTick(rate) })),
  };
}

/** The marker at `alpha`, whose run ended at `end`. */
export function stripMarker(
  frame: StripFrame,
  rates: readonly number[],
  ticks: StripMarks['xTicks'],
  alpha: number,
  end: number | null,
): StripMarker {
  const x = rateX(frame, rates)(alpha);
  const flag = formatTick(alpha);
  return {
    x,
    y: end === null ? null : frame.y(end),
    flag,
    xTicks: ticks.filter((tick) => Math.abs(tick.x - x) > (tick.label.length * CHARACTER + flagWidth(flag)) / 2 + 4),
  };
}

/**
 * Names first where they fit, then those of narrow bands, to the left or to the right of their band's far edge; what has no room
 * beside the others stands one row lower: a regime that a text speaks of is never left without its name for that.
 */
function labeled(
  bands: readonly Omit<StripBand, 'label'>[],
  names: Readonly<Record<Regime['name'], string>>,
  { left, right }: StripFrame['plot'],
): readonly StripBand[] {
  const taken: { from: number; to: number; row: BandLabel['row'] }[] = [];
  const take = (row: BandLabel['row'], x: number, anchor: BandLabel['anchor'], text: string): BandLabel | null => {
    const width = text.length * CHARACTER;
    const from = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
    const to = from + width;
    const meets = (other: (typeof taken)[number]) => row === other.row && from < other.to + 6 && other.from < to + 6;
    if (from < left || to > right || taken.some(meets)) return null;
    taken.push({ from, to, row });
    return { x, anchor, text, row };
  };
  const inside = bands.map(({ name, x1, x2 }) =>
    x2 - x1 >= names[name].length * CHARACTER + 2 ? take('over', (x1 + x2) / 2, 'middle', names[name]) : null,
  );
  const beside = ({ name, x1, x2 }: (typeof bands)[number], row: BandLabel['row']) =>
    take(row, x2 - 2, 'end', names[name]) ?? take(row, x1 + 2, 'start', names[name]);
  return bands.map((band, at) => ({
    ...band,
    label: inside[at] ?? beside(band, 'over') ?? beside(band, 'within'),
  }));
}

/** The flag under the marker is never narrower than a finger's tip. */
function flagWidth(flag: string): number {
  return Math.max(44, flag.length * CHARACTER + 16);
}

export interface RateCurve {
  readonly seenPath: string;
  readonly heldOutPath: string;
  /** Where the curve of RMSE seen ends. */
  readonly end: { readonly x: number; readonly y: number } | null;
  /** The run ended there because it diverged. */
  readonly diverged: boolean;
  readonly xTicks: readonly { readonly x: number; readonly label: string }[];
}

/** The curve of one run in a frame of its own; `epochs`: how long a whole run is. */
export function rateCurve(frame: StripFrame, run: RateRun, epochs: number): RateCurve {
  const { plot } = frame;
  const scale = scaleLinear([0, Math.max(1, epochs)], [plot.left, plot.right]).clamp(true);
  const x = (epoch: number): number => scale(epoch);
  const draw = line<CurvePoint>()
    .defined((point) => point !== null)
    .x((point) => (point ? point[0] : 0))
    .y((point) => (point ? frame.y(point[1]) : 0))
    .digits(1);
  const path = (values: readonly (number | null)[]) => draw(decimate(run.curve.epoch, values, x)) ?? '';
  const last = run.curve.rmseSeen.at(-1) ?? null;
  return {
    seenPath: path(run.curve.rmseSeen),
    heldOutPath: path(run.curve.rmseHeldOut),
    end: last === null ? null : { x: x(run.epochs), y: frame.y(last) },
    diverged: run.diverged,
    xTicks: epochTicks(Math.max(1, epochs), Math.max(2, Math.floor((plot.right - plot.left) / 80))).map(
      ({ value, label }) => ({ x: x(value), label }),
    ),
  };
}
