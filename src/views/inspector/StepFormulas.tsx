import type { ReactNode } from 'react';
import { strings } from '../../strings/index.ts';
import { Formula, Hat, Indexed, Op, Vector } from '../panel/notation.tsx';

/** x with an exponent. */
function Power({ of, to }: { of: ReactNode; to: string }) {
  return (
    <msup>
      {of}
      {/^\d/.test(to) ? <mn>{to}</mn> : <mi>{to}</mi>}
    </msup>
  );
}

/** β₁, λ_u and the like. */
function Numbered({ of, by }: { of: string; by: string }) {
  return (
    <msub>
      <mi>{of}</mi>
      <mn>{by}</mn>
    </msub>
  );
}

function Bracketed({ children }: { children: ReactNode }) {
  return (
    <mrow>
      <mo stretchy="false">(</mo>
      {children}
      <mo stretchy="false">)</mo>
    </mrow>
  );
}

function Sum({ over, children }: { over: ReactNode; children: ReactNode }) {
  return (
    <mrow>
      <munder>
        <mo>∑</mo>
        {over}
      </munder>
      {children}
    </mrow>
  );
}

/** 1 − β₁ */
function OneLess({ children }: { children: ReactNode }) {
  return (
    <mrow>
      <mn>1</mn>
      <Op>−</Op>
      {children}
    </mrow>
  );
}

/** m ← β₁ m + (1 − β₁) g */
function Moment({ of, by, gradient }: { of: string; by: string; gradient: ReactNode }) {
  const beta = <Numbered of="β" by={by} />;
  return (
    <Formula>
      <mi>{of}</mi>
      <Op>←</Op>
      {beta}
      <mspace width="0.12em" />
      <mi>{of}</mi>
      <Op>+</Op>
      <Bracketed>
        <OneLess>{beta}</OneLess>
      </Bracketed>
      <mspace width="0.12em" />
      {gradient}
    </Formula>
  );
}

/** m̂ = m / (1 − β₁ᵗ) */
function Corrected({ of, by }: { of: string; by: string }) {
  return (
    <>
      <Hat of={of} />
      <Op>=</Op>
      <mfrac>
        <mi>{of}</mi>
        <OneLess>
          <Power of={<Numbered of="β" by={by} />} to="t" />
        </OneLess>
      </mfrac>
    </>
  );
}

/** One step of Adam for a number w: here p_uk, whose partner is q_ik. */
export function AdamFormulas({ decoupled, penalized }: { decoupled: boolean; penalized: boolean }) {
  const w = <Indexed of="p" by="uk" />;
  return (
    <div className="step-formulas">
      <Formula>
        <mi>g</mi>
        <Op>=</Op>
        <mfrac>
          <mn>1</mn>
          <mi>B</mi>
        </mfrac>
        <Sum over={<mi>B</mi>}>
          <mo lspace="0em" rspace="0em">
            −
          </mo>
          <mi>e</mi>
          <mspace width="0.12em" />
          <Indexed of="q" by="ik" />
        </Sum>
        {penalized && !decoupled && (
          <>
            <Op>+</Op>
            <mi>β</mi>
            <mspace width="0.12em" />
            {w}
          </>
        )}
      </Formula>
      <Moment of="m" by="1" gradient={<mi>g</mi>} />
      <Moment of="v" by="2" gradient={<Power of={<mi>g</mi>} to="2" />} />
      <Formula>
        <Corrected of="m" by="1" />
        <mspace width="1em" />
        <Corrected of="v" by="2" />
      </Formula>
      <Formula>
        {w}
        <Op>←</Op>
        {w}
        {penalized && decoupled && (
          <Bracketed>
            <OneLess>
              <mi>α</mi>
              <mi>β</mi>
            </OneLess>
          </Bracketed>
        )}
        <Op>−</Op>
        <mi>α</mi>
        <mspace width="0.12em" />
        <mfrac>
          <Hat of="m" />
          <mrow>
            <msqrt>
              <Hat of="v" />
            </msqrt>
            <Op>+</Op>
            <mi>ε</mi>
          </mrow>
        </mfrac>
      </Formula>
    </div>
  );
}

/** z_j = (q_j, 1) */
function PartnerWithOne({ of, by }: { of: 'p' | 'q'; by: string }) {
  return (
    <Bracketed>
      <Vector of={of} by={by} />
      <mo>,</mo>
      <mn>1</mn>
    </Bracketed>
  );
}

/** The system that puts a row where the objective is lowest. */
export function AlsFormulas(props: { side: 'users' | 'items'; biased: boolean; mean: boolean; clipped: boolean }) {
  const { side, biased, mean, clipped } = props;
  const partner = side === 'users' ? ('q' as const) : ('p' as const);
  const own = side === 'users' ? ('p' as const) : ('q' as const);
  const by = side === 'users' ? 'i' : 'u';
  const row = side === 'users' ? 'u' : 'i';
  const z = (
    <msub>
      <mi className="vector">{biased ? 'z' : partner}</mi>
      <mi>{by}</mi>
    </msub>
  );
  const letter = (of: string) => <mi className="vector">{of}</mi>;
  const rest = (
    <>
      <Indexed of="r" by="ui" />
      {mean && (
        <>
          <Op>−</Op>
          <mi>μ</mi>
        </>
      )}
      {biased && (
        <>
          <Op>−</Op>
          <Indexed of="b" by={by} />
        </>
      )}
    </>
  );
  return (
    <div className="step-formulas">
      <Formula>
        {letter('A')}
        {letter('w')}
        <Op>=</Op>
        {letter('b')}
        <mo>,</mo>
        <mspace width="0.6em" />
        {letter('w')}
        <Op>=</Op>
        {biased ? (
          <Bracketed>
            <Vector of={own} by={row} />
            <mo>,</mo>
            <Indexed of="b" by={row} />
          </Bracketed>
        ) : (
          <Vector of={own} by={row} />
        )}
      </Formula>
      <Formula>
        {letter('A')}
        <Op>=</Op>
        <Sum over={<mi>{by}</mi>}>
          {z}
          <Power of={z} to="T" />
        </Sum>
        <Op>+</Op>
        <mi>λ</mi>
        {letter('I')}
        {biased && (
          <>
            <mo>,</mo>
            <mspace width="0.6em" />
            {z}
            <Op>=</Op>
            <PartnerWithOne of={partner} by={by} />
          </>
        )}
      </Formula>
      <Formula>
        {letter('b')}
        <Op>=</Op>
        <Sum over={<mi>{by}</mi>}>
          {biased ? <Bracketed>{rest}</Bracketed> : rest}
          <mspace width="0.12em" />
          {z}
        </Sum>
      </Formula>
      {clipped && (
        <Formula>
          <Indexed of="w" by="f" />
          <Op>←</Op>
          <mi>{strings.nextUpdate.max}</mi>
          <Bracketed>
            <mn>0</mn>
            <mo>,</mo>
            <mfrac>
              <mrow>
                <Indexed of="b" by="f" />
                <Op>−</Op>
                <Sum
                  over={
                    <mrow>
                      <mi>g</mi>
                      <mo>≠</mo>
                      <mi>f</mi>
                    </mrow>
                  }
                >
                  <Indexed of="A" by="fg" />
                  <mspace width="0.12em" />
                  <Indexed of="w" by="g" />
                </Sum>
              </mrow>
              <msub>
                <mi>A</mi>
                <mrow>
                  <mi>f</mi>
                  <mi>f</mi>
                </mrow>
              </msub>
            </mfrac>
          </Bracketed>
        </Formula>
      )}
    </div>
  );
}
