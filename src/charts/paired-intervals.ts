import { scaleLinear } from 'd3';
import type { PairedInterval } from '../core/experiment/summary.ts';

/** One row: a bar from low to high with the difference on it, in shares of the width (0 … 1). */
export interface IntervalMark {
  readonly low: number;
  readonly high: number;
  readonly at: number;
  readonly clear: boolean;
}

export interface IntervalMarks {
  readonly rows: readonly IntervalMark[];
  /** Where no difference lies. */
  readonly zero: number;
  readonly ticks: readonly { readonly at: number; readonly value: number }[];
}

/** Intervals beneath each other on one scale that holds 0. */
export function pairedIntervalMarks(intervals: readonly PairedInterval[]): IntervalMarks {
  const least = Math.min(0, ...intervals.map(({ low }) => low));
  const most = Math.max(0, ...intervals.map(({ high }) => high));
  const scale = scaleLinear()
    .domain(least === most ? [-1, 1] : [least, most])
    .nice(4);
  scale.range([0, 1]);
  return {
    rows: intervals.map(({ low, high, difference, clear }) => ({
      low: scale(low),
      high: scale(high),
      at: scale(difference),
      clear,
    })),
    zero: scale(0),
    ticks: scale.ticks(4).map((value) => ({ at: scale(value), value })),
  };
}
