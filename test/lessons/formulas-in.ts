import type { Formula, Text } from '../../src/lessons/lesson.ts';
import { type Inline, parseText } from '../../src/lessons/markup.ts';
import type { MathNode } from '../../src/lessons/math.ts';

/** Everything computed in a text, in order: in its words and in its math. */
export function formulasIn(text: Text): readonly Formula[] {
  const blocks = parseText(text);
  if (!blocks.ok) return [];
  const ofMath = (node: MathNode): readonly Formula[] => {
    switch (node.kind) {
      case 'value':
        return [node.formula];
      case 'row':
        return node.children.flatMap(ofMath);
      case 'scripts':
        return [node.base, node.below, node.above].flatMap((one) => (one ? ofMath(one) : []));
      case 'fraction':
        return [...ofMath(node.over), ...ofMath(node.under)];
      case 'root':
      case 'hat':
      case 'symbol':
        return ofMath(node.of);
      default:
        return [];
    }
  };
  const ofInline = (node: Inline): readonly Formula[] => {
    if (node.kind === 'computed') return [node.formula];
    if (node.kind === 'math') return ofMath(node.math);
    return node.kind === 'strong' || node.kind === 'stressed' ? node.children.flatMap(ofInline) : [];
  };
  return blocks.value.flatMap((block) =>
    block.kind === 'formula'
      ? ofMath(block.math)
      : block.kind === 'list'
        ? block.entries.flatMap((entry) => entry.flatMap(ofInline))
        : block.children.flatMap(ofInline),
  );
}
