import { drawStart } from '../core/init.ts';
import { measure } from '../core/metrics.ts';
import type { Parameters } from '../core/parameters.ts';
import { predict } from '../core/predict.ts';
import type { Study } from '../core/study.ts';
import { type TrainingData, trainingData } from '../core/training-data.ts';
import {
  type Member,
  type Outcome,
  Retraining,
  type RunSetup,
  setupOf,
  type Train,
} from '../core/understand/retrain.ts';
import { Recording } from '../core/understand/whole-run.ts';
import type { Engine } from '../engines/engine.ts';
import { overflowed, stateIsFinite } from './blow-up.ts';
import { fitParameters, fitState, stateFits } from './fit-state.ts';
import { atEpochZero } from './rows.ts';
import type { Cells, TaskResult, TrainTask } from './task-protocol.ts';
import { advance, createTrainee, SUSPICIOUS_ERROR, visitCost } from './trainee.ts';

/** Work between two looks at whether to stop, in rating visits × factors: a few milliseconds. */
const WORK_PER_LOOK = 1_000_000;

/** A task under way: made of the same visits as a run, so it arrives at the same bits. */
export interface RunningTask {
  /** 0 … 1; one that settles early jumps to its end. */
  readonly progress: number;
  /** Works until `late` (asked every few milliseconds) or until it is done; the result, or null while there is none. */
  work(late: () => boolean): TaskResult | null;
}

/** The study as its run began: settings, ratings, and the parameters at epoch 0. */
export function setupOfStudy({ dataset, model, start }: Study): RunSetup {
  const data = trainingData(dataset);
  const { m, n, mean } = data;
  const fits = start !== null && stateFits(atEpochZero(start), model.k, m, n);
  return { model, data, start: fitParameters(fits ? start : drawStart(model, m, n, mean), model, m, n, mean) };
}

/** Trains with `engine`, epoch by epoch, as a run does; diverged is what a run would fall back from. */
export function trainWith(engine: Engine): Train {
  return (model, data, start) => {
    const { m, n, mean } = data;
    const state = fitState(atEpochZero(start), model, m, n, mean);
    const trainee = createTrainee(engine, model, data, state);
    const finishEpoch = (): boolean => {
      const left = trainee.total - state.position;
      return (
        advance(trainee, left, Number.POSITIVE_INFINITY) === left &&
        stateIsFinite(state) &&
        !overflowed(measure(state.parameters, data, model), data)
      );
    };
    return {
      get parameters() {
        return state.parameters;
      },
      train(epochs) {
        const until = state.epoch + epochs;
        while (state.epoch < until && trainee.total > 0) {
          const made = advance(trainee, trainee.total, SUSPICIOUS_ERROR);
          // An error that large need not be the end: the epoch is finished with a look at every number.
          if (made < trainee.total && !finishEpoch()) return false;
        }
        return stateIsFinite(state);
      },
    };
  };
}

/** Begins a task on `given` (see `setupOfStudy`), which is only read, so one goes for many tasks. */
export function startTask(engine: Engine, given: RunSetup, task: TrainTask): RunningTask {
  const setup = task.alpha === undefined ? given : { ...given, model: { ...given.model, alpha: task.alpha } };
  const member = memberOf(task);
  const { data, model } = setup;
  // Nothing to visit: no epoch ever ends, and the start is what it comes to.
  const nothing = data.training.user.length - (member.kind === 'without' ? 1 : 0) <= 0;
  const stop = nothing ? { ...task.stop, epochs: 0, mark: task.stop.mark === null ? null : 0 } : task.stop;
  const cost = visitCost({ model, data }) * engine.visitsPerEpoch(model, data);
  const epochs = Math.max(1, Math.floor(WORK_PER_LOOK / Math.max(1, cost)));
  if (task.wantCurve) {
    return startRecording(new Recording(setupOf(setup, member), stop.epochs, trainWith(engine)), setup, task, epochs);
  }
  const retraining = new Retraining(setup, [member], stop, trainWith(engine));
  let result: TaskResult | null = null;
  return {
    get progress() {
      return retraining.progress;
    },
    work(late) {
      while (result === null) {
        const more = retraining.step(epochs);
        const outcome = retraining.outcomes[0];
        if (!more && outcome !== undefined) result = resultOf(outcome, setup, task);
        else if (late()) break;
      }
      return result;
    },
  };
}

/** The same for a task that wants its curve. */
function startRecording(recording: Recording, setup: RunSetup, task: TrainTask, epochsPerLook: number): RunningTask {
  return {
    get progress() {
      return recording.progress;
    },
    work(late) {
      while (recording.step(epochsPerLook)) if (late()) return null;
      const { curve, epochs, diverged, parameters } = recording.run;
      const ended = diverged ? 'diverged' : 'limit';
      const outcome = {
        member: memberOf(task),
        atMark: null,
        parameters: diverged ? null : parameters,
        epochs,
        ended,
      } as const;
      const finalParameters = task.wantParameters ? parameters : null;
      return { ...resultOf(outcome, setup, task), finalParameters, curve };
    },
  };
}

/** The whole task at once. */
export function runTask(engine: Engine, study: Study, task: TrainTask): TaskResult {
  const running = startTask(engine, setupOfStudy(study), task);
  for (;;) {
    const result = running.work(() => false);
    if (result !== null) return result;
  }
}

function memberOf({ seed, leaveOut }: TrainTask): Member {
  if (leaveOut !== undefined) return { kind: 'without', rating: leaveOut };
  return seed === undefined ? { kind: 'whole' } : { kind: 'seed', seed };
}

function resultOf(outcome: Outcome, setup: RunSetup, { wanted, wantParameters }: TrainTask): TaskResult {
  const { model, data } = setupOf(setup, outcome.member);
  const { atMark, epochs } = outcome;
  const measured = outcome.parameters === null ? null : measure(outcome.parameters, data, model);
  const measures = measured === null || overflowed(measured, data) ? null : measured;
  const parameters = measures === null ? null : outcome.parameters;
  return {
    predictions: parameters === null ? new Float64Array(0) : predictionsOf(parameters, data, wanted),
    predictionsAtMark: atMark === null ? null : predictionsOf(atMark, data, wanted),
    rmseSeen: measures?.rmseSeen ?? null,
    rmseHeldOut: measures?.rmseHeldOut ?? null,
    objective: measures?.objective ?? null,
    epochs,
    ended: parameters === null ? 'diverged' : outcome.ended,
    finalParameters: wantParameters ? parameters : null,
    parametersAtMark: wantParameters ? atMark : null,
    curve: null,
  };
}

function predictionsOf(parameters: Parameters, { m, n }: TrainingData, wanted: Cells | 'all' | 'none'): Float64Array {
  if (wanted === 'none') return new Float64Array(0);
  if (wanted === 'all') {
    return Float64Array.from({ length: m * n }, (_, at) => predict(parameters, Math.floor(at / n), at % n));
  }
  return Float64Array.from(wanted.user, (user, at) => predict(parameters, user, wanted.item[at] ?? 0));
}
