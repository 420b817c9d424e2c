import type { AlsTrace, RowNumberTrace } from '../../core/trace-als.ts';
import { strings } from '../../strings/index.ts';
import { formatTerm } from '../../strings/numbers.ts';
import { AlsRatings } from './AlsRatings.tsx';
import { AlsFormulas } from './StepFormulas.tsx';
import { Exact, IndexedLetter, Line, ShowAll, Step, useFirst, usePointedFactor } from './StepLines.tsx';
import { StepTable } from './StepTable.tsx';
import { writtenAlone, writtenChange, writtenLambda } from './written-als.ts';

const text = strings.nextUpdate;

/** Whether number `at` of the row is its bias, which stands behind the factors. */
function isBias({ hasBias, numbers }: AlsTrace, at: number): boolean {
  return hasBias && at === numbers.length - 1;
}

/** p_u1, or b_u. */
function NumberLetter({ trace, at }: { trace: AlsTrace; at: number }) {
  const by = trace.side === 'users' ? 'u' : 'i';
  if (isBias(trace, at)) return <IndexedLetter of="b" by={by} />;
  return <IndexedLetter of={trace.side === 'users' ? 'p' : 'q'} by={`${by}${at + 1}`} />;
}

function SystemRow({ trace, at, columns }: { trace: AlsTrace; at: number; columns: readonly number[] }) {
  const { lit, ...events } = usePointedFactor(isBias(trace, at) ? null : at);
  return (
    <tr className={lit ? 'step-row-lit' : undefined} {...events}>
      <th scope="row">
        <NumberLetter trace={trace} at={at} />
      </th>
      {columns.map((other) => (
        <td key={other} className={other === at ? 'step-diagonal' : undefined}>
          {formatTerm(trace.A[at]?.[other] ?? 0)}
        </td>
      ))}
      <td className="step-right-side">{formatTerm(trace.b[at] ?? 0)}</td>
    </tr>
  );
}

/** A and b, a line for each number of the row; λ stands on the diagonal of A already. */
function System({ trace, columns }: { trace: AlsTrace; columns: readonly number[] }) {
  return (
    <StepTable name={text.alsSystem}>
      <thead>
        <tr>
          <th scope="col">
            <b className="symbol">A</b>
          </th>
          {columns.map((at) => (
            <th key={at} scope="col">
              <NumberLetter trace={trace} at={at} />
            </th>
          ))}
          <th scope="col" className="step-right-side">
            <b className="symbol">b</b>
          </th>
        </tr>
      </thead>
      <tbody>
        {columns.map((at) => (
          <SystemRow key={at} trace={trace} at={at} columns={columns} />
        ))}
      </tbody>
    </StepTable>
  );
}

/** old → new; with non-negative factors how it comes about, and the cut at zero where there is one. */
function NumberStep({ trace, at, number }: { trace: AlsTrace; at: number; number: RowNumberTrace }) {
  const { before, after, alone } = number;
  const [old, fresh] = writtenChange(before, after);
  const line = alone && writtenAlone(alone);
  return (
    <Step symbol={<NumberLetter trace={trace} at={at} />} factor={isBias(trace, at) ? null : at}>
      {line && <Line sum={line.sum} is={line.is} />}
      {line && after !== alone.best && <Line sum={`max(0, ${line.is})`} is="0" />}
      <span className="step-line">
        {old} →{' '}
        <b>
          <Exact value={after}>{fresh}</Exact>
        </b>
      </span>
    </Step>
  );
}

/** What solving the row of the selected cell would write, and from what. */
export function AlsStep({ trace, name }: { trace: AlsTrace; name: string }) {
  const { side, ratings, numbers, hasBias, hasMean } = trace;
  const k = numbers.length - (hasBias ? 1 : 0);
  const factors = useFirst(k);
  const shown = numbers.flatMap((_, at) => (at < factors.shown || isBias(trace, at) ? [at] : []));
  const lambda = writtenLambda(ratings.length, trace.beta, trace.lambda);
  const clipped = numbers.some(({ alone }) => alone !== null);
  const [old, fresh] = writtenChange(trace.predicted, trace.newPredicted);
  return (
    <>
      <p className="small">{text.alsTurn(side, name, ratings.length)}</p>
      <AlsFormulas side={side} biased={hasBias} mean={hasMean} clipped={clipped} />
      <ol className="steps">
        <Step symbol={<i className="symbol step-symbol">λ</i>}>
          <Line
            name={
              <>
                <i className="symbol">n</i> β / 2
              </>
            }
            sum={lambda.sum}
            is={lambda.is}
            strong
          />
          <span className="step-line muted">{text.alsLambda}</span>
        </Step>
      </ol>
      <AlsRatings trace={trace} columns={shown} />
      <System trace={trace} columns={shown} />
      {factors.shown < k && <p className="muted small">{text.firstFactors(factors.shown, k)}</p>}
      <ShowAll of={factors}>{text.showFactors(k)}</ShowAll>
      {clipped && <p className="muted small">{text.alsClipped}</p>}
      <ol className="steps">
        {shown.map((at) => {
          const number = numbers[at];
          return number && <NumberStep key={at} trace={trace} at={at} number={number} />;
        })}
        <Step symbol={<i className="symbol step-symbol">r̂</i>}>
          <span className="step-line">
            {old} →{' '}
            <b>
              <Exact value={trace.newPredicted}>{fresh}</Exact>
            </b>
          </span>
        </Step>
      </ol>
    </>
  );
}
