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

function InlineNodes({ nodes, facts }: { readonly nodes: readonly Inline[] } & WithFacts) {
  return nodes.map((node, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order
    <InlineNode key={at} node={node} facts={facts} />
  ));
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
