/** A, B, C …: what a run is called beside others. */
export function letterOf(run: number): string {
  return String.fromCodePoint('A'.charCodeAt(0) + run);
}
