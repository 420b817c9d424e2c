import type { Dataset } from '../dataset.ts';
import { randomStream } from '../random.ts';
import type { Ratings } from '../ratings.ts';
import { drawHeldOut } from '../split.ts';
import { gatherColumns, meanOf, type RatingColumns, type TrainingData } from '../training-data.ts';
import type { Judging } from './plan.ts';

/**
 * Which ratings a run is judged by, which it is not shown at all, and which it watches to know when to stop: places in the
 * columns of the data set, ascending. It trains on all others.
 */
export interface Split {
  readonly heldOut: Int32Array;
  readonly ignored: Int32Array;
  readonly watched: Int32Array;
}

/** What the index of the stream `folds` counts by: one shuffle each, so that none moves when another is added. */
const FOLDS = 0;
const SEEN = 1_000_000;
const WATCHED = 2_000_000;
const INNER = 3_000_000;

const NONE = new Int32Array(0);

/** `places` in a new order (Fisher and Yates, from the last to the second), drawn from the stream `folds`. */
function shuffled(places: Int32Array, splitSeed: number, index: number): Int32Array {
  const order = places.slice();
  const random = randomStream(splitSeed, 'folds', index);
  for (let last = order.length - 1; last > 0; last -= 1) {
    const chosen = random.below(last + 1);
    const kept = order[last] ?? 0;
    order[last] = order[chosen] ?? 0;
    order[chosen] = kept;
  }
  return order;
}

/** Parts of a shuffle, as equal as can be: places 0, folds, 2·folds … of it are the first. Each ascending. */
function dealt(order: Int32Array, folds: number): Int32Array[] {
  return Array.from({ length: folds }, (_, fold) => order.filter((_place, at) => at % folds === fold).sort());
}

function everyPlace(ratings: Ratings): Int32Array {
  return Int32Array.from({ length: ratings.value.length }, (_, at) => at);
}

/** The places of `from` that are not in `without`; both ascending. */
function minus(from: Int32Array, without: Int32Array): Int32Array {
  let next = 0;
  return from.filter((place) => {
    while (next < without.length && (without[next] ?? 0) < place) next += 1;
    return without[next] !== place;
  });
}

function joined(a: Int32Array, b: Int32Array): Int32Array {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const both = new Int32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both.sort();
}

/** How many folds there are. */
export function foldCount(judging: Judging, ratings: number): number {
  switch (judging.kind) {
    case 'hold-out':
      return judging.share === null ? 1 : judging.repeats;
    case 'leave-one-out':
      return ratings;
    default:
      return judging.folds;
  }
}

/** For every fold, which ratings judge and which are not seen; `share` (percent) takes the place of the plan's. */
export function foldsOf(dataset: Dataset, judging: Judging, splitSeed: number, share: number | null): Split[] {
  const { ratings } = dataset;
  const all = everyPlace(ratings);
  const only = (heldOut: Int32Array, ignored = NONE): Split => ({ heldOut, ignored, watched: NONE });
  switch (judging.kind) {
    case 'hold-out': {
      const percent = share ?? judging.share;
      if (percent === null) return [only(all.filter((at) => ratings.heldOut[at] === 1))];
      // The same draw as Hold out % makes in Play; the next repeat is that of the next seed.
      return Array.from({ length: judging.repeats }, (_, repeat) => {
        const heldOut = drawHeldOut(ratings, percent, (splitSeed + repeat) >>> 0);
        return only(all.filter((at) => heldOut[at] === 1));
      });
    }
    case 'leave-one-out':
      return Array.from(all, (at) => only(Int32Array.of(at)));
    case 'k-fold':
      return dealt(shuffled(all, splitSeed, FOLDS), judging.folds).map((part) => only(part));
    case 'time-ordered': {
      const { time } = ratings;
      const order = all.slice().sort((a, b) => (time?.[a] ?? 0) - (time?.[b] ?? 0) || a - b);
      const bound = (stretch: number) => Math.floor((order.length * stretch) / (judging.folds + 1));
      return Array.from({ length: judging.folds }, (_, fold) =>
        only(order.slice(bound(fold + 1), bound(fold + 2)).sort(), order.slice(bound(fold + 2)).sort()),
      );
    }
  }
}

