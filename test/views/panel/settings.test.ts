import { expect, test } from 'vitest';
import { findBuiltin } from '../../../src/core/builtin.ts';
import { ADAM_DEFAULTS } from '../../../src/core/model.ts';
import { notebookModel } from '../../../src/core/presets.ts';
import { countHeldOut } from '../../../src/core/ratings.ts';
import { largestK, learnedNumbers, summarize } from '../../../src/views/panel/settings.ts';

test('what k buys: k numbers for each user and item, and a bias each where there are biases', () => {
  expect(learnedNumbers(notebookModel, 6, 4)).toBe(30);
  expect(learnedNumbers({ ...notebookModel, prediction: 'factors+biases' }, 6, 4)).toBe(40);
  expect(learnedNumbers({ ...notebookModel, prediction: 'mean+factors+biases', k: 1 }, 6, 4)).toBe(20);
});

test('k is limited by itself and by how many numbers P and Q may hold', () => {
  expect(largestK(6, 4)).toBe(512);
  expect(largestK(300_000, 200_000)).toBe(100);
  expect(largestK(60_000_000, 1)).toBe(1);
});

test('the line that says what is set', () => {
  const plain = (text: string) => text.replaceAll('\u00a0', ' ');
  expect(plain(summarize(notebookModel, 2, false))).toBe(
    'P Qᵀ · SGD, sequential · row by row · start U(0, 1) · seed 42 · 2 held out',
  );
  expect(
    plain(
      summarize(
        {
          ...notebookModel,
          prediction: 'mean+factors+biases',
          optimizer: ADAM_DEFAULTS,
          order: 'shuffled',
          init: { kind: 'normal', mean: 0, std: 0.01 },
        },
        0,
        true,
      ),
    ),
  ).toBe(
    'μ + P Qᵀ + biases · Adam, batches of 16 · shuffled · start N(0, 0.01) · seed 42 · none held out · shown clipped',
  );
});

test('held-out ratings are counted', () => {
  const study = findBuiltin('taste')?.study();
  if (!study) throw new Error('no taste');
  expect(countHeldOut(study.dataset.ratings.heldOut)).toBe(13);
});
