/*
 * The project's random numbers: xoshiro128** 1.1 (Blackman and Vigna, 2018) on 32-bit integers, seeded by splitmix32.
 * Only integer arithmetic, so every machine draws the same numbers; `test/core/random.test.ts` holds the test vectors.
 * Within a version of the session file none of this may change.
 *
 * Every purpose draws from a stream of its own, so one more draw here never moves a number there:
 *
 *     state = splitmix32 chain over (seed, stream, index low 32 bits, index high 32 bits) → four words
 */

/** What a stream is for → the constant mixed into its seed. Never renumber these. */
const STREAMS = {
  /** Start values: P row by row, then Q. */
  init: 1,
  /** The row of a user added later; index = the user's key. */
  'user-row': 2,
  /** The row of an item added later; index = the item's key. */
  'item-row': 3,
  /** The order of one epoch; index = epochs completed before it. */
  shuffle: 4,
  /** Which ratings are held out. */
  'hold-out': 5,
  /** Generated data sets. */
  planted: 6,
  /** First centers of groups of alike rows. */
  groups: 7,
  /** Folds of a sweep, and which ratings of them are set aside (`experiment/folds.ts` says what the index counts by). */
  folds: 8,
  /** Ratings resampled for an interval. */
  bootstrap: 9,
  /** Points of a random or quasi-random search. */
  search: 10,
} as const;

export type StreamName = keyof typeof STREAMS;

const TWO_32 = 4294967296;
const GOLDEN = 0x9e3779b9 | 0;

/** The output function of splitmix32: a bijection on 32-bit integers. */
function mix(value: number): number {
  let z = value | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}

/** One stream of draws. Make it with `randomStream`, or from four words of state (not all zero). */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(a: number, b: number, c: number, d: number) {
    this.a = a | 0;
    this.b = b | 0;
    this.c = c | 0;
    this.d = (a | b | c | d) === 0 ? 1 : d | 0;
  }

  /** 0 … 2³² − 1. */
  integer(): number {
    const b = this.b;
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    this.c ^= this.a;
    this.d ^= b;
    this.b = b ^ this.c;
    this.a ^= this.d;
    this.c ^= b << 9;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result;
  }

  /**
   * 0 … count − 1, each as likely as the others: the draw's remainder by count, where draws from the last, incomplete round
   * of 2³² are thrown away. count: 1 … 2³² − 1.
   */
  below(count: number): number {
    const divisor = count >>> 0;
    let draw = this.integer();
    // Only draws this close to 2³² can be of the incomplete round, whose length is 2³² mod count = (2³² − count) mod count.
    while (draw >= TWO_32 - divisor && TWO_32 - draw <= (-divisor >>> 0) % divisor) draw = this.integer();
    return (draw >>> 0) % divisor;
  }

  /** [0, 1) in steps of 2⁻⁵³, from two draws: 27 bits of the first above 26 of the second. */
  uniform(): number {
    const high = this.integer() >>> 5;
    const low = this.integer() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /**
   * About N(0, 1): the sum of twelve uniforms − 6 (mean 0 and variance 1 exactly, never beyond ± 6). The usual recipes
   * need log and cos, whose last bits differ between engines; this needs + and − alone.
   */
  normal(): number {
    let sum = 0;
    for (let draw = 0; draw < 12; draw += 1) sum += this.uniform();
    return sum - 6;
  }
}

/** The stream for one purpose. seed: 0 … 2³² − 1; index: 0 … 2⁵³ − 1, whatever the stream counts by. */
export function randomStream(seed: number, name: StreamName, index = 0): Random {
  let chain = mix((seed | 0) + GOLDEN);
  chain = mix((chain ^ STREAMS[name]) + GOLDEN);
  chain = mix((chain ^ (index >>> 0)) + GOLDEN);
  chain = mix((chain ^ (Math.floor(index / TWO_32) >>> 0)) + GOLDEN);
  const word = () => {
    chain = (chain + GOLDEN) | 0;
    return mix(chain);
  };
  return new Random(word(), word(), word(), word());
}
