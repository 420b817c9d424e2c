import { interpolateLab, piecewise, rgb } from 'd3';
import { textOn } from './contrast.ts';
import type { ThemeName } from './tokens.ts';

/** How many colors a ramp has. */
export const SHADES = 256;
/** The shade of zero on a diverging ramp: always the neutral color. */
export const NEUTRAL_SHADE = 128;

/**
 * A ramp as lookup tables, 256 shades each:
 *
 *     css     "#79b2ad"              what a 2d context takes
 *     pixels  0xAABBGGRR             what an ImageData seen as Uint32 takes (little-endian, opaque)
 *     text    "#000000" | "#ffffff"  whichever can be read on it
 */
export interface Ramp {
  readonly css: readonly string[];
  readonly pixels: Uint32Array;
  readonly text: readonly ('#000000' | '#ffffff')[];
}

/**
 * The ramps of a theme. `rating`: sequential, R and R̂ alike; `unseen`: sequential, errors on ratings that were left out, the
 * strong end is the least; `factor` and `error`: diverging, neutral is zero.
 */
export interface Ramps {
  readonly rating: Ramp;
  readonly unseen: Ramp;
  readonly factor: Ramp;
  readonly error: Ramp;
}

/** Packs a color the way ImageData's bytes lie in memory: R, G, B, A. */
export function pixelOf(color: string): number {
  const { r, g, b } = rgb(color);
  return ((255 << 24) | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)) >>> 0;
}

function rampOf(colorAt: (position: number) => string): Ramp {
  const css = Array.from({ length: SHADES }, (_, shade) => rgb(colorAt(shade)).formatHex());
  return { css, pixels: Uint32Array.from(css, pixelOf), text: css.map(textOn) };
}

/** From the scale's minimum (shade 0) to its maximum (shade 255). Lab keeps equal steps of rating equal to the eye. */
function sequential(colors: readonly string[]): Ramp {
  const between = piecewise(interpolateLab, [...colors]);
  return rampOf((shade) => between(shade / (SHADES - 1)));
}

/** Shade 1 is the most negative, 128 zero, 255 the most positive; shade 0 repeats shade 1, so that both sides have 127 steps. */
function diverging(negative: readonly string[], neutral: string, positive: readonly string[]): Ramp {
  const below = piecewise(interpolateLab, [neutral, ...negative]);
  const above = piecewise(interpolateLab, [neutral, ...positive]);
  return rampOf((shade) => {
    const position = Math.max(-1, (shade - NEUTRAL_SHADE) / 127);
    if (position === 0) return neutral;
    return position < 0 ? below(-position) : above(position);
  });
}

export const RAMPS: Readonly<Record<ThemeName, Ramps>> = {
  light: {
    rating: sequential(['#d8e9e5', '#79b2ad', '#147a71']),
    unseen: sequential(['#f3e2d8', '#e0a184', '#b23c0b']),
    factor: diverging(['#c3a5da', '#8250ae'], '#f4f3ee', ['#a3cdb0', '#3a9760']),
    error: diverging(['#e39aa8', '#b02a52'], '#f4f3ee', ['#9dbce6', '#2c62b4']),
  },
  dark: {
    rating: sequential(['#203a3c', '#34827a', '#48cfbc']),
    unseen: sequential(['#38261d', '#95512a', '#fb9a48']),
    factor: diverging(['#5b4480', '#b48be0'], '#262a30', ['#346c4e', '#4cba7a']),
    error: diverging(['#74364b', '#ec7f9c'], '#262a30', ['#31527f', '#7db1f5']),
  },
};

/** Shade of a rating or prediction on a scale; values outside it take the end's color (their number says the rest). */
export function ratingShade(value: number, min: number, max: number): number {
  const span = max - min;
  if (!(span > 0)) return NEUTRAL_SHADE;
  const position = (value - min) / span;
  // Written so that NaN falls to the lower end instead of through it.
  if (!(position > 0)) return 0;
  return position >= 1 ? SHADES - 1 : Math.round(position * (SHADES - 1));
}

/** Shade of a signed value; ±bound takes the end's color, 0 is neutral whatever the bound. */
export function signedShade(value: number, bound: number): number {
  if (!(bound > 0) || !(value > 0 || value < 0)) return NEUTRAL_SHADE;
  const position = Math.max(-1, Math.min(1, value / bound));
  return NEUTRAL_SHADE + Math.round(position * 127);
}
