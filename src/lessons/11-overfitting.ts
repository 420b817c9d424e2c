import type { Lesson, Stage } from './lesson.ts';

const md = String.raw;

/** Planted with two factors and noise .5: eight factors have plenty of noise to learn by heart. */
const stage: Stage = {
  study: {
    planted: {
      name: 'Planted factors with noise, 40 × 30',
      m: 40,
      n: 30,
      k: 2,
      share: 0.5,
      noise: 0.5,
      perUnit: 10,
      largest: 1.58,
      seed: 7,
    },
  },
  model: { k: 8, alpha: 0.01, beta: 0.02, order: 'shuffled' },
  holdOut: { share: 20, seed: 42 },
  runTo: 300,
};

export const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'overfitting',
  number: 11,
  title: 'Overfitting and β',
  idea: 'A close fit is not yet a good model; β trades some of the one for the other.',
  steps: [
    {
      id: 'two-curves',
      text: [
        md`These ratings were made from two factors, with noise of about half a point on each. The model is given {k:0} factors: {numbers:0} numbers for {seen:0} ratings.`,
        md`{heldOut:0} more ratings are held out. Watch both curves.`,
      ],
      stage,
      focus: { control: 'loss' },
      predict: {
        question: 'Where will RMSE held out end?',
        options: [
          { id: 'lowest', text: 'at its lowest', when: 'rmseHeldOut <= lowestHeldOut + 0.02' },
          { id: 'above', text: 'above its lowest', when: 'rmseHeldOut > lowestHeldOut + 0.02' },
        ],
      },
      ask: 'Train 300 epochs.',
      expect: 'k = 8 and beta = was(beta) and trained >= 300',
      why: md`RMSE seen fell to {rmseSeen:3}, below the noise: that part is learned by heart. RMSE held out was {lowestHeldOut:3} at its lowest and is {rmseHeldOut:3} now. From there on training made the model better at what it saw and worse at what it did not. That is **overfitting**.`,
      show: [{ do: 'train', epochs: 300 }],
    },
    {
      id: 'raise-beta',
      text: [
        md`This step begins with a run of {epoch:0} epochs with $\beta = \value{beta}$: RMSE seen {rmseSeen:3}, RMSE held out {rmseHeldOut:3}.`,
        md`Every update pulls its factors toward 0, the harder the larger $\beta$ is. What only one rating asked for fades; what many ask for stays.`,
        md`RMSE held out has to come to {rmseHeldOut - 0.1:3} or less; with $\beta = \value{now(beta)}$ and {now(epoch):0} epochs it is {now(rmseHeldOut):3}. A run of fewer than {epoch:0} epochs does not count: it would be better because it stopped early, whatever $\beta$ is.`,
      ],
      stage: { ...stage, epoch: 300, runTo: 600 },
      focus: { control: 'beta' },
      ask: 'Find a larger β with which 100 epochs more bring RMSE held out down by at least 0.1.',
      expect:
        'k = was(k) and prediction = was(prediction) and beta > was(beta) and epoch >= 300 and trained >= 100 and rmseHeldOut <= was(rmseHeldOut) - 0.1',
      why: md`$\beta = \value{beta}$: RMSE held out {was(rmseHeldOut):3} became {rmseHeldOut:3}, though RMSE seen rose from {was(rmseSeen):3} to {rmseSeen:3}. A worse fit, and a better model.`,
      show: [
        { do: 'set', model: { beta: 0.3 } },
        { do: 'train', epochs: 100 },
      ],
    },
    {
      id: 'too-much',
      text: [md`If a little $\beta$ helps, how about a lot? The mean has an RMSE held out of {rmseMean:3}.`],
      stage,
      focus: { control: 'beta' },
      predict: {
        question: 'With β = 2, will the model still beat the mean?',
        options: [
          { id: 'yes', text: 'yes', when: 'rmseHeldOut < rmseMean' },
          { id: 'no', text: 'no', when: 'rmseHeldOut >= rmseMean' },
        ],
      },
      ask: 'Set β to 2 and train 300 epochs.',
      expect: 'beta >= 2 and trained >= 300',
      why: md`RMSE seen {rmseSeen:3}, held out {rmseHeldOut:3}, the mean {rmseMean:3}. Now the pull is stronger than the ratings, and predictions shrink toward 0. The best $\beta$ lies between, and only held-out ratings can find it.`,
      show: [
        { do: 'set', model: { beta: 2 } },
        { do: 'train', epochs: 300 },
      ],
    },
  ],
};
