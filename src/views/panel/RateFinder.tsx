import { useEffect, useMemo } from 'react';
import { FINDER_RATES, type RateFinding, type RateTest, readRateTest, regimeAt } from '../../core/rate-finder.ts';
import type { Study } from '../../core/study.ts';
import { strings } from '../../strings/index.ts';
import { formatReadout } from '../../strings/numbers.ts';
import { useActions, useApp } from '../context.ts';
import { rateCurve } from './rate-curve.ts';

const text = strings.panel.finder;

/** Whether a test of `before` holds for `now`: all is alike but what the test leaves out. */
function sameTest(before: Study, now: Study): boolean {
  const settings = ({ model }: Study) => JSON.stringify({ ...model, alpha: 0, schedule: null, earlyStopping: null });
  return (
    before.dataset.ratings === now.dataset.ratings &&
    before.start === now.start &&
    (before.model === now.model || settings(before) === settings(now))
  );
}

function Curve({ test, finding, alpha }: { test: RateTest; finding: RateFinding | null; alpha: number }) {
  const { width, height, path, startY, x, ticks } = useMemo(() => rateCurve(test, FINDER_RATES), [test]);
  return (
    <svg className="finder-curve" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={text.curve}>
      {ticks.map(({ at, label }) => (
        <text key={label} className="finder-tick" x={at} y={height - 2} textAnchor="middle">
          {label}
        </text>
      ))}
      <line className="finder-start" x1={0} x2={width} y1={startY} y2={startY} />
      <text className="finder-tick" x={width} y={startY - 3} textAnchor="end">
        {formatReadout(test.start)}
      </text>
      <path className="finder-line" d={path} />
      <line className="finder-here" x1={x(alpha)} x2={x(alpha)} y1={0} y2={height - 14} />
      {finding && (
        <line className="finder-found" x1={x(finding.suggested)} x2={x(finding.suggested)} y1={0} y2={height - 14} />
      )}
    </svg>
  );
}

/** The range test: loss against α, which regime the α that is set lies in, and one to use instead, with the reason. */
export default function RateFinder() {
  const study = useApp((state) => state.study);
  const found = useApp((state) => state.run.rateTest ?? null);
  const { testRates, changeModel } = useActions();
  const known = found !== null && sameTest(found.study, study);
  // Asked anew whenever what stands there is of other ratings or settings.
  const wanted = known ? null : study;
  useEffect(() => {
    if (wanted !== null) testRates();
  }, [wanted, testRates]);
  const current = known ? found.test : null;
  const finding = useMemo(() => current && readRateTest(current), [current]);
  const { alpha } = study.model;
  if (!known) return <p className="muted small">{text.running}</p>;
  if (current === null) return <p className="muted small">{text.nothingSeen}</p>;
  return (
    <section className="finder" aria-label={text.title}>
      <Curve test={current} finding={finding} alpha={alpha} />
      <p className="small muted">{text.legend}</p>
      {finding === null ? (
        <p className="small">{text.nothing}</p>
      ) : (
        <>
          <p className="small numbers">
            {text.regimes[regimeAt(alpha, finding)](alpha)} {text.reason(finding, current.trials?.epochs ?? null)}
          </p>
          <button
            type="button"
            className="button"
            disabled={alpha === finding.suggested}
            onClick={() => changeModel({ alpha: finding.suggested })}
          >
            {text.use(finding.suggested)}
          </button>
        </>
      )}
    </section>
  );
}
