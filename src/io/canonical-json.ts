/*
 * Canonical JSON, put together by hand: `JSON.stringify` writes −0 as 0, and here every bit counts. No white space; members in
 * the order they are handed in; a member whose text is null is left out.
 */

/** The members of an object in order, each with its text. */
export type Members = (readonly [string, string | null])[];

/** A number with all its digits; −0 keeps its sign. */
export function numberText(x: number): string {
  return Object.is(x, -0) ? '-0' : String(x);
}

/** As `numberText`, with null for what is not there or no number. */
export function nullableText(x: number | null): string {
  return x === null || !Number.isFinite(x) ? 'null' : numberText(x);
}

export function listText<T>(list: Iterable<T>, write: (entry: T) => string): string {
  return `[${Array.from(list, write).join(',')}]`;
}

export function numbersText(numbers: Float64Array): string {
  return listText(numbers, numberText);
}

export function namesText(names: readonly string[]): string {
  return listText(names, (name) => JSON.stringify(name));
}

export function objectText(members: readonly (readonly [string, string | null])[]): string {
  const present = members.filter(([, text]) => text !== null);
  return `{${present.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}`;
}

/** A list of rows of k numbers. */
export function matrixText(matrix: Float64Array, k: number): string {
  const rows: string[] = [];
  for (let at = 0; at < matrix.length; at += k) rows.push(numbersText(matrix.subarray(at, at + k)));
  return `[${rows.join(',')}]`;
}

/** Anything that came from JSON, in the order it came. */
export function anyText(value: unknown): string {
  if (typeof value === 'number') return nullableText(value);
  if (Array.isArray(value)) return listText(value, anyText);
  if (typeof value === 'object' && value !== null) {
    return objectText(Object.entries(value).map(([key, entry]) => [key, entry === undefined ? null : anyText(entry)]));
  }
  return JSON.stringify(value) ?? 'null';
}
