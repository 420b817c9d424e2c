import type { Lesson, Stage } from './lesson.ts';
import { SIX_VIEWERS } from './studies.ts';

const md = String.raw;

/** One factor: P is the constant everywhere, Q is 1, so every prediction is the constant. */
function constant(c: number): Stage {
  return {
    study: SIX_VIEWERS,
    model: { k: 1 },
    start: { P: [[c], [c], [c], [c], [c], [c]], Q: [[1], [1], [1], [1]] },
    selected: [1, 2],
  };
}

export const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'error-and-rmse',
  number: 2,
  title: 'Error and RMSE',
  idea: 'One number says how far off all predictions are.',
  steps: [
    {
      id: 'one-error',
      text: [
        md`The simplest model says the same number for every cell. Here it says {rhat(1, 1):0} everywhere.`,
        md`The **error** of a rating is the rating minus its prediction:`,
        md`$$ \e{u}{i} = \r{u}{i} - \rhat{u}{i} $$`,
        md`For the selected cell, {now(user(u))} and {now(item(i))}, $r$ is {now(r(u, i)):0}, $\rhat{u}{i}$ is {now(rhat(u, i)):0} and $e$ is {now(e(u, i)):0}. A gap has no $r$ and so no error: there is nothing to compare with.`,
      ],
      stage: constant(2),
      focus: { cell: { matrix: 'R' } },
      ask: 'Select a rating with the largest error, above or below 0.',
      expect: 'rated(u, i) and abs(e(u, i)) >= maxError - 0.000001',
      why: md`Off by {maxError:0}: no rating is further from its prediction. The sign of $e$ tells the direction: above 0 the prediction is too low, below 0 too high.`,
      show: [{ do: 'select-where', where: 'rated(u, i) and abs(e(u, i)) >= maxError - 0.000001' }],
    },
    {
      id: 'best-constant',
      text: [
        md`To judge all {seen:0} ratings at once, square each error, take the mean, and take the root:`,
        md`$$ \text{RMSE} = \sqrt{\frac{1}{N} \sum \e{u}{i}^2} $$`,
        md`The squares keep errors up and down from canceling; the root brings back the unit of a rating. RMSE is {now(rmseSeen):4} now.`,
      ],
      stage: constant(2),
      focus: { control: 'answer' },
      input: { label: 'The constant c', range: { low: 0, high: 5, step: 0.01 }, fills: 'P' },
      ask: 'Drag the constant to within 0.01 of where RMSE is smallest.',
      expect: 'trained = 0 and abs(rhat(1, 1) - mean) <= 0.01',
      why: [
        md`The best constant is the mean of the ratings, {mean:4}; RMSE is {rmseOfMean:4} there.`,
        md`That is no accident. The slope of $\sum (r - c)^2$ along $c$ is $-2 \sum (r - c)$, and it is 0 where $c$ is the mean. The RMSE that is left is the spread of the ratings themselves: what every model has to beat.`,
      ],
      show: [
        { do: 'type', value: 'mean + 1' },
        { do: 'type', value: 'mean' },
      ],
    },
    {
      id: 'far-off',
      text: [
        md`Beside RMSE stands **MAE**, the mean of $| e |$ without squares. With these ratings and the constant at {rhat(1, 1)}, RMSE is {rmseSeen:4} and MAE is {maeSeen:4}.`,
        md`One rating far away from all the others weighs differently in the two.`,
      ],
      stage: constant(2.6),
      focus: { cell: { matrix: 'R', user: 1, item: 1 } },
      predict: {
        question: 'One rating becomes 10. Which grows more, in proportion?',
        options: [
          { id: 'rmse', text: 'RMSE', when: 'rmseSeen / was(rmseSeen) > maeSeen / was(maeSeen)' },
          { id: 'mae', text: 'MAE', when: 'rmseSeen / was(rmseSeen) <= maeSeen / was(maeSeen)' },
        ],
      },
      ask: 'Type 10 over any rating.',
      expect: 'trained = 0 and maxError >= 7 and not sameRatings',
      why: md`RMSE is {rmseSeen / was(rmseSeen)} times what it was, MAE {maeSeen / was(maeSeen)} times. A square makes one error of 7 weigh as much as 49 errors of 1. What training makes small is built of squares, so a few odd ratings can pull hard.`,
      show: [{ do: 'rate', user: 1, item: 1, value: 10 }],
    },
  ],
};
