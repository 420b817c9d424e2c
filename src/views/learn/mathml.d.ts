import type { DetailedHTMLProps, HTMLAttributes } from 'react';

type MathElement = DetailedHTMLProps<HTMLAttributes<Element>, Element>;

// Beside what the model panel uses.
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      msqrt: MathElement;
    }
  }
}
