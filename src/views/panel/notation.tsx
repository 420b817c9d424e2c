import type { ReactNode } from 'react';

/**
 * The letters of the formulas as MathML. They are set in the page's own italic (panel.css), not in the mathematical alphabet
 * that browsers would replace them by: many machines have no font for it. Symbols never change case.
 */

/** An operator between two terms, a little closer than browsers set it: the panel is narrow. */
export function Op({ children }: { children: string }) {
  return (
    <mo lspace="0.17em" rspace="0.17em">
      {children}
    </mo>
  );
}

/** One formula on a line of its own. */
export function Formula({ children }: { children: ReactNode }) {
  return (
    <div className="formula">
      <math display="block">
        <mrow>{children}</mrow>
      </math>
    </div>
  );
}

/** x with an index: p_uk, b_u. */
export function Indexed({ of, by }: { of: string; by: string }) {
  return (
    <msub>
      <mi>{of}</mi>
      <mrow>
        {Array.from(by, (letter) => (
          <mi key={letter}>{letter}</mi>
        ))}
      </mrow>
    </msub>
  );
}

/** A vector with an index, bold: p_u. */
export function Vector({ of, by }: { of: 'p' | 'q'; by: string }) {
  return (
    <msub>
      <mi className="vector">{of}</mi>
      <mi>{by}</mi>
    </msub>
  );
}

/** p_u · q_i */
export function DotProduct() {
  return (
    <mrow>
      <Vector of="p" by="u" />
      <Op>·</Op>
      <Vector of="q" by="i" />
    </mrow>
  );
}

/** x with a hat. */
export function Hat({ of }: { of: string }) {
  return (
    <mover accent="true">
      <mi>{of}</mi>
      <mo stretchy="false">^</mo>
    </mover>
  );
}

/** ‖x‖², of a matrix with the F of Frobenius: the squares of all its entries. */
export function SquaredNorm({ children, frobenius = false }: { children: ReactNode; frobenius?: boolean }) {
  const bar = (
    <mo stretchy="false" lspace="0em" rspace="0em">
      ‖
    </mo>
  );
  return (
    <mrow>
      {bar}
      {children}
      {frobenius ? (
        <msubsup>
          {bar}
          <mi>F</mi>
          <mn>2</mn>
        </msubsup>
      ) : (
        <msup>
          {bar}
          <mn>2</mn>
        </msup>
      )}
    </mrow>
  );
}

/** x² of an indexed letter: b_u². */
export function Squared({ of, by }: { of: string; by: string }) {
  return (
    <msubsup>
      <mi>{of}</mi>
      <mi>{by}</mi>
      <mn>2</mn>
    </msubsup>
  );
}

/** α ( … ) */
export function AlphaTimes({ children }: { children: ReactNode }) {
  return (
    <mrow>
      <mi>α</mi>
      <mo stretchy="false">(</mo>
      {children}
      <mo stretchy="false">)</mo>
    </mrow>
  );
}

/** 2 e x − β y, the step that α multiplies. Without a partner x it is that of a bias: 2 e − β y. */
export function StepTerm({ partner, own }: { partner: ReactNode | null; own: ReactNode }) {
  return (
    <mrow>
      <mn>2</mn>
      <mspace width="0.12em" />
      <mi>e</mi>
      {partner !== null && (
        <>
          <mspace width="0.12em" />
          {partner}
        </>
      )}
      <Op>−</Op>
      <mi>β</mi>
      <mspace width="0.12em" />
      {own}
    </mrow>
  );
}
