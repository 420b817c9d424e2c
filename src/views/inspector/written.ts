import { formatPrediction, formatReadout, formatTerm } from '../../strings/numbers.ts';

/** A negative number inside a product or a sum stands in parentheses. */
function enclosed(text: string): string {
  return text.startsWith('-') ? `(${text})` : text;
}

/** A prediction, a share, an error that stands alone: two decimals. */
export function writtenAlone(value: number): string {
  return formatPrediction(value);
}

/** A factor of a product: three decimals. */
export function writtenTerm(value: number): string {
  return enclosed(formatTerm(value));
}

/** The same at its widest, to keep its room when the sign turns. */
export function widestTerm(value: number): string {
  return `(-${formatTerm(Math.abs(value))})`;
}

/** A number before and after a step: four digits, or a small step would not be seen. */
export function writtenNumber(value: number): string {
  return formatReadout(value);
}

/** The same at its widest: a sign, and leading zeros that come and go with its size. */
export function widestNumber(value: number): string {
  return `-${formatReadout(Math.abs(value)).padEnd('0.00000'.length, '0')}`;
}
