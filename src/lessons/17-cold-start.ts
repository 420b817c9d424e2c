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
      ],
      stage,
      focus: { panel: 'fold-in' },
      ask: 'Rate three films for a new user who loves space films, {item(1)} and {item(2)} say, and no jokes such as {item(8)}, so that {item(3)} comes out at 4 or more and {item(9)} below 3.5.',
      expect: 'foldInRatings >= 3 and foldIn(3) >= 4 and foldIn(9) < 3.5',
      why: md`{foldInRatings:0} ratings, and {item(3)} stands at {foldIn(3)}, {item(9)} at {foldIn(9)}. Nothing was trained: $Q$ and all other users are what they were.`,
    },
    {
      id: 'another-person',
      text: [
        md`The same three or four ratings decide everything. Let the new user be somebody who wants to laugh: films {item(8)}, {item(9)} and {item(10)}.`,
      ],
      stage,
      focus: { panel: 'fold-in' },
      ask: 'Rate films for them until {item(9)}, itself not rated, comes out at 4 or more.',
      expect: 'foldInRatings >= 3 and foldIn(9) >= 4 and foldInGap(9)',
      why: md`{item(9)} stands at {foldIn(9)}, {item(3)} at {foldIn(3)}. The films carry what all others have taught them, and three ratings say which of it applies. How sure is that? As sure as three ratings can be.`,
    },
  ],
};
