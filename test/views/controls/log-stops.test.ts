import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logStep, logStops, nearestStop } from '../../../src/views/controls/log-stops.ts';

describe('stops of a logarithmic slider', () => {
  const stops = logStops(-5, 1);

  test('rise from 1e-5 to 10 without a rounding of the machine: each is a decimal of at most 3 digits', () => {
    expect(stops[0]).toBe(0.00001);
    expect(stops.at(-1)).toBe(10);
    expect(stops.length).toBe(6 * 23 + 1);
    for (const [at, stop] of stops.entries()) {
      expect(stop).toBe(Number(stop.toPrecision(3)));
      if (at > 0) expect(stop / (stops[at - 1] ?? 0)).toBeGreaterThan(1.05);
      if (at > 0) expect(stop / (stops[at - 1] ?? 0)).toBeLessThan(1.16);
    }
  });

  test('hold the settings that people write', () => {
    for (const value of [0.0002, 0.0025, 0.005, 0.01, 0.02, 0.1, 0.12, 0.2]) expect(stops).toContain(value);
  });

  test('the nearest stop of a stop is itself; of anything beyond, the end', () => {
    for (const [at, stop] of stops.entries()) expect(nearestStop(stops, stop)).toBe(at);
    expect(nearestStop(stops, 1e9)).toBe(stops.length - 1);
    expect(nearestStop(stops, 1e-9)).toBe(0);
    expect(stops[nearestStop(stops, 0.0123)]).toBe(0.012);
  });
});

describe('steps of a logarithmic number field', () => {
  test('go through the stops, and by decades', () => {
    expect(logStep(0.01, true, false)).toBe(0.011);
    expect(logStep(0.01, false, false)).toBe(0.009);
    expect(logStep(0.9, true, false)).toBe(1);
    expect(logStep(0.0123, true, false)).toBe(0.013);
    expect(logStep(0.0123, false, false)).toBe(0.012);
    expect(logStep(0.0123, true, true)).toBe(0.123);
    expect(logStep(0.02, false, true)).toBe(0.002);
  });

  test('reach 0 below the lowest stop, and leave it again', () => {
    expect(logStep(1e-8, false, false)).toBe(0);
    expect(logStep(1e-8, false, true)).toBe(0);
    expect(logStep(0, false, false)).toBe(0);
    expect(logStep(0, true, false)).toBe(1e-8);
  });

  test('up goes up, down goes down, always to at most 3 digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-7, max: 1e90, noNaN: true }), fc.boolean(), (value, decade) => {
        const up = logStep(value, true, decade);
        const down = logStep(value, false, decade);
        expect(up).toBeGreaterThan(value);
        expect(down).toBeLessThan(value);
        expect(up).toBe(Number(up.toPrecision(3)));
        expect(down).toBe(Number(down.toPrecision(3)));
      }),
    );
  });
});
