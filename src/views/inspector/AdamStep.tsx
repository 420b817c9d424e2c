import type { AdamNumberTrace, AdamTrace } from '../../core/trace-adam.ts';
import { strings } from '../../strings/index.ts';
import { formatExact } from '../../strings/numbers.ts';
import { BatchRatings } from './BatchRatings.tsx';
import { LastLine } from './SgdStep.tsx';
import { AdamFormulas } from './StepFormulas.tsx';
import { IndexedLetter, Line, ShowAll, Step, useFirst } from './StepLines.tsx';
import { type WrittenLine, writtenAdam, writtenCorrection } from './written-adam.ts';
import { writtenError } from './written-step.ts';

const text = strings.nextUpdate;

/** Factors spelled out at first: a number of Adam's has many lines. */
const FIRST_FACTORS = 2;

function Letter({ children }: { children: string }) {
  return <i className="symbol">{children}</i>;
}

/** A line with the letter of what it makes. */
function Named({ name, line }: { name: string; line: WrittenLine }) {
  return <Line name={<Letter>{name}</Letter>} sum={line.sum} is={line.is} />;
}

/** −e · q, or −e of a bias. */
function PartOf({ partner }: { partner: 'p' | 'q' | null }) {
  return (
    <>
      −<Letter>e</Letter>
      {partner && (
        <>
          {' '}
          · <Letter>{partner}</Letter>
        </>
      )}
    </>
  );
}

/** −e · partner, the gradient of the batch, both moments old → new, both corrected, the step, old → new. */
function NumberStep(props: { of: string; by: string; number: AdamNumberTrace; trace: AdamTrace; factor?: number }) {
  const { of, by, number, trace, factor = null } = props;
  const written = writtenAdam(number, trace);
  const alone = written.gradient === null;
  return (
    <Step symbol={<IndexedLetter of={of} by={by} />} factor={factor}>
      <Line
        name={alone ? <Letter>g</Letter> : <PartOf partner={number.partner === null ? null : of === 'p' ? 'q' : 'p'} />}
        sum={written.part.sum}
        is={written.part.is}
      />
      {written.parts && (
        <Line name={text.sumOfParts(number.parts.length)} sum={written.parts.sum} is={written.parts.is} />
      )}
      {written.gradient && <Named name="g" line={written.gradient} />}
      <Named name="m" line={written.m} />
      <Named name="v" line={written.v} />
      <Named name="m̂" line={written.mHat} />
      <Named name="v̂" line={written.vHat} />
      <Line name={<>α m̂ / (√v̂ + ε)</>} sum={written.step.sum} is={written.step.is} />
      {written.decayed && <Line sum={written.decayed.sum} is={written.decayed.is} />}
      <LastLine sum={written.sum} moved={written.moved} cut={written.cut} after={number.after} />
    </Step>
  );
}

function FactorSteps({ factor, at, trace }: { factor: AdamTrace['factors'][number]; at: number; trace: AdamTrace }) {
  return (
    <>
      <NumberStep of="p" by={`u${at + 1}`} number={factor.p} trace={trace} factor={at} />
      <NumberStep of="q" by={`i${at + 1}`} number={factor.q} trace={trace} factor={at} />
    </>
  );
}

/** What stands under every number of the step: t and the corrections. */
function Corrections({ trace }: { trace: AdamTrace }) {
  const { settings, step } = trace;
  const corrections = [
    ['1', settings.beta1, trace.correction1],
    ['2', settings.beta2, trace.correction2],
  ] as const;
  return (
    <Step symbol={<i className="symbol step-symbol">t</i>}>
      <span className="step-line">
        <b>{step}</b> <span className="muted">{text.steps}</span>
      </span>
      {corrections.map(([by, beta, correction]) => (
        <Line
          key={by}
          name={
            <>
              1 − <Letter>β</Letter>
              <sub>{by}</sub>
              <sup>t</sup>
            </>
          }
          sum={
            <>
              1 − {formatExact(beta)}
              <sup>{step}</sup>
            </>
          }
          is={writtenCorrection(correction)}
        />
      ))}
    </Step>
  );
}

function batchText({ ratings, settings, batch, batches }: AdamTrace): string {
  if (settings.batch === 1) return text.batchOne(batch, batches);
  return ratings.length === 1 ? text.batchLastOne(batch, batches) : text.batchMany(ratings.length, batch, batches);
}

/** What the step with the batch that holds the selected rating would do to its numbers. */
export function AdamStep(props: { trace: AdamTrace; user: number; item: number; nonNegative: boolean }) {
  const { trace, user, item, nonNegative } = props;
  const { settings } = trace;
  const factors = useFirst(trace.factors.length, FIRST_FACTORS);
  const error = writtenError(trace.rating, trace.error);
  return (
    <>
      <p className="small">{batchText(trace)}</p>
      {trace.ratings.length > 1 && <BatchRatings ratings={trace.ratings} chosen={{ user, item }} />}
      <AdamFormulas decoupled={settings.decay === 'decoupled'} penalized={trace.beta !== 0} />
      {nonNegative && <p className="muted small">{strings.panel.rule.clipped}</p>}
      <ol className="steps">
        <Step symbol={<i className="symbol step-symbol">e</i>}>
          <Line sum={error.difference} is={error.error} strong />
        </Step>
        <Corrections trace={trace} />
        {trace.userBias && <NumberStep of="b" by="u" number={trace.userBias} trace={trace} />}
        {trace.itemBias && <NumberStep of="b" by="i" number={trace.itemBias} trace={trace} />}
        {trace.factors.slice(0, factors.shown).map((factor, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a factor is its place
          <FactorSteps key={at} factor={factor} at={at} trace={trace} />
        ))}
      </ol>
      <ShowAll of={factors}>{text.showFactors(trace.factors.length)}</ShowAll>
      <p className="muted small">{trace.userBias ? text.adamOthersBiases : text.adamOthers}</p>
    </>
  );
}
