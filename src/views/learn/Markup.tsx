import { memo, type ReactNode, useMemo } from 'react';
import type { Text } from '../../lessons/lesson.ts';
import { type Block, type Inline, parseLine, parseText } from '../../lessons/markup.ts';
import type { Lights } from '../../lessons/math.ts';
import { LessonMath } from './LessonMath.tsx';
import { type Telling, written } from './plain.ts';
import { useLights } from './use-lights.ts';

interface WithTelling {
  readonly telling: Telling | null;
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

function InlineNode({ node, telling }: { readonly node: Inline } & WithTelling): ReactNode {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'code':
      return <code>{node.text}</code>;
    case 'strong':
      return (
        <strong>
          <InlineNodes nodes={node.children} telling={telling} />
        </strong>
      );
    case 'stressed':
      return (
        <em>
          <InlineNodes nodes={node.children} telling={telling} />
        </em>
      );
    case 'math':
      return <LessonMath math={node.math} telling={telling} />;
    case 'computed': {
      const text = written(node.formula, node.decimals, telling);
      return node.lights ? <Computed text={text} lights={node.lights} /> : <span className="numbers">{text}</span>;
    }
  }
}

/** What ends a clause or closes a bracket, and must not begin a line. */
const ENDING = /^[.,;:!?)]+/;

/** A formula with the sign that ends it: a line breaks after both. */
function InlineNodes({ nodes, telling }: { readonly nodes: readonly Inline[] } & WithTelling) {
  const isMath = (node: Inline | undefined) => node?.kind === 'math';
  return nodes.map((node, at) => {
    const after = nodes[at + 1];
    const ending = isMath(node) && after?.kind === 'text' ? ENDING.exec(after.text)?.[0] : undefined;
    const taken = node.kind === 'text' && isMath(nodes[at - 1]) ? (ENDING.exec(node.text)?.[0].length ?? 0) : 0;
    const whole = taken > 0 && node.kind === 'text' ? { ...node, text: node.text.slice(taken) } : node;
    return ending === undefined ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order
      <InlineNode key={at} node={whole} telling={telling} />
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order
      <span key={at} className="learn-whole">
        <InlineNode node={node} telling={telling} />
        {ending}
      </span>
    );
  });
}

function BlockNode({ block, telling }: { readonly block: Block } & WithTelling) {
  if (block.kind === 'formula') {
    return (
      <div className="formula learn-formula">
        <LessonMath math={block.math} telling={telling} display />
      </div>
    );
  }
  if (block.kind === 'paragraph') {
    return (
      <p>
        <InlineNodes nodes={block.children} telling={telling} />
      </p>
    );
  }
  const List = block.numbered ? 'ol' : 'ul';
  return (
    <List className="learn-entries">
      {block.entries.map((entry, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list does not change its order
        <li key={at}>
          <InlineNodes nodes={entry} telling={telling} />
        </li>
      ))}
    </List>
  );
}

/** Paragraphs, lists and formulas of a lesson, with their numbers. */
export const LessonText = memo(function LessonText({ text, telling }: { readonly text: Text } & WithTelling) {
  const blocks = useMemo(() => {
    const parsed = parseText(text);
    return parsed.ok ? parsed.value : [];
  }, [text]);
  return blocks.map((block, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order
    <BlockNode key={at} block={block} telling={telling} />
  ));
});

/** One line of it. */
export const LessonLine = memo(function LessonLine({ line, telling }: { readonly line: string } & WithTelling) {
  const nodes = useMemo(() => {
    const parsed = parseLine(line);
    return parsed.ok ? parsed.value : [];
  }, [line]);
  return <InlineNodes nodes={nodes} telling={telling} />;
});
