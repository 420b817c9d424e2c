import { formatExact } from '../../strings/numbers.ts';
import { Range } from './Range.tsx';

export interface PlainSliderProps {
  readonly label: string;
  readonly value: number;
  /** Whole numbers; the thumb of a value beyond them stands at the end. */
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number, mark: string) => void;
  readonly describedBy?: string | undefined;
}

/** A slider over whole numbers. */
export function PlainSlider({ label, value, min, max, onChange, describedBy }: PlainSliderProps) {
  const position = Math.min(Math.max(Math.round(value), min), max);
  return (
    <Range
      label={label}
      position={position}
      min={min}
      max={max}
      text={formatExact(value)}
      describedBy={describedBy}
      onMove={onChange}
    />
  );
}
