import { expect, test } from 'vitest';
import type { Study } from '../../src/core/study.ts';
import { fixedSettings } from '../../src/views/experiment/fixed-settings.ts';
import { sixByFour } from '../browser/fake-handle.ts';

const study = sixByFour(true);
const als: Study = { ...study, model: { ...study.model, optimizer: { kind: 'als' } } };

test('what is fixed is what runs go by: of ALS no learning rate', () => {
  expect(fixedSettings({ study: als, axes: [{ setting: 'k', spacing: 'listed', values: [1, 2] }] })).not.toContain('α');
});

test('a sweep across optimizers says α, update, batch and order of those that have them, with Play on ALS too', () => {
  const text = fixedSettings({
    study: als,
    axes: [{ setting: 'optimizer', spacing: 'listed', values: ['sgd', 'adam', 'als'] }],
  }).replaceAll('\u00a0', ' ');
  expect(text).toBe(
    `k 2 · α ${study.model.alpha} · β ${study.model.beta} · P Qᵀ · sequential · batches of 16 · row by row · start U(0, 1)`,
  );
});
