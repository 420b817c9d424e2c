import type { Lesson } from './lesson.ts';
import { QUICK, SIX_VIEWERS } from './studies.ts';

const md = String.raw;

const model = { ...QUICK, k: 3 };

export const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'random-starts',
  number: 8,
  title: 'Random starts',
  idea: 'Where factors begin decides whether they can ever become different.',
  steps: [
    {
      id: 'all-zero',
      text: [
        md`Where should $P$ and $Q$ begin? The plainest start: 0 everywhere.`,
        md`Remember the push on $p$: $2 e q - \beta p$.`,
      ],
      stage: { study: SIX_VIEWERS, model, start: 'zero', runTo: 100 },
      focus: { control: 'train' },
      predict: {
        question: 'What will the predictions be after 100 epochs?',
        options: [
          { id: 'zero', text: 'all 0', when: 'rank = 0' },
          { id: 'same', text: 'the same in every row', when: 'rank = 1' },
          { id: 'ratings', text: 'close to the ratings', when: 'rank > 1' },
        ],
      },
      ask: 'Train 100 epochs.',
      expect: 'rank = 0 and trained >= 100',
      why: md`Still 0, and RMSE seen still {rmseSeen:3}. The push on $p$ is $2 e \cdot 0 - \beta \cdot 0 = 0$, and that on $q$ too: nothing can ever move. No factor does any work, so the **rank** of $P Q$ᵀ is {rank:0}, and stays {rank:0}.`,
      show: [{ do: 'train', epochs: 100 }],
    },
    {
      id: 'all-alike',
      text: [
        md`Then another number: {P(1, 1)} everywhere. Now there is something to push with.`,
        md`The rank of $P Q$ᵀ is the number of factors that it takes to write it. With $k = \value{k}{0}$ it can be up to {k:0}.`,
      ],
      stage: { study: SIX_VIEWERS, model, start: { constant: 0.5 }, runTo: 300 },
      focus: { control: 'train' },
      predict: {
        question: 'Which rank will P Qᵀ have after 300 epochs?',
        options: [
          { id: 'one', text: '1', when: 'rank = 1' },
          { id: 'two', text: '2', when: 'rank = 2' },
          { id: 'three', text: '3', when: 'rank = 3' },
        ],
      },
      ask: 'Train 300 epochs.',
      expect: 'rank = 1 and trained >= 300',
      why: md`Rank {rank:0}, and RMSE seen {rmseSeen:3}. Factors 1, 2 and 3 began alike, so every update pushed them alike: {user(1)}'s are {P(1, 1):4}, {P(1, 2):4} and {P(1, 3):4}. Three copies of one factor can do what one can.`,
      show: [{ do: 'train', epochs: 300 }],
    },
    {
      id: 'by-chance',
      text: [
        md`Last, numbers drawn at random between 0 and 1, from seed {seed:0}. The same seed draws the same numbers every time, on every machine.`,
      ],
      stage: { study: SIX_VIEWERS, model, runTo: 300 },
      focus: { control: 'train' },
      ask: 'Train 300 epochs.',
      expect: 'rank = k and trained >= 300',
      why: md`Rank {rank:0}, RMSE seen {rmseSeen:3}. Each factor began somewhere else, so each found something else to do. That is the only reason for chance in the start.`,
      show: [{ do: 'train', epochs: 300 }],
    },
  ],
};
