import type { Lesson } from './lesson.ts';
import { QUICK, SIX_VIEWERS } from './studies.ts';

const md = String.raw;

const model = { ...QUICK, alpha: 0.05 };

export const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'an-epoch',
  number: 7,
  title: 'An epoch',
  idea: 'Ratings share their factors, so an update that helps one can hurt another.',
  steps: [
    {
      id: 'one-rating',
      text: [
        md`An **epoch** visits every rating once, here row by row. The first is {user(1)}'s {r(1, 1):0} for {item(1)}.`,
        md`Its update writes one row of $P$ and one row of $Q$: those of {user(1)} and of {item(1)}.`,
      ],
      stage: { study: SIX_VIEWERS, model },
      focus: { control: 'step-rating' },
      predict: {
        question: 'How many of the predictions will change?',
        options: [
          { id: 'one', text: 'one', when: 'changedCells = 1' },
          { id: 'cross', text: 'those in its row and its column', when: 'changedCells = users + items - 1' },
          { id: 'all', text: 'all', when: 'changedCells = users * items' },
        ],
      },
      ask: 'Step one rating.',
      expect: 'position = 1 and epoch = 0',
      why: md`{changedCells:0} of the {users * items:0} predictions changed: every one that uses {user(1)}'s row or {item(1)}'s column. The error of that rating went from {was(e(1, 1))} to {e(1, 1)}.`,
    },
    {
      id: 'sixteen',
      text: [
        md`{seen:0} ratings make one epoch. Watch the outline go through $R$, and the cells of $\hat{R}$ in its row and column.`,
      ],
      stage: { study: SIX_VIEWERS, model },
      focus: { control: 'step-rating' },
      ask: 'Step one rating after the other until the epoch is complete.',
      expect: "epoch >= 1 and did('step-rating') + did('step-epoch') >= 1",
      why: md`One epoch, {seen:0} updates: RMSE seen went from {was(rmseSeen):3} to {rmseSeen:3}. *Step one epoch* does the same at one stroke.`,
    },
    {
      id: 'made-worse',
      text: [
        md`After this one epoch RMSE seen is {rmseSeen:3}; at the start it was {first(rmseSeen):3}. Yet not every single rating gained.`,
        md`The selected rating was off by {first(abs(e(u, i))):3} at the start and is off by {abs(e(u, i)):3} now.`,
      ],
      stage: { study: SIX_VIEWERS, model, epoch: 1 },
      focus: { cell: { matrix: 'R' } },
      ask: 'Select a rating that is farther off now than at the start.',
      expect: 'epoch = 1 and rated(u, i) and abs(e(u, i)) > first(abs(e(u, i)))',
      why: md`{user(u)} and {item(i)}: off by {first(abs(e(u, i))):3} before, by {abs(e(u, i)):3} now. Its own update helped it; updates of ratings that share its row or its column moved it away again. Over many epochs the pushes balance.`,
    },
  ],
};
