import type { MomentumTrace, VelocityTrace } from '../../core/trace-momentum.ts';
import { strings } from '../../strings/index.ts';
import { LastLine } from './SgdStep.tsx';
import { IndexedLetter, Line, ShowAll, Step, useFirst } from './StepLines.tsx';
import { roomOfError, roomOfVelocity, writtenError, writtenStep, writtenVelocity } from './written-step.ts';

const text = strings.nextUpdate;

interface Common {
  readonly trace: MomentumTrace;
  /** Whether p and q are kept at 0 or above. */
  readonly nonNegative: boolean;
}

/** γ · v + (2 · e · partner − β · before) = v, then α · v = Δ, and before + Δ = after. */
function VelocityStep(props: Common & { of: string; by: string; number: VelocityTrace; factor?: number }) {
  const { of, by, number, trace, nonNegative, factor = null } = props;
  const { alpha, beta, error, momentum } = trace;
  const { before, partner, after, velocity, newVelocity } = number;
  const step = { alpha, beta, error, partner, before, after, gradient: newVelocity };
  const written = writtenStep(step);
  const carried = writtenVelocity(step, { momentum, velocity }, written.change);
  return (
    <Step
      symbol={<IndexedLetter of={of} by={by} />}
      room={roomOfVelocity(trace, partner !== null, nonNegative && factor !== null)}
      factor={factor}
    >
      <Line sum={carried.sum} is={carried.velocity} />
      <Line sum={carried.product} is={written.change} />
      <LastLine {...written} after={after} />
    </Step>
  );
}

function FactorSteps({ factor, at, ...common }: Common & { factor: MomentumTrace['factors'][number]; at: number }) {
  return (
    <>
      <VelocityStep {...common} of="p" by={`u${at + 1}`} number={factor.p} factor={at} />
      <VelocityStep {...common} of="q" by={`i${at + 1}`} number={factor.q} factor={at} />
    </>
  );
}

/** What visiting the selected rating would do under momentum, velocities written out. */
export function MomentumStep(common: Common) {
  const { trace } = common;
  const factors = useFirst(trace.factors.length);
  const error = writtenError(trace.rating, trace.error);
  return (
    <>
      <p className="muted small">
        {text.with}; {strings.panel.rule[trace.update]}; {text.velocity}
        {common.nonNegative && <>; {strings.panel.rule.clipped}</>}
      </p>
      <ol className="steps">
        <Step symbol={<i className="symbol step-symbol">e</i>} room={roomOfError(trace.rating)}>
          <Line sum={error.difference} is={error.error} strong />
        </Step>
        {trace.userBias && <VelocityStep {...common} of="b" by="u" number={trace.userBias} />}
        {trace.itemBias && <VelocityStep {...common} of="b" by="i" number={trace.itemBias} />}
        {trace.factors.slice(0, factors.shown).map((factor, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a factor is its place
          <FactorSteps key={at} {...common} factor={factor} at={at} />
        ))}
      </ol>
      <ShowAll of={factors}>{text.showFactors(trace.factors.length)}</ShowAll>
    </>
  );
}
