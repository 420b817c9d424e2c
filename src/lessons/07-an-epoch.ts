import type { Lesson } from './lesson.ts';
import { QUICK, SIX_VIEWERS } from './studies.ts';

const md = String.raw;

const model = { ...QUICK, alpha: 0.05 };

/** Off by more when the step began, after one epoch, than before anything was trained. */
const madeWorse = 'rated(u, i) and was(abs(e(u, i))) > first(abs(e(u, i)))';

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
        md`Its update writes the row of $P$ of {user(1)} and the column of $Q$ᵀ of {item(1)}, and no other number.`,
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
      why: md`That one step moved {users + items - 1:0} of the {users * items:0} predictions: every one that uses {user(1)}'s row or {item(1)}'s column. The error of that rating was {was(e(1, 1))} and is {e(1, 1)} now.`,
      show: [{ do: 'step-rating', times: 1 }],
    },
    {
      id: 'sixteen',
      text: [
        md`{seen:0} ratings make one epoch. Watch the outline go through $R$: each time, predictions of ratings that had their turn before move too.`,
      ],
      stage: { study: SIX_VIEWERS, model },
      focus: { control: 'step-rating' },
      ask: 'From the start, step one rating {seen:0} times: one whole epoch.',
      expect: "(epoch = 0 or did('step-rating') >= seen) and epoch = 1 and position = 0",
      why: md`One epoch, {seen:0} updates: RMSE seen was {was(rmseSeen):3} and is {rmseSeen:3} now. *Step one epoch* does the same at one stroke.`,
      show: [{ do: 'step-rating', times: 16 }],
    },
    {
      id: 'made-worse',
      text: [
        md`RMSE seen was {first(rmseSeen):3} at the start and {was(rmseSeen):3} after one epoch. Yet not every rating gained: high ratings pulled up their whole row and column, the low ones in it too.`,
        md`The selected rating, {now(user(u))}'s for {now(item(i))}, was off by {now(first(abs(e(u, i)))):3} at the start, and by {now(was(abs(e(u, i)))):3} after the epoch.`,
      ],
      stage: { study: SIX_VIEWERS, model, epoch: 1 },
      focus: { cell: { matrix: 'R' } },
      ask: 'Select a rating that was farther off after the epoch than at the start.',
      expect: madeWorse,
      why: md`Its own update helped such a rating; updates of others, in its row or its column, moved it away again. Over many epochs the pushes balance.`,
      show: [{ do: 'select-where', where: madeWorse }],
    },
  ],
};
