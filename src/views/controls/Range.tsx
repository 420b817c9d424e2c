import { type CSSProperties, useRef } from 'react';
import './controls.css';

let gestures = 0;

/** A mark of its own for each gesture: all changes with the same mark are one undo. */
function newMark(): string {
  gestures += 1;
  return `slider-${gestures}`;
}

export interface RangeProps {
  readonly label: string;
  /** Position of the thumb, an integer from `min` to `max`. */
  readonly position: number;
  readonly min: number;
  readonly max: number;
  /** What the position means, for people: "0.01". */
  readonly text: string;
  /** Called for every position on the way; `mark` is the same throughout one drag, and new for each press of a key. */
  readonly onMove: (position: number, mark: string) => void;
  readonly describedBy?: string | undefined;
  readonly disabled?: boolean;
}

/** A native range input in the page's own dress: whole positions, one mark a gesture. */
export function Range({ label, position, min, max, text, onMove, describedBy, disabled = false }: RangeProps) {
  const mark = useRef('');
  const filled = max > min ? ((position - min) / (max - min)) * 100 : 0;
  const style: CSSProperties & { '--filled': string } = { '--filled': `${filled}%` };
  const begin = () => {
    mark.current = newMark();
  };
  return (
    <input
      type="range"
      className="range"
      style={style}
      aria-label={label}
      aria-valuetext={text}
      aria-describedby={describedBy}
      disabled={disabled}
      min={min}
      max={max}
      step={1}
      value={position}
      onPointerDown={begin}
      onKeyDown={(event) => {
        if (!event.repeat) begin();
      }}
      onChange={(event) => {
        // Assistive technology may move the thumb without a pointer or a key.
        if (mark.current === '') begin();
        onMove(event.currentTarget.valueAsNumber, mark.current);
      }}
    />
  );
}
