import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeAt, rateCurve, rateX, stripFrame, stripMarker, stripMarks } from '../../src/charts/rate-strip-marks.ts';
import { EMPTY_HISTORY } from '../../src/core/history.ts';
import { type RateRun, STRIP_RATES } from '../../src/core/understand/rate-strip.ts';
import { rateStrip } from '../../src/strings/rate-strip.ts';

const NONE = { seen: null, heldOut: null };

function runWith(rmseSeen: readonly number[], diverged = false): RateRun {
  const curve = {
    ...EMPTY_HISTORY,
    epoch: rmseSeen.map((_, epoch) => epoch),
    rmseSeen,
    rmseHeldOut: rmseSeen.map(() => null),
  };
  const parameters = { k: 1, P: new Float64Array(1), Q: new Float64Array(1), bu: null, bi: null, mu: null };
  return { alpha: 0.01, curve, epochs: rmseSeen.length - 1, diverged, parameters };
}

const frame = stripFrame({ width: 640, height: 200 }, { start: 2.7, best: 0.06 });

describe('the frame', () => {
  test('is logarithmic: equal ratios are equally far apart, and what lies outside is drawn on the edge', () => {
    expect(frame.y(1) - frame.y(2)).toBeCloseTo(frame.y(0.25) - frame.y(0.5), 9);
    expect([frame.y(1e90), frame.y(0)]).toEqual([frame.plot.top, frame.plot.bottom]);
    expect(frame.y(2.7)).toBeGreaterThan(frame.plot.top);
    expect(frame.y(0.06)).toBeLessThan(frame.plot.bottom);
    expect(frame.yTicks.map(({ label }) => label)).toEqual(['0.05', '0.1', '0.2', '0.5', '1', '2']);
  });

  test('holds nothing that is not finite, whatever it is given', () => {
    const size = fc.oneof(fc.constant(null), fc.double({ min: 0, max: 1e308, noNaN: true }));
    fc.assert(
      fc.property(
        size,
        size,
        fc.nat(2000),
        fc.double({ min: 0, max: 1e308, noNaN: true }),
        (start, best, width, at) => {
          const any = stripFrame({ width, height: 160 }, { start, best });
          for (const y of [any.y(at), ...any.yTicks.map((tick) => tick.y)]) {
            expect(y).toBeGreaterThanOrEqual(any.plot.top - 1e-6);
            expect(y).toBeLessThanOrEqual(any.plot.bottom + 1e-6);
          }
        },
      ),
    );
  });
});

describe('the strip', () => {
  const ends = STRIP_RATES.map((alpha) => (alpha < 0.08 ? { seen: 0.06 / alpha ** 0.25, heldOut: null } : NONE));
  const ranges = [
    { name: 'crawling', from: 0, to: 26 },
    { name: 'converging', from: 27, to: 63 },
    { name: 'oscillating', from: 64, to: 66 },
    { name: 'diverged', from: 67, to: 92 },
  ] as const;
  const marks = stripMarks(frame, STRIP_RATES, ends, ranges, rateStrip.names);
  const marker = stripMarker(frame, STRIP_RATES, marks.xTicks, 0.07, 0.1166);

  test('finds the learning rate under every point of its own, and the ends beyond the plot', () => {
    const x = rateX(frame, STRIP_RATES);
    for (const [place, rate] of STRIP_RATES.entries()) expect(placeAt(frame, STRIP_RATES, x(rate) + 0.2)).toBe(place);
    expect([placeAt(frame, STRIP_RATES, -50), placeAt(frame, STRIP_RATES, 5000)]).toEqual([0, 92]);
    // Tenfold is a quarter of the way, wherever it begins.
    expect(x(0.01) - x(0.001)).toBeCloseTo((frame.plot.right - frame.plot.left) / 4, 9);
    expect([x(0), x(50)]).toEqual([frame.plot.left, frame.plot.right]);
  });

  test('has a point for each run with an end', () => {
    expect(marks.dots.match(/M/g)).toHaveLength(67);
    expect(marks.dots.endsWith(`M${marker.x.toFixed(1)},${frame.y(0.06 / 0.07 ** 0.25).toFixed(1)}h0`)).toBe(true);
    expect(marks.seenPath.startsWith('M')).toBe(true);
    expect(marks.heldOutPath).toBe('');
  });

  test('lays its regimes edge to edge and names those that have room', () => {
    expect(marks.bands[0]?.x1).toBe(frame.plot.left);
    expect(marks.bands.at(-1)?.x2).toBe(frame.plot.right);
    for (const [at, band] of marks.bands.entries()) if (at > 0) expect(band.x1).toBe(marks.bands[at - 1]?.x2);
    expect(marks.bands.map(({ label }) => label && [label.text, label.anchor, label.row])).toEqual([
      ['crawling', 'middle', 'over'],
      ['converging', 'middle', 'over'],
      ['oscillating', 'end', 'over'],
      ['diverged', 'middle', 'over'],
    ]);
    const narrow = stripFrame({ width: 264, height: 160 }, { start: 2.7, best: 0.06 });
    const crowded = stripMarks(narrow, STRIP_RATES, ends, ranges, rateStrip.names);
    // A projector's strip beside a text: the name that has no room beside the others stands below them.
    expect(crowded.bands.map(({ label }) => label && [label.text, label.row])).toEqual([
      ['crawling', 'over'],
      ['converging', 'over'],
      ['oscillating', 'within'],
      ['diverged', 'over'],
    ]);
  });

  test('leaves the marker’s flag free', () => {
    expect(marks.xTicks.map(({ label }) => label)).toEqual(['0.0001', '0.001', '0.01', '0.1', '1']);
    expect(marker.xTicks.map(({ label }) => label)).toEqual(['0.0001', '0.001', '0.01', '1']);
    expect(marker.flag).toBe('0.07');
  });
});

describe('the curve', () => {
  test('ends at the right edge, as high as the marker’s point', () => {
    const run = runWith([2.7, 1, 0.5, 0.1166]);
    const curve = rateCurve(frame, run, 3);
    const marker = stripMarker(frame, STRIP_RATES, [], 0.07, 0.1166);
    expect(curve.end).toEqual({ x: frame.plot.right, y: marker.y });
    expect(curve.heldOutPath).toBe('');
    expect(curve.diverged).toBe(false);
  });

  test('of a run that diverged ends where it was last measured', () => {
    const curve = rateCurve(frame, runWith([2.7, 1e90], true), 200);
    expect(curve.diverged).toBe(true);
    expect(curve.end?.y).toBe(frame.plot.top);
    expect(curve.end?.x).toBeCloseTo(frame.plot.left + (frame.plot.right - frame.plot.left) / 200, 9);
  });
});
