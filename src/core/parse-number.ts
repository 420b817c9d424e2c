import { fail, ok, type Result } from './problem.ts';
import { RATING_LIMIT } from './ratings.ts';

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const DECIMAL_COMMA = /^[+-]?\d*,\d+(e[+-]?\d+)?$/i;

/**
 * A number as a person writes it: optional sign, digits with at most one point, optional exponent; white space around it and a
 * real minus sign (U+2212) are fine. Stricter than `Number()`, which would read "" as 0 and "0x10" as 16.
 *
 * Errors: 'decimal-comma' ("3,5", expected "3.5"), 'not-finite' ("1e400"), 'not-a-number' (everything else: "", "4abc", "NaN").
 */
export function parseNumber(text: string): Result<number> {
  const got = text.trim();
  const plain = got.replace('\u2212', '-').replace(/(e)\u2212/i, '$1-');
  if (DECIMAL.test(plain)) {
    const value = Number(plain);
    return Number.isFinite(value) ? ok(value) : fail({ code: 'not-finite', got });
  }
  if (DECIMAL_COMMA.test(plain)) return fail({ code: 'decimal-comma', got, expected: plain.replace(',', '.') });
  return fail({ code: 'not-a-number', got });
}

/** A rating as a person writes it: a number with |value| ≤ 1e100. Errors: those of `parseNumber`, 'rating-too-large'. */
export function parseRating(text: string): Result<number> {
  const parsed = parseNumber(text);
  if (!parsed.ok || Math.abs(parsed.value) <= RATING_LIMIT) return parsed;
  return fail({ code: 'rating-too-large', got: text.trim(), expected: String(RATING_LIMIT) });
}
