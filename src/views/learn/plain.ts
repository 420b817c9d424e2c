import { valueNow } from '../../lessons/check.ts';
import type { Facts } from '../../lessons/facts.ts';
import type { Formula, Text } from '../../lessons/lesson.ts';
import { type Inline, parseLine, parseText } from '../../lessons/markup.ts';
import type { MathNode } from '../../lessons/math.ts';
import { learn } from '../../strings/learn.ts';

/** A computed value as it is written; before the stage is set there is nothing to compute. */
export function written(formula: Formula, decimals: number, facts: Facts | null): string {
  if (!facts) return learn.soon;
  const value = valueNow(formula, facts);
  if (value === null) return learn.nothing;
  if (typeof value === 'boolean') return value ? learn.truth.true : learn.truth.false;
  if (typeof value === 'string') return value;
  const [whole = '', fraction] = value.toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  // −0.00 is 0.00, and a minus is a minus.
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

function mathAsText(node: MathNode, facts: Facts | null): string {
  switch (node.kind) {
    case 'row':
      return node.children.map((child) => mathAsText(child, facts)).join(' ');
    case 'scripts': {
      const below = node.below ? mathAsText(node.below, facts).replaceAll(' ', '') : '';
      const above = node.above ? `^${mathAsText(node.above, facts)}` : '';
      return `${mathAsText(node.base, facts)}${below}${above}`;
    }
    case 'fraction':
      return `${mathAsText(node.over, facts)} / ${mathAsText(node.under, facts)}`;
    case 'root':
      return `√(${mathAsText(node.of, facts)})`;
    case 'hat':
      return `${mathAsText(node.of, facts)}̂`;
    case 'symbol':
      return mathAsText(node.of, facts);
    case 'value':
      return written(node.formula, node.decimals, facts);
    default:
      return node.text;
  }
}

function inlineAsText(nodes: readonly Inline[], facts: Facts | null): string {
  return nodes
    .map((node) => {
      if (node.kind === 'math') return mathAsText(node.math, facts);
      if (node.kind === 'computed') return written(node.formula, node.decimals, facts);
      return 'children' in node ? inlineAsText(node.children, facts) : node.text;
    })
    .join('');
}

/** A line of markup as plain text, to be announced. */
export function lineAsText(line: string, facts: Facts | null): string {
  const parsed = parseLine(line);
  return parsed.ok ? inlineAsText(parsed.value, facts) : line;
}

/** A text as plain text, to be announced. */
export function textAsText(text: Text, facts: Facts | null): string {
  const parsed = parseText(text);
  if (!parsed.ok) return '';
  return parsed.value
    .map((block) => {
      if (block.kind === 'formula') return mathAsText(block.math, facts);
      if (block.kind === 'list') return block.entries.map((entry) => inlineAsText(entry, facts)).join('; ');
      return inlineAsText(block.children, facts);
    })
    .join(' ');
}
