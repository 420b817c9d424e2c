import type { Lesson, Question } from './lesson.ts';
import { pair } from './studies.ts';

const md = String.raw;

const whichWay: Question = {
  question: 'Which way will p go?',
  options: [
    { id: 'up', text: 'up', when: 'P(1, 1) > was(P(1, 1))' },
    { id: 'down', text: 'down', when: 'P(1, 1) < was(P(1, 1))' },
    { id: 'stays', text: 'it stays', when: 'P(1, 1) = was(P(1, 1))' },
  ],
};

/** What is said then is about this very step: the first one, from the numbers and settings of the stage. */
const stepped = [
  'k = was(k) and alpha = was(alpha) and beta = was(beta) and update = was(update) and sameRatings',
  'epoch = 0 and (P(1, 1) = was(P(1, 1)) or P(1, 1) = was(newP(1, 1, 1))) and position = 1',
].join(' and ');

export const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'downhill',
  number: 5,
  title: 'Downhill',
  idea: 'Every update pushes p and q a little way down the slope of one squared error.',
  steps: [
    {
      id: 'the-slope',
      text: [
        md`Take one rating $r$, one factor $p$ of its user and one $q$ of its item. With $e = r - p q$ the model pays`,
        md`$$ E = e^2 + \frac{\beta}{2} (p^2 + q^2) $$`,
        md`Move $p$ by a little: $e$ changes by $-q$ times as much, so $e^2$ by $2 e \cdot (-q)$, and the second part by $\beta p$. The slopes are`,
        md`$$ \frac{\partial E}{\partial p} = -2 e q + \beta p $$`,
        md`$$ \frac{\partial E}{\partial q} = -2 e p + \beta q $$`,
        md`**Downhill** is against the slope, and $\alpha$ says how far to go:`,
        md`$$ p \leftarrow p + \alpha (2 e q - \beta p) $$`,
        md`Here $r = \value{r(1, 1)}{0}$, $p = \value{was(P(1, 1))}{1}$, $q = \value{was(Q(1, 1))}{1}$, so $e = \value{was(e(1, 1))}{1}$; $\alpha = \value{alpha}{2}$ and $\beta = \value{beta}{2}$.`,
      ],
      stage: pair(['4 .', '. 3'], { alpha: 0.05, beta: 0.02 }, 1, 1),
      focus: { control: 'step-rating' },
      predict: whichWay,
      ask: 'Step one rating.',
      expect: stepped,
      why: [
        md`$p$ went from {was(P(1, 1)):3} to {was(newP(1, 1, 1)):3}, by $\alpha (2 e q - \beta p) = \value{was(alpha * pushP(1, 1, 1))}{3}$, and $q$ by its own slope from {was(Q(1, 1)):3} to {was(newQ(1, 1, 1)):3}.`,
        md`The prediction was too low and both are above 0, so a larger $p$ and a larger $q$ bring it up: $p q$ was {was(rhat(1, 1)):3} and is {was(newP(1, 1, 1)):3} · {was(newQ(1, 1, 1)):3} = {was(newP(1, 1, 1) * newQ(1, 1, 1)):3}.`,
      ],
      show: [{ do: 'step-rating', times: 1 }],
    },
    {
      id: 'a-negative-partner',
      text: [
        md`The same rating, $r = \value{r(1, 1)}{0}$, but $q = \value{was(Q(1, 1))}{1}$ is below 0. The prediction $p q = \value{was(rhat(1, 1))}{1}$ is too low again.`,
      ],
      stage: pair(['4 .', '. 3'], { alpha: 0.05, beta: 0.02 }, 1, -1),
      focus: { control: 'step-rating' },
      predict: whichWay,
      ask: 'Step one rating.',
      expect: stepped,
      why: md`$p$ went from {was(P(1, 1)):3} to {was(newP(1, 1, 1)):3}. The push is $2 e q$, and its sign is that of $q$: with a partner below 0 the way up leads through a smaller $p$. A factor has no good or bad end by itself; only products count.`,
      show: [{ do: 'step-rating', times: 1 }],
    },
    {
      id: 'the-pull-of-beta',
      text: [
        md`Now $p = \value{was(P(1, 1))}{1}$ and $q = \value{was(Q(1, 1))}{1}$ meet the rating exactly: $e = \value{was(e(1, 1))}{1}$. But $\beta = \value{beta}{1}$.`,
        md`In $2 e q - \beta p$ the first part is 0. What is left?`,
      ],
      stage: pair(['4 .', '. 3'], { alpha: 0.05, beta: 0.5 }, 2, 2),
      focus: { control: 'step-rating' },
      predict: whichWay,
      ask: 'Step one rating.',
      expect: stepped,
      why: md`$p$ went from {was(P(1, 1)):3} to {was(newP(1, 1, 1)):3}. $-\beta p$ pulls every number toward 0, whatever the error is. A large factor has to be earned by ratings, again and again. That is **regularization**.`,
      show: [{ do: 'step-rating', times: 1 }],
    },
  ],
};
