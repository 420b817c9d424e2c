import type { Dataset, Scale } from './dataset.ts';
import type { ModelSettings } from './model.ts';
import { plantRatings } from './planted.ts';
import { DEFAULT_SEED, NOTEBOOK_EPOCHS, notebookModel } from './presets.ts';
import { type Rating, ratingsFrom } from './ratings.ts';
import { chooseHeldOut } from './split.ts';
import type { Study } from './study.ts';

/** A study that the app brings along. */
export interface Builtin {
  readonly id: string;
  readonly name: string;
  /** What it shows, in a sentence or two. */
  readonly description: string;
  /** The study, made anew: the same numbers every time. */
  study(): Study;
  /** How many epochs its story takes. */
  readonly runTo: number;
}

/** One row for each user: ratings between spaces, "." is a gap. "5 . 3" rates items 0 and 2. */
function ratingsFromRows(rows: readonly string[]): Rating[] {
  return rows.flatMap((row, user) =>
    row.split(' ').flatMap((cell, item) => (cell === '.' ? [] : [{ user, item, value: Number(cell) }])),
  );
}

interface Parts {
  readonly name: string;
  readonly users: readonly string[];
  readonly items: readonly string[];
  readonly scale: Scale;
  readonly ratings: readonly Rating[];
}

function datasetFrom({ name, users, items, scale, ratings }: Parts): Dataset {
  return {
    name,
    users,
    items,
    userKeys: users.map((_, user) => user),
    itemKeys: items.map((_, item) => item),
    userIds: null,
    itemIds: null,
    scale,
    ratings: ratingsFrom(ratings),
    holdOut: null,
    truth: null,
  };
}

const numbered = (word: string, count: number) => Array.from({ length: count }, (_, at) => `${word} ${at + 1}`);

const STARS: Scale = { min: 1, max: 5, step: 1 };

/** The matrix of the notebook, and its first five rows, which were published before it. 0 was "not rated" there. */
const NOTEBOOK_ROWS = ['5 3 . 1', '4 . . 1', '1 1 . 5', '1 . . 4', '. 1 5 4', '2 1 3 .'];

/**
 * Three groups of taste: the first four like the films of space, the next four those of love, the last four those that make one
 * laugh. Moon Vows is for the first two groups, Blue Kitchen for the last two; Dee laughs as well, Hana too.
 */
const TASTE_ROWS = [
  '5 5 . 4 1 . 1 . 2 1',
  '5 . 5 4 . 2 1 1 . 1',
  '4 5 5 . 1 1 . 2 1 .',
  '5 4 5 3 . 1 2 . 4 4',
  '1 . 2 4 5 5 4 2 . .',
  '. 1 1 4 5 . 4 . 2 1',
  '2 1 . 5 . 5 5 1 . 2',
  '1 . 1 . 5 4 5 4 4 .',
  '1 2 . 1 2 . 4 5 . 5',
  '. 1 1 . 2 1 . 5 5 4',
  '2 . 1 2 . 2 5 . 5 5',
  '1 1 . 1 1 . 3 4 4 .',
];

/** Points from −5 to 5: each is the judge's generosity plus the cake's quality, give or take one. */
const JUDGES_ROWS = [
  '5 3 5 . . 2 . . 1 4',
  '1 1 1 0 -3 -4 -1 . -3 0',
  '. 4 . 2 . 2 . 2 2 4',
  '0 . . . . . . . -3 .',
  '. 3 . . -1 . 1 . . 3',
  '5 3 . 2 . . . . . .',
  '0 -2 . -3 . -3 . . -3 .',
  '. . 3 . . 0 2 1 . .',
  '-1 . . . -5 . . . -4 -2',
  '0 -1 . -3 -5 . . . -3 .',
  '. 1 . -1 -2 . 1 0 0 .',
  '2 . . 1 -2 -1 . 2 0 1',
  '1 1 2 . -2 . . 0 -2 1',
  '-1 . -1 -2 . -4 . . . .',
];

const taste: Builtin = {
  id: 'taste',
  name: 'Twelve viewers, ten films',
  description: 'Three groups of taste and a few in between. People, films and ratings are invented.',
  runTo: 300,
  study: () => ({
    dataset: chooseHeldOut(
      datasetFrom({
        name: 'Twelve viewers, ten films',
        users: ['Ana', 'Bo', 'Chen', 'Dee', 'Eli', 'Fay', 'Gus', 'Hana', 'Ivo', 'Jun', 'Kim', 'Lou'],
        items: [
          'Star Harbor',
          'Red Orbit',
          'Long Signal',
          'Moon Vows',
          'June Letters',
          'Two Roses',
          'Blue Kitchen',
          'Wrong Goat',
          'Aunt Chaos',
          'Loud Picnic',
        ],
        scale: STARS,
        ratings: ratingsFromRows(TASTE_ROWS),
      }),
      15,
      DEFAULT_SEED,
    ),
    model: { ...notebookModel, k: 3, alpha: 0.01, beta: 0.1 },
    start: null,
  }),
};

