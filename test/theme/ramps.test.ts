import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contrast, textOn } from '../../src/theme/contrast.ts';
import { NEUTRAL_SHADE, pixelOf, RAMPS, ratingShade, SHADES, signedShade } from '../../src/theme/ramps.ts';
import { TOKENS } from '../../src/theme/tokens.ts';

const css = readFileSync(new URL('../../src/theme/tokens.css', import.meta.url), 'utf8');

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  const ramps = RAMPS[theme];
  const tokens = TOKENS[theme];

  test('tokens.ts says what tokens.css says', () => {
    const block = css.match(new RegExp(`:root\\[data-theme="${theme}"\\] \\{([^}]*)\\}`))?.[1] ?? '';
    const declared = Object.fromEntries(
      Array.from(block.matchAll(/--(\w+): (#[0-9a-f]{6});/g), ([, name, value]) => [name, value]),
    );
    expect(declared).toEqual(tokens);
  });

  test.each(['rating', 'unseen', 'factor', 'error'] as const)(
    'every shade of the %s ramp carries readable text',
    (name) => {
      const ramp = ramps[name];
      expect(ramp.css).toHaveLength(SHADES);
      ramp.css.forEach((color, shade) => {
        expect(contrast(color, ramp.text[shade] ?? '')).toBeGreaterThanOrEqual(4.58);
        expect(ramp.pixels[shade]).toBe(pixelOf(color));
      });
    },
  );

  test.each(['rating', 'unseen'] as const)('the %s ramp runs one way, from the quiet end to the strong one', (name) => {
    const strength = ramps[name].css.map((color) => contrast(color, tokens.paper));
    for (let shade = 8; shade < SHADES; shade += 8) {
      expect(strength[shade]).toBeGreaterThan(strength[shade - 8] ?? Number.POSITIVE_INFINITY);
    }
  });

  test('zero is the same neutral on both diverging ramps, and both ends are far from it', () => {
    const neutral = ramps.factor.css[NEUTRAL_SHADE] ?? '';
    expect(ramps.error.css[NEUTRAL_SHADE]).toBe(neutral);
    expect(contrast(neutral, tokens.paper)).toBeLessThan(1.3);
    for (const ramp of [ramps.factor, ramps.error]) {
      expect(contrast(ramp.css[1] ?? '', neutral)).toBeGreaterThan(3);
      expect(contrast(ramp.css[255] ?? '', neutral)).toBeGreaterThan(3);
      expect(ramp.css[0]).toBe(ramp.css[1]);
    }
  });

  test.each([
    ['ink', 'paper', 4.5],
    ['muted', 'paper', 4.5],
    ['seen', 'paper', 4.5],
    ['unseen', 'paper', 4.5],
    ['unseen', 'panel', 4.5],
    ['edge', 'paper', 3],
    ['focus', 'paper', 3],
    ['pinned', 'paper', 3],
  ] as const)('%s on %s', (front, back, least) => {
    expect(contrast(tokens[front], tokens[back])).toBeGreaterThanOrEqual(least);
  });
});

test('contrast is that of WCAG', () => {
  expect(contrast('#000', '#fff')).toBeCloseTo(21, 10);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  expect(textOn('#777777')).toBe('#000000');
  expect(textOn('#707070')).toBe('#ffffff');
});

test('pixels lie as ImageData wants them: R, G, B, A', () => {
  const bytes = new Uint8Array(Uint32Array.of(pixelOf('#12345f')).buffer);
  expect([...bytes]).toEqual([0x12, 0x34, 0x5f, 0xff]);
});

describe('shades', () => {
  test('of ratings lie on the scale and are clamped to it', () => {
    expect(ratingShade(1, 1, 5)).toBe(0);
    expect(ratingShade(3, 1, 5)).toBe(128);
    expect(ratingShade(5, 1, 5)).toBe(255);
    expect(ratingShade(-1e100, 1, 5)).toBe(0);
    expect(ratingShade(1e100, 1, 5)).toBe(255);
    expect(ratingShade(3, 3, 3)).toBe(NEUTRAL_SHADE);
  });

  test('of signed values are odd around zero', () => {
    expect(signedShade(0, 2)).toBe(NEUTRAL_SHADE);
    expect(signedShade(-0, 0)).toBe(NEUTRAL_SHADE);
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ min: 1e-300, max: 1e300 }), (value, bound) => {
        const shade = signedShade(value, bound);
        expect(shade).toBeGreaterThanOrEqual(1);
        expect(shade).toBeLessThanOrEqual(255);
        // Math.round leans upwards at exact halves.
        expect(Math.abs(shade - 128 + (signedShade(-value, bound) - 128))).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('of what is no number are shades all the same', () => {
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(ratingShade(odd, 1, 5)).toBeGreaterThanOrEqual(0);
      expect(ratingShade(odd, 1, 5)).toBeLessThanOrEqual(255);
      expect(signedShade(odd, 1)).toBeGreaterThanOrEqual(1);
    }
  });
});
