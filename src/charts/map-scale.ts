import { tickStep } from 'd3';

/** The part of the plane that is drawn, in units of the factors; the ends are whole multiples of `step`. */
export interface MapSpan {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
  readonly step: number;
}

/** How much of the span must be used, or it is drawn larger. */
const LEAST_USE = 0.5;
const TICKS = 5;
/** Places nearer together than this are one point. */
const LEAST_SIZE = 1e-6;

/**
 * A span that holds the origin and all places (x, y after one another). While the last one still holds them, and half of it is
 * used, it stays: points move, not the paper under them.
 */
export function spanOf(places: readonly Float64Array[], last: MapSpan | null): MapSpan {
  let [left, right, bottom, top] = [0, 0, 0, 0];
  for (const list of places) {
    for (let at = 0; at + 1 < list.length; at += 2) {
      const x = list[at] ?? 0;
      const y = list[at + 1] ?? 0;
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      bottom = Math.min(bottom, y);
      top = Math.max(top, y);
    }
  }
  const wide = Math.max(right - left, top - bottom);
  if (last) {
    const holds = left >= last.left && right <= last.right && bottom >= last.bottom && top <= last.top;
    if (holds && wide >= LEAST_USE * Math.max(last.right - last.left, last.top - last.bottom)) return last;
  }
  if (!(wide > LEAST_SIZE) || !Number.isFinite(wide)) return { left: -1, right: 1, bottom: -1, top: 1, step: 0.5 };
  const step = tickStep(0, wide, TICKS);
  const below = (value: number) => Math.floor(value / step) * step;
  const above = (value: number) => Math.ceil(value / step) * step;
  return { left: below(left), right: above(right), bottom: below(bottom), top: above(top), step };
}

/** Places in CSS px. One unit is as long across as it is up, or a projection would not look like one. */
export interface MapScale {
  readonly x: (across: number) => number;
  readonly y: (up: number) => number;
  /** Where the numbers of the axes stand, with their values. */
  readonly ticksX: readonly { readonly at: number; readonly value: number }[];
  readonly ticksY: readonly { readonly at: number; readonly value: number }[];
  /** Decimals that tell two ticks apart. */
  readonly decimals: number;
}

/** Room around the drawing, CSS px: for marks at its edge, and for the numbers of the axes. */
export const MAP_MARGIN = { left: 30, right: 12, top: 12, bottom: 22 } as const;

export function mapScale(span: MapSpan, width: number, height: number): MapScale {
  const roomX = Math.max(1, width - MAP_MARGIN.left - MAP_MARGIN.right);
  const roomY = Math.max(1, height - MAP_MARGIN.top - MAP_MARGIN.bottom);
  const spanX = span.right - span.left;
  const spanY = span.top - span.bottom;
  const unit = Math.min(spanX > 0 ? roomX / spanX : Number.MAX_VALUE, spanY > 0 ? roomY / spanY : Number.MAX_VALUE);
  const left = MAP_MARGIN.left + (roomX - unit * spanX) / 2;
  const top = MAP_MARGIN.top + (roomY - unit * spanY) / 2;
  const x = (across: number) => left + (across - span.left) * unit;
  const y = (up: number) => top + (span.top - up) * unit;
  return {
    x,
    y,
    ticksX: ticksOf(span.left, span.right, span.step).map((value) => ({ at: x(value), value })),
    ticksY: ticksOf(span.bottom, span.top, span.step).map((value) => ({ at: y(value), value })),
    decimals: Math.max(0, Math.min(6, Math.ceil(-Math.log10(span.step) - 1e-9))),
  };
}

function ticksOf(low: number, high: number, step: number): number[] {
  return Array.from({ length: Math.round((high - low) / step) + 1 }, (_, at) => {
    const value = (Math.round(low / step) + at) * step;
    return Object.is(value, -0) ? 0 : value;
  });
}
