import { memo } from 'react';
import type { RateCurve, StripFrame, StripMarker, StripMarks } from '../../charts/rate-strip-marks.ts';
import { rateStrip as words } from '../../strings/rate-strip.ts';

interface Ticks {
  readonly frame: StripFrame;
  readonly xTicks: StripMarks['xTicks'];
  readonly name: string;
}

function Axes({ frame, xTicks, name }: Ticks) {
  const { plot } = frame;
  return (
    <g className="rate-strip-axes">
      {frame.yTicks.map((tick) => (
        <g key={tick.label}>
          <line x1={plot.left} x2={plot.right} y1={tick.y} y2={tick.y} />
          <text x={plot.left - 6} y={tick.y} dy="0.35em" textAnchor="end">
            {tick.label}
          </text>
        </g>
      ))}
      {xTicks.map((tick, at) => (
        <text
          key={tick.label}
          x={tick.x}
          y={plot.bottom + 23}
          textAnchor={at === xTicks.length - 1 && tick.x > plot.right - 12 ? 'end' : 'middle'}
        >
          {tick.label}
        </text>
      ))}
      <text x={plot.left - 26} y={plot.bottom + 23} textAnchor="end">
        {name}
      </text>
    </g>
  );
}

/** What stands still while the marker moves: a line and a dot for each run; regimes as bands, the diverged ones hatched. */
const Runs = memo(function Runs({
  plot,
  marks,
  hatch,
}: {
  readonly plot: StripFrame['plot'];
  readonly marks: StripMarks;
  readonly hatch: string;
}) {
  return (
    <>
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line className="rate-strip-hatch" x1="0" x2="0" y1="0" y2="6" />
        </pattern>
      </defs>
      {marks.bands.map((band, at) => (
        <g key={`${band.name} ${band.x1}`}>
          {band.name === 'diverged' && (
            <rect
              fill={`url(#${hatch})`}
              x={band.x1}
              y={plot.top}
              width={Math.max(0, band.x2 - band.x1)}
              height={plot.bottom - plot.top}
            />
          )}
          {at > 0 && <line className="rate-strip-border" x1={band.x1} x2={band.x1} y1={2} y2={plot.bottom} />}
          {band.label !== null && (
            <text
              className="rate-strip-band"
              x={band.label.x}
              y={band.label.row === 'over' ? plot.top - 9 : plot.top + 13}
              textAnchor={band.label.anchor}
            >
              {band.label.text}
            </text>
          )}
        </g>
      ))}
      <path className="rate-strip-line" d={marks.seenPath} />
      <path className="rate-strip-line heldOut" d={marks.heldOutPath} />
      <path className="rate-strip-dots" d={marks.dots} />
    </>
  );
});

/** Runs side by side, and the marker through its own. */
export function StripDrawing({
  frame,
  marks,
  marker,
  hatch,
}: {
  readonly frame: StripFrame;
  readonly marks: StripMarks;
  readonly marker: StripMarker;
  readonly hatch: string;
}) {
  const { plot } = frame;
  return (
    <>
      <Axes frame={frame} xTicks={marker.xTicks} name={words.alphaAxis} />
      {marker.y !== null && (
        <line className="rate-strip-level" x1={plot.left} x2={plot.right} y1={marker.y} y2={marker.y} />
      )}
      <Runs plot={plot} marks={marks} hatch={hatch} />
      <line className="rate-strip-now" x1={marker.x} x2={marker.x} y1={plot.top} y2={plot.bottom + 8} />
      {marker.y !== null && <circle className="rate-strip-here" cx={marker.x} cy={marker.y} r={5} />}
    </>
  );
}

/** The curve of the marker's run; where it diverged, a cross at the last epoch that could be measured. */
export function CurveDrawing({ frame, curve }: { readonly frame: StripFrame; readonly curve: RateCurve }) {
  const { plot } = frame;
  const { end } = curve;
  return (
    <>
      <Axes frame={frame} xTicks={curve.xTicks} name="" />
      <text className="rate-strip-tick" x={plot.right} y={plot.top - 9} textAnchor="end">
        {words.epochAxis}
      </text>
      {end && !curve.diverged && (
        <line className="rate-strip-level" x1={plot.left} x2={plot.right} y1={end.y} y2={end.y} />
      )}
      <path className="rate-strip-line" d={curve.seenPath} />
      <path className="rate-strip-line heldOut" d={curve.heldOutPath} />
      {end &&
        (curve.diverged ? (
          <path className="rate-strip-cross" d={`M${end.x - 5} ${end.y - 5}l10 10m0 -10l-10 10`} />
        ) : (
          <circle className="rate-strip-here" cx={end.x} cy={end.y} r={5} />
        ))}
    </>
  );
}
