import { fitBiasesOnly } from '../core/baselines.ts';
import { Course } from '../core/experiment/course.ts';
import { type Split, type SplitData, splitData, unwatched } from '../core/experiment/folds.ts';
import type { BaselineErrorColumns } from '../core/experiment/results.ts';
import { sameStart } from '../core/experiment/settings.ts';
import { drawStart } from '../core/init.ts';
import { measure } from '../core/metrics.ts';
import { predict } from '../core/predict.ts';
import type { Study } from '../core/study.ts';
import { trainingData } from '../core/training-data.ts';
import { copyParameters, type RunSetup } from '../core/understand/retrain.ts';
import type { Engine } from '../engines/engine.ts';
import { overflowed } from './blow-up.ts';
import { fitParameters, stateFits } from './fit-state.ts';
import { atEpochZero } from './rows.ts';
import { trainWith } from './task.ts';
import type { RunTask, RunTaskResult } from './task-protocol.ts';
import { visitCost } from './trainee.ts';

/** Work between two looks at whether to stop, in rating visits × factors: a few milliseconds. */
const WORK_PER_LOOK = 1_000_000;
/** Ratings that all splits kept ready hold together: 64 MB. */
const KEPT_RATINGS = 4_000_000;

/** A run of a sweep under way. */
export interface RunningRun {
  /** Works until `late` (asked every few milliseconds) or until it is done; the result, or null while there is none. */
  work(late: () => boolean): RunTaskResult | null;
}

/** A study with its splits, parted when they are first asked for; the oldest are let go where they are large. */
export class PartedStudy {
  readonly study: Study;
  private readonly splits: readonly Split[];
  private readonly parted = new Map<number | null, SplitData>();

  constructor(study: Study, splits: readonly Split[]) {
    this.study = study;
    this.splits = splits;
  }

  data(split: number | null): SplitData {
    const known = this.parted.get(split);
    if (known !== undefined) return known;
    const of = split === null ? undefined : this.splits[split];
    const { dataset } = this.study;
    const made = of === undefined ? { data: trainingData(dataset), watched: null } : splitData(dataset, of);
    const most = Math.max(1, Math.floor(KEPT_RATINGS / Math.max(1, dataset.ratings.value.length)));
    const [oldest] = this.parted.keys();
    if (this.parted.size >= most && oldest !== undefined) this.parted.delete(oldest);
    this.parted.set(split, made);
    return made;
  }

  /** What predicting without factors is fitted on: it needs no ratings to watch, so those train it as all others do. */
  dataOfBaselines(split: number | null): SplitData {
    const of = split === null ? undefined : this.splits[split];
    return of === undefined || of.watched.length === 0
      ? this.data(split)
      : splitData(this.study.dataset, unwatched(of));
  }
}

/** What a run begins with: the study's start where it is this run's too, else one drawn from its settings. */
function setupOf({ study }: PartedStudy, { model }: RunTask, { data }: SplitData): RunSetup {
  const { m, n, mean } = data;
  const own = study.start !== null && sameStart(study.model, model) ? study.start : null;
  const fits = own !== null && stateFits(atEpochZero(own), model.k, m, n);
  const start = fits ? { ...copyParameters(own), mu: mean } : drawStart(model, m, n, mean);
  return { model, data, start: fitParameters(start, model, m, n, mean) };
}

/** r − r̂ of every `stride`-th rating held out. */
function errorsOf(
  { data }: SplitData,
  stride: number,
  predictAt: (user: number, item: number) => number,
): Float64Array {
  const { user, item, value } = data.heldOut;
  return Float64Array.from({ length: Math.ceil(value.length / stride) }, (_, place) => {
    const at = place * stride;
    return (value[at] ?? 0) - predictAt(user[at] ?? 0, item[at] ?? 0);
  });
}

function baselinesOf(parted: SplitData, stride: number): BaselineErrorColumns {
  const { training, m, n, mean } = parted.data;
  const { bu, bi } = fitBiasesOnly(training, m, n, mean);
  return {
    mean: errorsOf(parted, stride, () => mean),
    biases: errorsOf(parted, stride, (u, i) => mean + (bu[u] ?? 0) + (bi[i] ?? 0)),
  };
}

/** Begins a run. Its visits are those of a run in Play, so it arrives at the same bits. */
export function startRunTask(engine: Engine, parted: PartedStudy, task: RunTask): RunningRun {
  const split = parted.data(task.split);
  const setup = setupOf(parted, task, split);
  const { data, model } = setup;
  const course = new Course(setup, split.watched, task.stop, trainWith(engine), task.wantCurve);
  const visits = engine.visitsPerEpoch(model, data);
  const epochs = Math.max(1, Math.floor(WORK_PER_LOOK / Math.max(1, visitCost({ model, data }) * visits)));
  return {
    work(late) {
      while (course.step(epochs)) if (late()) return null;
      const { parameters: last, ended, curve, ...rest } = course.outcome;
      const measured = last === null ? null : measure(last, data, model);
      const measures = measured === null || overflowed(measured, data) ? null : measured;
      const parameters = measures === null ? null : last;
      const { errorStride } = task;
      return {
        run: {
          ...rest,
          ended: parameters === null ? 'diverged' : ended,
          rmseSeen: measures?.rmseSeen ?? null,
          rmseHeldOut: measures?.rmseHeldOut ?? null,
          objective: measures?.objective ?? null,
          updates: rest.epochs * visits,
          errors:
            parameters === null || errorStride === 0
              ? null
              : errorsOf(split, errorStride, (u, i) => predict(parameters, u, i)),
          curve,
        },
        baselines:
          task.wantBaselines && errorStride > 0 ? baselinesOf(parted.dataOfBaselines(task.split), errorStride) : null,
        predictions:
          parameters === null || !task.wantPredictions
            ? null
            : Float64Array.from({ length: data.m * data.n }, (_, at) =>
                predict(parameters, Math.floor(at / data.n), at % data.n),
              ),
      };
    },
  };
}

/** The whole run at once. */
export function runRunTask(engine: Engine, parted: PartedStudy, task: RunTask): RunTaskResult {
  const running = startRunTask(engine, parted, task);
  for (;;) {
    const result = running.work(() => false);
    if (result !== null) return result;
  }
}
