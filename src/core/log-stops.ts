/**
 * Values of a logarithmic scale, read from decimal text: 23 a decade, never more than 3 significant digits. No `pow` and no
 * rounding of a product, so that a study never holds a machine's rounding.
 */
export const MANTISSAS = [
  '1',
  '1.1',
  '1.2',
  '1.3',
  '1.4',
  '1.6',
  '1.8',
  '2',
  '2.2',
  '2.5',
  '2.8',
  '3',
  '3.3',
  '3.6',
  '4',
  '4.5',
  '5',
  '5.6',
  '6',
  '6.5',
  '7',
  '8',
  '9',
] as const;

/** The stops from 1e`low` to 1e`high`, both included. */
export function logStops(low: number, high: number): readonly number[] {
  const stops: number[] = [];
  for (let exponent = low; exponent < high; exponent += 1) {
    for (const mantissa of MANTISSAS) stops.push(Number(`${mantissa}e${exponent}`));
  }
  stops.push(Number(`1e${high}`));
  return stops;
}
