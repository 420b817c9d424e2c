import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Axis } from '../../src/core/experiment/axis.ts';
import { checkPlan } from '../../src/core/experiment/check-plan.ts';
import { extendPlan, valuesBeyond } from '../../src/core/experiment/edge.ts';
import type { Judging, Stop, SweepPlan } from '../../src/core/experiment/plan.ts';
import { plansFor } from '../../src/core/experiment/suggest.ts';
import { stopWhenSettled } from '../../src/core/understand/retrain.ts';
import {
  FIRST_FORM,
  formOf,
  isSweepForm,
  readForm,
  readList,
  variedSettings,
  withExtended,
} from '../../src/store/sweep-form.ts';
import { sweepForm } from '../../src/strings/sweep-form.ts';
import { sixByFour } from '../browser/fake-handle.ts';

const study = sixByFour(true);
const axis: Axis = { setting: 'alpha', spacing: 'listed', values: [] };

const axes: fc.Arbitrary<Axis[]> = fc.constantFrom<Axis[]>(
  [{ setting: 'alpha', spacing: 'log', from: 0.001, to: 0.1, count: 7 }],
  [
    { setting: 'k', spacing: 'listed', values: [1, 2, 3] },
    { setting: 'beta', spacing: 'evenly', from: 0, to: 1, count: 5 },
  ],
  [
    { setting: 'optimizer', spacing: 'listed', values: ['sgd', 'adam'] },
    { setting: 'prediction', spacing: 'listed', values: ['factors', 'mean+factors+biases'] },
  ],
);
const judging: fc.Arbitrary<Judging> = fc.oneof(
  fc.constant<Judging>({ kind: 'leave-one-out' }),
  fc.constant<Judging>({ kind: 'hold-out', share: null, repeats: 1 }),
  fc.record({ kind: fc.constant('hold-out' as const), share: fc.integer({ min: 10, max: 50 }), repeats: fc.nat(9) }),
  fc.record({
    kind: fc.constantFrom('k-fold' as const, 'time-ordered' as const),
    folds: fc.integer({ min: 2, max: 9 }),
  }),
);
const stop: fc.Arbitrary<Stop> = fc.oneof(
  fc.record({ kind: fc.constant('epochs' as const), epochs: fc.integer({ min: 1, max: 9999 }) }),
  fc.record({ kind: fc.constant('settled' as const), limit: fc.integer({ min: 1, max: 9999 }) }),
  fc.record({
    kind: fc.constant('early' as const),
    limit: fc.integer({ min: 1, max: 9999 }),
    patience: fc.integer({ min: 1, max: 99 }),
    watchShare: fc.option(fc.integer({ min: 1, max: 90 })),
  }),
);

