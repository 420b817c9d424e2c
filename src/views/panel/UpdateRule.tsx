import { hasBiases, hasMean, type ModelSettings, type Prediction, penaltyOf, unreachable } from '../../core/model.ts';
import { strings } from '../../strings/index.ts';
import { AlsRule } from './AlsRule.tsx';
import { AlphaTimes, DotProduct, Formula, Indexed, Op, Squared, SquaredNorm, StepTerm, Vector } from './notation.tsx';

const text = strings.panel.rule;

/** e = r_ui − r̂_ui, with the parts that the prediction has now. */
function ErrorLine({ prediction }: { prediction: Prediction }) {
  return (
    <Formula>
      <mi>e</mi>
      <Op>=</Op>
      <Indexed of="r" by="ui" />
      {hasMean(prediction) && (
        <>
          <Op>−</Op>
          <mi>μ</mi>
        </>
      )}
      {hasBiases(prediction) && (
        <>
          <Op>−</Op>
          <Indexed of="b" by="u" />
          <Op>−</Op>
          <Indexed of="b" by="i" />
        </>
      )}
      <Op>−</Op>
      <DotProduct />
    </Formula>
  );
}

/** x ← x + α(2 e y − β x) */
function SgdLine({ of, by, partner }: { of: string; by: string; partner: { of: string; by: string } | null }) {
  const own = <Indexed of={of} by={by} />;
  return (
    <Formula>
      {own}
      <Op>←</Op>
      {own}
      <Op>+</Op>
      <AlphaTimes>
        <StepTerm partner={partner && <Indexed of={partner.of} by={partner.by} />} own={own} />
      </AlphaTimes>
    </Formula>
  );
}

function SgdRule({ prediction, update }: { prediction: Prediction; update: 'sequential' | 'simultaneous' }) {
  return (
    <>
      <p className="muted small">{text.forEach}</p>
      <ErrorLine prediction={prediction} />
      {hasBiases(prediction) && (
        <>
          <SgdLine of="b" by="u" partner={null} />
          <SgdLine of="b" by="i" partner={null} />
        </>
      )}
      <SgdLine of="p" by="uk" partner={{ of: 'q', by: 'ik' }} />
      <SgdLine of="q" by="ik" partner={{ of: 'p', by: 'uk' }} />
      <p className="muted small">{text[update]}</p>
    </>
  );
}

/** v ← γ v + (2 e y − β x), then x ← x + α v */
function MomentumLine({ of, by, partner }: { of: string; by: string; partner: { of: string; by: string } | null }) {
  const own = <Indexed of={of} by={by} />;
  return (
    <>
      <Formula>
        <mi>v</mi>
        <Op>←</Op>
        <mi>γ</mi>
        <mspace width="0.12em" />
        <mi>v</mi>
        <Op>+</Op>
        <StepTerm partner={partner && <Indexed of={partner.of} by={partner.by} />} own={own} />
      </Formula>
      <Formula>
        {own}
        <Op>←</Op>
        {own}
        <Op>+</Op>
        <mi>α</mi>
        <mspace width="0.12em" />
        <mi>v</mi>
      </Formula>
    </>
  );
}

function MomentumRule({ prediction, update }: { prediction: Prediction; update: 'sequential' | 'simultaneous' }) {
  return (
    <>
      <p className="muted small">{text.forEach}</p>
      <ErrorLine prediction={prediction} />
      {hasBiases(prediction) && (
        <>
          <MomentumLine of="b" by="u" partner={null} />
          <MomentumLine of="b" by="i" partner={null} />
        </>
      )}
      <MomentumLine of="p" by="uk" partner={{ of: 'q', by: 'ik' }} />
      <MomentumLine of="q" by="ik" partner={{ of: 'p', by: 'uk' }} />
      <p className="muted small">{text.velocity}</p>
      <p className="muted small">{text[update]}</p>
    </>
  );
}

/** β₁ᵗ and the like. */
function BetaPower({ index, power }: { index: string; power: boolean }) {
  return power ? (
    <msubsup>
      <mi>β</mi>
      <mn>{index}</mn>
      <mi>t</mi>
    </msubsup>
  ) : (
    <msub>
      <mi>β</mi>
      <mn>{index}</mn>
    </msub>
  );
}

function OneMinus({ index, power }: { index: string; power: boolean }) {
  return (
    <mrow>
      <mo stretchy="false">(</mo>
      <mn>1</mn>
      <Op>−</Op>
      <BetaPower index={index} power={power} />
      <mo stretchy="false">)</mo>
    </mrow>
  );
}

