import type { ModelChanges, Stage, StudySource } from './lesson.ts';

/** The notebook's ratings, given to people and films, so that lessons can speak of them. */
export const SIX_VIEWERS: StudySource = {
  matrix: {
    name: 'Six viewers, four films',
    users: ['Ana', 'Bo', 'Chen', 'Dee', 'Eli', 'Fay'],
    items: ['Alien', 'Brazil', 'Clue', 'Dune'],
    scale: { min: 1, max: 5, step: 1 },
    rows: ['5 3 . 1', '4 . . 1', '1 1 . 5', '1 . . 4', '. 1 5 4', '2 1 3 .'],
  },
};

/** Fifty times the notebook's α: 100 epochs go as far as its 5,000. */
export const QUICK: ModelChanges = { k: 2, alpha: 0.01, beta: 0.02 };

/** Two users, two items, one factor: little enough to follow every number. */
export function pair(rows: readonly [string, string], model: ModelChanges, p: number, q: number): Stage {
  return {
    study: {
      matrix: {
        name: 'One rating at a time',
        users: ['Ana', 'Bo'],
        items: ['Alien', 'Brazil'],
        scale: { min: 1, max: 5, step: 1 },
        rows,
      },
    },
    model: { k: 1, ...model },
    start: { P: [[p], [1]], Q: [[q], [1]] },
  };
}
