import { describe, expect, it } from 'vitest';
import { withRating } from '../worker/conversation.ts';
import { bench, studyFromText } from './harness.ts';

const NOTEBOOK = '5 3 . 1 / 4 . . 1 / 1 1 . 5 / 1 . . 4 / . 1 5 4 / 2 1 3 .';

describe('what is posted to the worker', () => {
  it('is the settings alone where they alone changed, the study where its ratings did', () => {
    const { store, actions, clock, sent } = bench(studyFromText(NOTEBOOK));
    actions.runTo(20);
    clock.pass(200);
    const before = sent.length;
    for (let step = 1; step <= 5; step += 1) actions.changeModel({ alpha: 0.01 + step / 1000 }, 'drag');
    actions.undo();
    actions.changeDataset(withRating(store.getState().study.dataset, 0, 2, 4), 'typed');
    const changes = sent.slice(before).filter(({ kind }) => kind !== 'leave-one-out');
    expect(changes.map(({ kind }) => kind)).toEqual([...Array.from({ length: 6 }, () => 'settings'), 'edit']);
    expect(changes[4]).toMatchObject({ kind: 'settings', model: { alpha: 0.015 }, wantState: true });
    for (const change of changes.slice(0, 6)) expect(change).not.toHaveProperty('study');
  });
});
