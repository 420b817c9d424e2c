import type { Histogram, Spread } from '../../core/understand/spread.ts';
import { strings } from '../../strings/index.ts';
import { formatPrediction } from '../../strings/numbers.ts';

const text = strings.understand;

const WIDTH = 240;
const HEIGHT = 44;
/** Under the bars: the interval in which nine of ten lie. */
const FOOT = 8;

/**
 * What the retrainings say of one cell:
 *
 *        ▂█▅▁  │      bars: how many say so; the upright line: r̂ of the run
 *       ├──•──┤       nine of ten, and the median
 */
export function SpreadPicture(props: { when: string; spread: Spread; histogram: Histogram; predicted: number | null }) {
  const { when, spread, histogram, predicted } = props;
  const { low, high, counts } = histogram;
  const most = Math.max(1, ...counts);
  const x = (value: number) => ((value - low) / (high - low)) * WIDTH;
  const width = WIDTH / counts.length;
  const [fifth = low, , middle = low, , last = high] = spread.quantiles;
  return (
    <figure className="spread">
      <figcaption className="small">
        <span className="muted">{when}</span>
        <span className="spread-interval numbers">
          {text.interval} <b>{text.between(fifth, last)}</b>
        </span>
      </figcaption>
      <svg
        className="spread-picture"
        viewBox={`-4 0 ${WIDTH + 8} ${HEIGHT + FOOT + 6}`}
        role="img"
        aria-label={text.histogram(when, spread.count, spread.min, spread.max, middle)}
      >
        {counts.map((count, bin) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
            key={bin}
            className="spread-bar"
            x={bin * width + 0.5}
            y={HEIGHT - (count / most) * HEIGHT}
            width={Math.max(0.5, width - 1)}
            height={(count / most) * HEIGHT}
          />
        ))}
        <line className="spread-axis" x1={0} x2={WIDTH} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} />
        <line className="spread-nine" x1={x(fifth)} x2={x(last)} y1={HEIGHT + FOOT} y2={HEIGHT + FOOT} />
        <circle className="spread-middle" cx={x(middle)} cy={HEIGHT + FOOT} r={3.5} />
        {predicted !== null && predicted >= low && predicted <= high && (
          <line className="spread-now" x1={x(predicted)} x2={x(predicted)} y1={0} y2={HEIGHT} />
        )}
      </svg>
      <div className="spread-ends muted small numbers" aria-hidden="true">
        <span>{formatPrediction(low)}</span>
        <span>{formatPrediction(high)}</span>
      </div>
    </figure>
  );
}
