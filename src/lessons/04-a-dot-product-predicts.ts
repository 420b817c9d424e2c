import type { Lesson } from './lesson.ts';
import { QUICK, SIX_VIEWERS } from './studies.ts';

const md = String.raw;

const trained = { study: SIX_VIEWERS, model: { ...QUICK, k: 3 }, epoch: 300 } as const;

export const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'dot-product',
  number: 4,
  title: 'A dot product predicts a rating',
  idea: 'A prediction is a row of P times a column of Qᵀ: a few products, added up.',
  steps: [
    {
      id: 'read-it',
      text: [
        md`Nobody asked {user(2)} about {item(3)}. But {user(2)} has {k:0} numbers in $P$, and {item(3)} has {k:0} in $Q$ᵀ. Multiply them pair by pair and add up:`,
        md`$$ \rhat{u}{i} = \p{u}{1} \q{i}{1} + \p{u}{2} \q{i}{2} + \p{u}{3} \q{i}{3} $$`,
        md`Touch a symbol and its cell lights up; touch a cell and its symbol does.`,
      ],
      stage: { ...trained, selected: [1, 1] },
      focus: { cell: { matrix: 'Rhat', user: 2, item: 3 } },
      ask: 'Select the prediction of {user(2)} and {item(3)}.',
      expect: 'u = 2 and i = 3',
      why: md`$\value{P(2, 1)}{3} \cdot \value{Q(3, 1)}{3}$ $+$ $\value{P(2, 2)}{3} \cdot \value{Q(3, 2)}{3}$ $+$ $(\value{P(2, 3)}{3}) \cdot \value{Q(3, 3)}{3}$ $= \value{rhat(2, 3)}$. That is all a prediction is.`,
      show: [{ do: 'select', user: 2, item: 3 }],
    },
    {
      id: 'one-entry',
      text: [
        md`What if an entry of $P$ or $Q$ were another number? Each can be typed over: click it and type, or double-click it; Enter keeps the number.`,
        md`$\p{2}{1}$, the first number of {user(2)}, was trained to {P(2, 1)}.`,
      ],
      stage: { ...trained, selected: [2, 3] },
      focus: { cell: { matrix: 'P', user: 2, factor: 1 } },
      predict: {
        question: 'How much of R̂ will change?',
        options: [
          { id: 'cell', text: 'one cell', when: 'changedCells = 1' },
          { id: 'row', text: 'the whole row', when: 'changedRows = 1 and changedCells > 1' },
          { id: 'everything', text: 'everything', when: 'changedRows > 1' },
        ],
      },
      ask: 'Without training, type another number over the first entry of {user(2)} in P.',
      expect: 'trained = 0 and sameRatings and P(2, 1) != was(P(2, 1)) and changedRows = 1',
      why: md`{changedCells:0} cells changed, all of them {user(2)}'s: $\p{2}{1}$ is part of every prediction in that row. An entry of $Q$ would have moved a column.`,
      show: [{ do: 'factor', matrix: 'P', row: 2, factor: 1, value: 0 }],
    },
    {
      id: 'make-it-four',
      text: [
        md`Suppose you know that {user(2)} would give {item(3)} a 4. Training ended at a prediction of {rhat(2, 3)}.`,
        md`You may write to the row of {user(2)} in $P$, not to $R$. To move $\rhat{2}{3}$ by $d$ through one factor, $\p{2}{k}$ has to move by $d$ divided by $\q{3}{k}$.`,
      ],
      stage: { ...trained, selected: [2, 3] },
      focus: { cell: { matrix: 'P', user: 2 } },
      ask: 'Without training, edit the row of {user(2)} in P until the prediction reads 4, within 0.05.',
      expect: 'trained = 0 and sameRatings and abs(rhat(2, 3) - 4) <= 0.05 and changedRows = 1',
      why: md`$\rhat{2}{3} = \value{rhat(2, 3)}$. The price: the whole row moved. {user(2)} gave {item(1)} a {r(2, 1):0}, and that prediction went from {was(rhat(2, 1))} to {rhat(2, 1)}; {item(4)}, a {r(2, 4):0}, from {was(rhat(2, 4))} to {rhat(2, 4)}. Training looks for numbers that serve the whole row at once.`,
      show: [{ do: 'factor', matrix: 'P', row: 2, factor: 2, value: 'P(2, 2) + (4 - rhat(2, 3)) / Q(3, 2)' }],
    },
  ],
};
