import type { Lesson } from './lesson.ts';
import { QUICK, SIX_VIEWERS } from './studies.ts';

const md = String.raw;

export const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'learning-rate',
  number: 9,
  title: 'Learning rate',
  idea: 'α is the length of a step: too short and nothing happens, too long and everything breaks.',
  steps: [
    {
      id: 'crawl',
      text: [
        md`Every push is multiplied by $\alpha$. At {alpha} two hundred epochs are plenty on this small matrix.`,
        md`Set $\alpha$, press *Run*, and look at the curve; *Reset* before the next try.`,
      ],
      stage: { study: SIX_VIEWERS, model: { ...QUICK, alpha: 0.03 }, runTo: 200 },
      focus: { control: 'alpha' },
      ask: 'Find an α so small that RMSE seen is still above 1 after 200 epochs.',
      expect: 'ran(epoch >= 200 and not diverged and rmseSeen > 1)',
      why: md`Too small an $\alpha$ goes the right way and does not get there. It looks like a model that cannot do better; it has only not been given the time.`,
    },
    {
      id: 'converge',
      text: [
        md`Here $\alpha = \value{alpha}{4}$, half the notebook's, which takes 5,000 epochs with its own.`,
        md`A run that begins with one $\alpha$ and ends with another proves nothing about either: *Reset* between two tries.`,
      ],
      stage: { study: SIX_VIEWERS, model: { ...QUICK, alpha: 0.0001 }, runTo: 200 },
      focus: { control: 'alpha' },
      ask: 'Find an α that brings RMSE seen below 0.1 in 200 epochs.',
      expect: 'ran(epoch >= 200 and not diverged and rmseSeen < 0.1)',
      why: md`RMSE seen reached {least(rmseSeen):3} in 200 epochs. The step is long enough to arrive and short enough to stay.`,
    },
    {
      id: 'diverge',
      text: [
        md`A step that is too long lands on the other side of the valley, higher up than it began. The next error is larger, so the next step is longer still.`,
      ],
      stage: { study: SIX_VIEWERS, model: { ...QUICK, alpha: 0.03 }, runTo: 200 },
      focus: { control: 'alpha' },
      ask: 'Find an α at which the run blows up.',
      expect: 'ran(diverged)',
      why: md`The numbers outgrew every bound within a few epochs. The run stopped and fell back to its last completed epoch; a smaller $\alpha$ is the cure.`,
    },
    {
      id: 'the-edge',
      text: [
        md`Between *arrives* and *blows up* lies an edge, and the order of visits shows it. When the ratings are shuffled in every epoch, each epoch ends with another one, which had the last word.`,
      ],
      stage: { study: SIX_VIEWERS, model: { ...QUICK, alpha: 0.03, order: 'shuffled' }, runTo: 200 },
      focus: { control: 'alpha' },
      ask: 'Set α to 0.07 with shuffled order, and train 200 epochs.',
      expect: "order = 'shuffled' and alpha >= 0.065 and trained >= 200 and not diverged",
      why: md`RMSE seen ends at {rmseSeen:3}, but look at the curve: it rose {rises:0} times on its way. At the edge the run survives and never settles. Half of that $\alpha$ costs little time and buys calm.`,
    },
  ],
};
