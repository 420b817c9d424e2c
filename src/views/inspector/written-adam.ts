import type { AdamNumberTrace, AdamTrace } from '../../core/trace-adam.ts';
import { formatExact } from '../../strings/numbers.ts';
import { enclosed } from './written.ts';
import { FEWEST_DIGITS, MOST_DIGITS, shortest, writtenCut, writtenMove } from './written-step.ts';

/*
 * One number's step of Adam, in lines that are true as printed: each is written with the fewest digits with which what stands left of
 * its sign of equality makes what stands right of it.
 */

/** A line: what is reckoned, and what it makes. */
export interface WrittenLine {
  /** Null where there is nothing to reckon, or too much to stand in a line. */
  readonly sum: string | null;
  readonly is: string;
}

export interface WrittenAdam {
  /** −e × partner */
  readonly part: WrittenLine;
  /** The sum of all parts of the batch; null where they are few enough to stand in the gradient's own line. */
  readonly parts: WrittenLine | null;
  /** Null where the part is the gradient. */
  readonly gradient: WrittenLine | null;
  readonly m: WrittenLine;
  readonly v: WrittenLine;
  readonly mHat: WrittenLine;
  readonly vHat: WrittenLine;
  readonly step: WrittenLine;
  /** w (1 − α β); null where decay is coupled or there is none. */
  readonly decayed: WrittenLine | null;
  /** w − step. */
  readonly sum: string;
  readonly moved: string;
  readonly cut: string | null;
}

/** Parts that stand in the gradient's own line, and in a line of their own. */
const PARTS_IN_LINE = 3;
const PARTS_LISTED = 8;

/** Rounds a number as it is printed; prints it. */
export interface Pen {
  readonly round: (x: number) => number;
  readonly term: (x: number) => string;
}

/** `make` with the fewest digits with which it comes out as `wanted` when it is read again. */
export function written(
  wanted: number,
  write: (x: number) => string,
  make: (pen: Pen) => readonly [string, number],
): WrittenLine {
  const is = write(wanted);
  for (let digits = FEWEST_DIGITS; ; digits += 1) {
    const round = (x: number) => Number(x.toPrecision(digits));
    const [sum, printed] = make({ round, term: (x) => enclosed(shortest(x, digits)) });
    if (write(printed) === is || digits >= MOST_DIGITS) return { sum, is };
  }
}

const result = (x: number) => shortest(x, FEWEST_DIGITS);

/** 1 − β1 as people write it: .1, not .09999999999999998. */
const share = (x: number) => Number((1 - x).toPrecision(12));

/** α as it was typed; one that a schedule made may have many digits, and is rounded as the other terms are. */
const isLong = (alpha: number) => formatExact(alpha).length > 8;
const rateOf = (alpha: number, round: Pen['round']) => (isLong(alpha) ? round(alpha) : alpha);
const rate = (alpha: number, term: Pen['term']) => (isLong(alpha) ? term(alpha) : formatExact(alpha));

/** 1 − βᵗ, which m and v are divided by. */
export function writtenCorrection(correction: number): string {
  return shortest(correction, FEWEST_DIGITS + 2);
}

export function writtenAdam(number: AdamNumberTrace, trace: AdamTrace): WrittenAdam {
  const { before, partner, parts, sum, gradient, m, newM, v, newV, mHat, vHat, step, decayed, moved, after } = number;
  const { alpha, beta, error, settings, correction1, correction2, ratings } = trace;
  const { beta1, beta2, epsilon } = settings;
  const coupled = settings.decay !== 'decoupled' && beta !== 0;
  const size = ratings.length;
  const write = writtenMove(decayed, -step, moved);

  const decay = ({ round, term }: Pen): readonly [string, number] =>
    coupled ? [` + ${formatExact(beta)} × ${term(before)}`, beta * round(before)] : ['', 0];
  const inLine = parts.length <= PARTS_IN_LINE;
  const added = ({ round, term }: Pen): readonly [string, number] => [
    parts.map(term).join(' + '),
    parts.reduce((total, part) => total + round(part), 0),
  ];
  return {
    part:
      partner === null
        ? { sum: null, is: result(-error) }
        : written(-error * partner, result, ({ round, term }) => [
            `−${term(error)} × ${term(partner)}`,
            -round(error) * round(partner),
          ]),
    parts: inLine ? null : parts.length > PARTS_LISTED ? { sum: null, is: result(sum) } : written(sum, result, added),
    gradient:
      size === 1 && !coupled
        ? null
        : written(gradient, result, (pen) => {
            const [addend, penalty] = decay(pen);
            const [list, total] = inLine ? added(pen) : [pen.term(sum), pen.round(sum)];
            if (size === 1) return [`${list}${addend}`, total + penalty];
            const enclosedList = inLine && parts.length > 1 ? `(${list})` : list;
            return [`${enclosedList} / ${size}${addend}`, total / size + penalty];
          }),
    m: written(newM, result, ({ round, term }) => [
      `${formatExact(beta1)} × ${term(m)} + ${formatExact(share(beta1))} × ${term(gradient)}`,
      beta1 * round(m) + share(beta1) * round(gradient),
    ]),
    v: written(newV, result, ({ round, term }) => [
      `${formatExact(beta2)} × ${term(v)} + ${formatExact(share(beta2))} × ${term(gradient)}²`,
      beta2 * round(v) + share(beta2) * round(gradient) * round(gradient),
    ]),
    mHat: written(mHat, result, ({ round, term }) => [
      `${term(newM)} / ${term(correction1)}`,
      round(newM) / round(correction1),
    ]),
    vHat: written(vHat, result, ({ round, term }) => [
      `${term(newV)} / ${term(correction2)}`,
      round(newV) / round(correction2),
    ]),
    step: written(step, write.write, ({ round, term }) => [
      `${rate(alpha, term)} × ${term(mHat)} / (√${term(vHat)} + ${formatExact(epsilon)})`,
      (rateOf(alpha, round) * round(mHat)) / (Math.sqrt(round(vHat)) + epsilon),
    ]),
    decayed:
      settings.decay === 'decoupled' && beta !== 0
        ? written(
            decayed,
            (x) => shortest(x, FEWEST_DIGITS + 2),
            ({ round, term }) => [
              `${term(before)} × (1 − ${rate(alpha, term)} × ${formatExact(beta)})`,
              round(before) * (1 - rateOf(alpha, round) * beta),
            ],
          )
        : null,
    sum: write.sum,
    moved: write.moved,
    cut: writtenCut(moved, after, write.moved),
  };
}
