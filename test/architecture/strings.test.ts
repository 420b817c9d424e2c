import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { at, filesUnder, parse, walk } from './source.ts';

/** Attributes whose text a person reads or hears. */
const SPOKEN = new Set([
  'alt',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'label',
  'placeholder',
  'title',
]);

/** Symbols and units of formulas may stand in the markup; a word may not. */
const isWord = (text: string) => /\p{L}{3,}/u.test(text);

/** Letters that are no words: what stands under a formula's minimum. */
const NOTATION = new Set(['arg min']);

/** Texts in a component's markup that belong in the catalog. */
function literals(file: ts.SourceFile): string[] {
  const found: string[] = [];
  walk(file, (node) => {
    if (ts.isJsxText(node) && isWord(node.text) && !NOTATION.has(node.text.trim()))
      found.push(at(file, node, node.text.trim()));
    if (!ts.isStringLiteralLike(node) || !isWord(node.text)) return;
    const { parent } = node;
    const attribute = ts.isJsxExpression(parent) ? parent.parent : parent;
    if (ts.isJsxAttribute(attribute) && SPOKEN.has(attribute.name.getText(file))) found.push(at(file, node, node.text));
    else if (ts.isJsxExpression(parent) && !ts.isJsxAttribute(attribute)) found.push(at(file, node, node.text));
  });
  return found;
}

describe('every text a person reads comes from the catalog', () => {
  test('no words in the markup of views and app', () => {
    const files = [...filesUnder('src/views', ['.tsx']), ...filesUnder('src/app', ['.tsx'])];
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((file) => literals(parse(file)))).toEqual([]);
  });

  test('the search finds words and lets symbols pass', () => {
    const source = `const a = <p title="Hello you" className="stage wide">P <b>Qᵀ</b> <mi>arg min</mi> Loss {'words too'} {strings.ok}</p>;`;
    const file = ts.createSourceFile('x.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
    expect(literals(file)).toEqual(['x.tsx:1: Hello you', 'x.tsx:1: Loss', 'x.tsx:1: words too']);
  });
});
