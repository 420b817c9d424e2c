import type { ReactNode } from 'react';
import type { ModelSettings } from '../../core/model.ts';
import type { BiasTrace, FactorTrace, UpdateTrace } from '../../core/trace.ts';
import { traceUpdate } from '../../core/trace-update.ts';
import { strings } from '../../strings/index.ts';
import { formatExact } from '../../strings/numbers.ts';
import type { ParametersView, SelectedCell } from './selected-cell.ts';
import { writtenNumber, writtenTerm } from './written.ts';

const text = strings.inspector;

/** How many factors are spelled out. */
const FACTORS_SHOWN = 4;

/** A letter with its index. */
function IndexedLetter({ of, by }: { of: string; by: string | number }) {
  return (
    <span className="step-symbol">
      <i className="symbol">{of}</i>
      <sub className="symbol">{by}</sub>
    </span>
  );
}

/** One number of the step: x ← before + α (2 · e · partner − β · before) = after. */
function Step({ symbol, children, after }: { symbol: ReactNode; children: string; after: number }) {
  return (
    <li className="step">
      {symbol}
      <span className="step-sum numbers">
        {children} = <b>{writtenNumber(after)}</b>
      </span>
    </li>
  );
}

function written(before: number, trace: UpdateTrace, partner: number | null): string {
  const product = partner === null ? '' : ` × ${writtenTerm(partner)}`;
  const penalty = `${formatExact(trace.beta)} × ${writtenTerm(before)}`;
  return `${writtenNumber(before)} + ${formatExact(trace.alpha)} (2 × ${writtenTerm(trace.error)}${product} − ${penalty})`;
}

function BiasStep({ by, bias, trace }: { by: 'u' | 'i'; bias: BiasTrace; trace: UpdateTrace }) {
  return (
    <Step symbol={<IndexedLetter of="b" by={by} />} after={bias.after}>
      {written(bias.before, trace, null)}
    </Step>
  );
}

function FactorSteps({ factor, number, trace }: { factor: FactorTrace; number: number; trace: UpdateTrace }) {
  const readP = trace.update === 'sequential' ? factor.newP : factor.p;
  return (
    <>
      <Step symbol={<IndexedLetter of="p" by={`u${number}`} />} after={factor.newP}>
        {written(factor.p, trace, factor.q)}
      </Step>
      <Step symbol={<IndexedLetter of="q" by={`i${number}`} />} after={factor.newQ}>
        {written(factor.q, trace, readP)}
      </Step>
    </>
  );
}

function SgdStep({ trace }: { trace: UpdateTrace }) {
  const hidden = trace.factors.length - FACTORS_SHOWN;
  return (
    <>
      <p className="muted small">
        {text.nextWith}; {strings.panel.rule[trace.update]}
      </p>
      <ol className="steps">
        <Step symbol={<i className="symbol step-symbol">e</i>} after={trace.error}>
          {text.errorIs(trace.rating, trace.predicted)}
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
  const line = (partner: number) => `−${writtenTerm(error)} × ${writtenTerm(partner)}`;
  return (
    <>
      <p className="muted small">{text.nextAdam}</p>
      <ol className="steps">
        {view.bu && (
          <Step symbol={<IndexedLetter of="b" by="u" />} after={-error}>
            {`−${writtenTerm(error)}`}
          </Step>
        )}
        {view.bi && (
          <Step symbol={<IndexedLetter of="b" by="i" />} after={-error}>
            {`−${writtenTerm(error)}`}
          </Step>
        )}
        {numbers.map((f) => {
          const p = P[rows.user * k + f] ?? 0;
          const q = Q[rows.item * k + f] ?? 0;
          return [
            <Step key={`p${f}`} symbol={<IndexedLetter of="p" by={`u${f + 1}`} />} after={-error * q}>
              {line(q)}
            </Step>,
            <Step key={`q${f}`} symbol={<IndexedLetter of="q" by={`i${f + 1}`} />} after={-error * p}>
              {line(p)}
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
  const trace = traceUpdate(view, cell.rows.user, cell.rows.item, cell.rating, model);
  return trace ? (
    <SgdStep trace={trace} />
  ) : (
    <AdamPart view={view} rows={cell.rows} error={cell.rating - cell.predicted} />
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
