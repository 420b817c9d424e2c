import { fail, ok, type Problem, type Result } from '../core/problem.ts';

/** What a JSON text holds. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Where in a document: keys and indices from the root. */
export type Path = readonly (string | number)[];

/** Brackets within brackets that are followed; a session needs six. */
export const DEPTH_LIMIT = 64;

/** The path as people write it: `dataset.ratings[4][2]`, `extensions["my notes"]`. */
export function pathText(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_$][\w$]{0,39}$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step.length > 40 ? `${step.slice(0, 39)}…` : step)}]`;
  }
  return text;
}

const QUOTE = 34;
const BACKSLASH = 92;

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A letter, digit, sign or point: what a number or word may not run into. */
function isWord(code: number): boolean {
  return (
    isDigit(code) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 43 ||
    code === 45 ||
    code === 46 ||
    code === 95
  );
}

/**
 * Reads a JSON text (RFC 8259) into plain values, stricter than `JSON.parse` where that one changes a meaning in silence:
 *
 * - a number too large for a double (1e400) is a problem, not Infinity;
 * - a key that comes twice in one object is a problem, not the last one;
 * - the key `__proto__` is a problem, wherever it stands (as a *value*, a name, it is plain text);
 * - deeper than DEPTH_LIMIT is a problem, not an exhausted stack.
 *
 * Every problem names the field (`dataset.ratings[4][2]`) and, where the text itself is broken, its line and column.
 */
export function readJson(text: string): Result<Json> {
  let at = 0;
  let problem: Problem | null = null;
  const path: (string | number)[] = [];

  function report(found: Problem): undefined {
    problem ??= found;
    return undefined;
  }

  /** The text is no JSON from `from` on: says what stands there. */
  function broken(from: number): undefined {
    const field = pathText(path);
    const before = text.slice(0, from);
    const line = before.split('\n').length;
    const place = `line ${line}, column ${from - before.lastIndexOf('\n')}`;
    let end = from;
    while (end < text.length && end - from < 40 && isWord(text.charCodeAt(end))) end += 1;
    const got = from >= text.length ? 'the text ends too early' : text.slice(from, Math.max(end, from + 1));
    return report({ code: 'not-json', where: field === '' ? place : `${field} (${place})`, got });
  }

  function skipSpace(): void {
    while (at < text.length && isSpace(text.charCodeAt(at))) at += 1;
  }

  function digits(): boolean {
    const from = at;
    while (isDigit(text.charCodeAt(at))) at += 1;
    return at > from;
  }

  function readNumber(): number | undefined {
    const from = at;
    // Most numbers of a session are short indices: no text is made for them.
    let short = 0;
    let code = text.charCodeAt(at);
    while (isDigit(code) && at - from < 15) {
      short = short * 10 + code - 48;
      at += 1;
      code = text.charCodeAt(at);
    }
    if (at > from && !isWord(code) && (at === from + 1 || text.charCodeAt(from) !== 48)) return short;
    at = from;
    if (text[at] === '-') at += 1;
    if (text[at] === '0') at += 1;
    else if (!digits()) return broken(from);
    if (text[at] === '.') {
      at += 1;
      if (!digits()) return broken(from);
    }
    if (text[at] === 'e' || text[at] === 'E') {
      at += 1;
      if (text[at] === '+' || text[at] === '-') at += 1;
      if (!digits()) return broken(from);
    }
    if (isWord(text.charCodeAt(at))) return broken(from);
    const number = Number(text.slice(from, at));
    if (!Number.isFinite(number))
      return report({ code: 'not-finite', where: pathText(path), got: text.slice(from, at) });
    return number;
  }

  function readString(): string | undefined {
    const from = at;
    let escaped = false;
    for (at += 1; ; at += 1) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) break;
      // NaN is the end of the text; below 32 are the control characters that JSON wants escaped.
      if (!(code >= 32)) return broken(at);
      if (code === BACKSLASH) {
        escaped = true;
        at += 1;
      }
    }
    at += 1;
    if (!escaped) return text.slice(from + 1, at - 1);
    try {
      return String(JSON.parse(text.slice(from, at)));
    } catch {
      return broken(from);
    }
  }

  function readWord<W>(word: string, value: W): W | undefined {
    if (!text.startsWith(word, at) || isWord(text.charCodeAt(at + word.length))) return broken(at);
    at += word.length;
    return value;
  }

  function readList(depth: number): Json[] | undefined {
    const list: Json[] = [];
    at += 1;
    skipSpace();
    if (text[at] === ']') {
      at += 1;
      return list;
    }
    for (;;) {
      path.push(list.length);
      const value = readValue(depth);
      if (value === undefined) return undefined;
      path.pop();
      list.push(value);
      if (text[at] === ']') break;
      if (text[at] !== ',') return broken(at);
      at += 1;
    }
    at += 1;
    return list;
  }

  function readObject(depth: number): JsonObject | undefined {
    const object: Record<string, Json> = {};
    at += 1;
    skipSpace();
    if (text[at] === '}') {
      at += 1;
      return object;
    }
    for (;;) {
      skipSpace();
      if (text[at] !== '"') return broken(at);
      const key = readString();
      if (key === undefined) return undefined;
      if (key === '__proto__') return report({ code: 'unknown-key', where: pathText(path) || 'session', got: key });
      path.push(key);
      if (Object.hasOwn(object, key)) return report({ code: 'duplicate-key', where: pathText(path), got: key });
      skipSpace();
      if (text[at] !== ':') return broken(at);
      at += 1;
      const value = readValue(depth);
      if (value === undefined) return undefined;
      path.pop();
      object[key] = value;
      if (text[at] === '}') break;
      if (text[at] !== ',') return broken(at);
      at += 1;
    }
    at += 1;
    return object;
  }

  /** One value with the white space around it; undefined when there is a problem. */
  function readValue(depth: number): Json | undefined {
    skipSpace();
    if (depth > DEPTH_LIMIT)
      return report({ code: 'not-json', where: pathText(path.slice(0, 8)), got: 'too many brackets within brackets' });
    const value = readBare(depth);
    skipSpace();
    return value;
  }

  function readBare(depth: number): Json | undefined {
    switch (text[at]) {
      case '{':
        return readObject(depth + 1);
      case '[':
        return readList(depth + 1);
      case '"':
        return readString();
      case 't':
        return readWord('true', true);
      case 'f':
        return readWord('false', false);
      case 'n':
        return readWord('null', null);
      default:
        return readNumber();
    }
  }

  const value = readValue(0);
  if (value !== undefined && at < text.length) broken(at);
  if (problem) return fail(problem);
  return value === undefined ? fail({ code: 'not-json' }) : ok(value);
}
