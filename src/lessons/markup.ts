import { fail, ok, type Problem, type Result } from '../core/problem.ts';
import { formulaType } from './check.ts';
import type { Formula, Text } from './lesson.ts';
import { DECIMALS_LIMIT, DEFAULT_DECIMALS, type Lights, lightsOf, type MathNode, parseMath } from './math.ts';

/*
 * The markup of lessons: a little of Markdown, with math and computed numbers. Anything else (HTML too) is plain text.
 *
 *     **strong**  *stressed*  `code`  $math$  {rhat(2, 3)}  {epoch:0}      inside a paragraph
 *     - one                                                                a list; "1. one" numbers it
 *     $$ math $$                                                           a paragraph that is a formula
 *     \*  \{  \$                                                           the sign itself
 */

export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'stressed'; readonly children: readonly Inline[] }
  | { readonly kind: 'math'; readonly math: MathNode }
  /** A number (so many decimals) or a name that is computed as the reader looks. */
  | { readonly kind: 'computed'; readonly formula: Formula; readonly decimals: number; readonly lights: Lights | null };

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'list'; readonly numbered: boolean; readonly entries: readonly (readonly Inline[])[] }
  | { readonly kind: 'formula'; readonly math: MathNode };

function wrong(got: string): { readonly ok: false; readonly problem: Problem } {
  return fail({ code: 'formula', got });
}

/** `{formula}` or `{formula:decimals}`, without its braces. */
function parseComputed(inside: string): Result<Inline> {
  const found = /^(.*?)(?::\s*(\d{1,2})\s*)?$/s.exec(inside);
  const formula = (found?.[1] ?? '').trim();
  const decimals = found?.[2] === undefined ? DEFAULT_DECIMALS : Number(found[2]);
  const type = formulaType(formula);
  if (!type.ok) return type;
  if (type.value === 'truth' || decimals > DECIMALS_LIMIT) return wrong(`{${inside}}`);
  return ok({ kind: 'computed', formula, decimals, lights: lightsOf(formula) });
}

function parseInlineMath(inside: string): Result<Inline> {
  const math = parseMath(inside);
  return math.ok ? ok({ kind: 'math', math: math.value }) : math;
}

/** What takes its inside as it is: no star in there closes anything. */
const CLOSED: Readonly<Record<string, string>> = { '{': '}', $: '$', '`': '`' };

/** Where the mark that opened just before `from` is closed; −1 where it never is, or where it opened before a space. */
function closing(text: string, from: number, mark: '`' | '**' | '*'): number {
  if (mark === '`') return text.indexOf('`', from + 1);
  if (/\s/.test(text[from] ?? ' ')) return -1;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at] ?? '';
    const closer = CLOSED[char];
    if (char === '\\') at += 1;
    else if (closer !== undefined) {
      const end = text.indexOf(closer, at + 1);
      if (end > 0) at = end;
    } else if (char === '*') {
      let stars = 1;
      while (text[at + stars] === '*') stars += 1;
      const closes = mark === '**' ? stars >= 2 : stars !== 2;
      if (closes && !/\s/.test(text[at - 1] ?? ' ')) return mark === '**' ? at + stars - 2 : at;
      at += stars - 1;
    }
  }
  return -1;
}

/** What stands within one paragraph or list entry. */
function parseInline(text: string): Result<readonly Inline[]> {
  const nodes: Inline[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') nodes.push({ kind: 'text', text: plain });
    plain = '';
  };
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '\\' && /[\\*`${}]/.test(text[at + 1] ?? '')) {
      plain += text[at + 1] ?? '';
      at += 2;
      continue;
    }
    if (char === '{' || char === '$') {
      const end = text.indexOf(char === '{' ? '}' : '$', at + 1);
      if (end < 0) return wrong(text.slice(at));
      const node = char === '{' ? parseComputed(text.slice(at + 1, end)) : parseInlineMath(text.slice(at + 1, end));
      if (!node.ok) return node;
      flush();
      nodes.push(node.value);
      at = end + 1;
      continue;
    }
    const mark = char === '`' ? '`' : char !== '*' ? null : text.startsWith('**', at) ? '**' : '*';
    const end = mark === null ? -1 : closing(text, at + mark.length, mark);
    if (mark === null || end < 0) {
      // A mark that is never closed is an ordinary character, as in Markdown.
      plain += char;
      at += 1;
      continue;
    }
    const inside = text.slice(at + mark.length, end);
    flush();
    if (mark === '`') nodes.push({ kind: 'code', text: inside });
    else {
      const children = parseInline(inside);
      if (!children.ok) return children;
      nodes.push({ kind: mark === '**' ? 'strong' : 'stressed', children: children.value });
    }
    at = end + mark.length;
  }
  flush();
  return ok(nodes);
}

function parseParagraph(text: string): Result<Block> {
  const formula = /^\$\$([^$]*)\$\$$/s.exec(text);
  if (formula) {
    const math = parseMath(formula[1] ?? '');
    return math.ok ? ok({ kind: 'formula', math: math.value }) : math;
  }
  const lines = text.split('\n');
  for (const [numbered, mark] of [
    [false, /^[-*] +/],
    [true, /^\d+\. +/],
  ] as const) {
    if (!lines.every((line) => mark.test(line))) continue;
    const entries: (readonly Inline[])[] = [];
    for (const line of lines) {
      const entry = parseInline(line.replace(mark, ''));
      if (!entry.ok) return entry;
      entries.push(entry.value);
    }
    return ok({ kind: 'list', numbered, entries });
  }
  const children = parseInline(lines.join(' '));
  return children.ok ? ok({ kind: 'paragraph', children: children.value }) : children;
}

/** The blocks of a text. Problem 'formula' with what was not understood: only formulas and computed numbers can be wrong. */
export function parseText(text: Text): Result<readonly Block[]> {
  const paragraphs = (typeof text === 'string' ? [text] : text).flatMap((part) => part.split(/\n[ \t]*\n/));
  const blocks: Block[] = [];
  for (const paragraph of paragraphs) {
    const trimmed = paragraph.trim();
    if (trimmed === '') continue;
    const block = parseParagraph(trimmed.replace(/\n[ \t]+/g, '\n'));
    if (!block.ok) return block;
    blocks.push(block.value);
  }
  return ok(blocks);
}

/** A text of one line (a task, an option, a footnote) as markup. */
export function parseLine(text: string): Result<readonly Inline[]> {
  return parseInline(text);
}
