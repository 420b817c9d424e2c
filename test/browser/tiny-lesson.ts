import type { Lesson } from '../../src/lessons/lesson.ts';

const stage = {
  study: {
    matrix: {
      name: 'Two by two',
      users: ['Ana', 'Bo'],
      items: ['Alien', 'Brazil'],
      scale: { min: 1, max: 5, step: 1 },
      rows: ['4 .', '. 3'],
    },
  },
  model: { k: 1, alpha: 0.1, beta: 0.1 },
  start: { P: [[1], [1]], Q: [[1.5], [1]] },
  runTo: 70,
} as const;

/** One step of each kind. */
export const TINY: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'tiny',
  number: 1,
  title: 'A tiny lesson',
  idea: 'Something.',
  steps: [
    {
      id: 'train',
      text: [
        'Ratings: {seen:0}; $\\rhat{1}{1} = \\value{rhat(1, 1)}$.',
        '$$ \\rhat{u}{i} = \\p{u}{1} \\q{i}{1} + \\sqrt{\\frac{1}{2}} $$',
      ],
      stage,
      focus: { control: 'train' },
      predict: {
        question: 'Where will it go?',
        options: [
          { id: 'up', text: 'upward', when: 'rhat(1, 1) > was(rhat(1, 1))' },
          { id: 'down', text: 'downward', when: 'rhat(1, 1) < was(rhat(1, 1))' },
        ],
      },
      ask: 'Train 20 epochs.',
      expect: 'trained >= 20',
      why: 'The epoch is {epoch:0}, and it was {was(epoch):0}.',
      show: [{ do: 'train', epochs: 20 }],
    },
    {
      id: 'go-on',
      text: 'Trained so far: {epoch:0}.',
      stage: 'keep',
      focus: { cell: { matrix: 'R', user: 1, item: 2 } },
      ask: 'Rate the gap of {user(1)} with 2.',
      expect: 'r(1, 2) = 2',
      why: 'It is {r(1, 2):0} now.',
      show: [{ do: 'rate', user: 1, item: 2, value: 2 }],
    },
    {
      id: 'give',
      text: 'The error of {user(1)} and {item(1)}?',
      stage,
      focus: { control: 'answer' },
      input: { label: 'e' },
      ask: 'Give e.',
      expect: 'abs(typed - was(e(1, 1))) <= 0.001',
      why: 'It is {was(e(1, 1)):1}.',
    },
    {
      id: 'fill',
      text: 'RMSE is {rmseSeen:3}.',
      stage,
      focus: { control: 'k' },
      input: { label: 'c', range: { low: 0, high: 5, step: 0.5 }, fills: 'P' },
      ask: 'Drag c to 3.',
      expect: 'rhat(2, 2) = 3 and epoch = 0',
      why: 'So every prediction of Brazil is 3.',
      footnote: 'And of Alien, 4.5.',
    },
  ],
};
