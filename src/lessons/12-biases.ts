import type { Lesson } from './lesson.ts';

const md = String.raw;

export const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'biases',
  number: 12,
  title: 'Biases and μ',
  idea: 'Much of a rating is not taste: some people are generous, some things are good.',
  steps: [
    {
      id: 'switch-them-on',
      text: [
        md`Judges give points from −5 to 5, some generous, some harsh. After {was(epoch):0} epochs with factors alone RMSE held out is {was(rmseHeldOut):3}; the mean has {rmseMean:3}.`,
        md`A **bias** is one number for a user, $\bu{u}$, or an item, $\bi{i}$, that is added to every prediction of theirs:`,
        md`$$ \rhat{u}{i} = \vec{p}_u \cdot \vec{q}_i + \bu{u} + \bi{i} $$`,
        md`Biases need a run of their own, from the start: Reset goes back there and keeps the settings.`,
      ],
      stage: { study: { builtin: 'judges' }, model: { prediction: 'factors' }, epoch: 200, runTo: 200 },
      focus: { control: 'prediction' },
      ask: 'Choose a prediction with biases, reset, and train 200 epochs.',
      expect:
        "prediction != 'factors' and ran(prediction != 'factors' and epoch >= 200 and rmseHeldOut < rmseMean and rmseHeldOut < was(rmseHeldOut))",
      why: md`RMSE held out went from {was(rmseHeldOut):3} to {rmseHeldOut:3}. Without its factors this model would still have {rmseWithoutFactors:3}: {users + items:0} biases do nearly all of it, because here most of a rating *is* generosity and quality.`,
      footnote:
        'The line *biases only* of the chart, {rmseBiases:3}, is a cautious yardstick: it holds biases back that rest on few ratings, and here all of them do.',
      show: [{ do: 'set', model: { prediction: 'factors+biases' } }, { do: 'reset' }, { do: 'train', epochs: 200 }],
    },
    {
      id: 'the-generous-one',
      text: [
        md`Each judge's bias stands beside their row of $P$; each cake's under its column of $Q$ᵀ. For the selected cell, {now(user(u))} and {now(item(i))}, $\bu{u} = \value{now(bu(u))}$ and $\bi{i} = \value{now(bi(i))}$.`,
      ],
      stage: { study: { builtin: 'judges' }, model: { prediction: 'factors+biases' }, epoch: 200, selected: [2, 1] },
      focus: { cell: { matrix: 'P' } },
      ask: 'Select a cell of the most generous judge: the one with the highest bias.',
      expect: 'bu(u) >= largestBu',
      why: md`{user(u)} gives {bu(u)} points more than a judge whose bias is 0 would, whatever the cake. To compare tastes, compare what is left when that is taken away.`,
      show: [{ do: 'select-where', where: 'bu(u) >= largestBu' }],
    },
    {
      id: 'mu',
      text: [
        md`One number more: $\mu = \value{mean}$, the mean of all ratings that are seen. It is not learned; it only says where biases count from.`,
        md`$$ \rhat{u}{i} = \mu + \bu{u} + \bi{i} + \vec{p}_u \cdot \vec{q}_i $$`,
        md`This step begins with a run that has biases and no $\mu$: RMSE held out {rmseHeldOut:3}.`,
      ],
      stage: { study: { builtin: 'judges' }, model: { prediction: 'factors+biases' }, epoch: 200, runTo: 200 },
      focus: { control: 'prediction' },
      predict: {
        question: 'Will μ change RMSE held out by more than 0.2?',
        options: [
          { id: 'yes', text: 'yes', when: 'abs(rmseHeldOut - was(rmseHeldOut)) > 0.2' },
          { id: 'no', text: 'no', when: 'abs(rmseHeldOut - was(rmseHeldOut)) <= 0.2' },
        ],
      },
      ask: 'Choose the prediction with μ, reset, and train 200 epochs.',
      expect: "prediction = 'mean+factors+biases' and ran(prediction = 'mean+factors+biases' and epoch >= 200)",
      why: md`RMSE held out went from {was(rmseHeldOut):3} to {rmseHeldOut:3}. Here the mean is near 0, so there is little to gain. Where ratings lie around 3.5, $\mu$ saves every bias the same long way.`,
      show: [
        { do: 'set', model: { prediction: 'mean+factors+biases' } },
        { do: 'reset' },
        { do: 'train', epochs: 200 },
      ],
    },
  ],
};
