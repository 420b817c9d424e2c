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
        md`Every push is multiplied by $\alpha$. Each dot of the strip is a whole run of 200 epochs with an $\alpha$ of its own; the lower the dot, the better that run ended. Beside it is the curve of the run under the marker.`,
        md`Drag the marker, or move it with the arrow keys: the run is made anew at every place.`,
      ],
      stage: { study: SIX_VIEWERS, model: { ...QUICK, alpha: 0.03 }, runTo: 200 },
      focus: { panel: 'strip' },
      ask: 'Drag α to where the run only crawls: RMSE seen still above 1 after 200 epochs. Let go there.',
      expect: 'ran(epoch >= 200 and not diverged and rmseSeen > 1)',
      why: md`Too small an $\alpha$ goes the right way and does not get there: the curve is still falling when the run ends. It looks like a model that cannot do better; it has only not been given the time.`,
      show: [{ do: 'strip', alpha: 0.0002 }],
    },
    {
      id: 'converge',
      text: [
        md`The marker begins at $\alpha = \value{alpha}{4}$. That is half of the notebook's, which takes 5,000 epochs with its own.`,
        md`Go to the right until the curve lies flat on the floor before it ends.`,
      ],
      stage: { study: SIX_VIEWERS, model: { ...QUICK, alpha: 0.0001 }, runTo: 200 },
      focus: { panel: 'strip' },
      ask: 'Drag α to where RMSE seen ends below 0.1.',
      expect: 'ran(epoch >= 200 and not diverged and rmseSeen < 0.1)',
      why: md`At $\alpha = \value{leastBy(rmseSeen, alpha)}{4}$ RMSE seen ends at {least(rmseSeen):3}. The step is long enough to arrive and short enough to stay, and the valley is wide: there is no need to hit one best $\alpha$.`,
      show: [{ do: 'strip', alpha: 0.02 }],
    },
    {
      id: 'diverge',
      text: [
        md`A step that is too long lands on the other side of the valley, higher up than it began. The next error is larger, so the next step is longer still.`,
        md`Where that happens the strip is hatched: such a run has no end to draw a dot for.`,
      ],
      stage: { study: SIX_VIEWERS, model: { ...QUICK, alpha: 0.03 }, runTo: 200 },
      focus: { panel: 'strip' },
      ask: 'Drag α to where the run blows up.',
      expect: 'ran(diverged)',
      why: md`The numbers outgrew every bound within a few epochs. Such a run stops and falls back to its last completed epoch; a smaller $\alpha$ is the cure. Other ratings and other settings have another edge.`,
      show: [{ do: 'strip', alpha: 0.14 }],
    },
    {
      id: 'the-edge',
      text: [
        md`Between *arrives* and *blows up* lies an edge, and the order of visits shows it. Here the ratings are shuffled in every epoch, so each epoch ends with another one, which has the last word.`,
        md`The strip has a fourth name now. Move through it slowly, and watch the curve.`,
      ],
      stage: { study: SIX_VIEWERS, model: { ...QUICK, alpha: 0.03, order: 'shuffled' }, runTo: 200 },
      focus: { panel: 'strip' },
      ask: 'Drag α to 0.07.',
      expect: "ran(order = 'shuffled' and alpha >= 0.068 and epoch >= 200 and not diverged)",
      why: md`The run survives and never settles: RMSE seen rose {leastBy(abs(alpha - 0.07), rises):0} times on its way to {leastBy(abs(alpha - 0.07), rmseSeen):3}. Half of that $\alpha$ costs little time and buys calm.`,
      show: [{ do: 'strip', alpha: 0.07 }],
    },
  ],
};