function AdamRule({ prediction, decoupled }: { prediction: Prediction; decoupled: boolean }) {
  return (
    <>
      <p className="muted small">{text.forEachBatch}</p>
      <ErrorLine prediction={prediction} />
      <Formula>
        <mi>g</mi>
        <Op>=</Op>
        <mo lspace="0em" rspace="0.1em">
          −
        </mo>
        <mfrac>
          <mn>1</mn>
          <mi>B</mi>
        </mfrac>
        <mo lspace="0em" rspace="0.08em">
          ∑
        </mo>
        <mi>e</mi>
        <Op>·</Op>
        <mi>x</mi>
        {!decoupled && (
          <>
            <Op>+</Op>
            <mi>β</mi>
            <mspace width="0.12em" />
            <mi>w</mi>
          </>
        )}
      </Formula>
      <p className="muted small">{text.adamMeaning}</p>
      {decoupled && <p className="muted small">{text.decoupled}</p>}
      <Formula>
        <mi>m</mi>
        <Op>←</Op>
        <BetaPower index="1" power={false} />
        <mi>m</mi>
        <Op>+</Op>
        <OneMinus index="1" power={false} />
        <mi>g</mi>
      </Formula>
      <Formula>
        <mi>v</mi>
        <Op>←</Op>
        <BetaPower index="2" power={false} />
        <mi>v</mi>
        <Op>+</Op>
        <OneMinus index="2" power={false} />
        <msup>
          <mi>g</mi>
          <mn>2</mn>
        </msup>
      </Formula>
      <Formula>
        <mi>w</mi>
        <Op>←</Op>
        <mi>w</mi>
        <Op>−</Op>
        <mi>α</mi>
        <mfrac>
          <mrow>
            <mi>m</mi>
            <mo>/</mo>
            <OneMinus index="1" power={true} />
          </mrow>
          <mrow>
            <mo lspace="0em" rspace="0em">
              √
            </mo>
            <mo stretchy="false">(</mo>
            <mi>v</mi>
            <mo>/</mo>
            <OneMinus index="2" power={true} />
            <mo stretchy="false">)</mo>
            <Op>+</Op>
            <mi>ε</mi>
          </mrow>
        </mfrac>
      </Formula>
    </>
  );
}

/** Σ e² + (β/2)(‖p_u‖² + ‖q_i‖² [+ b_u² + b_i²]), or Adam's, in two lines. */
function Objective({ model }: { model: ModelSettings }) {
  const sgd = penaltyOf(model.optimizer) === 'per-rating';
  const biased = hasBiases(model.prediction);
  return (
    <>
      <h3 className="panel-heading">{text.objective}</h3>
      <Formula>
        {!sgd && (
          <mfrac>
            <mn>1</mn>
            <mi>N</mi>
          </mfrac>
        )}
        <mo lspace="0em" rspace="0.08em">
          ∑
        </mo>
        {sgd ? (
          <mo stretchy="false">(</mo>
        ) : (
          <mfrac>
            <mn>1</mn>
            <mn>2</mn>
          </mfrac>
        )}
        <msup>
          <mi>e</mi>
          <mn>2</mn>
        </msup>
        {!sgd && biased && <mspace width="0.2em" />}
        <Op>+</Op>
        <mfrac>
          <mi>β</mi>
          <mn>2</mn>
        </mfrac>
        <mo stretchy="false">(</mo>
        <SquaredNorm>{sgd ? <Vector of="p" by="u" /> : <mi>P</mi>}</SquaredNorm>
        <Op>+</Op>
        <SquaredNorm>{sgd ? <Vector of="q" by="i" /> : <mi>Q</mi>}</SquaredNorm>
        {!biased && <mo stretchy="false">{sgd ? '))' : ')'}</mo>}
      </Formula>
      {biased && (
        <Formula>
          <mspace width="4em" />
          <Op>+</Op>
          {sgd ? (
            <>
              <Squared of="b" by="u" />
              <Op>+</Op>
              <Squared of="b" by="i" />
            </>
          ) : (
            <SquaredNorm>
              <mi>b</mi>
            </SquaredNorm>
          )}
          <mo stretchy="false">{sgd ? '))' : ')'}</mo>
        </Formula>
      )}
      <p className="muted small">{sgd ? text.onceARating : text.onceANumber}</p>
    </>
  );
}

function Rule({ model }: { model: ModelSettings }) {
  const { prediction, optimizer } = model;
  switch (optimizer.kind) {
    case 'sgd':
      return <SgdRule prediction={prediction} update={optimizer.update} />;
    case 'momentum':
      return <MomentumRule prediction={prediction} update={optimizer.update} />;
    case 'adam':
      return <AdamRule prediction={prediction} decoupled={optimizer.decay === 'decoupled'} />;
    case 'als':
      return <AlsRule model={model} />;
    default:
      return unreachable(optimizer);
  }
}

/** The rule by which the numbers change, with the symbols that apply to `model` now, and what it makes small. */
export function UpdateRule({ model }: { model: ModelSettings }) {
  const als = model.optimizer.kind === 'als';
  return (
    <section className="update-rule" aria-label={text.title}>
      <h3 className="panel-heading">{text.title}</h3>
      <Rule model={model} />
      {model.nonNegative && !als && <p className="muted small">{text.clipped}</p>}
      {model.schedule && !als && <p className="muted small">{text.alphaFalls}</p>}
      <Objective model={model} />
    </section>
  );
}
