import { describe, expect, it } from 'vitest';
import { valueNow } from '../../src/lessons/check.ts';
import { type Facts, happened, observe } from '../../src/lessons/facts.ts';
import { LESSONS } from '../../src/lessons/lessons.ts';
import { isDone, seenSince } from '../../src/store/lesson-done.ts';
import { openStep } from '../lessons/reader.ts';

/** A step after `epochs`, with a way to train on. */
function trained(epochs: number) {
  const [lesson] = LESSONS;
  if (!lesson) throw new Error('there is no lesson');
  const reader = openStep(lesson, 0);
  reader.act({ do: 'train', epochs });
  return reader;
}

const epoch = (facts: Facts) => valueNow('epoch', facts);

describe('what is said of a task that is done', () => {
  it('takes in the one answer that was under way when the run paused, and no second', () => {
    const reader = trained(300);
    const { events } = reader.facts;
    let done = isDone(reader.facts, true);
    // An answer comes by itself: no button was pressed.
    const answered = () => {
      reader.act({ do: 'train', epochs: 4 });
      return { ...reader.facts, events };
    };
    done = seenSince(done, answered());
    expect(epoch(done.facts)).toBe(304);
    done = seenSince(done, answered());
    expect([epoch(done.facts), done.over]).toEqual([304, true]);
  });

  it('stays as it was for a run that rested', () => {
    const reader = trained(300);
    const done = isDone(reader.facts, false);
    const { events } = reader.facts;
    reader.act({ do: 'train', epochs: 1 });
    expect(epoch(seenSince(done, { ...reader.facts, events }).facts)).toBe(300);
  });

  it('takes in a figure that comes late, while nothing else changes', () => {
    const { facts } = trained(300);
    const done = isDone(facts, false);
    const leaveOneOut = { rmse: 1.25, baselineMean: 1.5 };
    const { P } = facts.now.parameters;
    const later = observe(facts, {
      ...facts.now,
      parameters: { ...facts.now.parameters, P: P.slice() },
      leaveOneOut,
    });
    expect(seenSince(done, later).facts.now.leaveOneOut).toEqual(leaveOneOut);
  });

  it.each<[string, (facts: Facts) => Facts]>([
    ['a button is pressed', (facts) => happened(facts, 'reset')],
    ['a number is given', (facts) => ({ ...facts, typed: 3 })],
    ['another cell is selected', (facts) => observe(facts, { ...facts.now, selected: { user: 3, item: 1 } })],
    [
      'a factor is typed over',
      (facts) => {
        const P = facts.now.parameters.P.slice();
        P[0] = 9;
        return observe(facts, { ...facts.now, parameters: { ...facts.now.parameters, P } });
      },
    ],
    [
      'an ensemble begins anew',
      (facts) => observe(facts, { ...facts.now, panels: { ...facts.now.panels, oneFewer: [] } }),
    ],
  ])('is over when %s', (_what, change) => {
    const { facts } = trained(300);
    const changed = change(facts);
    const after = seenSince(isDone(facts, false), changed);
    expect([after.over, after.facts]).toEqual([true, facts]);
    // Nothing is taken in after that, even where all is as it was.
    expect(seenSince(after, facts).over).toBe(true);
  });
});
