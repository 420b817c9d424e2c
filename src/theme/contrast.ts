import { rgb } from 'd3';

/** Relative luminance of a color, 0 (black) … 1 (white), as WCAG 2 defines it. */
function luminance(color: string): number {
  const { r, g, b } = rgb(color);
  const linear = (channel: number) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** Contrast ratio of two colors, 1 … 21, as WCAG 2 defines it. */
export function contrast(a: string, b: string): number {
  const x = luminance(a);
  const y = luminance(b);
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/**
 * Black or white, whichever contrasts more. The worse case is where both are equal, √21 ≈ 4.58 : 1, so that text in a
 * colored cell can always be read; ink and white cannot reach 4.5 on mid-tones.
 */
export function textOn(color: string): '#000000' | '#ffffff' {
  return contrast(color, '#000000') >= contrast(color, '#ffffff') ? '#000000' : '#ffffff';
}
