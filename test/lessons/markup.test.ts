import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/core/problem.ts';
import { parseLine, parseText } from '../../src/lessons/markup.ts';
import { parseMath } from '../../src/lessons/math.ts';
import { formulasIn } from './formulas-in.ts';

function right<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problem.got);
  return result.value;
}

describe('markup', () => {
  it('reads paragraphs, lists and formulas', () => {
    expect(right(parseText('One\ntwo.\n\n- a\n- *b*\n\n1. x\n2. y\n\n$$ k $$'))).toEqual([
      { kind: 'paragraph', children: [{ kind: 'text', text: 'One two.' }] },
      {
        kind: 'list',
        numbered: false,
        entries: [[{ kind: 'text', text: 'a' }], [{ kind: 'stressed', children: [{ kind: 'text', text: 'b' }] }]],
      },
      { kind: 'list', numbered: true, entries: [[{ kind: 'text', text: 'x' }], [{ kind: 'text', text: 'y' }]] },
      { kind: 'formula', math: { kind: 'row', children: [{ kind: 'identifier', text: 'k' }] } },
    ]);
    expect(parseText(['One', 'two'])).toEqual(parseText('One\n\ntwo'));
  });

  it('reads marks inside a line, one in another', () => {
    expect(right(parseLine('a **b *c*** `d*e` {rhat(1, 2)} {epoch:0}'))).toEqual([
      { kind: 'text', text: 'a ' },
      {
        kind: 'strong',
        children: [
          { kind: 'text', text: 'b ' },
          { kind: 'stressed', children: [{ kind: 'text', text: 'c' }] },
        ],
      },
      { kind: 'text', text: ' ' },
      { kind: 'code', text: 'd*e' },
      { kind: 'text', text: ' ' },
      { kind: 'computed', formula: 'rhat(1, 2)', decimals: 2, lights: { symbol: 'rhat', user: 1, item: 2 } },
      { kind: 'text', text: ' ' },
      { kind: 'computed', formula: 'epoch', decimals: 0, lights: null },
    ]);
  });

  it('leaves everything else as it stands, markup of pages too', () => {
    const text = '<script>alert(1)</script> [a](b) 2 * 3 <b>x</b> &amp; \\{ \\$ \\*';
    expect(right(parseLine(text))).toEqual([
      { kind: 'text', text: '<script>alert(1)</script> [a](b) 2 * 3 <b>x</b> &amp; { $ *' },
    ]);
  });

  it.each([
    ['{nobody}', 'nobody'],
    ['{1 < 2}', '{1 < 2}'],
    ['{k', '{k'],
    ['{k:13}', '{k:13}'],
    ['$x', '$x'],
    ['$\\script{x}$', '\\script'],
    ['**a {nobody} b**', 'nobody'],
  ])('says what is wrong in %j', (text, got) => {
    expect(parseLine(text)).toMatchObject({ ok: false, problem: { code: 'formula', got } });
  });

  it('finds every computed number', () => {
    expect(
      formulasIn(['{k:0} **{alpha}**', '- {beta}', '$$ \\frac{\\value{r(1, 1)}}{\\sqrt{\\value{epoch}{0}}} $$']),
    ).toEqual(['k', 'alpha', 'beta', 'r(1, 1)', 'epoch']);
  });

  it('survives whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'*`$\\{}_^-1. a\n', '\\frac', '\\p{u}{k}') }), (text) => {
        const read = parseText(text);
        expect(read.ok || read.problem.code === 'formula').toBe(true);
      }),
    );
  });
});

describe('math', () => {
  it('knows which cells a symbol stands for', () => {
    expect(right(parseMath('\\rhat{u}{i} = \\p{2}{1} \\q{12}{k}'))).toEqual({
      kind: 'row',
      children: [
        {
          kind: 'symbol',
          lights: { symbol: 'rhat', user: 'u', item: 'i' },
          of: {
            kind: 'scripts',
            base: { kind: 'hat', of: { kind: 'identifier', text: 'r' } },
            below: {
              kind: 'row',
              children: [
                { kind: 'identifier', text: 'u' },
                { kind: 'identifier', text: 'i' },
              ],
            },
            above: null,
          },
        },
        { kind: 'operator', text: '=' },
        {
          kind: 'symbol',
          lights: { symbol: 'p', user: 2, factor: 1 },
          of: {
            kind: 'scripts',
            base: { kind: 'identifier', text: 'p' },
            below: {
              kind: 'row',
              children: [
                { kind: 'number', text: '2' },
                { kind: 'number', text: '1' },
              ],
            },
            above: null,
          },
        },
        {
          kind: 'symbol',
          lights: { symbol: 'q', item: 12, factor: 'k' },
          of: {
            kind: 'scripts',
            base: { kind: 'identifier', text: 'q' },
            below: {
              kind: 'row',
              children: [
                { kind: 'number', text: '12' },
                { kind: 'operator', text: ',' },
                { kind: 'identifier', text: 'k' },
              ],
            },
            above: null,
          },
        },
      ],
    });
  });

  it('knows which cell a computed number is of, and which setting', () => {
    expect(right(parseMath('\\value{Q(3, 2)} + \\value{alpha}{4} + \\value{epoch}{0}'))).toMatchObject({
      children: [
        { kind: 'value', decimals: 2, lights: { symbol: 'q', item: 3, factor: 2 } },
        { kind: 'operator' },
        { kind: 'value', decimals: 4, lights: { symbol: 'alpha' } },
        { kind: 'operator' },
        { kind: 'value', decimals: 0, lights: null },
      ],
    });
  });

  it.each(['x^2_1', '\\frac{a}{b}', '\\sqrt{x}', '\\hat{R}', '\\vec{p}_u', '\\sum_j w_j', '\\text{RMSE}', '{a + b}^2'])(
    'reads %s',
    (text) => {
      expect(parseMath(text).ok).toBe(true);
    },
  );

  it.each([
    'x^^2',
    'x_',
    '{a',
    'a}',
    '\\frac{a}',
    '\\p{u}',
    '\\p{i}{k}',
    '\\p{0}{1}',
    '\\value{x}',
    '\\value{user(1)}',
    '\\value{k}{99}',
    '\\href{x}',
    '#',
    '<b>%',
  ])('refuses %s', (text) => {
    expect(parseMath(text)).toMatchObject({ ok: false, problem: { code: 'formula' } });
  });
});
