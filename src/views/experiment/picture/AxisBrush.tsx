import { type PointerEvent, useRef } from 'react';
import { type Brush, type ParallelAxis, rangeBetween } from '../../../charts/sweep-parallel.ts';

interface Props {
  readonly axis: ParallelAxis;
  readonly top: number;
  readonly bottom: number;
  readonly whole: boolean;
  readonly brush: Brush | null;
  readonly onBrush: (brush: Brush | null) => void;
}

interface Drag {
  /** new: from where it began to the hand. move: the range goes with the hand. low, high: that end does. */
  readonly kind: 'new' | 'move' | 'low' | 'high';
  readonly from: number;
  readonly y1: number;
  readonly y2: number;
}

const WIDTH = 36;
/** So near to an end a drag takes hold of it. */
const GRIP = 7;
/** A drag shorter than this is a click. */
const CLICK = 4;

/**
 * The brush of one axis, for a pointer: drag along the axis for a range, drag the range, drag its ends, click beside it to let
 * it go. Keyboards have the fields (`BrushFields`).
 */
export function AxisBrush({ axis, top, bottom, whole, brush, onBrush }: Props) {
  const drag = useRef<Drag | null>(null);
  const range = brush?.kind === 'range' ? { y1: axis.y(brush.to), y2: axis.y(brush.from) } : null;

  const heightOf = (event: PointerEvent<HTMLElement>) =>
    Math.min(bottom, Math.max(top, event.clientY - event.currentTarget.getBoundingClientRect().top + top));

  const begin = (y: number): Drag => {
    if (range === null) return { kind: 'new', from: y, y1: y, y2: y };
    const { y1, y2 } = range;
    const near = [Math.abs(y - y1), Math.abs(y - y2)] as const;
    if (Math.min(...near) <= GRIP) return { kind: near[0] < near[1] ? 'high' : 'low', from: y, y1, y2 };
    return { kind: y > y1 && y < y2 ? 'move' : 'new', from: y, y1, y2 };
  };

  const follow = (y: number) => {
    const now = drag.current;
    if (now === null) return;
    const { kind, from, y1, y2 } = now;
    if (kind === 'new') {
      if (Math.abs(y - from) >= CLICK) onBrush(rangeBetween(axis, from, y, whole));
    } else if (kind === 'move') {
      const by = Math.min(bottom - y2, Math.max(top - y1, y - from));
      onBrush(rangeBetween(axis, y1 + by, y2 + by, whole));
    } else {
      onBrush(kind === 'high' ? rangeBetween(axis, y, y2, whole) : rangeBetween(axis, y1, y, whole));
    }
  };

  return (
    <div
      className="sweep-brush"
      aria-hidden="true"
      style={{ left: axis.x - WIDTH / 2, width: WIDTH, top, height: bottom - top }}
      // A click on an axis lets its range go; it opens no run.
      onClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => {
        if (!event.isPrimary || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = begin(heightOf(event));
      }}
      onPointerMove={(event) => follow(heightOf(event))}
      onPointerUp={(event) => {
        const now = drag.current;
        drag.current = null;
        if (now?.kind === 'new' && Math.abs(heightOf(event) - now.from) < CLICK) onBrush(null);
      }}
      onPointerCancel={() => {
        drag.current = null;
      }}
    >
      {range && (
        <div className="sweep-brush-range" style={{ top: range.y1 - top, height: Math.max(4, range.y2 - range.y1) }} />
      )}
    </div>
  );
}
