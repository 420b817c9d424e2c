import { errorFigures } from '../core/metrics.ts';
import type { ModelSettings } from '../core/model.ts';
import type { Parameters, TrainingState } from '../core/parameters.ts';
import { predict } from '../core/predict.ts';
import { FINDER_RATES, type RatePoint, type RateTest, type RateTrials } from '../core/rate-finder.ts';
import { gatherColumns, type TrainingData } from '../core/training-data.ts';
import type { Engine } from '../engines/engine.ts';
import { stateIsFinite } from './blow-up.ts';
import { fitState } from './fit-state.ts';
import { copyState } from './packed-state.ts';
import { atEpochZero } from './rows.ts';
import { advance, createTrainee, SUSPICIOUS_ERROR, visitCost } from './trainee.ts';

/** Epochs with each α, where they are short. */
const EPOCHS_PER_RATE = 5;
/** Epochs of a trial, where they are short. */
const TRIAL_EPOCHS = 5_000;
/** All of the test, in rating visits × factors: some hundred milliseconds. The trials take as much again. */
const WORK = 4e7;
/** RMSE is measured over so many ratings at most. */
const SAMPLE = 5_000;
/** The test ends when RMSE is so many times what it began with. */
const HOPELESS = 4;

/**
 * Trains a copy from the start while α rises from one value of the finder to the next, a few epochs each (on large sets part
 * of one), and measures RMSE seen after each. Then one α after the other, from the greatest down, is tried from the start for as
 * many epochs as there is time, until one holds. A schedule is left out: the test is one. Null without ratings.
 */
export function testRates(
  engine: Engine,
  model: ModelSettings,
  data: TrainingData,
  start: Parameters,
): RateTest | null {
  const { m, n, mean, training } = data;
  const { schedule: _, ...constant } = model;
  const begun = () => fitState(copyState(atEpochZero(start)), model, m, n, mean);
  const stride = Math.max(1, Math.ceil(training.value.length / SAMPLE));
  const places = Int32Array.from({ length: Math.ceil(training.value.length / stride) }, (_, at) => at * stride);
  const sample = gatherColumns(training, places);
  const rmseSeen = ({ parameters }: TrainingState) =>
    errorFigures(sample, (user, item) => predict(parameters, user, item)).rmse;
  const state = begun();
  const first = rmseSeen(state);
  if (first === null) return null;
  const { total } = createTrainee(engine, constant, data, state);
  const cost = visitCost({ model: constant, data });

  /** Trains `of` on; how many visits it made, and RMSE seen after them, null where a number left the range of a double. */
  function train(
    of: TrainingState,
    alpha: number,
    visits: number,
  ): { readonly made: number; readonly rmse: number | null } {
    const trainee = createTrainee(engine, { ...constant, alpha }, data, of);
    let made = 0;
    while (made < visits) {
      const wanted = Math.min(visits - made, total - of.position);
      const done = advance(trainee, wanted, SUSPICIOUS_ERROR);
      made += done;
      if (done < wanted) return { made, rmse: null };
    }
    return { made, rmse: stateIsFinite(of) ? rmseSeen(of) : null };
  }

  const points: RatePoint[] = [];
  const affordable = Math.floor(WORK / (FINDER_RATES.length * cost));
  const visits = Math.max(1, Math.min(EPOCHS_PER_RATE * total, affordable));
  for (const alpha of FINDER_RATES) {
    const { rmse } = train(state, alpha, visits);
    points.push({ alpha, rmse });
    if (rmse === null || rmse > HOPELESS * first) break;
  }

  function trials(began: number): RateTrials | null {
    const epochs = Math.min(TRIAL_EPOCHS, Math.floor(WORK / (4 * total * cost)));
    if (epochs < 1) return null;
    let left = WORK / cost;
    let diverges: number | null = null;
    for (const { alpha } of points.toReversed()) {
      if (left < epochs * total) break;
      const { made, rmse } = train(begun(), alpha, epochs * total);
      left -= made;
      if (rmse !== null && rmse <= began) break;
      diverges = alpha;
    }
    return { epochs, diverges };
  }
  return { start: first, points, trials: trials(first) };
}