describe('a form and its plan', () => {
  test('a plan that was filled in is read back as it was', () => {
    fc.assert(
      fc.property(
        axes,
        judging,
        stop,
        fc.integer({ min: 1, max: 20 }),
        fc.option(fc.constant(3)),
        (a, j, s, n, inner) => {
          const plan: SweepPlan = {
            study,
            axes: a,
            search: null,
            seeds: Array.from({ length: n }, (_, at) => study.model.seed + at),
            judging: j,
            splitSeed: study.model.seed,
            stop: s,
            innerFolds: inner,
          };
          expect(readForm(formOf(plan, FIRST_FORM), study)).toEqual({ plan, problems: [] });
        },
      ),
    );
  });

  test('so are the plans to begin with, each of them sound', () => {
    for (const plan of Object.values(plansFor(study, 500))) {
      const read = readForm(formOf(plan, FIRST_FORM), study);
      // A search has its settings in the order in which they are offered.
      expect(read.problems).toEqual([]);
      expect(checkPlan(read.plan)).toEqual([]);
      expect({ ...read.plan, axes: new Set(read.plan.axes) }).toEqual({ ...plan, axes: new Set(plan.axes) });
    }
  });

  test('a plan that is put there and another one leave the ranges of what neither varies', () => {
    const typed = { ...FIRST_FORM, ranges: { ...FIRST_FORM.ranges, seen: { ...FIRST_FORM.ranges.seen, count: 17 } } };
    expect(formOf(plansFor(study, 500).alphaBeta, typed).ranges.seen.count).toBe(17);
  });

  test('a sweep that is extended takes the range in the form along, where it still was its own', () => {
    const before = plansFor(study, 500).alphaBeta;
    const after = extendPlan(before, 0, 'high');
    const form = withExtended(formOf(before, FIRST_FORM), before, after);
    expect(readForm(form, study).plan).toEqual(after);
    // Start would run what the map shows: its last α, and the β that nobody touched.
    expect(form.ranges.alpha.list.split(', ').map(Number).at(-1)).toBe(
      valuesBeyond(before.axes[0] ?? axis, 'high').at(-1),
    );
    expect(form.ranges.beta).toEqual(formOf(before, FIRST_FORM).ranges.beta);
    const typed = { ...formOf(before, FIRST_FORM) };
    const changed = { ...typed, ranges: { ...typed.ranges, alpha: { ...typed.ranges.alpha, count: 3 } } };
    expect(withExtended(changed, before, after)).toEqual(changed);
  });

  test('what it says of settling is the rule that runs go by', () => {
    for (const words of [sweepForm.settledNote, sweepForm.terms.settled[1]]) {
      expect(words).toContain('one part in 100,000');
      expect(words).toContain('a tenth more epochs');
    }
    const { improvement, part } = stopWhenSettled(5000, null);
    expect([improvement, part]).toEqual([1 / 100_000, 10]);
  });

  test('seeds go on from that of the study, and around its end', () => {
    const last = { ...study, model: { ...study.model, seed: 4_294_967_295 } };
    expect(readForm({ ...FIRST_FORM, seeds: 3 }, last).plan.seeds).toEqual([4_294_967_295, 0, 1]);
  });

  test('a search varies what is ticked, whatever order it was ticked in', () => {
    expect(variedSettings({ ...FIRST_FORM, way: 'random', searched: ['beta', 'k', 'alpha'] })).toEqual([
      'k',
      'alpha',
      'beta',
    ]);
    expect(variedSettings({ ...FIRST_FORM, way: 'grid', across: 'seen', down: null })).toEqual(['seen']);
  });
});

describe('lists as they are typed', () => {
  test('commas, semicolons, blanks and lines part numbers; they come ascending', () => {
    expect(readList(' 0.1, 0.02;3\n4 ', 'alpha')).toEqual({ values: [0.02, 0.1, 3, 4], problem: null });
    expect(readList('1,2,3', 'k')).toEqual({ values: [1, 2, 3], problem: null });
    expect(readList('1,2', 'k')).toEqual({ values: [1, 2], problem: null });
    expect(readList('0.1,0.2,0.3', 'alpha')).toEqual({ values: [0.1, 0.2, 0.3], problem: null });
    expect(readList('', 'alpha')).toEqual({ values: [], problem: null });
    expect(readList('1, 2,', 'alpha')).toEqual({ values: [1, 2], problem: null });
  });

  test('a decimal comma and a word are told about, with the setting they are for', () => {
    expect(readList('0,5 1', 'alpha').problem).toEqual({
      code: 'decimal-comma',
      got: '0,5',
      expected: '0.5',
      where: 'alpha',
    });
    expect(readList('1,5 2', 'k').problem).toEqual({ code: 'comma-ambiguous', got: '1,5', where: 'k' });
    expect(readList('1, 2, 3,5', 'k').problem).toEqual({ code: 'comma-ambiguous', got: '3,5', where: 'k' });
    expect(readList('1, few', 'beta').problem).toEqual({ code: 'not-a-number', got: 'few', where: 'beta' });
  });
});

describe('what was kept', () => {
  test('a form is known again after a reload', () => {
    const kept: unknown = JSON.parse(JSON.stringify({ ...FIRST_FORM, down: null, judging: 'k-fold' }));
    expect(isSweepForm(kept)).toBe(true);
  });

  test('what is none is not taken', () => {
    for (const broken of [
      null,
      'text',
      [],
      {},
      { ...FIRST_FORM, across: 'gamma' },
      { ...FIRST_FORM, stop: 'never' },
      { ...FIRST_FORM, seeds: '3' },
      { ...FIRST_FORM, searched: [1] },
      { ...FIRST_FORM, ranges: { ...FIRST_FORM.ranges, k: { ...FIRST_FORM.ranges.k, spacing: 'wide' } } },
      { ...FIRST_FORM, ranges: { k: FIRST_FORM.ranges.k } },
    ]) {
      expect(isSweepForm(broken), JSON.stringify(broken)).toBe(false);
    }
  });
});
