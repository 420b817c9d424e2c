import type { BiasTrace, FactorTrace, UpdateTrace } from '../../core/trace.ts';
import { strings } from '../../strings/index.ts';
import { IndexedLetter, Line, ShowAll, Step, useFirst } from './StepLines.tsx';
import { roomOfError, roomOfStep, writtenError, writtenStep } from './written-step.ts';

const text = strings.nextUpdate;

interface Common {
  readonly trace: UpdateTrace;
  /** Whether p and q are kept at 0 or above. */
  readonly nonNegative: boolean;
}

/** α (2 · e · partner − β · before) = Δ, and before + Δ = after; where that is below zero and may not be, 0. */
function UpdateStep(
  props: Common & {
    of: string;
    by: string;
    before: number;
    partner: number | null;
    after: number;
    gradient: number;
    factor?: number;
  },
) {
  const { of, by, before, partner, after, gradient, trace, nonNegative, factor = null } = props;
  const { alpha, beta, error } = trace;
  const written = writtenStep({ alpha, beta, error, partner, before, after, gradient });
  const room = roomOfStep(alpha, beta, partner !== null, nonNegative && factor !== null);
  return (
    <Step symbol={<IndexedLetter of={of} by={by} />} room={room} factor={factor}>
      <Line sum={written.product} is={written.change} />
      <LastLine {...written} after={after} />
    </Step>
  );
}

/** before + Δ = after, and the cut at zero where there is one. */
export function LastLine(props: { sum: string; moved: string; cut: string | null; after: number }) {
  const { sum, moved, cut, after } = props;
  if (cut === null) return <Line sum={sum} is={moved} strong exact={after} />;
  return (
    <>
      <Line sum={sum} is={moved} />
      <Line sum={cut} is="0" strong exact={after} />
    </>
  );
}

function BiasStep({ by, bias, ...common }: Common & { by: 'u' | 'i'; bias: BiasTrace }) {
  const { before, after, gradient } = bias;
  return <UpdateStep {...common} of="b" by={by} before={before} partner={null} after={after} gradient={gradient} />;
}

function FactorSteps({ factor, number, ...rest }: Common & { factor: FactorTrace; number: number }) {
  const readP = rest.trace.update === 'sequential' ? factor.newP : factor.p;
  const common = { ...rest, factor: number - 1 };
  return (
    <>
      <UpdateStep
        {...common}
        of="p"
        by={`u${number}`}
        before={factor.p}
        partner={factor.q}
        after={factor.newP}
        gradient={factor.gradientP}
      />
      <UpdateStep
        {...common}
        of="q"
        by={`i${number}`}
        before={factor.q}
        partner={readP}
        after={factor.newQ}
        gradient={factor.gradientQ}
      />
    </>
  );
}

/** What visiting the selected rating would do under SGD. */
export function SgdStep(common: Common) {
  const { trace } = common;
  const factors = useFirst(trace.factors.length);
  const error = writtenError(trace.rating, trace.error);
  return (
    <>
      <p className="muted small">
        {text.with}; {strings.panel.rule[trace.update]}
        {common.nonNegative && <>; {strings.panel.rule.clipped}</>}
      </p>
      <ol className="steps">
        <Step symbol={<i className="symbol step-symbol">e</i>} room={roomOfError(trace.rating)}>
          <Line sum={error.difference} is={error.error} strong />
        </Step>
        {trace.userBias && <BiasStep {...common} by="u" bias={trace.userBias} />}
        {trace.itemBias && <BiasStep {...common} by="i" bias={trace.itemBias} />}
        {trace.factors.slice(0, factors.shown).map((factor, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a factor is its place
          <FactorSteps key={at} {...common} factor={factor} number={at + 1} />
        ))}
      </ol>
      <ShowAll of={factors}>{text.showFactors(trace.factors.length)}</ShowAll>
    </>
  );
}
