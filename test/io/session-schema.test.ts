import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSession } from '../../src/io/read-session.ts';
import { ownExtensionSchema, sessionSchema } from '../../src/io/session-schema.ts';
import { writeSession } from '../../src/io/write-session.ts';
import { publishedSchema } from './json-schema.ts';
import { anySession, example } from './sessions.ts';

/** The published schema, for other programs. */
const { root: published, accepts, differences } = publishedSchema('session.schema.json');

describe('the published schema', () => {
  it('has the keys of the reader, in the same order, required alike', () => {
    expect(differences(sessionSchema, published, 'session')).toEqual([]);
    expect(differences(ownExtensionSchema, { $ref: '#/$defs/factorscope' }, 'factorscope')).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['an unknown key', '"k":3', '"k":3,"K":3'],
    ['a missing key', '"alpha":0.0002,', ''],
    ['k = 0', '"k":3', '"k":0'],
    ['k = 1e9', '"k":3', '"k":1e9'],
    ['k = 2.5', '"k":3', '"k":2.5'],
    ['a negative β', '"beta":0.02', '"beta":-1'],
    ['α = 0', '"alpha":0.0002', '"alpha":0'],
    ['a rating in words', '[0,1,3]', '[0,1,"3"]'],
    ['a rating beyond 1e100', '[0,1,3]', '[0,1,1.1e100]'],
    ['a rating of two', '[0,1,3]', '[0,1]'],
    ['a negative index', '[0,1,3]', '[0,-1,3]'],
    ['ALS with an update', '"kind":"sgd"', '"kind":"als"'],
    ['a newer version', '"version":1', '"version":3'],
    ['factors that are not non-negative', '"seed":42', '"seed":42,"nonNegative":false'],
    ['a patience of none', '"seed":42', '"seed":42,"earlyStopping":{"patience":0}'],
    ['a step that rises', '"seed":42', '"seed":42,"schedule":{"kind":"step","factor":2,"every":1}'],
    ['another format', 'factorscope-session', 'other'],
    ['no users', '["Ana","Bo"]', '[]'],
    ['an empty name', '"Bo"', '""'],
    ['a step of 0', '"step":1', '"step":0'],
    ['half an epoch', '"epoch":0', '"epoch":0.5'],
    ['a negative RMSE', '2.68', '-2.68'],
    ['extensions as a list', '"extensions":{}', '"extensions":[]'],
    ['marks of another kind', '"extensions":{}', '"extensions":{"factorscope":{"marks":[{}]}}'],
    ['a seed beyond 32 bits', '"seed":42', '"seed":4294967296'],
  ])('and the reader refuse %s', (_what, from, to) => {
    const text = JSON.stringify(example()).replace(from, to);
    expect(text).not.toBe(JSON.stringify(example()));
    expect(accepts(JSON.parse(text))).toBe(false);
    expect(readSession(text).ok).toBe(false);
  });

  it('refuses nothing that the reader accepts, whatever is put in a place', () => {
    const stray = fc.constantFrom(
      'null',
      'true',
      '""',
      '"x"',
      '[]',
      '{}',
      '0',
      '-1',
      '1',
      '0.5',
      '1e9',
      '1e101',
      '[0]',
      '[[0,0,1]]',
    );
    fc.assert(
      fc.property(anySession, fc.nat(), stray, (session, at, text) => {
        const saved = writeSession(session);
        const places = [...saved.matchAll(/(?<=[:,[])(?:-?\d[\d.e+-]*|"(?:[^"\\]|\\.)*"|null)(?=[,\]}])/g)];
        const place = places[at % Math.max(1, places.length)];
        if (!place) return;
        const changed = saved.slice(0, place.index) + text + saved.slice(place.index + place[0].length);
        if (readSession(changed).ok) expect(accepts(JSON.parse(changed))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
