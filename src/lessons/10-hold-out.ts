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
        md`A **held-out** rating keeps its number in $R$, behind a dotted frame. H, or the menu of the cell, hides it and brings it back.`,
      ],
      stage: { study: { builtin: 'taste' }, model, holdOut: [], runTo: 300 },
      focus: { cell: { matrix: 'R' } },
      ask: 'Hide two ratings of your choice.',
      expect: 'heldOut = 2',
      why: md`Training sees {seen:0} ratings now. The two that are hidden will be asked afterward.`,
    },
    {
      id: 'beat-the-mean',
      text: [
        md`The least that a model has to do is to beat the mean. On the two hidden ratings the mean of the others, {mean}, has an RMSE of {rmseMean:3}.`,
      ],
      stage: {
        study: { builtin: 'taste' },
        model,
        holdOut: [
          [1, 2],
          [9, 8],
        ],
        runTo: 300,
      },
      focus: { control: 'train' },
      predict: {
        question: 'Will the model be closer than the mean?',
        options: [
          { id: 'yes', text: 'yes', when: 'rmseHeldOut < rmseMean' },
          { id: 'no', text: 'no', when: 'rmseHeldOut >= rmseMean' },
        ],
      },
      ask: 'Train 300 epochs.',
      expect: 'heldOut = 2 and trained >= 300',
      why: md`RMSE held out is {rmseHeldOut:3}, that of the mean {rmseMean:3}; on the ratings it saw the model is off by {rmseSeen:3}. Quote the first of the three, and the second beside it. Two ratings are few, though: hide two others and it comes out differently.`,
    },
    {
      id: 'a-share',
      text: [
        md`A figure from two ratings hangs on which two they are. *Hold out %* hides a share of all ratings, drawn from the seed, so that nobody picks the easy ones.`,
      ],
      stage: { study: { builtin: 'taste' }, model, holdOut: [], runTo: 300 },
      focus: { control: 'hold-out' },
      ask: 'Hold out 15 % or more, and train 300 epochs.',
      expect: 'heldOut >= 12 and trained >= 300',
      why: md`Over {heldOut:0} hidden ratings RMSE is {rmseHeldOut:3}, give or take {seHeldOut:2}; the mean has {rmseMean:3}. More hidden ratings make the figure steadier, and leave fewer to learn from.`,
    },
  ],
};
