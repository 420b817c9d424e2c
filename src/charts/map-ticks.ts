import { formatCell } from '../strings/numbers.ts';
import type { Box } from './map-labels.ts';
import type { MapScale } from './map-scale.ts';
import { textWidth } from './text-width.ts';

/** Font size of the axes' numbers. */
const TICK_FONT = 10;
/** CSS px from one written tick to the next. */
const TICK_ROOM = 32;

/** A number of an axis: (x, y) is the middle or the end of its baseline. */
export interface TickLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'middle' | 'end';
}

/** Where the plane's grid begins and ends, CSS px. line: one axis alone, drawn across. */
export function gridFrame({ ticksX, ticksY }: MapScale, line: boolean, height: number) {
  return {
    left: ticksX[0]?.at ?? 0,
    right: ticksX.at(-1)?.at ?? 0,
    top: line ? 12 : (ticksY.at(-1)?.at ?? 0),
    bottom: line ? height - 22 : (ticksY[0]?.at ?? 0),
  };
}

/** The numbers of the axes, with their places: under the grid, and left of it. */
export function tickLabels(scale: MapScale, line: boolean, height: number): TickLabel[] {
  const { ticksX, ticksY, decimals } = scale;
  const { left, bottom } = gridFrame(scale, line, height);
  // Numbers side by side need room; above each other they have it.
  const every = Math.ceil(TICK_ROOM / Math.max(1, (ticksX[1]?.at ?? left + TICK_ROOM) - left));
  const y = Math.min(height - 5, bottom + 14);
  const below = ticksX.filter((_, number) => number % every === 0);
  return [
    ...below.map(({ at, value }) => ({ text: formatCell(value, decimals), x: at, y, anchor: 'middle' as const })),
    ...(line ? [] : ticksY).map(({ at, value }) => ({
      text: formatCell(value, decimals),
      x: Math.max(26, left - 5),
      y: at + 3.5,
      anchor: 'end' as const,
    })),
  ];
}

/** What such a number covers. */
export function tickBox({ text, x, y, anchor }: TickLabel): Box {
  const width = textWidth(text, TICK_FONT);
  return { x: x - (anchor === 'end' ? width : width / 2), y: y - TICK_FONT, width, height: TICK_FONT + 2 };
}
