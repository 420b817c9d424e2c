import { valueBefore, valueNow } from '../../lessons/check.ts';
import type { Facts } from '../../lessons/facts.ts';
import type { Formula, Text } from '../../lessons/lesson.ts';
import { type Inline, parseLine, parseText } from '../../lessons/markup.ts';
import type { MathNode } from '../../lessons/math.ts';
import { learn } from '../../strings/learn.ts';

/** What the numbers of a text are about: how things stood when the step began, or how they stand in `facts`. */
export interface Telling {
  readonly facts: Facts;
  readonly of: 'beginning' | 'now';
}

/** A computed value as it is written; before the stage is set there is nothing to compute. */
export function written(formula: Formula, decimals: number, telling: Telling | null): string {
  if (!telling) return learn.soon;
  const value = (telling.of === 'now' ? valueNow : valueBefore)(formula, telling.facts);
  if (value === null) return learn.nothing;
  if (typeof value === 'boolean') return value ? learn.truth.true : learn.truth.false;
  if (typeof value === 'string') return value;
  const [whole = '', fraction] = value.toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  // −0.00 is 0.00, and a minus is a minus.
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

function mathAsText(node: MathNode, telling: Telling | null): string {
  switch (node.kind) {
    case 'row':
      return node.children.map((child) => mathAsText(child, telling)).join(' ');
    case 'scripts': {
      const below = node.below ? mathAsText(node.below, telling).replaceAll(' ', '') : '';
      const above = node.above ? `^${mathAsText(node.above, telling)}` : '';
      return `${mathAsText(node.base, telling)}${below}${above}`;
    }
    case 'fraction':
      return `${mathAsText(node.over, telling)} / ${mathAsText(node.under, telling)}`;
    case 'root':
      return `√(${mathAsText(node.of, telling)})`;
    case 'hat':
      return `${mathAsText(node.of, telling)}̂`;
    case 'symbol':
      return mathAsText(node.of, telling);
    case 'value':
      return written(node.formula, node.decimals, telling);
    default:
      return node.text;
  }
}

function inlineAsText(nodes: readonly Inline[], telling: Telling | null): string {
  return nodes
    .map((node) => {
      if (node.kind === 'math') return mathAsText(node.math, telling);
      if (node.kind === 'computed') return written(node.formula, node.decimals, telling);
      return 'children' in node ? inlineAsText(node.children, telling) : node.text;
    })
    .join('');
}

/** A line of markup as plain text, to be announced. */
export function lineAsText(line: string, telling: Telling | null): string {
  const parsed = parseLine(line);
  return parsed.ok ? inlineAsText(parsed.value, telling) : line;
}

/** A text as plain text, to be announced. */
export function textAsText(text: Text, telling: Telling | null): string {
  const parsed = parseText(text);
  if (!parsed.ok) return '';
  return parsed.value
    .map((block) => {
      if (block.kind === 'formula') return mathAsText(block.math, telling);
      if (block.kind === 'list') return block.entries.map((entry) => inlineAsText(entry, telling)).join('; ');
      return inlineAsText(block.children, telling);
    })
    .join(' ');
}
