import type { Lesson, Stage } from './lesson.ts';

const md = String.raw;

const stage: Stage = {
  study: { builtin: 'taste' },
  model: { k: 3, alpha: 0.01, beta: 0.1 },
  holdOut: [],
  epoch: 300,
};

export const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'alike-and-recommended',
  number: 16,
  title: 'Alike users, and a recommendation with its reasons',
  idea: 'Users with like rows of P are predicted alike, and a prediction hangs on the user’s own ratings.',
  steps: [
    {
      id: 'the-nearest',
      text: [
        md`Two users are alike when their rows of $P$ point the same way, seen from the mean user. The **cosine** says how much: 1 the same way, 0 across, −1 the opposite way.`,
        md`*Similar* sorts all others by their likeness to the selected user. Between {user(1)} and {user(u)} it is {cosine(1, u)}, from {shared(1, u):0} films that both rated.`,
      ],
      stage: { ...stage, selected: [2, 1] },
      focus: { panel: 'similar' },
      ask: 'Select a cell of the user nearest to {user(1)}.',
      expect: 'u = nearest(1)',
      why: md`{user(u)}: cosine {cosine(1, u)}, with {shared(1, u):0} shared films. Look at both numbers. A cosine from one shared film is an accident of the start more than a likeness.`,
    },
    {
      id: 'the-top-gap',
      text: [
        md`To recommend is to sort the gaps of one user by $\rhat{u}{i}$ and to take the first. {user(4)} likes space films, and laughs as well.`,
      ],
      stage: { ...stage, selected: [4, 1] },
      focus: { panel: 'recommend' },
      ask: 'Select the gap of {user(4)} with the highest prediction.',
      expect: 'u = 4 and gap(u, i) and i = topGap(4)',
      why: md`{item(i)}, {rhat(u, i)}. What {user(4)} has rated already is left out, whatever the model says of it.`,
    },
    {
      id: 'the-reason',
      text: [
        md`Why {item(topGap(6))} for {user(6)}? With $Q$ held, the best row of $P$ for a user follows from that user's own ratings, so the prediction is a weighted sum of them:`,
        md`$$ \rhat{u}{i} = \sum_j w_j r_{uj} $$`,
        md`These weights survive every rotation, which shares of factors do not.`,
      ],
      stage: { ...stage, selected: [6, 1] },
      focus: { panel: 'recommend' },
      ask: 'In R, select the rating of {user(6)} that adds most to that prediction.',
      expect: 'u = 6 and i = strongest(6, topGap(6))',
      why: md`{user(6)}'s {r(u, i):0} for {item(i)} has weight {weight(6, topGap(6), i)} and so adds {weight(6, topGap(6), i) * r(u, i)} to the {rhat(6, topGap(6))} for {item(topGap(6))}. That is a reason one can tell a person: *because you gave this that*.`,
    },
  ],
};
