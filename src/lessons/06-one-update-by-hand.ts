import type { Lesson, Stage } from './lesson.ts';
import { pair } from './studies.ts';

const md = String.raw;

function stage(update: 'sequential' | 'simultaneous'): Stage {
  return pair(['4 .', '. 3'], { alpha: 0.1, beta: 0.1, optimizer: { kind: 'sgd', update } }, 1, 1.5);
}

const given = md`Given are $r = \value{r(1, 1)}{0}$, $p = \value{was(P(1, 1))}{1}$, $q = \value{was(Q(1, 1))}{1}$, $\alpha = \value{alpha}{1}$, $\beta = \value{beta}{1}$.`;

export const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'one-update',
  number: 6,
  title: 'One update by hand',
  idea: 'An update is a few lines of arithmetic that a person can check.',
  steps: [
    {
      id: 'the-error',
      text: [given, md`First the error, taken once and used for everything that follows:`, md`$$ e = r - p q $$`],
      stage: stage('sequential'),
      focus: { control: 'answer' },
      input: { label: 'e' },
      ask: 'Give e, within 0.001.',
      expect: 'abs(typed - was(e(1, 1))) <= 0.001',
      why: md`$e = \value{r(1, 1)}{0} - \value{was(P(1, 1))}{1} \cdot \value{was(Q(1, 1))}{1} = \value{was(e(1, 1))}{3}$.`,
      show: [{ do: 'type', value: 'was(e(1, 1))' }],
    },
    {
      id: 'new-p',
      text: [
        given,
        md`The error is $e = \value{was(e(1, 1))}{1}$. Now the user's factor:`,
        md`$$ p \leftarrow p + \alpha (2 e q - \beta p) $$`,
      ],
      stage: stage('sequential'),
      focus: { control: 'answer' },
      input: { label: 'new p' },
      ask: 'Give the new p, within 0.001.',
      expect: 'abs(typed - was(newP(1, 1, 1))) <= 0.001',
      why: md`$2 e q - \beta p = \value{was(pushP(1, 1, 1))}{3}$; $\alpha$ times that, added to $p$, is {was(newP(1, 1, 1)):3}.`,
      show: [{ do: 'type', value: 'floor(1000 * was(newP(1, 1, 1)) + 0.5) / 1000' }],
    },
    {
      id: 'new-q-sequential',
      text: [
        given,
        md`Code like the notebook's writes $p$ first, and its next line reads the $p$ that was *just written*, {was(newP(1, 1, 1)):3}. The error stays the old one, {was(e(1, 1)):1}:`,
        md`$$ q \leftarrow q + \alpha (2 e p - \beta q) $$`,
        md`This is the **sequential** update.`,
      ],
      stage: stage('sequential'),
      focus: { control: 'answer' },
      input: { label: 'new q, sequential' },
      ask: 'Give the new q, within 0.001.',
      expect: "update = 'sequential' and abs(typed - was(newQ(1, 1, 1))) <= 0.001",
      why: md`$2 e p - \beta q = \value{was(pushQ(1, 1, 1))}{3}$ with the new $p$, so $q$ becomes {was(newQ(1, 1, 1)):3}.`,
      show: [{ do: 'type', value: 'floor(1000 * was(newQ(1, 1, 1)) + 0.5) / 1000' }],
    },
    {
      id: 'new-q-simultaneous',
      text: [
        given,
        md`A textbook takes both slopes at the same place: the line for $q$ reads the *old* $p$, {was(P(1, 1)):1}. The error is {was(e(1, 1)):1} again:`,
        md`$$ q \leftarrow q + \alpha (2 e p - \beta q) $$`,
        md`This is the **simultaneous** update.`,
      ],
      stage: stage('simultaneous'),
      focus: { control: 'answer' },
      input: { label: 'new q, simultaneous' },
      ask: 'Give the new q, within 0.001.',
      expect: "update = 'simultaneous' and abs(typed - was(newQ(1, 1, 1))) <= 0.001",
      why: md`$2 e p - \beta q = \value{was(pushQ(1, 1, 1))}{3}$ with the old $p$, so $q$ becomes {was(newQ(1, 1, 1)):3}. With a small $\alpha$ the two rules hardly differ; both go downhill.`,
      footnote: md`Libraries often write $p \leftarrow p + \gamma (e q - \lambda p)$, without the 2. That is the same rule with $\alpha = \gamma / 2$ and $\beta = 2 \lambda$, so here $\gamma = \value{2 * alpha}{1}$ and $\lambda = \value{beta / 2}{2}$.`,
      show: [{ do: 'type', value: 'floor(1000 * was(newQ(1, 1, 1)) + 0.5) / 1000' }],
    },
  ],
};
