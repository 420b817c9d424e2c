import { readFileSync } from 'node:fs';
import type { Json, JsonObject } from '../../src/io/json.ts';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

/** A published JSON Schema: what it accepts, and where its keys are not those of the reader's valibot schema. */
export interface PublishedSchema {
  readonly root: JsonObject;
  accepts(value: Json): boolean;
  /** None when they agree. */
  differences(reader: unknown, schema: unknown, where: string): string[];
}

/** The schema in `public/` of that name. */
export function publishedSchema(file: string): PublishedSchema {
  const published: JsonObject = JSON.parse(readFileSync(`public/${file}`, 'utf8'));

  function follow(schema: unknown): Record<string, unknown> {
    if (!isObject(schema)) throw new Error('no schema');
    const { $ref } = schema;
    if (typeof $ref !== 'string') return schema;
    const defs = published.$defs;
    return follow(isObject(defs) ? defs[$ref.replace('#/$defs/', '')] : undefined);
  }

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
    pattern: (rule, value) => typeof value !== 'string' || new RegExp(String(rule), 'u').test(value),
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
    if (type === 'optional' || type === 'exact_optional') return differences(wrapped, schema, where);
    const there = follow(schema);
    if ((type === 'variant' || type === 'union') && Array.isArray(options)) {
      const published = Array.isArray(there.oneOf) ? there.oneOf : [];
      if (published.length !== options.length) return [`${where}: ${published.length} variants`];
      return options.flatMap((option, at) => differences(option, published[at], `${where}#${at}`));
    }
    if (type === 'array') return differences(item, there.items, `${where}[]`);
    if (!isObject(entries)) return [];
    const properties = isObject(there.properties) ? there.properties : {};
    const required = Array.isArray(there.required) ? there.required : [];
    const needed = Object.entries(entries).filter(
      ([, entry]) => !isObject(entry) || !String(entry.type).endsWith('optional'),
    );
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
    const inside = Object.entries(entries).map(([key, entry]) =>
      differences(entry, properties[key], `${where}.${key}`),
    );
    return [...found, ...inside.flat()];
  }

  return { root: published, accepts: (value) => accepts(published, value), differences };
}
