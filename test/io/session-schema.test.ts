import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/io/json.ts';
import { readSession } from '../../src/io/read-session.ts';
import { ownExtensionSchema, sessionSchema } from '../../src/io/session-schema.ts';
import { writeSession } from '../../src/io/write-session.ts';
import { anySession, example } from './sessions.ts';

/** The published schema, for other programs. */
const published: JsonObject = JSON.parse(readFileSync('public/session.schema.json', 'utf8'));

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function follow(schema: unknown): Record<string, unknown> {
  if (!isObject(schema)) throw new Error('no schema');
  const { $ref } = schema;
  if (typeof $ref !== 'string') return schema;
  const defs = published.$defs;
  return follow(isObject(defs) ? defs[$ref.replace('#/$defs/', '')] : undefined);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const TYPES: Record<string, (value: Json) => boolean> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  null: (value) => value === null,
};

/** As much of JSON Schema 2020-12 as the published one uses; an unknown keyword is an error. */
const KEYWORDS: Record<string, (rule: unknown, value: Json, schema: Record<string, unknown>) => boolean> = {
  $schema: () => true,
  $defs: () => true,
  title: () => true,
  description: () => true,
  $ref: (_rule, value, schema) => accepts(follow(schema), value),
  type: (rule, value) => [rule].flat().some((name) => TYPES[String(name)]?.(value) ?? false),
  const: (rule, value) => same(rule, value),
  enum: (rule, value) => Array.isArray(rule) && rule.some((option) => same(option, value)),
  oneOf: (rule, value) => Array.isArray(rule) && rule.filter((option) => accepts(option, value)).length === 1,
  minimum: (rule, value) => typeof value !== 'number' || value >= Number(rule),
  maximum: (rule, value) => typeof value !== 'number' || value <= Number(rule),
  exclusiveMinimum: (rule, value) => typeof value !== 'number' || value > Number(rule),
  exclusiveMaximum: (rule, value) => typeof value !== 'number' || value < Number(rule),
  minLength: (rule, value) => typeof value !== 'string' || value.length >= Number(rule),
  maxLength: (rule, value) => typeof value !== 'string' || value.length <= Number(rule),
  minItems: (rule, value) => !Array.isArray(value) || value.length >= Number(rule),
  maxItems: (rule, value) => !Array.isArray(value) || value.length <= Number(rule),
  items: (rule, value) => !Array.isArray(value) || value.every((entry) => accepts(rule, entry)),
  prefixItems: (rule, value) =>
    !Array.isArray(value) ||
    !Array.isArray(rule) ||
    rule.every((part, at) => at >= value.length || accepts(part, value[at])),
  properties: (rule, value) =>
    !isObject(value) ||
    !isObject(rule) ||
    Object.entries(rule).every(
      ([key, part]) => !Object.hasOwn(value, key) || accepts(part, JSON.parse(JSON.stringify(value[key]))),
    ),
  required: (rule, value) =>
    !isObject(value) || (Array.isArray(rule) && rule.every((key) => Object.hasOwn(value, String(key)))),
  additionalProperties: (rule, value, { properties }) =>
    rule === true ||
    !isObject(value) ||
    (isObject(properties) && Object.keys(value).every((key) => Object.hasOwn(properties, key))),
};

function accepts(schema: unknown, value: Json): boolean {
  if (!isObject(schema)) throw new Error('no schema');
  return Object.entries(schema).every(([keyword, rule]) => {
    const check = KEYWORDS[keyword];
    if (!check) throw new Error(`unknown keyword ${keyword}`);
    return check(rule, value, schema);
  });
}

/** Where keys differ between the reader's schema and the published one; none when they agree. */
function differences(reader: unknown, schema: unknown, where: string): string[] {
  if (!isObject(reader)) return [`${where}: not in the reader`];
  const { type, wrapped, options, item, entries } = reader;
  if (type === 'optional') return differences(wrapped, schema, where);
  const there = follow(schema);
  if (type === 'variant' && Array.isArray(options)) {
    const published = Array.isArray(there.oneOf) ? there.oneOf : [];
    if (published.length !== options.length) return [`${where}: ${published.length} variants`];
    return options.flatMap((option, at) => differences(option, published[at], `${where}#${at}`));
  }
  if (type === 'array') return differences(item, there.items, `${where}[]`);
  if (!isObject(entries)) return [];
  const properties = isObject(there.properties) ? there.properties : {};
  const required = Array.isArray(there.required) ? there.required : [];
  const needed = Object.entries(entries).filter(([, entry]) => !isObject(entry) || entry.type !== 'optional');
  const found: string[] = [];
  if (!same(Object.keys(properties), Object.keys(entries))) found.push(`${where}: keys ${Object.keys(properties)}`);
  if (
    !same(
      required,
      needed.map(([key]) => key),
    )
  )
    found.push(`${where}: required ${required}`);
  if (there.additionalProperties !== (type === 'loose_object')) found.push(`${where}: additionalProperties`);
  const inside = Object.entries(entries).map(([key, entry]) => differences(entry, properties[key], `${where}.${key}`));
  return [...found, ...inside.flat()];
}

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
    ['ALS', '"kind":"sgd"', '"kind":"als"'],
    ['a newer version', '"version":1', '"version":2'],
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
    expect(accepts(published, JSON.parse(text))).toBe(false);
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
        if (readSession(changed).ok) expect(accepts(published, JSON.parse(changed))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
