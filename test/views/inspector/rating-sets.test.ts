import { describe, expect, test } from 'vitest';
import { BUILTINS } from '../../../src/core/builtin.ts';
import type { Dataset } from '../../../src/core/dataset.ts';
import { setBlock, setScale } from '../../../src/core/edit.ts';
import { arrange } from '../../../src/core/edit-rows.ts';
import type { Study } from '../../../src/core/study.ts';
import { isEditOf, numberSets } from '../../../src/views/inspector/rating-sets.ts';
import { bench } from '../../store/harness.ts';

const studyOf = (id: string): Study => {
  const builtin = BUILTINS.find((candidate) => candidate.id === id);
  if (!builtin) throw new Error(id);
  return builtin.study();
};
const datasetOf = (id: string): Dataset => studyOf(id).dataset;

const sound = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (!result.ok) throw new Error('refused');
  return result.value;
};

describe('sets of ratings', () => {
  test('an edit is of the set that it edits, a file of the same name is not', () => {
    const before = datasetOf('notebook');
    const larger = sound(
      setBlock(before, { users: [6], items: [4] }, { values: [[3]], userNames: null, itemNames: null }),
    );
    const scaled = sound(setScale(before, { min: 0, max: 10, step: 1 }));
    for (const edited of [larger, scaled, arrange(before, 'users', [5, 4, 3, 2, 1, 0])]) {
      expect(isEditOf(edited, before)).toBe(true);
      expect(isEditOf(before, edited)).toBe(true);
    }
    const opened: Dataset = structuredClone(before);
    expect(isEditOf(opened, before)).toBe(false);
    // Two built-in sets share their scale.
    expect(isEditOf(datasetOf('classic'), before)).toBe(false);
  });

  test('are numbered as they come; edits keep the number, and so does the way back', () => {
    const app = bench(studyOf('notebook'), BUILTINS);
    const setOf = numberSets(app.store);
    const now = () => setOf(app.store.getState().study.dataset);
    expect(now()).toBe(0);
    app.actions.changeDataset(arrange(app.store.getState().study.dataset, 'users', [5, 4, 3, 2, 1, 0]), 'turned round');
    expect(now()).toBe(0);
    app.actions.loadBuiltin('planted');
    expect(now()).toBe(1);
    app.actions.undo();
    expect(now()).toBe(0);
    app.actions.undo();
    expect(now()).toBe(0);
    app.actions.openSession({ ...app.session(), study: structuredClone(studyOf('notebook')) }, 'notebook.json');
    expect(now()).toBe(2);
  });
});
