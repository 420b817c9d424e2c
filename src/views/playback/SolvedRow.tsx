import type { RowReading, RowTrace } from '../../core/trace-row.ts';
import { NARRATED_SPEEDS } from '../../store/state.ts';
import { strings } from '../../strings/index.ts';
import { formatReadout, formatTerm } from '../../strings/numbers.ts';
import { useApp } from '../context.ts';

/** Factors written out; the rest are counted. */
const FACTORS_SHOWN = 4;

/** The row solved last under ALS, where it is spelled out: at slow speeds while training, and at rest after a step. */
export function useSolved(): RowTrace | null {
  return useApp((state) =>
    state.run.playhead === null && (state.view.speed < NARRATED_SPEEDS || state.run.status !== 'training')
      ? (state.run.solved ?? null)
      : null,
  );
}

function vector({ factors, bias }: RowReading, write: (x: number) => string): string {
  const shown = factors.slice(0, FACTORS_SHOWN).map(write);
  if (factors.length > FACTORS_SHOWN) shown.push('…');
  return `(${shown.join(', ')})${bias === null ? '' : ` b ${write(bias)}`}`;
}

/** The same at its widest, so that nothing below moves when a sign turns. */
const widest = (x: number) => `-${formatTerm(Math.abs(x))}`;

/** One visit of ALS as a numbered list: pick → hold → solve → what came of it. */
export function SolvedRow({ solved, name }: { readonly solved: RowTrace; readonly name: string }) {
  const words = strings.playback.solved;
  const { side, ratings, before, after } = solved;
  const letter = side === 'users' ? ['p', 'u'] : ['q', 'i'];
  const of = words.of(name, side, ratings);
  return (
    <ol className="small">
      <li>
        <span className="narration-pick" title={of}>
          {words.pick}: {of}
        </span>
      </li>
      {ratings === 0 ? (
        <li>{words.none}</li>
      ) : (
        <>
          <li>{words.hold(side)}</li>
          <li>
            {words.solve(after.factors.length + (after.bias === null ? 0 : 1))}
            <span className="narration-line" data-room={`pu: ${vector(before, widest)}`}>
              <span>
                <span className="symbol">
                  {letter[0]}
                  <sub>{letter[1]}</sub>
                </span>{' '}
                = {vector(before, formatTerm)}
              </span>
            </span>
            <span className="narration-line" data-room={`→ ${vector(after, widest)}`}>
              <span>
                → <strong>{vector(after, formatTerm)}</strong>
              </span>
            </span>
          </li>
          <li>
            {words.error}
            <span className="narration-line">
              <span>
                {strings.chart.loss.rmse} {formatReadout(before.rmse)} → <strong>{formatReadout(after.rmse)}</strong>
              </span>
            </span>
          </li>
        </>
      )}
    </ol>
  );
}
