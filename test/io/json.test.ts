import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEPTH_LIMIT, pathText, readJson } from '../../src/io/json.ts';

/** What `JSON.parse` makes of it; the reader must agree, but for what it refuses on purpose. */
function parsed(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

describe('readJson', () => {
  it('reads what JSON.parse reads, to the same values', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), null, indent);
        if (spaced.includes('"__proto__":')) return;
        expect(readJson(spaced)).toEqual({ ok: true, value: JSON.parse(spaced) });
      }),
    );
  });

  it('refuses every damaged text that JSON.parse refuses, and reads the rest alike', () => {
    const damage = fc.record({
      at: fc.nat(),
      cut: fc.nat(3),
      put: fc.constantFrom('', '"', '\\', '[', '}', ',', '0', '-', '.', 'e9', 'NaN', '\n', '\u0001', ' '),
    });
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.array(damage, { minLength: 1, maxLength: 3 }), (text, cuts) => {
        const damaged = cuts.reduce((t, { at, cut, put }) => {
          const from = at % (t.length + 1);
          return t.slice(0, from) + put + t.slice(from + cut);
        }, text);
        const reference = parsed(damaged);
        const read = readJson(damaged);
        if (reference === null) expect(read.ok).toBe(false);
        else if (read.ok) expect(read.value).toEqual(reference.value);
        else expect(['not-finite', 'duplicate-key', 'unknown-key']).toContain(read.problem.code);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the sign of zero and every digit', () => {
    expect(readJson('[-0,0.1,5e-324,1.7976931348623157e308,-1E+2]')).toEqual({
      ok: true,
      value: [-0, 0.1, 5e-324, 1.7976931348623157e308, -100],
    });
  });

  it.each([
    ['{"a":[1,NaN]}', { code: 'not-json', where: 'a[1] (line 1, column 9)', got: 'NaN' }],
    ['{"a":[1,\n -Infinity]}', { code: 'not-json', where: 'a[1] (line 2, column 2)', got: '-Infinity' }],
    ['{"a":[1,1e400]}', { code: 'not-finite', where: 'a[1]', got: '1e400' }],
    ['[-1e999]', { code: 'not-finite', where: '[0]', got: '-1e999' }],
    ['{"a":01}', { code: 'not-json', where: 'a (line 1, column 6)', got: '01' }],
    ['{"a":3,5}', { code: 'not-json', where: 'line 1, column 8', got: '5' }],
    ['{"a":4abc}', { code: 'not-json', where: 'a (line 1, column 6)', got: '4abc' }],
    ['{"a":0x10}', { code: 'not-json', where: 'a (line 1, column 6)', got: '0x10' }],
    ['{"a":1', { code: 'not-json', where: 'line 1, column 7', got: 'the text ends too early' }],
    ['{"a":1}x', { code: 'not-json', where: 'line 1, column 8', got: 'x' }],
    ['{"a":1,"a":2}', { code: 'duplicate-key', where: 'a', got: 'a' }],
    ['{"a":{"__proto__":{"polluted":1}}}', { code: 'unknown-key', where: 'a', got: '__proto__' }],
    ['{"\\u005f_proto__":1}', { code: 'unknown-key', where: 'session', got: '__proto__' }],
  ])('says what is wrong with %s', (text, problem) => {
    expect(readJson(text)).toEqual({ ok: false, problem });
  });

  it('stops at brackets within brackets without end', () => {
    const deep = '['.repeat(100_000);
    const read = readJson(deep);
    expect(read).toEqual({
      ok: false,
      problem: { code: 'not-json', where: '[0]'.repeat(8), got: 'too many brackets within brackets' },
    });
    expect(readJson('['.repeat(DEPTH_LIMIT) + ']'.repeat(DEPTH_LIMIT)).ok).toBe(true);
  });

  it('writes paths as people do', () => {
    expect(pathText(['dataset', 'ratings', 4, 2])).toBe('dataset.ratings[4][2]');
    expect(pathText(['extensions', 'my notes', 0])).toBe('extensions["my notes"][0]');
  });
});
