import type { Lesson } from './lesson.ts';

const md = String.raw;

const model = { k: 3, alpha: 0.01, beta: 0.1 };

export const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'hold-out',
  number: 10,
  title: 'Hold out',
  idea: 'Only ratings that training never saw can say how good predictions are.',
  steps: [
    {
      id: 'hide-two',
      text: [
        md`In a gap there is no truth to compare with. So make some: hide a rating from training and keep it for the test.`,
        md`A **held-out** rating keeps its number in $R$, behind a dotted frame. Select a rating and press H to hide it; H again brings it back. Without keys: *Hold out* in the menu of the cell, by right click or a long press.`,
      ],
      stage: { study: { builtin: 'taste' }, model, holdOut: [], runTo: 300 },
      focus: { cell: { matrix: 'R' } },
      ask: 'Hide two ratings of your choice, before any training.',
      expect: 'heldOut >= 2 and epoch = 0 and position = 0',
      why: md`Training sees {seen:0} ratings now. The {heldOut:0} that are hidden will be asked afterward.`,
      show: [
        { do: 'hold-out', user: 1, item: 2 },
        { do: 'hold-out', user: 9, item: 8 },
      ],
    },
    {
      id: 'beat-the-mean',
      text: [
        md`The least that a model has to do is to beat the mean. On the {heldOut:0} hidden ratings the mean of the others, {mean}, has an RMSE of {rmseMean:3}.`,
      ],
      stage: 'keep',
      focus: { control: 'train' },
      predict: {
        question: 'Will the model be closer than the mean?',
        options: [
          { id: 'yes', text: 'yes', when: 'rmseHeldOut < rmseMean' },
          { id: 'no', text: 'no', when: 'rmseHeldOut >= rmseMean' },
        ],
      },
      ask: 'Train 300 epochs.',
      expect: 'heldOut >= 2 and trained >= 300',
      why: md`RMSE held out is {rmseHeldOut:3}, that of the mean {rmseMean:3}; on the ratings it saw the model is off by {rmseSeen:3}. Quote the first of the three, and the second beside it. So few ratings are a weak test, though: hide others and it comes out differently.`,
      show: [{ do: 'train', epochs: 300 }],
    },
    {
      id: 'a-share',
      text: [
        md`A figure from a few ratings hangs on which they are. *Hold out %* hides a share of all ratings, drawn from the seed, so that nobody picks the easy ones.`,
      ],
      stage: { study: { builtin: 'taste' }, model, holdOut: [], runTo: 300 },
      focus: { control: 'hold-out' },
      ask: 'Hold out 15 % or more, then train 300 epochs from the start.',
      expect: 'heldOut >= 12 and trained >= 300 and ran(heldOut >= 12 and epoch >= 300)',
      why: md`Over {heldOut:0} hidden ratings RMSE is {rmseHeldOut:3}, give or take {seHeldOut:2}; the mean has {rmseMean:3}. More hidden ratings make the figure steadier, and leave fewer to learn from.`,
      show: [
        { do: 'hold-out-share', share: 15 },
        { do: 'train', epochs: 300 },
      ],
    },
  ],
};
