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
        md`*Similar* lists all others for the selected user, here {user(1)}: the most alike first, each with the cosine and the number of films that both rated.`,
      ],
      stage: { ...stage, selected: [1, 1] },
      focus: { panel: 'similar' },
      ask: 'Select the user nearest to {user(1)}: the name in the list, or a cell of the row.',
      expect: 'u = nearest(1)',
      why: md`{user(nearest(1))}: cosine {cosine(1, nearest(1))} with {user(1)}, and {shared(1, nearest(1)):0} shared films. Look at both numbers. A cosine from one shared film is an accident of the start more than a likeness.`,
      show: [{ do: 'select', user: 'nearest(1)', item: 1 }],
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
      why: md`{item(topGap(4))}, {rhat(4, topGap(4))}. What {user(4)} has rated already is left out, whatever the model says of it.`,
      show: [{ do: 'select', user: 4, item: 'topGap(4)' }],
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
      why: md`{user(6)}'s {r(6, strongest(6, topGap(6))):0} for {item(strongest(6, topGap(6)))} has weight {weight(6, topGap(6), strongest(6, topGap(6))):3} and so adds {weight(6, topGap(6), strongest(6, topGap(6))) * r(6, strongest(6, topGap(6)))} to the {rhat(6, topGap(6))} for {item(topGap(6))}. That is a reason one can tell a person: *because you gave this that*.`,
      show: [{ do: 'select', user: 6, item: 'strongest(6, topGap(6))' }],
    },
  ],
};
