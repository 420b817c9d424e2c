import { errorFigures } from '../core/metrics.ts';
import type { ModelSettings } from '../core/model.ts';
import type { Parameters } from '../core/parameters.ts';
import { predict } from '../core/predict.ts';
import { FINDER_RATES, type RatePoint, type RateTest } from '../core/rate-finder.ts';
import { gatherColumns, type TrainingData } from '../core/training-data.ts';
import type { Engine } from '../engines/engine.ts';
import { stateIsFinite } from './blow-up.ts';
import { fitState } from './fit-state.ts';
import { copyState } from './packed-state.ts';
import { atEpochZero } from './rows.ts';
import { advance, createTrainee, SUSPICIOUS_ERROR, visitCost } from './trainee.ts';

/** Epochs with each α, where they are short. */
const EPOCHS_PER_RATE = 5;
/** All of it, in rating visits × factors: some hundred milliseconds. */
const WORK = 4e7;
/** RMSE is measured over so many ratings at most. */
const SAMPLE = 5_000;
/** The test ends when RMSE is so many times what it began with. */
const HOPELESS = 4;

/**
 * Trains a copy from the start while α rises from one value of the finder to the next, a few epochs each (on large sets part
 * of one), and measures RMSE seen after each. A schedule is left out: the test is one. Null without ratings.
 */
export function testRates(
  engine: Engine,
  model: ModelSettings,
  data: TrainingData,
  start: Parameters,
): RateTest | null {
  const { m, n, mean, training } = data;
  const state = fitState(copyState(atEpochZero(start)), model, m, n, mean);
  const { parameters } = state;
  const stride = Math.max(1, Math.ceil(training.value.length / SAMPLE));
  const places = Int32Array.from({ length: Math.ceil(training.value.length / stride) }, (_, at) => at * stride);
  const sample = gatherColumns(training, places);
  const rmseSeen = () => errorFigures(sample, (user, item) => predict(parameters, user, item)).rmse;
  const first = rmseSeen();
  if (first === null) return null;
  const { schedule: _, ...constant } = model;
  const points: RatePoint[] = [];
  for (const alpha of FINDER_RATES) {
    const trainee = createTrainee(engine, { ...constant, alpha }, data, state);
    const affordable = Math.floor(WORK / (FINDER_RATES.length * visitCost(trainee)));
    let left = Math.max(1, Math.min(EPOCHS_PER_RATE * trainee.total, affordable));
    while (left > 0) {
      const wanted = Math.min(left, trainee.total - state.position);
      const made = advance(trainee, wanted, SUSPICIOUS_ERROR);
      left -= made;
      if (made < wanted) break;
    }
    const rmse = left > 0 || !stateIsFinite(state) ? null : rmseSeen();
    points.push({ alpha, rmse });
    if (rmse === null || rmse > HOPELESS * first) break;
  }
  return { start: first, points };
}
