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
  id: 'cold-start',
  number: 17,
  title: 'Cold start',
  idea: 'A new user needs no new training: with Q fixed, a few ratings settle their row of P.',
  steps: [
    {
      id: 'three-ratings',
      text: [
        md`Somebody new comes in. There is no row of $P$ for them, so nothing to predict with: a **cold start**.`,
        md`But $Q$ knows the films. Hold it fixed, and the row $\vec{p}$ that makes the squared errors and the penalty smallest for their $n$ ratings is one solve away:`,
        md`$$ \vec{p} = (\sum \vec{q}_i \vec{q}_i^T + \frac{n \beta}{2} I)^{-1} \sum r_i \vec{q}_i $$`,
        md`Let the new user love space films, {item(1)} and {item(2)}, and hate jokes such as {item(8)}.`,
      ],
      stage,
      focus: { panel: 'fold-in' },
      ask: 'Rate these three for the new user, so that {item(3)}, not rated, comes out at 4 or more and {item(9)}, not rated, below 2.',
      expect: 'foldInRatings >= 3 and foldIn(3) >= 4 and foldInGap(3) and foldIn(9) < 2 and foldInGap(9)',
      why: md`After {foldInRatings:0} ratings {item(3)}, in space again, stands at {foldIn(3)}, and {item(9)}, another comedy, at {foldIn(9)}. Nothing was trained: $Q$ and all other users are what they were.`,
      show: [
        { do: 'new-user', item: 1, value: 5 },
        { do: 'new-user', item: 2, value: 5 },
        { do: 'new-user', item: 8, value: 1 },
      ],
    },
    {
      id: 'another-person',
      text: [
        md`The same $Q$, another person, who wants to laugh: {item(8)}, {item(9)} and {item(10)} are the comedies, {item(1)} is in space.`,
      ],
      stage,
      focus: { panel: 'fold-in' },
      ask: 'Rate three films for them until {item(9)}, not rated, comes out at 4 or more.',
      expect: 'foldInRatings >= 3 and foldIn(9) >= 4 and foldInGap(9)',
      why: md`{item(9)} stands at {foldIn(9)}, {item(3)} at {foldIn(3)}. The films carry what all others have taught them, and three ratings say which of it applies. How sure is that? As sure as three ratings can be.`,
      show: [
        { do: 'new-user', item: 8, value: 5 },
        { do: 'new-user', item: 10, value: 5 },
        { do: 'new-user', item: 1, value: 1 },
      ],
    },
  ],
};
