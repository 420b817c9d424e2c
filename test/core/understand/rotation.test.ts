import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measure } from '../../../src/core/metrics.ts';
import { predict } from '../../../src/core/predict.ts';
import { trainingData } from '../../../src/core/training-data.ts';
import {
  angleOfPoint,
  anglesWithoutShare,
  bestRotation,
  NO_TURN,
  rotatePlane,
  timesSquare,
} from '../../../src/core/understand/rotation.ts';
import { normals, sgd, someDataset, someParameters } from './samples.ts';

const wholeTurn = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });

describe('angleOfPoint', () => {
  it('is cos and sin of the angle at which a point lies', () => {
    fc.assert(
      fc.property(wholeTurn, fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (theta, far) => {
        const { c, s } = angleOfPoint(far * Math.cos(theta), far * Math.sin(theta));
        expect(c).toBeCloseTo(Math.cos(theta), 14);
        expect(s).toBeCloseTo(Math.sin(theta), 14);
        expect(Math.abs(c * c + s * s - 1)).toBeLessThan(1e-15);
      }),
    );
  });

  it('does not overflow, and is no turn where there is no direction', () => {
    expect(angleOfPoint(3e200, 4e200)).toEqual({ c: expect.closeTo(0.6, 15), s: expect.closeTo(0.8, 15) });
    expect(angleOfPoint(0, 0)).toEqual(NO_TURN);
  });
});

describe('rotatePlane', () => {
  const dataset = someDataset(6, 5, 0.6);
  const data = trainingData(dataset);
  const model = { ...sgd, k: 3, prediction: 'mean+factors+biases' } as const;
  const parameters = someParameters(6, 5, 3, model.prediction);

  it('changes the factors of its plane and neither R̂ nor the objective (1e-12)', () => {
    fc.assert(
      fc.property(wholeTurn, (theta) => {
        const turned = rotatePlane(parameters, 0, 2, { c: Math.cos(theta), s: Math.sin(theta) });
        for (let u = 0; u < 6; u += 1) {
          for (let i = 0; i < 5; i += 1) {
            expect(Math.abs(predict(turned, u, i) - predict(parameters, u, i))).toBeLessThan(1e-12);
          }
        }
        const J = measure(parameters, data, model).objective ?? Number.NaN;
        expect(Math.abs((measure(turned, data, model).objective ?? 0) / J - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 30 },
    );
    const turned = rotatePlane(parameters, 0, 2, { c: 0.6, s: 0.8 });
    expect(turned.P[1]).toBe(parameters.P[1]);
    expect(turned.P[0]).toBeCloseTo(0.6 * (parameters.P[0] ?? 0) - 0.8 * (parameters.P[2] ?? 0), 14);
    expect(turned.P[2]).toBeCloseTo(0.8 * (parameters.P[0] ?? 0) + 0.6 * (parameters.P[2] ?? 0), 14);
    expect([turned.bu, turned.bi, turned.mu]).toEqual([parameters.bu, parameters.bi, 3]);
  });

  it('turned by the angle and back is where it was', () => {
    const back = rotatePlane(rotatePlane(parameters, 0, 1, { c: 0.6, s: 0.8 }), 0, 1, { c: 0.6, s: -0.8 });
    expect([...back.Q]).toEqual([...parameters.Q].map((value) => expect.closeTo(value, 14)));
  });
});

describe('anglesWithoutShare', () => {
  it('makes a share zero, by both angles that a search finds', () => {
    const parameters = someParameters(6, 5, 3, 'factors');
    for (const [user, item] of [
      [0, 0],
      [2, 3],
      [5, 4],
    ] as const) {
      const share = (c: number, s: number) => {
        const { P, Q } = rotatePlane(parameters, 0, 1, { c, s });
        return (P[user * 3] ?? 0) * (Q[item * 3] ?? 0);
      };
      // Sign changes of the share over the half circle, c ≥ 0.
      const steps = 8000;
      const crossings: number[] = [];
      for (let step = 0; step < steps; step += 1) {
        const [before, after] = [step, step + 1].map((at) => -Math.PI / 2 + (Math.PI * at) / steps);
        if (before === undefined || after === undefined) continue;
        if (share(Math.cos(before), Math.sin(before)) * share(Math.cos(after), Math.sin(after)) < 0)
          crossings.push(before);
      }
      const found = anglesWithoutShare(parameters, 0, 1, user, item);
      for (const { c, s } of found) {
        expect(c).toBeGreaterThanOrEqual(0);
        expect(Math.abs(share(c, s))).toBeLessThan(1e-14);
      }
      expect(found.map(({ c, s }) => Math.atan2(s, c)).sort((a, b) => a - b)).toEqual(
        crossings.map((theta) => expect.closeTo(theta, 3)),
      );
      expect(found[0].c).toBeGreaterThanOrEqual(found[1].c);
    }
  });

  it('needs no turn where there is nothing in the plane', () => {
    const zeros = { ...someParameters(1, 1, 2, 'factors'), P: new Float64Array(2), Q: new Float64Array(2) };
    expect(anglesWithoutShare(zeros, 0, 1, 0, 0)).toEqual([NO_TURN, NO_TURN]);
  });
});

describe('bestRotation', () => {
  const distance = (A: Float64Array, B: Float64Array) => Math.hypot(...A.map((value, at) => value - (B[at] ?? 0)));

  it('undoes a rotation and a reflection', () => {
    const A = normals(4, 30);
    const turned = rotatePlane({ k: 3, P: A, Q: A, bu: null, bi: null, mu: null }, 0, 1, { c: 0.6, s: 0.8 });
    const mirrored = turned.P.map((value, at) => (at % 3 === 2 ? -value : value));
    expect(distance(timesSquare(A, bestRotation(A, mirrored, 3), 3), mirrored)).toBeLessThan(1e-13);
  });

  it('is the best that a search over all rotations and reflections of the plane finds', () => {
    const A = normals(5, 20);
    const B = normals(6, 20);
    let best = Number.POSITIVE_INFINITY;
    for (let step = 0; step < 4000; step += 1) {
      const theta = (2 * Math.PI * step) / 4000;
      const [c, s] = [Math.cos(theta), Math.sin(theta)];
      for (const W of [Float64Array.of(c, s, -s, c), Float64Array.of(c, s, s, -c)]) {
        best = Math.min(best, distance(timesSquare(A, W, 2), B));
      }
    }
    const found = distance(timesSquare(A, bestRotation(A, B, 2), 2), B);
    expect(found).toBeLessThanOrEqual(best + 1e-12);
    expect(found).toBeGreaterThan(best - 1e-4);
  });
});
