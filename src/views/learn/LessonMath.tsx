import type { ReactNode } from 'react';
import type { Lights, MathNode } from '../../lessons/math.ts';
import { Op } from '../panel/notation.tsx';
import { type Telling, written } from './plain.ts';
import { useLights } from './use-lights.ts';

interface Props {
  readonly node: MathNode;
  readonly telling: Telling | null;
}

/** Operators that stand between two terms; brackets and the like stand close. */
const BETWEEN = /^[+−=<>·×≤≥≠≈←→±]$/;

function Lit({ lights, children }: { readonly lights: Lights; readonly children: ReactNode }) {
  const { lit, ...events } = useLights(lights);
  return (
    <mrow className="learn-symbol" data-lit={lit || undefined} {...events}>
      {children}
    </mrow>
  );
}

function Operator({ text }: { readonly text: string }) {
  if (BETWEEN.test(text)) return <Op>{text}</Op>;
  return text === '∑' ? <mo>{text}</mo> : <mo stretchy="false">{text}</mo>;
}

function Scripts({ node, telling }: Props) {
  if (node.kind !== 'scripts') return null;
  const base = <Node node={node.base} telling={telling} />;
  const below = node.below && <Node node={node.below} telling={telling} />;
  const above = node.above && <Node node={node.above} telling={telling} />;
  if (below && above) {
    return (
      <msubsup>
        {base}
        {below}
        {above}
      </msubsup>
    );
  }
  return below ? (
    <msub>
      {base}
      {below}
    </msub>
  ) : (
    <msup>
      {base}
      {above}
    </msup>
  );
}

/** One node as one MathML element: scripts and fractions count their children. */
function Node({ node, telling }: Props): ReactNode {
  switch (node.kind) {
    case 'row':
      return (
        <mrow>
          {node.children.map((child, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a formula does not change its order
            <Node key={at} node={child} telling={telling} />
          ))}
        </mrow>
      );
    case 'identifier':
      return <mi>{node.text}</mi>;
    case 'bold':
      return <mi className="vector">{node.text}</mi>;
    case 'number':
      return <mn>{node.text}</mn>;
    case 'operator':
      return <Operator text={node.text} />;
    case 'text':
      return <mtext>{node.text}</mtext>;
    case 'scripts':
      return <Scripts node={node} telling={telling} />;
    case 'fraction':
      return (
        <mfrac>
          <Node node={node.over} telling={telling} />
          <Node node={node.under} telling={telling} />
        </mfrac>
      );
    case 'root':
      return (
        <msqrt>
          <Node node={node.of} telling={telling} />
        </msqrt>
      );
    case 'hat':
      return (
        <mover accent="true">
          <Node node={node.of} telling={telling} />
          <mo stretchy="false">^</mo>
        </mover>
      );
    case 'symbol':
      return (
        <Lit lights={node.lights}>
          <Node node={node.of} telling={telling} />
        </Lit>
      );
    case 'value': {
      const number = <mn className="numbers">{written(node.formula, node.decimals, telling)}</mn>;
      return node.lights ? <Lit lights={node.lights}>{number}</Lit> : number;
    }
  }
}

/** A formula of a lesson as MathML, in the line or on a line of its own. */
export function LessonMath(props: {
  readonly math: MathNode;
  readonly telling: Telling | null;
  readonly display?: boolean;
}) {
  return (
    <math className="learn-math" display={props.display ? 'block' : 'inline'}>
      <Node node={props.math} telling={props.telling} />
    </math>
  );
}
