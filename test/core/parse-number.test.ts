import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseNumber, parseRating } from '../../src/core/parse-number.ts';

describe('parseNumber', () => {
  test.each([
    ['5', 5],
    [' 3.5\t', 3.5],
    ['+.5', 0.5],
    ['4.', 4],
    ['-2e-3', -0.002],
    ['\u22121.5', -1.5],
    ['1e\u22122', 0.01],
    ['\u22122E\u22121', -0.2],
    ['007', 7],
    ['1e100', 1e100],
    ['\u00a05\u00a0', 5],
  ])('reads %j as %d', (text, value) => {
    expect(parseNumber(text)).toEqual({ ok: true, value });
  });

  test.each([
    '',
    ' ',
    'NaN',
    'Infinity',
    '-Infinity',
    '0x10',
    '4abc',
    'abc',
    '.',
    '-',
    'e5',
    '1e',
    '1e1.5',
    '1_000',
    '--1',
    '1,000,000',
    '3,',
    '5 4',
    '1\u22122',
  ])('refuses %j as no number', (text) => {
    expect(parseNumber(text)).toEqual({ ok: false, problem: { code: 'not-a-number', got: text.trim() } });
  });

  test('answers a decimal comma with the point', () => {
    expect(parseNumber('3,5')).toEqual({ ok: false, problem: { code: 'decimal-comma', got: '3,5', expected: '3.5' } });
    expect(parseNumber(' \u22120,25 ')).toEqual({
      ok: false,
      problem: { code: 'decimal-comma', got: '\u22120,25', expected: '-0.25' },
    });
  });

  test('says that 1e400 is too large', () => {
    expect(parseNumber('-1e400')).toEqual({ ok: false, problem: { code: 'not-finite', got: '-1e400' } });
  });

  test('reads back every finite number as it is written', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(parseNumber(String(x))).toEqual({ ok: true, value: x === 0 ? 0 : x });
      }),
    );
  });

  test('never throws, and never lets through what is not finite', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0159.,+-\u2212eE xNa') })), (text) => {
        const parsed = parseNumber(text);
        expect(parsed.ok ? Number.isFinite(parsed.value) : parsed.problem.got).toBe(parsed.ok ? true : text.trim());
      }),
    );
  });
});

test('a rating lies between -1e100 and 1e100', () => {
  expect(parseRating('1e100')).toEqual({ ok: true, value: 1e100 });
  expect(parseRating('-1.1e100')).toEqual({
    ok: false,
    problem: { code: 'rating-too-large', got: '-1.1e100', expected: '1e+100' },
  });
  expect(parseRating('3,5')).toMatchObject({ ok: false, problem: { code: 'decimal-comma' } });
});
