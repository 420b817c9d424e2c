import { formatExact, formatFixed, formatReadout } from '../../strings/numbers.ts';
import { enclosed } from './written.ts';

/*
 * One number of an update, written so that what is printed is true as printed:
 *
 *     α (2 · e · partner − β · before) = Δ            before + Δ = after
 *
 * A small α makes small steps: Δ has its own digits, and `before` and `after` as many decimals as it needs to be seen.
 */

/** A step of SGD for one number; partner is null for a bias. */
export interface StepNumbers {
  readonly alpha: number;
  readonly beta: number;
  readonly error: number;
  readonly partner: number | null;
  readonly before: number;
  /** What the engine writes. */
  readonly after: number;
  /** What α multiplies. */
  readonly gradient: number;
}

export interface WrittenStep {
  /** α (2 × e × partner − β × before) */
  readonly product: string;
  /** Δ */
  readonly change: string;
  /** before + Δ, with the sign of Δ between them. */
  readonly sum: string;
  /** What that makes. */
  readonly moved: string;
  /** Where that is below zero and factors are kept non-negative: max(0, moved), which is 0. Else null. */
  readonly cut: string | null;
}

/** Significant digits of Δ, and the fewest and most of the terms that make it. */
const CHANGE_DIGITS = 3;
export const FEWEST_DIGITS = 4;
export const MOST_DIGITS = 15;
/** Decimals beyond which a number of ordinary size has no room for more: Δ is then given by its exponent alone. */
const MOST_DECIMALS = 10;
const LEAST_DECIMALS = 4;
const LARGE = 1e6;

/** Decimals that show so many significant digits of x. */
export function decimalsOf(x: number, digits: number): number {
  return x === 0 ? 0 : Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(x))));
}

/** Significant digits without trailing zeros: 1.357, 0.02. */
export function shortest(x: number, digits: number): string {
  return formatExact(Number(x.toPrecision(digits)));
}

/** The terms with the fewest digits with which the printed product makes the printed Δ. */
function writtenProduct(step: StepNumbers, change: number, write: (x: number) => string): string {
  const { alpha, beta, error, partner, before } = step;
  const wanted = write(change);
  for (let digits = FEWEST_DIGITS; ; digits += 1) {
    const round = (x: number) => Number(x.toPrecision(digits));
    const term = (x: number) => enclosed(shortest(x, digits));
    const printed = alpha * (2 * round(error) * (partner === null ? 1 : round(partner)) - beta * round(before));
    if (write(printed) === wanted || digits === MOST_DIGITS) {
      const product = partner === null ? '' : ` × ${term(partner)}`;
      return `${formatExact(alpha)} (2 × ${term(error)}${product} − ${formatExact(beta)} × ${term(before)})`;
    }
  }
}

/** The step as it is printed. */
export function writtenStep(step: StepNumbers): WrittenStep {
  const { alpha, before, after, gradient } = step;
  const change = alpha * gradient;
  const { write, sum, moved } = writtenMove(before, change, before + change);
  return {
    product: writtenProduct(step, change, write),
    change: write(change),
    sum,
    moved,
    cut: writtenCut(before + change, after, moved),
  };
}

/** What stands for the cut at zero where it was made; else null. */
export function writtenCut(moved: number, after: number, written: string): string | null {
  return moved < 0 && after === 0 ? `max(0, ${written})` : null;
}

/** before + Δ = moved, as it is printed, and how Δ is written. */
export interface WrittenMove {
  readonly write: (x: number) => string;
  /** before + Δ, with the sign of Δ between them. */
  readonly sum: string;
  readonly moved: string;
}

/**
 * A sum whose column is true as printed, and whose end is the rounded end itself: with as many decimals as Δ needs to be seen, and
 * more where the three of them would not round alike.
 */
export function writtenMove(before: number, change: number, moved: number): WrittenMove {
  const finest = decimalsOf(change, CHANGE_DIGITS);
  const coarse = Math.abs(before) >= LARGE || Math.abs(moved) >= LARGE || Math.abs(change) >= LARGE;
  if (coarse || finest > MOST_DECIMALS) {
    for (let decimals = CHANGE_DIGITS - 1; ; decimals += 1) {
      const write = (x: number) => (x === 0 ? '0' : Math.abs(x) < 1e-4 ? x.toExponential(decimals) : formatReadout(x));
      const read = (x: number) => Number(write(x).replaceAll(',', ''));
      if (write(read(before) + read(change)) === write(moved) || decimals >= MOST_DIGITS) {
        return { write, sum: joined(write(before), write(Math.abs(change)), change < 0), moved: write(moved) };
      }
    }
  }
  for (let decimals = Math.max(LEAST_DECIMALS, finest); ; decimals += 1) {
    const write = (x: number) => formatFixed(x, decimals);
    const shown = write(Number(write(before)) + Number(write(change)));
    if (shown === write(moved) || decimals >= MOST_DIGITS) {
      return { write, sum: joined(write(before), write(Math.abs(change)), change < 0), moved: write(moved) };
    }
  }
}

