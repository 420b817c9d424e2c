import { scaleLinear } from 'd3';
import type { LossFrame } from './loss-chart.ts';
import { epochTicks, formatTick } from './loss-ticks.ts';

/**
 * The same frame with its axis labeled in something that passes evenly with the epochs: `perEpoch` updates or milliseconds of
 * an epoch. Curves keep their place; only what the axis says of it changes.
 */
export function frameAgainst(frame: LossFrame, perEpoch: number, whole: boolean): LossFrame {
  const end = frame.domain.epochEnd * perEpoch;
  const count = Math.max(1, Math.floor((frame.plot.right - frame.plot.left) / 80));
  const ticks = whole
    ? epochTicks(end, count)
    : scaleLinear([0, end], [0, 1])
        .ticks(count)
        .map((value) => ({ value, label: formatTick(value) }));
  return { ...frame, xTicks: ticks.map(({ value, label }) => ({ x: frame.x(value / perEpoch), label })) };
}
