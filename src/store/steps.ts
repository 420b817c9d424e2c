/** Work in steps of about a millisecond, so that whoever does it can let a page draw in between. */
export type Steps<V> = Generator<undefined, V>;

/** Rows that are looked at in one step. */
export const ROWS_A_STEP = 1_000;

/** All steps at once. */
export function allSteps<V>(steps: Steps<V>): V {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** What is made of one thing is made once, as long as it is asked for that very thing. What was begun and not ended counts for nothing. */
export function lastOf<K extends readonly unknown[], V>(make: (...key: K) => Steps<V>): (...key: K) => Steps<V> {
  let last: { readonly key: K; readonly value: V } | null = null;
  return function* remembered(...key) {
    if (last?.key.every((part, at) => part === key[at])) return last.value;
    const value = yield* make(...key);
    last = { key, value };
    return value;
  };
}
