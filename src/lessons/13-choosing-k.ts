import type { Lesson, Stage, SweepOverK } from './lesson.ts';

const md = String.raw;

/** Planted with three factors, half of the cells rated, noise .5. After 300 epochs hardly anything moves, so longer runs compare too. */
function stage(k: number): Stage {
  return {
    study: {
      planted: {
        name: 'Planted factors with noise, 40 × 30',
        m: 40,
        n: 30,
        k: 3,
        share: 0.5,
        noise: 0.5,
        perUnit: 10,
        largest: 3,
        seed: 1,
      },
    },
    model: { k, alpha: 0.005, beta: 0.2, order: 'shuffled' },
    holdOut: { share: 20, seed: 2 },
    runTo: 300,
  };
}

/** Each rating is left out once, from two starts: about two seconds on one worker. */
const SWEEP: SweepOverK = { k: [1, 2, 3, 4, 5, 6, 7, 8], folds: 5, seeds: [1, 2], epochs: 300 };

export const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'choosing-k',
  number: 13,
  title: 'Choosing k',
  idea: 'Held-out ratings tell how many factors the ratings can bear.',
  steps: [
    {
      id: 'too-few',
      text: [
        md`These ratings were made from some factors; then chance moved each by about half a point, up or down: the **noise**. How many factors? Suppose that nobody told you.`,
        md`Begin with $k = \value{k}{0}$. Saying the mean of what is seen everywhere has an RMSE held out of {rmseMean:3}.`,
      ],
      stage: stage(1),
      focus: { control: 'train' },
      ask: 'Train 300 epochs with k = 1.',
      expect: 'k = 1 and trained >= 300',
      why: md`RMSE seen {rmseSeen:3}, held out {rmseHeldOut:3}. Both are far above the noise of 0.5: one factor cannot say what is in these ratings. That is **underfitting**.`,
      show: [{ do: 'train', epochs: 300 }],
    },
    {
      id: 'too-many',
      text: [md`Now $k = \value{k}{0}$: {numbers:0} numbers for {seen:0} ratings.`],
      stage: stage(8),
      focus: { control: 'train' },
      predict: {
        question: 'RMSE seen and held out: how will they lie?',
        options: [
          { id: 'together', text: 'close together', when: 'rmseHeldOut - rmseSeen <= 0.3' },
          { id: 'apart', text: 'far apart', when: 'rmseHeldOut - rmseSeen > 0.3' },
        ],
      },
      ask: 'Train 300 epochs with k = 8.',
      expect: 'k = 8 and trained >= 300',
      why: md`RMSE seen {rmseSeen:3}, below the noise; held out {rmseHeldOut:3}. What is learned beyond the noise is noise, of these ratings and no others: **overfitting**.`,
      show: [{ do: 'train', epochs: 300 }],
    },
    {
      id: 'all-of-them',
      text: [
        md`Between the two lies the $k$ to choose. But one run per $k$ is a matter of luck: of what is held out, and of where $P$ and $Q$ begin. So let every $k$ from 1 to 8 run many times.`,
        md`The ratings are dealt into 5 **folds**. Each fold is held out once, while the other four are trained on; and all of it from 2 random starts. What is held out of all folds together makes one RMSE.`,
      ],
      stage: stage(1),
      focus: { panel: 'sweep' },
      sweep: SWEEP,
      predict: {
        question: 'From k = 1 to k = 8, RMSE held out …',
        options: [
          { id: 'falls', text: 'falls all the way', when: 'sweepBest = 8' },
          { id: 'turns', text: 'falls, then rises', when: 'sweepBest > 1 and sweepBest < 8' },
          { id: 'rises', text: 'rises all the way', when: 'sweepBest = 1' },
        ],
      },
      ask: 'Press “Sweep k from 1 to 8”, and wait for all runs.',
      expect: 'swept',
      why: md`RMSE held out is {sweepRmse(1):3} at $k = 1$, {sweepRmse(sweepBest):3} at $k = \value{sweepBest}{0}$, {sweepRmse(8):3} at $k = 8$, while RMSE seen falls and falls. Too few factors on the left, learned noise on the right, and a valley between them.`,
      show: [{ do: 'sweep' }],
    },
    {
      id: 'the-smallest-that-does',
      text: [
        md`The lowest dot is $k = \value{sweepBest}{0}$ with {sweepRmse(sweepBest):3}. That figure is uncertain: the folds do not agree, and other folds would move it by about {sweepError(sweepBest):3}, its **standard error**. The band shows it for each $k$.`,
        md`So whatever lies on or below the **line**, at {sweepLimit:3}, is as good as the best, as far as these ratings can tell. The smallest $k$ of those is the one to choose: fewer numbers, fewer ways to go wrong.`,
        md`The stage has $k = \value{now(k)}{0}$ now, and its dot stands at {now(sweepRmse(k)):3}.`,
      ],
      stage: 'keep',
      focus: { control: 'k' },
      ask: 'Set Factors k to the smallest k that does not lie above the line.',
      expect: 'swept and k = sweepSmallest',
      why: md`$k = \value{k}{0}$: {sweepRmse(k):3} is at most {sweepLimit:3}, and {sweepRmse(k - 1):3} with one factor fewer is not. The lowest dot belongs to $k = \value{sweepBest}{0}$; the rule does not follow every whim of chance. These ratings were made from three factors: held-out ratings could tell.`,
      show: [{ do: 'set-k', k: 'sweepSmallest' }],
    },
  ],
};
