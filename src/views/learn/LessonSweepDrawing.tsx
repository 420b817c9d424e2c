import type { SweepLineMarks } from '../../charts/sweep-line.ts';
import { lessonSweep as words } from '../../strings/lesson-sweep.ts';

/** Dots and a band for each k that is known; the line of the rule across all of them. */
export function LessonSweepDrawing({ marks, label }: { readonly marks: SweepLineMarks; readonly label: string }) {
  const { plot, points, rule } = marks;
  return (
    <svg className="lesson-sweep-drawing" role="img" aria-label={label} width={marks.width} height={marks.height}>
      {marks.yTicks.map(({ y, label: tick }) => (
        <g key={tick}>
          <line className="lesson-sweep-grid" x1={plot.left} x2={plot.right} y1={y} y2={y} />
          <text x={plot.left - 7} y={y} dy="0.35em" textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      {marks.xTicks.map(({ x, label: tick }) => (
        <text key={tick} x={x} y={plot.bottom + 17} textAnchor="middle">
          {tick}
        </text>
      ))}
      <text x={(plot.left + plot.right) / 2} y={plot.bottom + 36} textAnchor="middle">
        {words.axis}
      </text>
      <path className="lesson-sweep-band" d={marks.band} />
      {rule && <line className="lesson-sweep-limit" x1={plot.left} x2={plot.right} y1={rule.y} y2={rule.y} />}
      <path className="lesson-sweep-curve" d={marks.seenPath} />
      <path className="lesson-sweep-curve heldOut" d={marks.heldOutPath} />
      {points.map(({ cell, x, heldOut, beyond, seen, bar }) => (
        <g key={cell}>
          {bar && !beyond && <line className="lesson-sweep-error" x1={x} x2={x} y1={bar.y1} y2={bar.y2} />}
          {seen && <circle className="lesson-sweep-dot" cx={seen.x} cy={seen.y} r={3} />}
          {heldOut && !beyond && <circle className="lesson-sweep-dot heldOut" cx={heldOut.x} cy={heldOut.y} r={4} />}
          {heldOut && beyond && (
            <path className="lesson-sweep-dot heldOut" d={`M${heldOut.x} ${heldOut.y - 6}l6 9h-12z`} />
          )}
        </g>
      ))}
      {marks.labels.map(({ id, x, y, text }) => (
        <text key={id} className={`lesson-sweep-label ${id}`} x={x} y={y} dy="0.35em">
          {text}
        </text>
      ))}
    </svg>
  );
}
