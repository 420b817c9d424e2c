import { describe, expect, test } from 'vitest';
import { lineOfAxis, numberAt, placeAmong, positionOn } from '../../src/charts/sweep-positions.ts';

describe('where values lie', () => {
  test('a log axis is drawn on a log line, and its list after it was extended too', () => {
    const line = lineOfAxis({ setting: 'alpha', spacing: 'log', from: 0.001, to: 0.1, count: 3 });
    expect(line).toEqual({ log: true, low: 0.001, high: 0.1 });
    if (!line) throw new Error('no line');
    expect(positionOn(line, 0.01)).toBeCloseTo(0.5, 12);
    expect(numberAt(line, 0.5)).toBeCloseTo(0.01, 12);
    expect(lineOfAxis({ setting: 'alpha', spacing: 'listed', values: [0.001, 0.01, 0.1, 1] })?.log).toBe(true);
    expect(lineOfAxis({ setting: 'beta', spacing: 'listed', values: [0, 0.01, 0.1, 1] })?.log).toBe(false);
    expect(lineOfAxis({ setting: 'beta', spacing: 'listed', values: [0.1, 0.2, 0.3] })?.log).toBe(false);
  });

  test('counts are drawn in steps, choices on no line', () => {
    expect(lineOfAxis({ setting: 'k', spacing: 'listed', values: [1, 2, 4, 8, 16] })?.log).toBe(false);
    expect(lineOfAxis({ setting: 'optimizer', spacing: 'listed', values: ['sgd', 'adam'] })).toBeNull();
  });

  test('a value between two of an axis lies between their places, by factors', () => {
    const values = [0.001, 0.01, 0.1];
    expect(placeAmong(values, 0.01)).toBe(1);
    expect(placeAmong(values, Math.sqrt(0.001))).toBeCloseTo(1.5, 12);
    expect(placeAmong([0, 1, 2], 0.5)).toBeCloseTo(0.5, 12);
    expect([placeAmong(values, 0.2), placeAmong(values, 0.0009)]).toEqual([null, null]);
    expect([placeAmong(['sgd', 'als'], 'als'), placeAmong(['sgd', 'als'], 'adam')]).toEqual([1, null]);
  });
});
