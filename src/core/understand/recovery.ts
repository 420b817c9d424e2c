import type { Truth } from '../dataset.ts';
import type { Parameters } from '../parameters.ts';
import { plantedRating } from '../planted.ts';
import { predict } from '../predict.ts';
import { findRating, type Ratings } from '../ratings.ts';
import { bestRotation, timesSquare } from './rotation.ts';

/** How near a run came to what was planted. RMSE in rating units; null where there is no such cell. */
export interface Recovery {
  /** Gaps whose truth is known. */
  readonly gaps: number;
  /** r̂ against the truth in the gaps. Truth has no noise, so the best there is 0. */
  readonly onGaps: number | null;
  /** r̂ against the truth where there is a rating. */
  readonly onRatings: number | null;
  /** What guessing `mean` in every gap would come to. */
  readonly meanOnGaps: number | null;
  /**
   * The noise floor: no prediction can be expected to meet new ratings of this kind better. √(noise² + step²/12) of the
   * planted noise and of rounding to steps; where the noise is not known, the RMSE of the ratings against the truth.
   */
  readonly noiseFloor: number | null;
  /** Whether the floor is the planted one, or measured. */
  readonly floorKnown: boolean;
}

/** What was added to the truth: a standard deviation, and the step that ratings were rounded to (0: none). */
export interface PlantedNoise {
  readonly noise: number;
  readonly step: number;
}

/** Compares predictions with the planted truth, over all m × n cells. mean: of the training ratings. */
export function measureRecovery(
  parameters: Parameters,
  truth: Truth,
  ratings: Ratings,
  mean: number,
  planted: PlantedNoise | null,
): Recovery {
  const m = parameters.P.length / parameters.k;
  const n = parameters.Q.length / parameters.k;
  const gaps = new SquareSum();
  const rated = new SquareSum();
  const guessed = new SquareSum();
  const noise = new SquareSum();
  for (let u = 0; u < m; u += 1) {
    for (let i = 0; i < n; i += 1) {
      const expected = plantedRating(truth, u, i);
      if (expected === null) continue;
      const at = findRating(ratings, u, i);
      const miss = predict(parameters, u, i) - expected;
      if (at >= 0) {
        rated.add(miss);
        noise.add((ratings.value[at] ?? 0) - expected);
      } else {
        gaps.add(miss);
        guessed.add(mean - expected);
      }
    }
  }
  return {
    gaps: gaps.count,
    onGaps: gaps.root(),
    onRatings: rated.root(),
    meanOnGaps: guessed.root(),
    noiseFloor: planted ? Math.sqrt(planted.noise * planted.noise + (planted.step * planted.step) / 12) : noise.root(),
    floorKnown: planted !== null,
  };
}

/** √(Σe²/N), added up as the cells come. */
class SquareSum {
  count = 0;
  private sum = 0;

  add(e: number): void {
    this.sum += e * e;
    this.count += 1;
  }

  root(): number | null {
    return this.count === 0 ? null : Math.sqrt(this.sum / this.count);
  }
}

/** Recovered factors beside the planted ones, in the same directions. */
export interface FactorRecovery {
  /** The greater k of the two; the other has columns of zeros. */
  readonly k: number;
  /** Learned, after the best rotation: m × k and n × k. */
  readonly P: Float64Array;
  readonly Q: Float64Array;
  /** Planted. */
  readonly trueP: Float64Array;
  readonly trueQ: Float64Array;
  /** ‖learned − planted‖ / ‖planted‖ of P and Q stacked: 0 is recovered, 1 is no better than zeros. */
  readonly relativeError: number;
  /** Whether both have the same biases and mean; if not, factors carry what biases carry on the other side. */
  readonly samePrediction: boolean;
}

/**
 * Turns the learned factors onto the planted ones by the best rotation (one for P and Q together, as R̂ allows). P and Q are
 * first brought to equal length on both sides, since R̂ leaves open how a scale is shared out:
 *
 *     P·g, Q/g        g = √(‖Q‖/‖P‖)
 *
 * Rows that were added after planting are left out.
 */
export function compareFactors(parameters: Parameters, truth: Truth): FactorRecovery {
  const k = Math.max(parameters.k, truth.k);
  const users = Math.min(parameters.P.length / parameters.k, truth.P.length / truth.k);
  const items = Math.min(parameters.Q.length / parameters.k, truth.Q.length / truth.k);
  const learned = stack(parameters.P, parameters.Q, parameters.k, k, users, items);
  const planted = stack(truth.P, truth.Q, truth.k, k, users, items);
  const turned = timesSquare(learned, bestRotation(learned, planted, k), k);
  let misses = 0;
  let squares = 0;
  for (let at = 0; at < planted.length; at += 1) {
    const difference = (turned[at] ?? 0) - (planted[at] ?? 0);
    misses += difference * difference;
    squares += (planted[at] ?? 0) * (planted[at] ?? 0);
  }
  return {
    k,
    P: turned.slice(0, users * k),
    Q: turned.slice(users * k),
    trueP: planted.slice(0, users * k),
    trueQ: planted.slice(users * k),
    relativeError: squares > 0 ? Math.sqrt(misses / squares) : 0,
    samePrediction:
      (parameters.bu === null) === (truth.bu === null) && (parameters.mu === null) === (truth.mu === null),
  };
}

/** P·g over Q/g, with columns of zeros up to `wide`. */
function stack(P: Float64Array, Q: Float64Array, k: number, wide: number, users: number, items: number): Float64Array {
  const length = (X: Float64Array, rows: number) => {
    let sum = 0;
    for (let at = 0; at < rows * k; at += 1) sum += (X[at] ?? 0) * (X[at] ?? 0);
    return Math.sqrt(sum);
  };
  const ofP = length(P, users);
  const ofQ = length(Q, items);
  const g = ofP > 0 && ofQ > 0 ? Math.sqrt(ofQ / ofP) : 1;
  const stacked = new Float64Array((users + items) * wide);
  for (let row = 0; row < users + items; row += 1) {
    for (let f = 0; f < k; f += 1) {
      stacked[row * wide + f] = row < users ? (P[row * k + f] ?? 0) * g : (Q[(row - users) * k + f] ?? 0) / g;
    }
  }
  return stacked;
}
