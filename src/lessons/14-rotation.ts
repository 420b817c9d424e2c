import type { Lesson } from './lesson.ts';
import { QUICK, SIX_VIEWERS } from './studies.ts';

const md = String.raw;

const stage = { study: SIX_VIEWERS, model: { ...QUICK, seed: 1 }, epoch: 300, selected: [5, 3] } as const;

export const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'rotation',
  number: 14,
  title: 'Rotation',
  idea: 'Factors are coordinates: what a single one means is up to how they are turned.',
  steps: [
    {
      id: 'turn-it',
      text: [
        md`It is tempting to read factor 1 as *comedy* and factor 2 as *space*. Before you do, turn them: the dial turns the two factors of every user and every item by the same angle. With $W$ for that turn,`,
        md`$$ P \to P W, Q \to Q W $$`,
        md`The panel shows what a turn would do; *Apply to the run* does it on the stage.`,
      ],
      stage,
      focus: { panel: 'rotation' },
      predict: {
        question: 'What will the dial change?',
        options: [
          { id: 'factors', text: 'P and Q, not R̂', when: 'P(1, 1) != was(P(1, 1)) and change <= 0.000000001' },
          { id: 'both', text: 'P, Q and R̂', when: 'change > 0.000000001' },
          { id: 'nothing', text: 'nothing', when: 'P(1, 1) = was(P(1, 1))' },
        ],
      },
      ask: 'Turn the dial by 45° or more, and apply it to the run.',
      expect: "did('rotate') >= 1 and trained = 0 and sameRatings and turned >= 0.7",
      why: md`$\p{1}{1}$ went from {was(P(1, 1)):3} to {P(1, 1):3}, and of {users * items:0} predictions {changedCells:0} changed. A turn there and back is none, $W W^T = I$, so $P W (Q W)^T = P W W^T Q^T = P Q^T$. RMSE and objective are the same too: training has no way to prefer one turn over another.`,
      // In three turns, so that an audience sees P and Q move and R̂ stand.
      show: [
        { do: 'rotate', factors: [1, 2], degrees: 15 },
        { do: 'rotate', factors: [1, 2], degrees: 15 },
        { do: 'rotate', factors: [1, 2], degrees: 15 },
      ],
    },
    {
      id: 'a-share-of-zero',
      text: [
        md`{user(5)} gave {item(3)} a {r(5, 3):0}. Factor 1 adds {was(share(5, 3, 1))} to the prediction {rhat(5, 3)}, factor 2 adds {was(share(5, 3, 2))}. Is factor 1 *the reason*?`,
      ],
      stage,
      focus: { panel: 'rotation' },
      ask: 'Turn the dial until the share of factor 1 is zero, within 0.05, and apply it to the run.',
      expect:
        "did('rotate') >= 1 and trained = 0 and sameRatings and change <= 0.000000001 and abs(share(5, 3, 1)) <= 0.05",
      why: [
        md`The share of factor 1 is {share(5, 3, 1)} now, it was {was(share(5, 3, 1))}, and the prediction is {rhat(5, 3)} as before. A share is arithmetic, never a reason.`,
        md`What does not turn can be trusted: predictions, distances and angles between users, and which ratings a prediction hangs on. What a single factor *means* cannot, unless something outside the model says so.`,
      ],
      show: [{ do: 'rotate-away', factors: [1, 2] }],
    },
  ],
};