function trainingOf(all: Int32Array, { heldOut, ignored, watched }: Split): Int32Array {
  return minus(minus(minus(all, heldOut), ignored), watched);
}

/** The split with only `percent` of its training ratings shown (rounded, at least one); a larger share shows the same and more. */
export function withSeenShare(ratings: Ratings, split: Split, percent: number, splitSeed: number, fold: number): Split {
  const training = trainingOf(everyPlace(ratings), split);
  const shown = Math.min(training.length, Math.max(1, Math.round((training.length * percent) / 100)));
  const aside = shuffled(training, splitSeed, SEEN + fold).slice(shown);
  return { ...split, ignored: joined(split.ignored, aside.sort()) };
}

/** The split with `percent` of its training ratings (rounded, at least one) set aside to be watched. `run` tells splits apart. */
export function withWatched(ratings: Ratings, split: Split, percent: number, splitSeed: number, run: number): Split {
  const training = trainingOf(everyPlace(ratings), split);
  const count = Math.min(training.length, Math.max(1, Math.round((training.length * percent) / 100)));
  return {
    ...split,
    watched: shuffled(training, splitSeed, WATCHED + run)
      .slice(0, count)
      .sort(),
  };
}

/** The split with nothing set aside to be watched: those ratings train again. */
export function unwatched(split: Split): Split {
  return { ...split, watched: NONE };
}

/** `folds` splits of the training ratings of one: what judges it is not seen by any of them. */
export function innerSplits(ratings: Ratings, split: Split, folds: number, splitSeed: number, fold: number): Split[] {
  const training = trainingOf(everyPlace(ratings), split);
  const ignored = joined(split.ignored, split.heldOut);
  const parts = dealt(shuffled(training, splitSeed, INNER + fold), folds);
  return parts.map((heldOut) => ({ heldOut, ignored, watched: NONE }));
}

/** What training and measuring read, and the ratings to watch where there are any. */
export interface SplitData {
  readonly data: TrainingData;
  readonly watched: RatingColumns | null;
}

/** Parts the ratings of a data set by a split. Training and held out stay row-major. */
export function splitData(dataset: Dataset, split: Split): SplitData {
  const { ratings } = dataset;
  const all: RatingColumns = { user: ratings.user, item: ratings.item, value: ratings.value };
  const training = gatherColumns(all, trainingOf(everyPlace(ratings), split));
  return {
    data: {
      m: dataset.users.length,
      n: dataset.items.length,
      training,
      heldOut: gatherColumns(all, split.heldOut),
      mean: meanOf(training.value),
    },
    watched: split.watched.length === 0 ? null : gatherColumns(all, split.watched),
  };
}

/** The data set as a run of that split knows it: what judges is held out, what it is not shown is not there. */
export function datasetOfSplit(dataset: Dataset, split: Split): Dataset {
  const { ratings } = dataset;
  const gone = joined(split.ignored, split.watched);
  const kept = gone.length === 0 ? everyPlace(ratings) : minus(everyPlace(ratings), gone);
  const judges = new Uint8Array(ratings.value.length);
  for (const at of split.heldOut) judges[at] = 1;
  const { time } = ratings;
  return {
    ...dataset,
    holdOut: null,
    ratings: {
      user: Int32Array.from(kept, (at) => ratings.user[at] ?? 0),
      item: Int32Array.from(kept, (at) => ratings.item[at] ?? 0),
      value: Float64Array.from(kept, (at) => ratings.value[at] ?? 0),
      heldOut: Uint8Array.from(kept, (at) => judges[at] ?? 0),
      time: time === null ? null : Float64Array.from(kept, (at) => time[at] ?? 0),
    },
  };
}
