import { readFileSync } from 'node:fs';

/** A fixture of test/fixtures, as far as the page can be asked for it. */
interface NotebookFixture {
  readonly R: number[][];
  readonly K: number;
  readonly steps: number;
  readonly alpha: number;
  readonly beta: number;
  readonly P0: number[][];
  readonly Q0: number[][];
  readonly P: number[][];
  readonly Q: number[][];
  readonly snapshots: readonly { readonly step: number; readonly P: number[][]; readonly Q: number[][] }[];
  readonly lossPerStep: readonly { readonly step: number; readonly regLoss: number; readonly rmse: number }[];
}

/** The notebook's run: reference numbers that the page must meet bit for bit. */
export const notebook = JSON.parse(
  readFileSync(new URL('../fixtures/seed6x4_k3.json', import.meta.url), 'utf8'),
) as NotebookFixture;

/** What a test may put into a session file; whatever is wrong in it is what the test is about. */
export interface SessionDocument {
  format: string;
  version: number;
  dataset: {
    name: string;
    users: string[];
    items: string[];
    scale: { min: number; max: number; step: number };
    ratings: number[][];
    heldOut: number[][];
  };
  model: {
    k: number;
    prediction: string;
    optimizer: { kind: string; update: string };
    alpha: number;
    beta: number;
    order: string;
    init: { kind: string; low: number; high: number };
    seed: number;
  };
  state?: { epoch: number; position: number; P: number[][]; Q: number[][] };
  history: { epoch: number[]; rmseSeen: number[]; rmseHeldOut: number[]; objective: number[] };
  extensions: Record<string, unknown>;
}

/** Two viewers, three films; Ana's Brazil is held out, Bo's Brazil and Clue and Ana's Clue are gaps. */
export function smallSession(): SessionDocument {
  return {
    format: 'factorscope-session',
    version: 1,
    dataset: {
      name: 'Two viewers, three films',
      users: ['Ana', 'Bo'],
      items: ['Alien', 'Brazil', 'Clue'],
      scale: { min: 1, max: 5, step: 1 },
      ratings: [
        [0, 0, 5],
        [0, 1, 3],
        [1, 0, 4],
      ],
      heldOut: [[0, 1]],
    },
    model: {
      k: 3,
      prediction: 'factors',
      optimizer: { kind: 'sgd', update: 'sequential' },
      alpha: 0.01,
      beta: 0.02,
      order: 'row-major',
      init: { kind: 'uniform', low: 0, high: 1 },
      seed: 42,
    },
    history: { epoch: [], rmseSeen: [], rmseHeldOut: [], objective: [] },
    extensions: {},
  };
}

/** A session that starts at epoch 0 from the notebook's own P and Q. */
export function notebookSession(): SessionDocument {
  const { R, K, alpha, beta, P0, Q0 } = notebook;
  const small = smallSession();
  return {
    ...small,
    dataset: {
      ...small.dataset,
      name: 'The notebook',
      users: R.map((_, user) => `User ${user + 1}`),
      items: (R[0] ?? []).map((_, item) => `Item ${item + 1}`),
      ratings: R.flatMap((row, user) => row.flatMap((value, item) => (value > 0 ? [[user, item, value]] : []))),
      heldOut: [],
    },
    model: { ...small.model, k: K, alpha, beta },
    state: { epoch: 0, position: 0, P: P0, Q: Q0 },
  };
}

/** A session of `users` × `items` with every third cell rated 1 … 5. */
export function largeSession(
  users: number,
  items: number,
  model: Partial<SessionDocument['model']> = {},
): SessionDocument {
  const small = smallSession();
  const ratings: number[][] = [];
  for (let user = 0; user < users; user += 1) {
    for (let item = 0; item < items; item += 1) {
      if ((user * 7 + item * 5) % 3 === 0)
        ratings.push([user, item, 1 + ((user * 3 + item * 11 + ((user * item) % 7)) % 5)]);
    }
  }
  return {
    ...small,
    dataset: {
      ...small.dataset,
      name: `${users} by ${items}`,
      users: Array.from({ length: users }, (_, user) => `User ${user + 1}`),
      items: Array.from({ length: items }, (_, item) => `Item ${item + 1}`),
      ratings,
      heldOut: [],
    },
    model: { ...small.model, ...model },
  };
}
