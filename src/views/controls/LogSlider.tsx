import { formatExact } from '../../strings/numbers.ts';
import { logStops, nearestStop } from './log-stops.ts';
import { Range } from './Range.tsx';

/** Stops of the learning rate: 1e-5 … 10. */
export const LEARNING_RATE_STOPS = logStops(-5, 1);
/** Stops of the regularization: 0, then 1e-4 … 10. */
export const REGULARIZATION_STOPS = [0, ...logStops(-4, 1)];

export interface LogSliderProps {
  readonly label: string;
  readonly value: number;
  /** What the slider can be set to, ascending; the thumb of a value between them stands at the nearest. */
  readonly stops: readonly number[];
  readonly onChange: (value: number, mark: string) => void;
  readonly describedBy?: string | undefined;
  readonly disabled?: boolean;
}

/** A slider over the stops of a logarithmic scale. Every stop is a decimal of at most 3 significant digits. */
export function LogSlider({ label, value, stops, onChange, describedBy, disabled = false }: LogSliderProps) {
  return (
    <Range
      label={label}
      position={nearestStop(stops, value)}
      min={0}
      max={stops.length - 1}
      text={formatExact(value)}
      describedBy={describedBy}
      disabled={disabled}
      onMove={(position, mark) => {
        const next = stops[position];
        if (next !== undefined) onChange(next, mark);
      }}
    />
  );
}