const notebook: Builtin = {
  id: 'notebook',
  name: 'Notebook, 6 × 4',
  description: 'The matrix of the notebook with its own settings: 5,000 epochs, K = 3, α = 0.0002, β = 0.02.',
  runTo: NOTEBOOK_EPOCHS,
  study: () => ({
    dataset: datasetFrom({
      name: 'Notebook, 6 × 4',
      users: numbered('User', 6),
      items: numbered('Movie', 4),
      scale: STARS,
      ratings: ratingsFromRows(NOTEBOOK_ROWS),
    }),
    model: notebookModel,
    start: null,
  }),
};

const classic: Builtin = {
  id: 'classic',
  name: 'Classic, 5 × 4',
  description: 'The small matrix on which many have met matrix factorization first, with two factors.',
  runTo: NOTEBOOK_EPOCHS,
  study: () => ({
    dataset: datasetFrom({
      name: 'Classic, 5 × 4',
      users: numbered('User', 5),
      items: numbered('Movie', 4),
      scale: STARS,
      ratings: ratingsFromRows(NOTEBOOK_ROWS.slice(0, 5)),
    }),
    model: { ...notebookModel, k: 2 },
    start: null,
  }),
};

const judgesModel: ModelSettings = {
  ...notebookModel,
  k: 2,
  prediction: 'mean+factors+biases',
  alpha: 0.005,
  beta: 0.1,
  init: { kind: 'normal', mean: 0, std: 0.01 },
};

const judges: Builtin = {
  id: 'judges',
  name: 'Generous and harsh',
  description:
    'Judges who give points from −5 to 5, some generous, some harsh: biases matter here. Choose P Qᵀ under More settings to see factors alone do worse. Invented.',
  runTo: 200,
  study: () => ({
    dataset: chooseHeldOut(
      datasetFrom({
        name: 'Generous and harsh',
        users: [
          'Amos',
          'Bela',
          'Cleo',
          'Dora',
          'Emil',
          'Fynn',
          'Gita',
          'Hugo',
          'Ines',
          'Jona',
          'Kaya',
          'Luis',
          'Mina',
          'Nils',
        ],
        items: ['Almond', 'Berry', 'Cocoa', 'Date', 'Elder', 'Fig', 'Ginger', 'Hazel', 'Iced', 'Lemon'],
        scale: { min: -5, max: 5, step: 1 },
        ratings: ratingsFromRows(JUDGES_ROWS),
      }),
      20,
      DEFAULT_SEED,
    ),
    model: judgesModel,
    start: null,
  }),
};

/** What is planted: ratings up to 2 · 1.58² ≈ 5 in steps of 0.1, with 30 % of the cells rated. */
const PLANTED_PLAN = { m: 40, n: 30, k: 2, share: 0.3, noise: 0.1, perUnit: 10, largest: 1.58, seed: 7 };

const planted: Builtin = {
  id: 'planted',
  name: 'Planted factors, 40 × 30',
  description:
    'Made from two known factors with a little noise; 70 % are gaps. Show truth, under More settings, tells the error in the gaps.',
  runTo: 500,
  study: () => {
    const { m, n, k } = PLANTED_PLAN;
    const { truth, ratings } = plantRatings(PLANTED_PLAN);
    const dataset = datasetFrom({
      name: 'Planted factors, 40 × 30',
      users: numbered('User', m),
      items: numbered('Item', n),
      scale: { min: 0, max: 5, step: 0.1 },
      ratings,
    });
    return {
      dataset: chooseHeldOut({ ...dataset, truth }, 10, DEFAULT_SEED),
      model: { ...notebookModel, k, alpha: 0.01, beta: 0.02, order: 'shuffled' },
      start: null,
    };
  },
};

/** The studies that the app brings along, in the order of the picker. */
export const BUILTINS: readonly Builtin[] = [taste, notebook, classic, judges, planted];

/** The study that a first visit opens on: it tells its story without a click. */
export const FIRST_BUILTIN: Builtin = taste;

/** The built-in study of that id, or null. */
export function findBuiltin(id: string): Builtin | null {
  return BUILTINS.find((builtin) => builtin.id === id) ?? null;
}
