import type { Lesson, Stage } from './lesson.ts';
import { QUICK, SIX_VIEWERS } from './studies.ts';

const md = String.raw;

/** As far as the notebook goes: 100 epochs with fifty times its α. */
const stage: Stage = { study: SIX_VIEWERS, model: { ...QUICK, k: 3 }, epoch: 100, selected: [1, 3] };

export const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'how-sure',
  number: 15,
  title: 'How sure',
  idea: 'Two questions are not to be mixed: would another start say the same, and would other data?',
  steps: [
    {
      id: 'other-starts',
      text: [
        md`This run has gone as far as the notebook's 5,000 epochs, in {epoch:0} epochs with a larger $\alpha$, and says {rhat(1, 3)} for {user(1)} and {item(3)}.`,
        md`**Other starts** trains the same study from other seeds: as far as this run, and then on until nothing moves.`,
      ],
      stage,
      focus: { panel: 'ensemble' },
      predict: {
        question: 'When all are trained until nothing moves, what is left of the spread?',
        options: [
          {
            id: 'little',
            text: 'less than a quarter',
            when: "spread('starts', 'end', 1, 3) < spread('starts', 'mark', 1, 3) / 4",
          },
          {
            id: 'most',
            text: 'a quarter or more',
            when: "spread('starts', 'end', 1, 3) >= spread('starts', 'mark', 1, 3) / 4",
          },
        ],
      },
      ask: 'Run other starts, with ten seeds or more.',
      expect: "sameRatings and models('starts') >= 10",
      why: md`At epoch {epoch:0} the starts say anything from {low('starts', 'mark', 1, 3)} to {high('starts', 'mark', 1, 3)}; trained to the end, from {low('starts', 'end', 1, 3)} to {high('starts', 'end', 1, 3)}. Most of that spread was **unfinished training**. It is no measure of what the ratings leave open.`,
      show: [{ do: 'other-starts', models: 20 }],
    },
    {
      id: 'one-rating-fewer',
      text: [
        md`**One rating fewer** asks the other question: train from the same start without each of the {seen:0} ratings in turn, as far as this run, and then on until nothing moves.`,
        md`What other starts said stands in the panel still.`,
      ],
      stage: 'keep',
      focus: { panel: 'ensemble' },
      predict: {
        question: 'And of this spread, what is left when nothing moves any more?',
        options: [
          {
            id: 'little',
            text: 'less than a quarter',
            when: "spread('fewer', 'end', 1, 3) < spread('fewer', 'mark', 1, 3) / 4",
          },
          {
            id: 'most',
            text: 'a quarter or more',
            when: "spread('fewer', 'end', 1, 3) >= spread('fewer', 'mark', 1, 3) / 4",
          },
        ],
      },
      ask: 'Run one rating fewer.',
      expect: "sameRatings and models('starts') >= 10 and models('fewer') >= seen - 1 and models('fewer') > 0",
      why: [
        md`Trained to the end, one rating fewer still says anything from {low('fewer', 'end', 1, 3)} to {high('fewer', 'end', 1, 3)}: a spread of {spread('fewer', 'end', 1, 3)}, where other starts are down to {spread('starts', 'end', 1, 3)}.`,
        md`So this is the spread that survives. No training cures it, only more ratings do: it says how sure the *data* are. The other said how finished the training was.`,
      ],
      show: [{ do: 'one-rating-fewer' }],
    },
  ],
};
