import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formulaType, met, valueNow } from '../../src/lessons/check.ts';
import { parseExpression } from '../../src/lessons/expression.ts';
import { LESSONS } from '../../src/lessons/lessons.ts';
import { QUANTITIES } from '../../src/lessons/quantities.ts';
import { rankOfProduct, zeroFilled } from '../../src/lessons/singular-values.ts';
import { openStep } from './reader.ts';

const [first] = LESSONS;
if (!first) throw new Error('No lessons');
const { facts } = openStep(first, 3);

describe('formulas', () => {
  it.each<[string, number | boolean | string | null]>([
    ['1 + 2 * 3 - 4 / 2', 5],
    ['(1 + 2) * 3', 9],
    ['-2 * -3', 6],
    ['2 - 1 - 1', 0],
    ['1.5e2', 150],
    ['1 < 2 and 2 < 3 or 1 > 2', true],
    ['1 > 2 and 1 < 2 or 1 < 2', true],
    ['1 < 2 or 1 < 2 and 1 > 2', true],
    ['not 1 < 2', false],
    ['not (1 > 2) and 1 <= 1', true],
    ["prediction = 'factors'", true],
    ["prediction != 'factors'", false],
    ['abs(-3) + sqrt(16) + floor(2.7)', 9],
    ['1 / 0', null],
    ['sqrt(-1)', null],
    ['r(1, 1)', 5],
    ['r(1, 3)', null],
    ['r(1, 3) = 0', false],
    ['r(1, 3) != 0', false],
    ['r(1, 3) + 1', null],
    ['gap(1, 3)', true],
    ['gap(7, 1)', null],
    ['P(1, 3)', null],
    ['P(1.5, 1)', null],
    ['user(2)', 'Bo'],
    ['item(4)', 'Dune'],
    ['k', 2],
    ['users * items - seen', 8],
    ['was(epoch) - first(epoch)', 300],
    ['epoch - was(epoch)', 0],
    ['count(epoch >= 300)', 1],
    ['ran(epoch > 300)', false],
    ['ran(epoch >= now(epoch))', true],
    ['least(alpha) = alpha', true],
    ['leastBy(alpha, k)', 2],
    ["models('starts')", 0],
    ["spread('starts', 'end', 1, 1)", null],
    ["did('train')", 0],
  ])('%s', (formula, value) => {
    expect(formulaType(formula).ok).toBe(true);
    expect(valueNow(formula, facts)).toBe(value);
    expect(met(formula, facts)).toBe(value === true);
  });

  it.each([
    ['', 'it ends too early'],
    ['1 +', 'it ends too early'],
    ['(1', 'it ends too early'],
    ['1 2', '2'],
    ['1 ~ 2', '~ 2'],
    ['and', 'and'],
    ['nobody', 'nobody'],
    ['constructor', 'constructor'],
    ['rhat(1)', 'rhat with 1 of 2 values'],
    ["rhat('Bo', 1)", 'rhat of a text'],
    ['1 and 2', 'number and number'],
    ["k = 'x'", 'number = text'],
    ["'a' < 'b'", 'text < text'],
    ['not 1', 'not of a number'],
    ['ran(k)', 'ran of a number'],
    ["did('it", "'it"],
  ])('says what is wrong with %j', (formula, got) => {
    expect(formulaType(formula)).toMatchObject({ ok: false, problem: { code: 'formula', got } });
    expect(valueNow(formula, facts)).toBeNull();
  });

  it('refuses what is endless, and survives whatever is typed', () => {
    expect(parseExpression('('.repeat(400)).ok).toBe(false);
    expect(parseExpression('1+'.repeat(300)).ok).toBe(false);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'()<=,+-*/ 1a.', "'", 'and ', 'rhat', 'was(') }), (text) => {
        const value = valueNow(text, facts);
        expect(typeof value === 'number' ? Number.isFinite(value) : true).toBe(true);
      }),
    );
  });

  it('are written down, every name of them', () => {
    const page = readFileSync('src/lessons/LESSON.md', 'utf8');
    const names = [...Object.keys(QUANTITIES), 'was', 'first', 'now', 'ran', 'count', 'least', 'leastBy'];
    expect(names.filter((name) => !page.includes(`\`${name}`))).toEqual([]);
    for (const [name, { meaning }] of Object.entries(QUANTITIES)) expect(page, name).toContain(meaning);
  });
});

describe('what stands beside the model', () => {
  it('takes a filled matrix apart: all factors give it back, one gives the nearest of rank 1', () => {
    const { dataset } = facts.now.study;
    expect(zeroFilled(dataset, 4, 0, 0)).toBeCloseTo(5, 12);
    expect(zeroFilled(dataset, 4, 0, 2)).toBeCloseTo(0, 12);
    // By power iteration: v ← Aᵀ A v, σ u = A v.
    const A = [
      [5, 3, 0, 1],
      [4, 0, 0, 1],
      [1, 1, 0, 5],
      [1, 0, 0, 4],
      [0, 1, 5, 4],
      [2, 1, 3, 0],
    ];
    const times = (v: number[]) => A.map((row) => row.reduce((sum, a, c) => sum + a * (v[c] ?? 0), 0));
    let v = [1, 1, 1, 1];
    for (let n = 0; n < 2000; n += 1) {
      const Av = times(v);
      const next = v.map((_, c) => A.reduce((sum, row, r) => sum + (row[c] ?? 0) * (Av[r] ?? 0), 0));
      const length = Math.sqrt(next.reduce((sum, x) => sum + x * x, 0));
      v = next.map((x) => x / length);
    }
    const Av = times(v);
    A.forEach((row, u) => {
      row.forEach((_, i) => {
        expect(zeroFilled(dataset, 1, u, i)).toBeCloseTo((Av[u] ?? 0) * (v[i] ?? 0), 9);
      });
    });
  });

  it('says what biases reach without their factors, as if P were 0', () => {
    const biases = LESSONS.find(({ id }) => id === 'biases');
    if (!biases) throw new Error('No lesson on biases');
    const reader = openStep(biases, 1);
    const alone = valueNow('rmseWithoutFactors', reader.facts);
    expect(alone).not.toBeCloseTo(reader.facts.now.measures.rmseHeldOut ?? 0, 3);
    for (let row = 1; row <= reader.facts.now.study.dataset.users.length; row += 1) {
      for (const factor of [1, 2]) reader.act({ do: 'factor', matrix: 'P', row, factor, value: 0 });
    }
    expect(reader.facts.now.measures.rmseHeldOut).toBeCloseTo(Number(alone), 12);
    expect(valueNow('rmseWithoutFactors', facts)).toBeNull();
  });

  it('counts the rank of P Qᵀ', () => {
    const around = { k: 2, bu: null, bi: null, mu: null };
    const of = (P: number[], Q: number[]) =>
      rankOfProduct({ ...around, P: Float64Array.from(P), Q: Float64Array.from(Q) });
    expect(of([0, 0, 0, 0], [0, 0])).toBe(0);
    expect(of([1, 1, 2, 2, 3, 3], [1, 1, 4, 4])).toBe(1);
    expect(of([1, 0, 0, 1, 3, 3], [1, 1, 4, -4])).toBe(2);
  });
});
