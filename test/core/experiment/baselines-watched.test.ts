import { describe, expect, it } from 'vitest';
import { findBuiltin } from '../../../src/core/builtin.ts';
import { baselinesOn } from '../../../src/core/experiment/verdict.ts';
import { planOf, runPlan } from './run-plan.ts';

const notebook = findBuiltin('notebook')?.study();

describe('the baselines beside early stopping', () => {
  if (notebook === undefined) throw new Error('no notebook');

  it('are fitted on the ratings that are watched too: they need none to watch', () => {
    const ofStop = (watchShare: number | null) => {
      const { runs, results } = runPlan(
        planOf(notebook, { stop: { kind: 'early', limit: 20, patience: 5, watchShare } }),
      );
      return { baselines: baselinesOn(runs, results, 0), heldOut: results.rmseHeldOut };
    };
    const aside = ofStop(20);
    const none = ofStop(null);
    expect(aside.baselines).toEqual(none.baselines);
    expect(aside.baselines?.mean).toBeCloseTo(1.723, 3);
    // The runs themselves do without the watched ones.
    expect(aside.heldOut).not.toEqual(none.heldOut);
  });
});
