import type { Lesson } from './lesson.ts';
import { QUICK, SIX_VIEWERS } from './studies.ts';

const md = String.raw;

export const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'two-thin-matrices',
  number: 3,
  title: 'Two thin matrices',
  idea: 'k says how many numbers describe each user and each item, and so how much the model can remember.',
  steps: [
    {
      id: 'fewer-than-ratings',
      text: [
        md`$P$ has a row of $k$ numbers for each of $m = \value{users}{0}$ users, $Q$ a row of $k$ for each of $n = \value{items}{0}$ items. Together that makes $k (m + n)$ numbers: {now(numbers):0} with $k = \value{now(k)}{0}$.`,
        md`$R$ has {seen:0} ratings to learn them from. A summary should be shorter than what it sums up.`,
      ],
      stage: { study: SIX_VIEWERS },
      focus: { control: 'k' },
      ask: 'Set k to the largest value that needs fewer numbers than there are ratings.',
      expect: 'numbers < seen and numbers + users + items >= seen',
      why: md`$k = \value{k}{0}$ makes {numbers:0} numbers for {seen:0} ratings; one factor more would make {numbers + users + items:0}. The notebook that this matrix is taken from uses three factors, {3 * (users + items):0} numbers.`,
      show: [
        { do: 'set', model: { k: 2 } },
        { do: 'set', model: { k: 1 } },
      ],
    },
    {
      id: 'a-larger-set',
      text: [
        md`Here are {users:0} viewers, {items:0} films and {seen:0} ratings. Each factor costs {users + items:0} numbers: {now(numbers):0} with $k = \value{now(k)}{0}$.`,
        md`Real sets have millions of users and items, and $k$ is some dozens or hundreds: thin matrices indeed.`,
      ],
      stage: { study: { builtin: 'taste' }, model: { k: 1 }, holdOut: [] },
      focus: { control: 'k' },
      ask: 'Set k to the largest value that needs fewer numbers than there are ratings.',
      expect: 'numbers < seen and numbers + users + items >= seen',
      why: md`$k = \value{k}{0}$: {numbers:0} numbers for {seen:0} ratings. The more ratings each user and item has, the more factors the data can pay for.`,
      show: [
        { do: 'set', model: { k: 2 } },
        { do: 'set', model: { k: 3 } },
      ],
    },
    {
      id: 'more-than-ratings',
      text: [
        md`Back to {seen:0} ratings, with $k = \value{k}{0}$ and so {numbers:0} numbers to fit them with.`,
        md`Saying the mean, {mean}, everywhere would leave an RMSE of {rmseOfMean}.`,
      ],
      stage: { study: SIX_VIEWERS, model: { ...QUICK, k: 3 }, runTo: 500 },
      focus: { control: 'train' },
      predict: {
        question: 'How close will the model come to the ratings it sees?',
        options: [
          { id: 'far', text: 'not much closer than the mean', when: 'rmseSeen >= 1' },
          { id: 'closer', text: 'some tenths of a point', when: 'rmseSeen >= 0.1 and rmseSeen < 1' },
          { id: 'nearly', text: 'nearly exact', when: 'rmseSeen < 0.1' },
        ],
      },
      ask: 'Train 500 epochs.',
      expect: 'k = 3 and trained >= 500',
      why: md`RMSE seen is {rmseSeen:4}. With more numbers than ratings a fit like that had to come, and so it proves nothing: about the gaps it says not a word. Lesson 10 asks them.`,
      show: [{ do: 'train', epochs: 500 }],
    },
  ],
};
