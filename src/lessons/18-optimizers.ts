import type { Lesson } from './lesson.ts';
import { QUICK, SIX_VIEWERS } from './studies.ts';

const md = String.raw;

const ADAM = { kind: 'adam', batch: 16, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

export const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'optimizers',
  number: 18,
  title: 'Optimizers, and from 24 cells to 24 million',
  idea: 'An optimizer belongs to the objective that it descends.',
  steps: [
    {
      id: 'sgd',
      text: [
        md`**SGD** updates after every rating. What one pass of its updates descends is`,
        md`$$ \sum (e^2 + \frac{\beta}{2} (\Vert \vec{p}_u \Vert^2 + \Vert \vec{q}_i \Vert^2)) $$`,
        md`with the penalty counted once for every *rating*: the **objective**. Before training it is {first(objective):3}.`,
      ],
      stage: { study: SIX_VIEWERS, model: { ...QUICK, beta: 0.1 }, runTo: 1000 },
      focus: { control: 'train' },
      ask: 'Train 1,000 epochs with SGD.',
      expect: "optimizer = 'sgd' and trained >= 1000",
      why: md`The objective came down to {objective:3}. Only {seen * rmseSeen * rmseSeen:3} of it are squared errors, with RMSE seen {rmseSeen:3}; the rest is the penalty. Any optimizer that descends this same sum far enough ends near this number. One that descends another sum need not.`,
      show: [{ do: 'train', epochs: 1000 }],
    },
    {
      id: 'als',
      text: [
        md`**ALS**, alternating least squares, descends the same sum in another way. With $Q$ held, the best row of $P$ for each user is one solve away, as it was for the new user of lesson 17; then $P$ is held, and each item is solved for; and so on in turn. There is no $\alpha$.`,
        md`This step begins with SGD's run: objective {objective:3} after {epoch:0} epochs.`,
      ],
      stage: { study: SIX_VIEWERS, model: { ...QUICK, beta: 0.1 }, epoch: 1000, runTo: 100 },
      focus: { control: 'optimizer' },
      predict: {
        question: 'From the same start: where will the objective end with ALS?',
        options: [
          { id: 'lower', text: 'lower by more than 1 %', when: 'objective < 0.99 * was(objective)' },
          {
            id: 'alike',
            text: 'within 1 % of SGD’s',
            when: 'abs(objective - was(objective)) <= 0.01 * was(objective)',
          },
          { id: 'higher', text: 'higher by more than 1 %', when: 'objective > 1.01 * was(objective)' },
        ],
      },
      ask: 'Choose ALS, reset, and train 100 epochs.',
      expect: "optimizer = 'als' and epoch >= 100 and ran(optimizer = 'als' and epoch = now(epoch))",
      why: md`{objective:3} after {epoch:0} epochs; SGD had {was(objective):3} after {was(epoch):0}: {100 * abs(objective - was(objective)) / was(objective):2} % apart. Two ways down, one place. An epoch of ALS solves a small system for every row, which is more work than an epoch of SGD; it needs fewer of them.`,
      show: [{ do: 'set', model: { optimizer: { kind: 'als' } } }, { do: 'reset' }, { do: 'train', epochs: 100 }],
    },
    {
      id: 'adam',
      text: [
        md`**Adam** updates after a batch of ratings, and gives every number a step length of its own. What it descends is`,
        md`$$ \frac{1}{N} \sum \frac{1}{2} e^2 + \frac{\beta}{2} (\Vert P \Vert^2 + \Vert Q \Vert^2) $$`,
        md`with the penalty counted once for every *number*, beside the *mean* of the errors.`,
        md`This step begins where SGD's run ended: RMSE seen {rmseSeen:3}.`,
      ],
      stage: { study: SIX_VIEWERS, model: { ...QUICK, beta: 0.1 }, epoch: 1000, runTo: 1000 },
      focus: { control: 'optimizer' },
      predict: {
        question: 'Adam goes on from there with the same β. Where will RMSE seen end?',
        options: [
          { id: 'higher', text: 'more than twice as high', when: 'rmseSeen > 2 * was(rmseSeen)' },
          { id: 'alike', text: 'about there, or lower', when: 'rmseSeen <= 2 * was(rmseSeen)' },
        ],
      },
      ask: 'Choose Adam and train 1,000 epochs more.',
      expect: "optimizer = 'adam' and trained >= 1000",
      why: [
        md`RMSE seen {rmseSeen:3} instead of {was(rmseSeen):3}. Adam did not fail: beside a mean of errors the same $\beta$ weighs much more, so the lowest place of its objective is elsewhere, and it went there.`,
        md`Its objective is {objective:3}, SGD's was {was(objective):3}: never compare the two. Compare RMSE held out, each with a $\beta$ of its own.`,
      ],
      show: [
        { do: 'set', model: { optimizer: ADAM } },
        { do: 'train', epochs: 1000 },
      ],
    },
    {
      id: 'twenty-four-million',
      text: [
        md`{users:0} × {items:0} makes {users * items:0} cells. A streaming service with 6,000 users and 4,000 films has 24 million, nearly all of them gaps.`,
        md`The factors grow with the *sides* of $R$, not with its area; the work of an epoch grows with the ratings, not with the cells. That is why this scales.`,
      ],
      stage: { study: SIX_VIEWERS, model: QUICK },
      focus: { control: 'answer' },
      input: { label: 'Numbers in P and Q together' },
      ask: 'How many numbers do P and Q hold for 6,000 users and 4,000 films with k = 20?',
      expect: 'abs(typed - 20 * (6000 + 4000)) < 0.5',
      why: md`$k (m + n)$ = {20 * (6000 + 4000):0} numbers for 24 million cells: {6000 * 4000 / (20 * (6000 + 4000)):0} cells to a number.`,
      show: [{ do: 'type', value: '20 * (6000 + 4000)' }],
    },
  ],
};
