import { memo, type ReactNode, useMemo } from 'react';
import type { Facts } from '../../lessons/facts.ts';
import type { Text } from '../../lessons/lesson.ts';
import { type Block, type Inline, parseLine, parseText } from '../../lessons/markup.ts';
import type { Lights } from '../../lessons/math.ts';
import { LessonMath } from './LessonMath.tsx';
import { written } from './plain.ts';
import { useLights } from './use-lights.ts';

interface WithFacts {
  readonly facts: Facts | null;
}

/** A computed number or name in the text; one cell's number and its cell light each other up. */
function Computed({ text, lights }: { readonly text: string; readonly lights: Lights }) {
  const { lit, ...events } = useLights(lights);
  return (
    <span className="learn-value numbers" data-lit={lit || undefined} {...events}>
      {text}
    </span>
  );
}

function InlineNode({ node, facts }: { readonly node: Inline } & WithFacts): ReactNode {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'code':
      return <code>{node.text}</code>;
    case 'strong':
      return (
        <strong>
          <InlineNodes nodes={node.children} facts={facts} />
        </strong>
      );
    case 'stressed':
      return (
        <em>
          <InlineNodes nodes={node.children} facts={facts} />
        </em>
      );
    case 'math':
      return <LessonMath math={node.math} facts={facts} />;
    case 'computed': {
      const text = written(node.formula, node.decimals, facts);
      return node.lights ? <Computed text={text} lights={node.lights} /> : <span className="numbers">{text}</span>;
    }
  }
}

/** What ends a clause or closes a bracket, and must not begin a line. */
const ENDING = /^[.,;:!?)]+/;

/** A formula with the sign that ends it: a line breaks after both. */
function InlineNodes({ nodes, facts }: { readonly nodes: readonly Inline[] } & WithFacts) {
  const isMath = (node: Inline | undefined) => node?.kind === 'math';
  return nodes.map((node, at) => {
    const after = nodes[at + 1];
    const ending = isMath(node) && after?.kind === 'text' ? ENDING.exec(after.text)?.[0] : undefined;
    const taken = node.kind === 'text' && isMath(nodes[at - 1]) ? (ENDING.exec(node.text)?.[0].length ?? 0) : 0;
    const whole = taken > 0 && node.kind === 'text' ? { ...node, text: node.text.slice(taken) } : node;
    return ending === undefined ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order
      <InlineNode key={at} node={whole} facts={facts} />
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order
      <span key={at} className="learn-whole">
        <InlineNode node={node} facts={facts} />
        {ending}
      </span>
    );
  });
}

function BlockNode({ block, facts }: { readonly block: Block } & WithFacts) {
  if (block.kind === 'formula') {
    return (
      <div className="formula learn-formula">
        <LessonMath math={block.math} facts={facts} display />
      </div>
    );
  }
  if (block.kind === 'paragraph') {
    return (
      <p>
        <InlineNodes nodes={block.children} facts={facts} />
      </p>
    );
  }
  const List = block.numbered ? 'ol' : 'ul';
  return (
    <List className="learn-entries">
      {block.entries.map((entry, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list does not change its order
        <li key={at}>
          <InlineNodes nodes={entry} facts={facts} />
        </li>
      ))}
    </List>
  );
}

/** Paragraphs, lists and formulas of a lesson, with their numbers as they are now. */
export const LessonText = memo(function LessonText({ text, facts }: { readonly text: Text } & WithFacts) {
  const blocks = useMemo(() => {
    const parsed = parseText(text);
    return parsed.ok ? parsed.value : [];
  }, [text]);
  return blocks.map((block, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order
    <BlockNode key={at} block={block} facts={facts} />
  ));
});

/** One line of it. */
export const LessonLine = memo(function LessonLine({ line, facts }: { readonly line: string } & WithFacts) {
  const nodes = useMemo(() => {
    const parsed = parseLine(line);
    return parsed.ok ? parsed.value : [];
  }, [line]);
  return <InlineNodes nodes={nodes} facts={facts} />;
});
