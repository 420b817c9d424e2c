import { ADAM_DEFAULTS } from '../../src/core/model.ts';
import { traceUpdate } from '../../src/core/trace-update.ts';
import { angleOfPoint, anglesWithoutShare } from '../../src/core/understand/rotation.ts';
import type { Facts } from '../../src/lessons/facts.ts';
import { QUANTITIES } from '../../src/lessons/quantities.ts';
import type { Doing, Reader } from './reader.ts';

/** What somebody does who has read the step; a function where it has to be found out on the way. */
export type Script = readonly Doing[] | ((reader: Reader) => void);

/** What a quantity comes to now, as a number. */
function number(facts: Facts, name: string, ...given: readonly number[]): number {
  const value = QUANTITIES[name]?.of(facts.now, facts, given);
  if (typeof value !== 'number') throw new Error(`${name} is ${value}`);
  return value;
}

const trace = (facts: Facts) => {
  const { parameters, study } = facts.now;
  const spelled = traceUpdate(parameters, 0, 0, 4, study.model);
  if (spelled === null) throw new Error('No trace');
  return spelled;
};

/** Looks for a selected cell with `good`, row by row, as a reader clicks around. */
function selectWhere(good: (facts: Facts) => boolean): Script {
  return (reader) => {
    const { users, items } = reader.facts.now.study.dataset;
    for (let user = 1; user <= users.length; user += 1) {
      for (let item = 1; item <= items.length; item += 1) {
        reader.act({ do: 'select', user, item });
        if (good(reader.facts)) return;
      }
    }
    throw new Error('No such cell');
  };
}

