import { describe, expect, it } from 'vitest';
import { met, valueNow } from '../../src/lessons/check.ts';
import { happened, observe, ranBeside, stageSet } from '../../src/lessons/facts.ts';
import type { Lesson, Step } from '../../src/lessons/lesson.ts';
import { SIX_VIEWERS } from '../../src/lessons/studies.ts';
import { openStep } from './reader.ts';

const step: Step = {
  id: 'one',
  text: '',
  stage: { study: SIX_VIEWERS, model: { k: 2, alpha: 0.01 }, epoch: 100 },
  focus: { control: 'train' },
  ask: 'Train 50 epochs.',
  expect: 'trained >= 50',
  why: '',
};
const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'a-lesson',
  number: 0,
  title: 'A lesson',
  idea: 'An idea.',
  steps: [step, { ...step, id: 'two', stage: 'keep', expect: 'trained >= 50 and epoch > was(epoch)' }],
};

const number = (reader: ReturnType<typeof openStep>, formula: string) => valueNow(formula, reader.facts);

describe('what is remembered', () => {
  it('counts epochs since the last change of a rating or setting, in this step', () => {
    const reader = openStep(lesson, 0);
    expect(number(reader, 'trained')).toBe(0);
    expect(number(reader, 'epoch')).toBe(100);
    reader.act({ do: 'train', epochs: 70 });
    expect(number(reader, 'trained')).toBe(70);
    reader.act({ do: 'select', user: 2, item: 2 });
    expect(number(reader, 'trained')).toBe(70);
    reader.act({ do: 'rate', user: 1, item: 3, value: 2 });
    expect(number(reader, 'trained')).toBe(0);
    reader.act({ do: 'train', epochs: 5 });
    reader.act({ do: 'set', model: { beta: 0.5 } });
    expect(number(reader, 'trained')).toBe(0);
    reader.act({ do: 'train', epochs: 5 });
    reader.act({ do: 'reset' });
    expect(number(reader, 'trained')).toBe(0);
    reader.act({ do: 'train', epochs: 7 });
    expect(number(reader, 'trained')).toBe(7);
    reader.act({ do: 'set', model: { k: 3 } });
    reader.act({ do: 'train', epochs: 9 });
    expect(number(reader, 'trained')).toBe(9);
  });

  it('keeps what was: when the step began, and when the stage was set', () => {
    const reader = openStep(lesson, 0);
    const began = number(reader, 'rmseSeen');
    reader.act({ do: 'train', epochs: 50 });
    expect(number(reader, 'was(rmseSeen)')).toBe(began);
    expect(number(reader, 'first(epoch)')).toBe(0);
    expect(Number(number(reader, 'first(rmseSeen)'))).toBeGreaterThan(Number(began));
  });

  it('keeps each run as far as it got with one setting', () => {
    const reader = openStep(lesson, 0);
    const runs = () => reader.facts.runs.map((run) => [run.study.model.k, run.study.model.alpha, run.epoch]);
    expect(runs()).toEqual([[2, 0.01, 100]]);
    reader.act({ do: 'train', epochs: 50 });
    expect(runs()).toEqual([[2, 0.01, 150]]);
    // Changed on its way it is a run of neither setting, and stays where it was changed.
    reader.act({ do: 'set', model: { alpha: 0.02 } });
    reader.act({ do: 'train', epochs: 50 });
    reader.act({ do: 'set', model: { alpha: 0.01 } });
    reader.act({ do: 'train', epochs: 50 });
    expect(runs()).toEqual([[2, 0.01, 150]]);
    expect(reader.facts.whole).toBe(false);
    reader.act({ do: 'set', model: { alpha: 0.02 } });
    reader.act({ do: 'reset' });
    expect(runs()).toEqual([
      [2, 0.01, 150],
      [2, 0.02, 0],
    ]);
    // A run that never left its start says nothing.
    reader.act({ do: 'set', model: { k: 4 } });
    reader.act({ do: 'set', model: { k: 3 } });
    reader.act({ do: 'train', epochs: 60 });
    expect(runs()).toEqual([
      [2, 0.01, 150],
      [3, 0.02, 60],
    ]);
    expect(number(reader, 'count(epoch >= 60)')).toBe(2);
    expect(number(reader, 'leastBy(epoch, k)')).toBe(3);
    expect(met('ran(epoch > 60 and k < now(k))', reader.facts)).toBe(true);
    reader.goOn();
    expect(runs()).toHaveLength(2);
  });

  it('keeps a run that blew up, and the next one beside it', () => {
    const reader = openStep(lesson, 0);
    reader.act({ do: 'reset' });
    reader.act({ do: 'set', model: { alpha: 0.2 } });
    reader.act({ do: 'train', epochs: 100 });
    expect(met('diverged and ran(diverged) and epoch < 100', reader.facts)).toBe(true);
    reader.act({ do: 'set', model: { alpha: 0.01 } });
    reader.act({ do: 'reset' });
    reader.act({ do: 'train', epochs: 20 });
    expect(met('not diverged and ran(diverged) and ran(epoch = 20)', reader.facts)).toBe(true);
    expect(met('ran(diverged and epoch = 20)', reader.facts)).toBe(false);
  });

  it('knows runs that were made beside the stage', () => {
    const reader = openStep(lesson, 0);
    const { now } = reader.facts;
    const model = { ...now.study.model, alpha: 0.5 };
    const facts = ranBeside(reader.facts, { ...now, study: { ...now.study, model }, epoch: 200, diverged: true });
    expect(met('ran(alpha = 0.5 and diverged) and not diverged', facts)).toBe(true);
    expect(facts.runs.at(-1)).toBe(now);
    // The run of the stage goes on as if nothing had been.
    const later = observe(facts, { ...now, epoch: 101 });
    expect(later.runs.map(({ epoch }) => epoch)).toEqual([200, 101]);
  });

  it('takes the past under the playhead for nothing trained', () => {
    const { facts } = openStep(lesson, 0);
    const later = observe(facts, { ...facts.now, epoch: 140 });
    const past = observe(later, { ...later.now, epoch: 30, past: true });
    expect(met('playhead = 30 and trained = 40', past)).toBe(true);
    const back = observe(past, { ...later.now, past: false });
    expect(valueNow('trained', back)).toBe(40);
    expect(valueNow('playhead', back)).toBeNull();
    expect(back.runs.map(({ epoch }) => epoch)).toEqual([140]);
  });

  it('counts what was done, and forgets it with the step', () => {
    const reader = openStep(lesson, 0);
    reader.act({ do: 'step-rating', times: 3 });
    reader.act({ do: 'type', value: 4 });
    reader.act({ do: 'choose', option: 'x' });
    expect(met("did('step-rating') = 3 and did('reset') = 0 and typed = 4 and chosen = 'x'", reader.facts)).toBe(true);
    reader.goOn();
    expect(met("did('step-rating') = 0", reader.facts)).toBe(true);
    expect(valueNow('typed', reader.facts)).toBeNull();
    expect(valueNow('chosen', reader.facts)).toBeNull();
    expect(happened(stageSet(reader.facts.now), 'undo').events).toEqual({ undo: 1 });
  });
});

describe('a step that keeps the stage', () => {
  it('is not done by what the step before did', () => {
    const reader = openStep(lesson, 0);
    reader.act({ do: 'train', epochs: 50 });
    expect(met(lesson.steps[0]?.expect ?? '', reader.facts)).toBe(true);
    reader.goOn();
    const second = lesson.steps[1]?.expect ?? '';
    expect(met(second, reader.facts)).toBe(false);
    reader.act({ do: 'train', epochs: 50 });
    expect(met(second, reader.facts)).toBe(true);
    expect(number(reader, 'epoch')).toBe(200);
  });

  it('opens by itself on the stage of the step before', () => {
    const reader = openStep(lesson, 1);
    expect(number(reader, 'epoch')).toBe(100);
    reader.act({ do: 'train', epochs: 50 });
    expect(met(lesson.steps[1]?.expect ?? '', reader.facts)).toBe(true);
  });
});
