/** An end nearer to 0 than this part of the interval's width touches it: resampling anew moves ends by more. */
const CLEARANCE = 0.001;

/** Whether an interval leaves out 0, by more than the last digit that is worth printing. */
export function isClearOfZero(low: number, high: number): boolean {
  const clearance = CLEARANCE * (high - low);
  return low > clearance || high < -clearance;
}
