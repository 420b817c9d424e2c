import { type ReactNode, useId, useRef } from 'react';
import { strings } from '../../strings/index.ts';
import { AlphaTimes, DotProduct, Formula, Hat, Indexed, Op, Squared, SquaredNorm, StepTerm } from './notation.tsx';

const text = strings.panel.about;

/** A letter with its index, as text inside the formulas below. */
const pOf = <Indexed of="p" by="uk" />;
const qOf = <Indexed of="q" by="ik" />;

function Numbered({ number, children }: { number: string; children: ReactNode }) {
  return (
    <div className="about-numbered">
      <Formula>{children}</Formula>
      <span className="muted numbers">{text.numbered(number)}</span>
    </div>
  );
}

function ProductFormula() {
  return (
    <Numbered number="21.3.1">
      <Hat of="R" />
      <Op>=</Op>
      <mi>P</mi>
      <msup>
        <mi>Q</mi>
        <mo>⊤</mo>
      </msup>
    </Numbered>
  );
}

function BiasFormula() {
  return (
    <Numbered number="21.3.2">
      <msub>
        <Hat of="R" />
        <mrow>
          <mi>u</mi>
          <mi>i</mi>
        </mrow>
      </msub>
      <Op>=</Op>
      <DotProduct />
      <Op>+</Op>
      <Indexed of="b" by="u" />
      <Op>+</Op>
      <Indexed of="b" by="i" />
    </Numbered>
  );
}

function ObjectiveFormula() {
  return (
    <Numbered number="21.3.3">
      <munder>
        <mrow>
          <mtext>arg min</mtext>
        </mrow>
        <mrow>
          <mi>P</mi>
          <mo>,</mo>
          <mi>Q</mi>
          <mo>,</mo>
          <mi>b</mi>
        </mrow>
      </munder>
      <munder>
        <mo lspace="0em" rspace="0.08em">
          ∑
        </mo>
        <mrow>
          <mo stretchy="false">(</mo>
          <mi>u</mi>
          <mo>,</mo>
          <mi>i</mi>
          <mo stretchy="false">)</mo>
          <Op>∈</Op>
          <mi>K</mi>
        </mrow>
      </munder>
      <SquaredNorm>
        <Indexed of="R" by="ui" />
        <Op>−</Op>
        <msub>
          <Hat of="R" />
          <mrow>
            <mi>u</mi>
            <mi>i</mi>
          </mrow>
        </msub>
      </SquaredNorm>
      <Op>+</Op>
      <mi>λ</mi>
      <mo stretchy="false">(</mo>
      <SquaredNorm frobenius>
        <mi>P</mi>
      </SquaredNorm>
      <Op>+</Op>
      <SquaredNorm frobenius>
        <mi>Q</mi>
      </SquaredNorm>
      <Op>+</Op>
      <Squared of="b" by="u" />
      <Op>+</Op>
      <Squared of="b" by="i" />
      <mo stretchy="false">)</mo>
    </Numbered>
  );
}

/** ∂e²/∂x = −2 e y */
function Derivative({ of, partner }: { of: ReactNode; partner: ReactNode }) {
  return (
    <Formula>
      <mfrac>
        <mrow>
          <mo>∂</mo>
          <msup>
            <mi>e</mi>
            <mn>2</mn>
          </msup>
        </mrow>
        <mrow>
          <mo>∂</mo>
          {of}
        </mrow>
      </mfrac>
      <Op>=</Op>
      <mo lspace="0em" rspace="0em">
        −
      </mo>
      <mn>2</mn>
      <mspace width="0.12em" />
      <mi>e</mi>
      <mspace width="0.12em" />
      {partner}
    </Formula>
  );
}

function Step({ of, partner }: { of: ReactNode; partner: ReactNode }) {
  return (
    <Formula>
      {of}
      <Op>←</Op>
      {of}
      <Op>+</Op>
      <AlphaTimes>
        <StepTerm partner={partner} own={of} />
      </AlphaTimes>
    </Formula>
  );
}

function Explanation() {
  return (
    <>
      <h3>{text.factorizeTitle}</h3>
      <p>{text.factorize}</p>
      <ProductFormula />
      <p>{text.sizes}</p>
      <h3>{text.factorsTitle}</h3>
      <p>{text.factors}</p>
      <p>{text.embedding}</p>
      <h3>{text.biasesTitle}</h3>
      <p>{text.biases}</p>
      <BiasFormula />
      <p>{text.biasesMean}</p>
      <h3>{text.objectiveTitle}</h3>
      <p>{text.objective}</p>
      <ObjectiveFormula />
      <p>{text.objectiveHere}</p>
      <h3>{text.learningTitle}</h3>
      <p>{text.learning}</p>
      <Derivative of={pOf} partner={qOf} />
      <Derivative of={qOf} partner={pOf} />
      <p>{text.step}</p>
      <Step of={pOf} partner={qOf} />
      <Step of={qOf} partner={pOf} />
      <p>{text.alpha}</p>
      <p>{text.libraries}</p>
      <p>{text.adam}</p>
      <h3>{text.useTitle}</h3>
      <p>{text.use}</p>
    </>
  );
}

/** "What is this?": a button, and a dialog that says in short what the model is and where its formulas come from. */
export function AboutModel() {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  return (
    <>
      <button type="button" className="button about-open" onClick={() => dialog.current?.showModal()}>
        {text.open}
      </button>
      <dialog ref={dialog} className="about" aria-labelledby={titleId}>
        <div className="about-head">
          <h2 id={titleId}>{text.title}</h2>
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            {text.close}
          </button>
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <div className="about-text" tabIndex={0} role="document">
          <Explanation />
        </div>
      </dialog>
    </>
  );
}
