import type { Lesson } from './lesson.ts';
import { QUICK, SIX_VIEWERS } from './studies.ts';

const md = String.raw;

/** Enough β that a number which nothing holds goes back to where the other ratings want it within some hundred epochs. */
const model = { ...QUICK, beta: 0.1 };

const withZero = {
  matrix: {
    name: 'Six viewers, four films, one 0',
    users: ['Ana', 'Bo', 'Chen', 'Dee', 'Eli', 'Fay'],
    items: ['Alien', 'Brazil', 'Clue', 'Dune'],
    scale: { min: 0, max: 5, step: 1 },
    rows: ['5 3 0 1', '4 . . 1', '1 1 . 5', '1 . . 4', '. 1 5 4', '2 1 3 .'],
  },
} as const;

export const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'gap-is-not-zero',
  number: 1,
  title: 'A gap is not a zero',
  idea: 'What nobody rated is unknown; a 0 is an answer.',
  steps: [
    {
      id: 'fill-a-gap',
      text: [
        md`{user(1)} never rated {item(3)}. In $R$ that cell is a **gap**: hatched, without a number.`,
        md`Training visits the {seen:0} ratings that are there, one by one, and passes over the gaps; once through them all is an **epoch**. It learns a row of $P$ for each viewer and a column of $Q$ᵀ for each film, so that their product $\rhat{u}{i}$ comes close to every rating.`,
      ],
      stage: { study: SIX_VIEWERS, model, runTo: 300, selected: [1, 3] },
      focus: { control: 'train' },
      ask: 'Train 300 epochs.',
      expect: 'gap(1, 3) and trained >= 300',
      why: md`The gap has a prediction now: $\rhat{1}{3} = \value{rhat(1, 3)}$. Nobody told the model this number. It is what {user(1)}'s other ratings, and everybody's ratings of {item(3)}, make of the factors.`,
      show: [{ do: 'train', epochs: 300 }],
    },
    {
      id: 'type-a-zero',
      text: [
        md`In many tables a 0 stands where nobody answered. To the model a 0 is an answer like any other, and a harsh one.`,
        md`After {epoch:0} epochs the gap has the prediction {rhat(1, 3)}.`,
      ],
      stage: { study: SIX_VIEWERS, model, epoch: 300, runTo: 600, selected: [1, 3] },
      focus: { cell: { matrix: 'R', user: 1, item: 3 } },
      predict: {
        question: 'Where will the prediction of that cell go?',
        options: [
          { id: 'down', text: 'toward 0', when: 'rhat(1, 3) < was(rhat(1, 3)) - 0.5' },
          { id: 'stays', text: 'it stays', when: 'abs(rhat(1, 3) - was(rhat(1, 3))) <= 0.5' },
          { id: 'up', text: 'up', when: 'rhat(1, 3) > was(rhat(1, 3)) + 0.5' },
        ],
      },
      ask: 'Type 0 into the cell of {user(1)} and {item(3)}, and train 300 epochs more.',
      expect: 'r(1, 3) = 0 and trained >= 300',
      why: md`$\rhat{1}{3}$ went from {was(rhat(1, 3))} to {rhat(1, 3)}: the model was told that {user(1)} gave 0, and it obeyed. {item(3)} itself suffers by it: for {user(2)}, who never said a word about that film, the model now says {rhat(2, 3)} instead of {was(rhat(2, 3))}.`,
      show: [
        { do: 'rate', user: 1, item: 3, value: 0 },
        { do: 'train', epochs: 300 },
      ],
    },
    {
      id: 'make-a-gap-again',
      text: [
        md`Here the 0 has been there from the start, and {epoch:0} epochs were trained with it. They ended at $\rhat{1}{3} = \value{rhat(1, 3)}$.`,
        md`Delete on a cell of $R$ makes it a gap. Training goes on with the {seen - 1:0} ratings that are left.`,
      ],
      stage: { study: withZero, model, epoch: 300, runTo: 800, selected: [1, 3] },
      focus: { cell: { matrix: 'R', user: 1, item: 3 } },
      ask: 'Delete the 0 and train 500 epochs more.',
      expect: 'gap(1, 3) and trained >= 500',
      why: md`The prediction rose from {was(rhat(1, 3))} to {rhat(1, 3)}. With the 0 gone nothing holds it down; the other ratings decide again, and move it a little in every epoch. A gap asks nothing of the model; a 0 asks for 0.`,
      show: [
        { do: 'rate', user: 1, item: 3, value: null },
        { do: 'train', epochs: 500 },
      ],
    },
    {
      id: 'zero-filled-svd',
      text: [
        md`The classical way to write $R$ as a product of thin matrices is the singular value decomposition. It needs every cell, so gaps are often filled with 0 first.`,
        md`For the selected cell, {now(user(u))} and {now(item(i))}, it then says {now(zeroFilled(u, i))}. The model that skips gaps says {now(rhat(u, i))}. Both use {k:0} factors.`,
      ],
      stage: { study: SIX_VIEWERS, model, epoch: 300, selected: [4, 2] },
      focus: { cell: { matrix: 'Rhat' } },
      ask: 'Select a gap where the two differ by more than 2 points.',
      expect: 'gap(u, i) and abs(rhat(u, i) - zeroFilled(u, i)) > 2',
      why: md`Here the zero-filled SVD says {zeroFilled(u, i)}, the model says {rhat(u, i)}. Of all products of this size the SVD is the closest, but to another matrix: one in which everybody hates what they never saw.`,
      show: [{ do: 'select', user: 1, item: 3 }],
    },
  ],
};
