import type { Action, Lesson, Stage } from './lesson.ts';

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

const withK = (k: number): readonly Action[] => [
  { do: 'set', model: { k } },
  { do: 'train', epochs: 300 },
];

// Three values by hand. Experiment will complete this lesson: a sweep over k, with folds, and the same rule read off its table.
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
      id: 'the-smallest-that-does',
      text: [
        md`Between the two lies the $k$ to choose. An RMSE over {heldOut:0} ratings is itself uncertain: give or take one **standard error**. Whatever lies that close to the best is as good, and the smallest $k$ of those wins: fewer numbers, fewer ways to go wrong.`,
        md`Runs of 300 epochs or more so far: {count(epoch >= 300):0}. The best has $k = \value{leastBy(rmseHeldOut, k)}{0}$ with RMSE held out {least(rmseHeldOut):3}, so up to {leastBy(rmseHeldOut, rmseHeldOut + seHeldOut):3} is as good.`,
      ],
      stage: { ...stage(1), epoch: 300 },
      focus: { control: 'k' },
      ask: 'Find the smallest k that is as good as the best: train it last, after the k just below it and a larger one, 300 epochs each.',
      expect:
        'epoch >= 300 and ran(epoch >= 300 and k > now(k)) and ran(epoch >= 300 and k = now(k) - 1) and rmseHeldOut <= leastBy(rmseHeldOut, rmseHeldOut + seHeldOut) and not ran(epoch >= 300 and k < now(k) and rmseHeldOut <= leastBy(rmseHeldOut, rmseHeldOut + seHeldOut))',
      why: md`$k = \value{k}{0}$ with RMSE held out {rmseHeldOut:3}. The lowest of your runs is {least(rmseHeldOut):3}, give or take {leastBy(rmseHeldOut, seHeldOut):3}, so anything up to {leastBy(rmseHeldOut, rmseHeldOut + seHeldOut):3} is as good, and one factor fewer is not. These ratings were made from three factors: held-out ratings could tell.`,
      show: [2, 5, 3].flatMap(withK),
    },
  ],
};
