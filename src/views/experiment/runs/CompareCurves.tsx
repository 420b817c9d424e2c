import { useMemo, useRef, useState } from 'react';
import { compareCurves } from '../../../charts/compare-curves.ts';
import { curvePositions, type RunRecord } from '../../../core/experiment/run-record.ts';
import { strings } from '../../../strings/index.ts';
import { RadioGroup } from '../../controls/RadioGroup.tsx';
import { useSize } from '../../loss/use-size.ts';
import { letterOf } from './letters.ts';

const text = strings.runs;

type Against = 'epochs' | 'updates' | 'time';
const AGAINST = (['epochs', 'updates', 'time'] as const).map((value) => ({ value, label: text.against[value] }));
const AXES = (['linear', 'log'] as const).map((value) => ({ value, label: strings.chart.axis[value] }));

/** Seen and held-out curves of all runs in one frame, against epochs, updates or time. */
export function CompareCurves({ records }: { readonly records: readonly RunRecord[] }) {
  const [against, setAgainst] = useState<Against>('epochs');
  const [axis, setAxis] = useState<'linear' | 'log'>('linear');
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const { curves, without, uncounted } = useMemo(() => {
    const without: string[] = [];
    const uncounted: string[] = [];
    const curves = records.map((record, run) => {
      const letter = letterOf(run);
      const { curve } = record;
      const positions = curvePositions(record, against);
      if (curve === null) without.push(letter);
      else if (positions === null) uncounted.push(letter);
      const none = new Float64Array(0);
      return curve === null || positions === null
        ? { letter, positions: none, seen: none, heldOut: none }
        : { letter, positions, seen: curve.rmseSeen, heldOut: curve.rmseHeldOut };
    });
    return { curves, without, uncounted };
  }, [records, against]);
  const folded = records.flatMap(({ source }, run) =>
    source.kind === 'sweep' && source.folds > 1 ? [letterOf(run)] : [],
  );
  const marks = useMemo(
    () => (size.width > 0 ? compareCurves(curves, axis, size, { seen: text.seen, heldOut: text.heldOut }) : null),
    [curves, axis, size],
  );
  return (
    <figure className="compare-figure" aria-label={text.curvesTitle}>
      <div className="compare-choices">
        <RadioGroup label={text.curvesAgainst} value={against} options={AGAINST} onChange={setAgainst} />
        <RadioGroup label={strings.chart.lossAxis} value={axis} options={AXES} onChange={setAxis} />
      </div>
      <div ref={box} className="compare-plot">
        {marks && (
          <svg
            role="img"
            aria-label={text.curves(text.against[against], marks.lines.map((one) => one.label.text).join('; '))}
            width={marks.frame.width}
            height={marks.frame.height}
          >
            <g className="compare-frame">
              {marks.frame.yTicks.map((tick) => (
                <g key={tick.label}>
                  <line x1={marks.frame.plot.left} x2={marks.frame.plot.right} y1={tick.y} y2={tick.y} />
                  <text x={marks.frame.plot.left - 8} y={tick.y} dy="0.35em" textAnchor="end">
                    {tick.label}
                  </text>
                </g>
              ))}
              {marks.frame.xTicks.map((tick) => (
                <text key={tick.label} x={tick.x} y={marks.frame.plot.bottom + 20} textAnchor="middle">
                  {tick.label}
                </text>
              ))}
              <text x={marks.frame.width - 2} y={marks.frame.plot.bottom + 20} textAnchor="end">
                {text.axisUnit[against]}
              </text>
            </g>
            {marks.lines.map((one) => (
              <path
                key={`${one.run} ${one.kind}`}
                className={`compare-line ${one.kind}`}
                d={one.path}
                strokeWidth={one.width}
                strokeDasharray={one.dashes ?? undefined}
              />
            ))}
            {marks.lines.map((one) => (
              <g key={`${one.run} ${one.kind}`} className={`compare-label ${one.kind}`}>
                <circle cx={one.end.x} cy={one.end.y} r={2.5} />
                <text x={one.label.x} y={one.label.y} dy="0.35em">
                  {one.label.text}
                </text>
              </g>
            ))}
          </svg>
        )}
        {size.width > 0 && marks === null && <p className="muted small">{text.nothingDrawn}</p>}
      </div>
      {against !== 'epochs' && folded.length > 0 && (
        <p className="muted small">{text.curvesOfOneFold(folded.join(', '), against)}</p>
      )}
      {uncounted.length > 0 && <p className="muted small">{text.notMeasured(uncounted.join(', '), against)}</p>}
      {without.length > 0 && <p className="muted small">{text.noCurve(without.join(', '))}</p>}
    </figure>
  );
}
