import type { MomentumTrace, VelocityTrace } from '../../core/trace-momentum.ts';
import { strings } from '../../strings/index.ts';
import { FACTORS_SHOWN, IndexedLetter, Line, Step } from './StepLines.tsx';
import { roomOfError, roomOfVelocity, writtenError, writtenStep, writtenVelocity } from './written-step.ts';

const text = strings.inspector;

/** γ · v + (2 · e · partner − β · before) = v, then α · v = Δ, and before + Δ = after. */
function VelocityStep(props: { of: string; by: string; number: VelocityTrace; trace: MomentumTrace; factor?: number }) {
  const { of, by, number, trace, factor = null } = props;
  const { alpha, beta, error, momentum } = trace;
  const { before, partner, after, velocity, newVelocity } = number;
  const step = { alpha, beta, error, partner, before, after, gradient: newVelocity };
  const written = writtenStep(step);
  const carried = writtenVelocity(step, { momentum, velocity }, written.change);
  return (
    <Step
      symbol={<IndexedLetter of={of} by={by} />}
      room={roomOfVelocity(momentum, alpha, beta, partner !== null)}
      factor={factor}
    >
      <Line sum={carried.sum} is={carried.velocity} />
      <Line sum={carried.product} is={written.change} />
      <Line sum={written.sum} is={written.after} strong />
    </Step>
  );
}

function FactorSteps(props: { factor: MomentumTrace['factors'][number]; at: number; trace: MomentumTrace }) {
  const { factor, at, trace } = props;
  return (
    <>
      <VelocityStep of="p" by={`u${at + 1}`} number={factor.p} trace={trace} factor={at} />
      <VelocityStep of="q" by={`i${at + 1}`} number={factor.q} trace={trace} factor={at} />
    </>
  );
}

/** What visiting the selected rating would do under momentum, velocities written out. */
export function MomentumStep({ trace }: { trace: MomentumTrace }) {
  const hidden = trace.factors.length - FACTORS_SHOWN;
  const error = writtenError(trace.rating, trace.error);
  return (
    <>
      <p className="muted small">
        {text.nextWith}; {strings.panel.rule[trace.update]}; {text.nextVelocity}
      </p>
      <ol className="steps">
        <Step symbol={<i className="symbol step-symbol">e</i>} room={roomOfError(trace.rating)}>
          <Line sum={error.difference} is={error.error} strong />
        </Step>
        {trace.userBias && <VelocityStep of="b" by="u" number={trace.userBias} trace={trace} />}
        {trace.itemBias && <VelocityStep of="b" by="i" number={trace.itemBias} trace={trace} />}
        {trace.factors.slice(0, FACTORS_SHOWN).map((factor, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a factor is its place
          <FactorSteps key={at} factor={factor} at={at} trace={trace} />
        ))}
      </ol>
      {hidden > 0 && <p className="muted small">{text.moreFactors(hidden)}</p>}
    </>
  );
}
