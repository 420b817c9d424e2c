import { useEffect, useRef } from 'react';
import { similar as text } from '../../strings/similar.ts';
import { RAMPS, ratingShade } from '../../theme/ramps.ts';
import { useTheme } from '../stage/useTheme.ts';

/** A row (or column) of R̂ as a strip of its colors, one cell for each item (user); the same width for all, so that they compare. */
export function Strip(props: { name: string; values: Float64Array; min: number; max: number }) {
  const { name, values, min, max } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || values.length === 0) return;
    if (element.width !== values.length) element.width = values.length;
    const image = context.createImageData(values.length, 1);
    const pixels = new Uint32Array(image.data.buffer);
    const { rating } = RAMPS[theme];
    values.forEach((value, at) => {
      pixels[at] = rating.pixels[ratingShade(value, min, max)] ?? 0;
    });
    context.putImageData(image, 0, 0);
  }, [values, min, max, theme]);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return (
    <canvas
      ref={canvas}
      className="similar-strip"
      role="img"
      aria-label={text.strip(name, low, high)}
      width={1}
      height={1}
    />
  );
}
