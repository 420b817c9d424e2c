import { pairedIntervalMarks } from '../../charts/paired-intervals.ts';
import type { PairedInterval, Verdict } from '../../core/experiment/summary.ts';
import { formatExact } from '../../strings/numbers.ts';
import { sweepForm as text } from '../../strings/sweep-form.ts';

const percent = (share: number) => `${share * 100}%`;

/** The best beside the next and the baselines: where the differences lie when other ratings are left out. */
export function NoiseDrawing({ verdict }: { readonly verdict: Verdict }) {
  const { againstNext, againstMean, againstBiases } = verdict;
  const rows = [
    { name: text.noiseRows.next, interval: againstNext?.interval ?? null },
    { name: text.noiseRows.mean, interval: againstMean },
    { name: text.noiseRows.biases, interval: againstBiases },
  ].flatMap(({ name, interval }): { name: string; interval: PairedInterval }[] =>
    // Of too few ratings there is no interval worth drawing.
    interval?.enough ? [{ name, interval }] : [],
  );
  const [first] = rows;
  if (!first) return null;
  const marks = pairedIntervalMarks(rows.map(({ interval }) => interval));
  return (
    <figure className="noise" aria-label={text.noiseName}>
      <h3>{text.noise}</h3>
      {/* The sentences beside it say the same numbers. */}
      <div className="noise-rows" aria-hidden="true">
        {rows.map(({ name }, at) => {
          const mark = marks.rows[at];
          return (
            <div key={name} className="noise-row">
              <span className="small">{name}</span>
              <span className="noise-line">
                <span className="noise-zero" style={{ left: percent(marks.zero) }} />
                {mark && (
                  <>
                    <span
                      className={mark.clear ? 'noise-bar clear' : 'noise-bar'}
                      style={{ left: percent(mark.low), width: percent(mark.high - mark.low) }}
                    />
                    <span className="noise-dot" style={{ left: percent(mark.at) }} />
                  </>
                )}
              </span>
            </div>
          );
        })}
        <div className="noise-row">
          <span />
          <span className="noise-ticks small muted numbers">
            {marks.ticks.map(({ at, value }) => (
              <span key={value} style={{ left: percent(at) }}>
                {formatExact(value).replace('-', '−')}
              </span>
            ))}
          </span>
        </div>
      </div>
      <figcaption className="small muted">
        {text.noiseCaption(first.interval.ratings, verdict.best?.seeds ?? 1)}
      </figcaption>
    </figure>
  );
}