function joined(before: string, size: string, negative: boolean): string {
  return `${before} ${negative ? '−' : '+'} ${size}`;
}

export interface WrittenVelocity {
  /** γ × v + (2 × e × partner − β × before) */
  readonly sum: string;
  /** v' */
  readonly velocity: string;
  /** α × v' */
  readonly product: string;
}

/** A step of momentum: how its velocity comes about, with the fewest digits with which what is printed is true. */
export function writtenVelocity(
  { alpha, beta, error, partner, before, gradient }: StepNumbers,
  { momentum, velocity }: { readonly momentum: number; readonly velocity: number },
  change: string,
): WrittenVelocity {
  const decimals = change.split('.')[1]?.length ?? 0;
  const gives = (x: number) => /[e,]/.test(change) || formatFixed(alpha * x, decimals) === change;
  let kept = FEWEST_DIGITS;
  while (kept < MOST_DIGITS && !gives(Number(gradient.toPrecision(kept)))) kept += 1;
  const written = shortest(gradient, kept);
  for (let digits = FEWEST_DIGITS; ; digits += 1) {
    const round = (x: number) => Number(x.toPrecision(digits));
    const term = (x: number) => enclosed(shortest(x, digits));
    const push = 2 * round(error) * (partner === null ? 1 : round(partner)) - beta * round(before);
    if (shortest(momentum * round(velocity) + push, kept) === written || digits === MOST_DIGITS) {
      const product = partner === null ? '' : ` × ${term(partner)}`;
      return {
        sum: `${formatExact(momentum)} × ${term(velocity)} + (2 × ${term(error)}${product} − ${formatExact(beta)} × ${term(before)})`,
        velocity: written,
        product: `${formatExact(alpha)} × ${enclosed(written)}`,
      };
    }
  }
}

/** r − r̂ = e with the decimals of e, so that the difference is seen: 5 − 4.994968 = 0.005032. */
export function writtenError(rating: number, error: number): { readonly difference: string; readonly error: string } {
  if (!(Math.abs(error) < LARGE && Math.abs(rating) < LARGE)) {
    return {
      difference: `${formatExact(rating)} − ${enclosed(formatReadout(rating - error))}`,
      error: formatReadout(error),
    };
  }
  const decimals = Math.min(MOST_DECIMALS + 2, Math.max(LEAST_DECIMALS - 1, decimalsOf(error, FEWEST_DIGITS)));
  const shown = Number(formatFixed(error, decimals));
  const predicted = formatFixed(rating - shown, decimals);
  return { difference: `${formatExact(rating)} − ${enclosed(predicted)}`, error: formatFixed(error, decimals) };
}

/** The room that a step is given whatever its numbers become, so that nothing below moves as they shrink and turn their signs. */
const ROOM_OF_TERM = '(-0.00000)';
const ROOM_OF_NUMBER = '-0.0000000';

/** The room of the line that says a cut at zero; none where there are no cuts. */
function roomOfCut(canBeCut: boolean): string {
  return canBeCut ? `\nmax(0, ${ROOM_OF_NUMBER}) = 0` : '';
}

export function roomOfStep(alpha: number, beta: number, hasPartner: boolean, canBeCut: boolean): string {
  const partner = hasPartner ? ` × ${ROOM_OF_TERM}` : '';
  const product = `${formatExact(alpha)} (2 × ${ROOM_OF_TERM}${partner} − ${formatExact(beta)} × ${ROOM_OF_TERM})`;
  return `${product} = ${ROOM_OF_NUMBER}\n${ROOM_OF_NUMBER} + ${ROOM_OF_NUMBER} = ${ROOM_OF_NUMBER}${roomOfCut(canBeCut)}`;
}

export function roomOfVelocity(
  { momentum, alpha, beta }: { readonly momentum: number; readonly alpha: number; readonly beta: number },
  hasPartner: boolean,
  canBeCut: boolean,
): string {
  const partner = hasPartner ? ` × ${ROOM_OF_TERM}` : '';
  const sum = `${formatExact(momentum)} × ${ROOM_OF_TERM} + (2 × ${ROOM_OF_TERM}${partner} − ${formatExact(beta)} × ${ROOM_OF_TERM})`;
  return `${sum} = ${ROOM_OF_NUMBER}\n${formatExact(alpha)} × ${ROOM_OF_TERM} = ${ROOM_OF_NUMBER}\n${ROOM_OF_NUMBER} + ${ROOM_OF_NUMBER} = ${ROOM_OF_NUMBER}${roomOfCut(canBeCut)}`;
}

export function roomOfError(rating: number): string {
  return `${formatExact(rating)} − ${ROOM_OF_TERM} = ${ROOM_OF_NUMBER}`;
}
