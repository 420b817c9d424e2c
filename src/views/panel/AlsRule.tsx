import type { ModelSettings } from '../../core/model.ts';
import { hasBiases } from '../../core/model.ts';
import { strings } from '../../strings/index.ts';
import { Formula, Indexed, Op, Vector } from './notation.tsx';

const text = strings.panel.rule;

/** Σ over the ratings of a row. */
function Sum() {
  return (
    <mo lspace="0em" rspace="0.08em">
      ∑
    </mo>
  );
}

/** (Σ q qᵀ + n_u·β/2·I) p_u = Σ (r − …) q: the row where the objective is lowest. */
export function AlsRule({ model }: { model: ModelSettings }) {
  const biased = hasBiases(model.prediction);
  const mean = model.prediction === 'mean+factors+biases';
  return (
    <>
      <p className="muted small">{text.forEachRow}</p>
      <Formula>
        <mo stretchy="false">(</mo>
        <Sum />
        <Vector of="q" by="i" />
        <msubsup>
          <mi className="vector">q</mi>
          <mi>i</mi>
          <mi>T</mi>
        </msubsup>
        <Op>+</Op>
        <Indexed of="n" by="u" />
        <mfrac>
          <mi>β</mi>
          <mn>2</mn>
        </mfrac>
        <mi>I</mi>
        <mo stretchy="false">)</mo>
        <Vector of="p" by="u" />
      </Formula>
      <Formula>
        <mspace width="2em" />
        <Op>=</Op>
        <Sum />
        {biased && <mo stretchy="false">(</mo>}
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
            <Indexed of="b" by="i" />
            <mo stretchy="false">)</mo>
          </>
        )}
        <Vector of="q" by="i" />
      </Formula>
      <p className="muted small">{model.nonNegative ? text.alsClipped : text.alsSystem}</p>
      {biased && <p className="muted small">{text.alsBias}</p>}
    </>
  );
}
