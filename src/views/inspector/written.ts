import { formatPrediction, formatReadout, formatTerm } from '../../strings/numbers.ts';

/** With a real minus sign. */
function signed(text: string): string {
  return text.replace(/^-/, '−');
}

/** A negative number inside a product or a sum stands in parentheses. */
function enclosed(text: string): string {
  return text.startsWith('−') ? `(${text})` : text;
}

/** A prediction, a share, an error that stands alone: two decimals. */
export function writtenAlone(value: number): string {
  return signed(formatPrediction(value));
}

/** A factor of a product: three decimals. */
export function writtenTerm(value: number): string {
  return enclosed(signed(formatTerm(value)));
}

/** A number before and after a step: four digits, or a small step would not be seen. */
export function writtenNumber(value: number): string {
  return signed(formatReadout(value));
}
