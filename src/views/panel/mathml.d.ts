import type { DetailedHTMLProps, HTMLAttributes } from 'react';

interface MathAttributes extends HTMLAttributes<Element> {
  display?: 'block' | 'inline';
  mathvariant?: 'normal';
  stretchy?: 'true' | 'false';
  accent?: 'true' | 'false';
  lspace?: string;
  rspace?: string;
  width?: string;
}

type MathElement = DetailedHTMLProps<MathAttributes, Element>;

// The elements of MathML Core that formulas here are made of; the types of React know none of them.
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      math: MathElement;
      mrow: MathElement;
      mi: MathElement;
      mn: MathElement;
      mo: MathElement;
      mtext: MathElement;
      mspace: MathElement;
      msub: MathElement;
      msup: MathElement;
      msubsup: MathElement;
      mover: MathElement;
      munder: MathElement;
      mfrac: MathElement;
    }
  }
}