export const SCRIPTS: Readonly<Record<string, Script>> = {
  'gap-is-not-zero/fill-a-gap': [{ do: 'train', epochs: 300 }],
  'gap-is-not-zero/type-a-zero': [
    { do: 'choose', option: 'down' },
    { do: 'rate', user: 1, item: 3, value: 0 },
    { do: 'train', epochs: 300 },
  ],
  'gap-is-not-zero/make-a-gap-again': [
    { do: 'rate', user: 1, item: 3, value: null },
    { do: 'train', epochs: 500 },
  ],
  'gap-is-not-zero/zero-filled-svd': selectWhere((facts) => {
    const at = [facts.now.selected.user + 1, facts.now.selected.item + 1] as const;
    return (
      QUANTITIES.gap?.of(facts.now, facts, at) === true &&
      number(facts, 'rhat', ...at) - number(facts, 'zeroFilled', ...at) > 2
    );
  }),
  'error-and-rmse/one-error': [{ do: 'select', user: 3, item: 4 }],
  'error-and-rmse/best-constant': [{ do: 'work-out', value: (facts) => number(facts, 'mean') }],
  'error-and-rmse/far-off': [{ do: 'rate', user: 1, item: 4, value: 10 }],
  'two-thin-matrices/fewer-than-ratings': [{ do: 'set', model: { k: 1 } }],
  'two-thin-matrices/a-larger-set': [{ do: 'set', model: { k: 3 } }],
  'two-thin-matrices/more-than-ratings': [{ do: 'train', epochs: 500 }],
  'dot-product/read-it': [{ do: 'select', user: 2, item: 3 }],
  'dot-product/one-entry': [{ do: 'factor', matrix: 'P', row: 2, factor: 1, value: 0 }],
  'dot-product/make-it-four': [{ do: 'solve-for', user: 2, item: 3, factor: 2, wanted: 4 }],
  'downhill/the-slope': [{ do: 'step-rating', times: 1 }],
  'downhill/a-negative-partner': [{ do: 'step-rating', times: 1 }],
  'downhill/the-pull-of-beta': [{ do: 'step-rating', times: 1 }],
  'one-update/the-error': [{ do: 'type', value: 4 - 1 * 1.5 }],
  'one-update/new-p': [{ do: 'work-out', value: (facts) => trace(facts).factors[0]?.newP ?? 0 }],
  'one-update/new-q-sequential': [{ do: 'type', value: 1.5 + 0.1 * (2 * 2.5 * 1.74 - 0.1 * 1.5) }],
  'one-update/new-q-simultaneous': [{ do: 'type', value: 1.5 + 0.1 * (2 * 2.5 * 1 - 0.1 * 1.5) }],
  'an-epoch/one-rating': [{ do: 'step-rating', times: 1 }],
  'an-epoch/sixteen': [{ do: 'step-rating', times: 16 }],
  'an-epoch/made-worse': selectWhere((facts) => {
    const { user, item } = facts.now.selected;
    const rated = QUANTITIES.rated?.of(facts.now, facts, [user + 1, item + 1]) === true;
    const off = (at: Facts['now']) => Math.abs(Number(QUANTITIES.e?.of(at, facts, [user + 1, item + 1])));
    return rated && off(facts.began) > off(facts.first);
  }),
  'random-starts/all-zero': [{ do: 'train', epochs: 100 }],
  'random-starts/all-alike': [{ do: 'train', epochs: 300 }],
  'random-starts/by-chance': [{ do: 'train', epochs: 300 }],
  'learning-rate/crawl': [{ do: 'strip', alpha: 0.0002 }],
  'learning-rate/converge': [
    { do: 'strip', alpha: 0.001 },
    { do: 'strip', alpha: 0.02 },
  ],
  'learning-rate/diverge': [
    { do: 'strip', alpha: 0.07 },
    { do: 'strip', alpha: 0.08 },
  ],
  'learning-rate/the-edge': [
    { do: 'strip', alpha: 0.06 },
    { do: 'strip', alpha: 0.08 },
    { do: 'strip', alpha: 0.07 },
  ],
  'hold-out/hide-two': [
    { do: 'hold-out', user: 2, item: 3 },
    { do: 'hold-out', user: 6, item: 7 },
  ],
  // On the ratings that the step before hid.
  'hold-out/beat-the-mean': [{ do: 'train', epochs: 300 }],
  'hold-out/a-share': (reader) => {
    // As the field does: some of every row, here every fifth rating.
    const { user, item } = reader.facts.now.study.dataset.ratings;
    for (let at = 2; at < user.length; at += 6) {
      reader.act({ do: 'hold-out', user: (user[at] ?? 0) + 1, item: (item[at] ?? 0) + 1 });
    }
    reader.act({ do: 'train', epochs: 300 });
  },
  'overfitting/two-curves': [{ do: 'train', epochs: 300 }],
  'overfitting/raise-beta': [
    { do: 'set', model: { beta: 0.3 } },
    { do: 'train', epochs: 100 },
  ],
  'overfitting/too-much': [
    { do: 'set', model: { beta: 2 } },
    { do: 'train', epochs: 300 },
  ],
  'biases/switch-them-on': [
    { do: 'set', model: { prediction: 'factors+biases' } },
    { do: 'reset' },
    { do: 'train', epochs: 200 },
  ],
  'biases/the-generous-one': selectWhere(
    (facts) => number(facts, 'bu', facts.now.selected.user + 1) === number(facts, 'largestBu'),
  ),
  'biases/mu': [
    { do: 'set', model: { prediction: 'mean+factors+biases' } },
    { do: 'reset' },
    { do: 'train', epochs: 200 },
  ],
  'choosing-k/too-few': [{ do: 'train', epochs: 300 }],
  'choosing-k/too-many': [{ do: 'train', epochs: 300 }],
  'choosing-k/all-of-them': [{ do: 'sweep' }],
  'choosing-k/the-smallest-that-does': [4, 2, 3].map((k) => ({ do: 'set', model: { k } })),
  'rotation/turn-it': [{ do: 'rotate', by: angleOfPoint(1, 1) }],
  'rotation/a-share-of-zero': (reader) => {
    const [by] = anglesWithoutShare(reader.facts.now.parameters, 0, 1, 4, 2);
    reader.act({ do: 'rotate', by });
  },
  'how-sure/other-starts': [{ do: 'other-starts', models: 12 }],
  'how-sure/one-rating-fewer': [{ do: 'one-rating-fewer' }],
  'alike-and-recommended/the-nearest': selectWhere(
    (facts) => facts.now.selected.user + 1 === number(facts, 'nearest', 1),
  ),
  'alike-and-recommended/the-top-gap': (reader) =>
    reader.act({ do: 'select', user: 4, item: number(reader.facts, 'topGap', 4) }),
  'alike-and-recommended/the-reason': (reader) =>
    reader.act({
      do: 'select',
      user: 6,
      item: number(reader.facts, 'strongest', 6, number(reader.facts, 'topGap', 6)),
    }),
  'cold-start/three-ratings': [
    { do: 'fold-in', ratings: [[1, 5]] },
    {
      do: 'fold-in',
      ratings: [
        [1, 5],
        [2, 5],
        [8, 1],
      ],
    },
  ],
  'cold-start/another-person': [
    {
      do: 'fold-in',
      ratings: [
        [1, 1],
        [8, 5],
        [10, 5],
      ],
    },
  ],
  'optimizers/sgd': [{ do: 'train', epochs: 1000 }],
  'optimizers/als': [
    { do: 'set', model: { optimizer: { kind: 'als' } } },
    { do: 'reset' },
    { do: 'train', epochs: 100 },
  ],
  'optimizers/adam': [
    { do: 'set', model: { optimizer: ADAM_DEFAULTS } },
    { do: 'train', epochs: 1000 },
  ],
  'optimizers/twenty-four-million': [{ do: 'type', value: 200_000 }],
};
