import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { at, filesUnder, parse, walk } from './source.ts';

/** Exact in every engine: IEEE 754 prescribes each of their bits. */
const EXACT_MATH = new Set([
  'abs',
  'ceil',
  'clz32',
  'floor',
  'fround',
  'imul',
  'max',
  'min',
  'round',
  'sign',
  'sqrt',
  'trunc',
]);

/** What depends on the machine, the clock, or on there being a page. */
const FORBIDDEN = new Set([
  'Date',
  'Intl',
  'console',
  'crypto',
  'document',
  'globalThis',
  'localStorage',
  'navigator',
  'performance',
  'postMessage',
  'queueMicrotask',
  'requestAnimationFrame',
  'self',
  'setInterval',
  'setTimeout',
  'window',
]);

/** Whether an identifier stands for a value here, rather than naming a property, a key or a type's member. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent) || ts.isTypeReferenceNode(parent) || ts.isImportSpecifier(parent)) return false;
  return !('name' in parent && parent.name === node && !ts.isShorthandPropertyAssignment(parent));
}

/** Everything in a file that makes its numbers depend on more than its arguments. */
function impurities(file: ts.SourceFile): string[] {
  const found: string[] = [];
  walk(file, (node) => {
    if (ts.isIdentifier(node) && node.text === 'Math' && isReference(node)) {
      const { parent } = node;
      if (!ts.isPropertyAccessExpression(parent)) found.push(at(file, node, 'Math itself'));
      else if (!EXACT_MATH.has(parent.name.text)) found.push(at(file, parent, parent.getText(file)));
    }
    if (ts.isIdentifier(node) && FORBIDDEN.has(node.text) && isReference(node)) found.push(at(file, node, node.text));
    if (node.kind === ts.SyntaxKind.AsteriskAsteriskToken) found.push(at(file, node, '**'));
    if (node.kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken) found.push(at(file, node, '**='));
    if (ts.isPropertyAccessExpression(node) && node.name.text.startsWith('toLocale'))
      found.push(at(file, node, node.name.text));
  });
  return found;
}

describe('core and engines compute the same on every machine', () => {
  test('no inexact math, no clock, no chance, no page', () => {
    const files = [...filesUnder('src/core', ['.ts']), ...filesUnder('src/engines', ['.ts'])];
    expect(files.length).toBeGreaterThan(10);
    expect(files.flatMap((file) => impurities(parse(file)))).toEqual([]);
  });

  test('the search finds what it is looking for, and leaves comments and names alone', () => {
    const source = `
      // Math.random, Date.now and 2 ** 3 in a comment
      const text = 'Math.random()';
      interface Named { readonly window: number; readonly performance: string }
      const named = { window: Math.sqrt(2) };
      export const a = Math.random() + Math.exp(1) + 2 ** 3 + Date.now() + named.window;
      const { log } = Math;
      console.warn(a, text, log);
    `;
    const file = ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true);
    expect(impurities(file)).toEqual([
      'x.ts:6: Math.random',
      'x.ts:6: Math.exp',
      'x.ts:6: **',
      'x.ts:6: Date',
      'x.ts:7: Math itself',
      'x.ts:8: console',
    ]);
  });
});
