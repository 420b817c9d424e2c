import type { ModelSettings } from '../../core/model.ts';
import { alphaAt } from '../../core/schedule.ts';
import type { BiasTrace, FactorTrace, UpdateTrace } from '../../core/trace.ts';
import { traceMomentum } from '../../core/trace-momentum.ts';
import { traceUpdate } from '../../core/trace-update.ts';
import { strings } from '../../strings/index.ts';
import { DoUpdate, StepOne } from './DoUpdate.tsx';
import { MomentumStep } from './MomentumStep.tsx';
import { FACTORS_SHOWN, IndexedLetter, Line, Step } from './StepLines.tsx';
import type { ParametersView, SelectedCell } from './selected-cell.ts';
import { widestNumber, widestTerm, writtenNumber, writtenTerm } from './written.ts';
import { roomOfError, roomOfStep, writtenError, writtenStep } from './written-step.ts';

const text = strings.inspector;

/** α (2 · e · partner − β · before) = Δ, and before + Δ = after. */
function UpdateStep(props: {
  of: string;
  by: string;
  before: number;
  partner: number | null;
  after: number;
  gradient: number;
  trace: UpdateTrace;
  factor?: number;
}) {
  const { of, by, before, partner, after, gradient, trace, factor = null } = props;
  const { alpha, beta, error } = trace;
  const written = writtenStep({ alpha, beta, error, partner, before, after, gradient });
  return (
    <Step symbol={<IndexedLetter of={of} by={by} />} room={roomOfStep(alpha, beta, partner !== null)} factor={factor}>
      <Line sum={written.product} is={written.change} />
      <Line sum={written.sum} is={written.after} strong />
    </Step>
  );
}

function BiasStep({ by, bias, trace }: { by: 'u' | 'i'; bias: BiasTrace; trace: UpdateTrace }) {
  const { before, after, gradient } = bias;
  return <UpdateStep of="b" by={by} before={before} partner={null} after={after} gradient={gradient} trace={trace} />;
}

function FactorSteps({ factor, number, trace }: { factor: FactorTrace; number: number; trace: UpdateTrace }) {
  const readP = trace.update === 'sequential' ? factor.newP : factor.p;
  const common = { trace, factor: number - 1 };
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

function SgdStep({ trace }: { trace: UpdateTrace }) {
  const hidden = trace.factors.length - FACTORS_SHOWN;
  const error = writtenError(trace.rating, trace.error);
  return (
    <>
      <p className="muted small">
        {text.nextWith}; {strings.panel.rule[trace.update]}
      </p>
      <ol className="steps">
        <Step symbol={<i className="symbol step-symbol">e</i>} room={roomOfError(trace.rating)}>
          <Line sum={error.difference} is={error.error} strong />
        </Step>
        {trace.userBias && <BiasStep by="u" bias={trace.userBias} trace={trace} />}
        {trace.itemBias && <BiasStep by="i" bias={trace.itemBias} trace={trace} />}
        {trace.factors.slice(0, FACTORS_SHOWN).map((factor, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a factor is its place
          <FactorSteps key={at} factor={factor} number={at + 1} trace={trace} />
        ))}
      </ol>
      {hidden > 0 && <p className="muted small">{text.moreFactors(hidden)}</p>}
    </>
  );
}

/** Adam: −e · partner, what this rating adds to the gradient of each number it touches. */
function AdamPart({
  view,
  rows,
  error,
}: {
  view: ParametersView;
  rows: { user: number; item: number };
  error: number;
}) {
  const { k, P, Q } = view;
  const shown = Math.min(k, FACTORS_SHOWN);
  const numbers = Array.from({ length: shown }, (_, f) => f);
  const line = (partner: number | null) =>
    `−${writtenTerm(error)}${partner === null ? '' : ` × ${writtenTerm(partner)}`}`;
  const room = (partner: number | null) =>
    `−${widestTerm(error)}${partner === null ? '' : ` × ${widestTerm(partner)}`}`;
  return (
    <>
      <p className="muted small">{text.nextAdam}</p>
      <ol className="steps">
        {view.bu && (
          <Step symbol={<IndexedLetter of="b" by="u" />} room={`${room(null)} = ${widestNumber(error)}`}>
            <Line sum={line(null)} is={writtenNumber(-error)} strong />
          </Step>
        )}
        {view.bi && (
          <Step symbol={<IndexedLetter of="b" by="i" />} room={`${room(null)} = ${widestNumber(error)}`}>
            <Line sum={line(null)} is={writtenNumber(-error)} strong />
          </Step>
        )}
        {numbers.map((f) => {
          const p = P[rows.user * k + f] ?? 0;
          const q = Q[rows.item * k + f] ?? 0;
          return [
            <Step
              key={`p${f}`}
              symbol={<IndexedLetter of="p" by={`u${f + 1}`} />}
              room={`${room(q)} = ${widestNumber(error * q)}`}
            >
              <Line sum={line(q)} is={writtenNumber(-error * q)} strong />
            </Step>,
            <Step
              key={`q${f}`}
              symbol={<IndexedLetter of="q" by={`i${f + 1}`} />}
              room={`${room(p)} = ${widestNumber(error * p)}`}
            >
              <Line sum={line(p)} is={writtenNumber(-error * p)} strong />
            </Step>,
          ];
        })}
      </ol>
      {k > shown && <p className="muted small">{text.moreFactors(k - shown)}</p>}
    </>
  );
}

function Body({ cell, view, model }: { cell: SelectedCell; view: ParametersView; model: ModelSettings }) {
  if (cell.state === 'gap') return <p className="muted small">{text.nextGap}</p>;
  if (cell.state === 'held-out') return <p className="muted small">{text.nextHeldOut}</p>;
  if (!cell.rows || cell.rating === null || cell.predicted === null) return null;
  const { kind } = model.optimizer;
  if (kind === 'als') {
    return (
      <>
        <p className="muted small">{text.nextAls}</p>
        <StepOne kind="als" />
      </>
    );
  }
  const alpha = alphaAt(model, view.epoch);
  if (kind === 'momentum') {
    // Chosen in mid-run, it has no velocity before the epoch under way is completed.
    const moved =
      view.velocity && traceMomentum(view, view.velocity, cell.rows.user, cell.rows.item, cell.rating, model, alpha);
    return moved ? (
      <>
        <MomentumStep trace={moved} />
        {model.nonNegative && <p className="muted small">{text.nextNonNegative}</p>}
        <DoUpdate user={cell.user} item={cell.item} />
      </>
    ) : (
      <p className="muted small">{text.nextMomentum}</p>
    );
  }
  const trace = traceUpdate(view, cell.rows.user, cell.rows.item, cell.rating, model, alpha);
  return trace ? (
    <>
      <SgdStep trace={trace} />
      {model.nonNegative && <p className="muted small">{text.nextNonNegative}</p>}
      <DoUpdate user={cell.user} item={cell.item} />
    </>
  ) : (
    <>
      <AdamPart view={view} rows={cell.rows} error={cell.rating - cell.predicted} />
      <StepOne kind="adam" />
    </>
  );
}

/** What visiting the selected rating would do to the numbers shown, with those numbers filled in. */
export function NextUpdate(props: { cell: SelectedCell; view: ParametersView; model: ModelSettings }) {
  return (
    <section className="inspect-part" aria-label={text.next}>
      <h3 className="inspect-heading">{text.next}</h3>
      <Body {...props} />
    </section>
  );
}
