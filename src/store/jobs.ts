import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Epoch, ItemIndex, UserIndex } from '../core/ratings.ts';
import type { Study } from '../core/study.ts';
import { trainingData } from '../core/training-data.ts';
import { type Moment, planOtherStarts } from '../core/understand/ensemble.ts';
import { rankInfluence } from '../core/understand/influence.ts';
import { type Member, type Outcome, type StoppingRule, stopAt, stopWhenSettled } from '../core/understand/retrain.ts';
import { strings } from '../strings/index.ts';
import type { TaskResult, TrainTask } from '../worker/task-protocol.ts';
import type { Actions } from './actions.ts';
import { shapeChanged } from './changes.ts';
import type { Ensemble, InfluenceFound, Staleness } from './ensemble.ts';
import { sampleToLeaveOut, settleLimit } from './job-plan.ts';
import type { AppState } from './state.ts';
import type { Surroundings } from './trainer.ts';

/** Where retrainings are done: a pool of workers. See `worker/pool.ts`. */
export interface TaskPool {
  run(
    study: Study,
    tasks: readonly TrainTask[],
    onResult: (index: number, result: TaskResult) => void,
    signal: AbortSignal,
  ): Promise<'done' | 'canceled' | 'failed'>;
}

export type JobKind = 'starts' | 'fewer' | 'influence';

/**
 * A job that is asked for: retrainings done, of how many; both passes of an ensemble count. The run whole, that influence is
 * told from, is not counted: of 302 ratings 302 are left out.
 */
export interface Progress {
  /** `waiting`: another job is before it. `present`: to the run's epoch. `settling`: until they settle. */
  readonly phase: 'waiting' | 'present' | 'settling';
  readonly done: number;
  readonly total: number;
}

/** What of it the stage shows. */
export interface Drawn {
  /** In R̂, the intervals of one of the two questions, which are never mixed. Null: of the first that is asked; 'none': turned off. */
  readonly intervals: 'starts' | 'fewer' | 'none' | null;
  /** The intervals as far as the run ('mark') or of what is trained until it settles ('end'). */
  readonly moment: Moment;
  /** On R, the influence on the chosen prediction. */
  readonly influence: boolean;
}

/** Retrainings of the run that was asked about, beside it: it goes on, and what was found then is stale. */
export interface JobsState {
  readonly starts: Ensemble | null;
  readonly fewer: Ensemble | null;
  readonly influence: InfluenceFound | null;
  /** Jobs are done one after the other, in the order in which they were asked for; null where none is asked for. */
  readonly progress: Readonly<Record<JobKind, Progress | null>>;
  readonly drawn: Drawn;
  /** Changes what the stage shows. */
  draw(patch: Partial<Drawn>): void;
  /** Does the prediction hang on chance? The study from `count` other seeds, to the run's epoch, then until they settle. */
  otherStarts(count?: number): void;
  /** Does it hang on a single rating? The same start without each rating in turn (a sample of them on large sets). */
  oneRatingFewer(): void;
  /** What each rating does to this prediction. Another cell costs nothing while the answer is exact and not stale. */
  influenceOn(user: UserIndex, item: ItemIndex): void;
  /** Stops it at once, or all of them; what is done is kept. */
  cancel(kind?: JobKind): void;
}

interface JobsOptions {
  readonly app: { readonly store: StoreApi<AppState>; readonly actions: Pick<Actions, 'report'> };
  /** Called when there is something to do. */
  readonly pool: () => TaskPool;
  readonly surroundings: Pick<Surroundings, 'nextFrame'>;
}

/** Some retrainings to be done in one go. */
interface Pass {
  readonly phase: 'present' | 'settling';
  readonly members: readonly Member[];
  readonly stop: StoppingRule;
}

interface Job {
  readonly kind: JobKind;
  readonly study: Study;
  readonly passes: readonly Pass[];
  readonly stop: AbortController;
  /** What the passes came to so far, by pass and member. */
  readonly outcomes: (Outcome | undefined)[][];
  /** Writes that into the store. */
  publish(complete: boolean): void;
}

/** Other starts that are tried unless another number is asked for: enough to say where nine of ten lie, and a few seconds' work. */
export const DEFAULT_STARTS = 30;
const IDLE: JobsState['progress'] = { starts: null, fewer: null, influence: null };

/** The store of what was found by retraining. */
export function createJobs({ app, pool, surroundings }: JobsOptions): StoreApi<JobsState> {
  /** The first one is under way. */
  let queue: Job[] = [];

  /** The run as it began, and how far it got. */
  function asked(): { readonly study: Study; readonly mark: Epoch } {
    const { study, run } = app.store.getState();
    return { study: { ...study, start: run.start ?? study.start }, mark: run.epoch };
  }

  const stalenessOf = ({ study, mark }: { readonly study: Study; readonly mark: Epoch }): Staleness => {
    const { study: now, run } = app.store.getState();
    const same =
      now.dataset.ratings === study.dataset.ratings &&
      (now.model === study.model || JSON.stringify(now.model) === JSON.stringify(study.model));
    return same ? (run.epoch === mark ? null : 'epoch') : 'study';
  };

  function progressOf(job: Job): Progress {
    const wanted = job.passes.map(({ members }) => countOf(members));
    const counts = job.outcomes.map((outcomes) => countOf(outcomes.flatMap((outcome) => outcome?.member ?? [])));
    const under = wanted.findIndex((count, at) => (counts[at] ?? 0) < count);
    const phase = job === queue[0] ? (job.passes[under]?.phase ?? 'present') : 'waiting';
    return { phase, done: sumOf(counts), total: sumOf(wanted) };
  }

  function tellProgress(): void {
    const progress = { ...IDLE };
    for (const job of queue) progress[job.kind] = progressOf(job);
    jobs.setState({ progress });
  }

  function enqueue(job: Job): void {
    drop(job.kind);
    queue.push(job);
    job.publish(false);
    tellProgress();
    if (queue[0] === job) void work(job);
  }

  /** Takes a job out of the queue; if it was under way, the next one begins. */
  function drop(kind: JobKind): void {
    const job = queue.find((candidate) => candidate.kind === kind);
    if (job === undefined) return;
    const wasFirst = queue[0] === job;
    queue = queue.filter((other) => other !== job);
    job.stop.abort();
    const [next] = queue;
    if (wasFirst && next !== undefined) void work(next);
  }

  async function work(job: Job): Promise<void> {
    let frameAsked = false;
    const tell = () => {
      frameAsked = false;
      if (queue[0] !== job) return;
      job.publish(false);
      tellProgress();
    };
    for (const [at, { members, stop }] of job.passes.entries()) {
      const tasks = members.map((member) => taskOf(member, stop));
      const take = (index: number, result: TaskResult) => {
        const member = members[index];
        const outcomes = job.outcomes[at];
        if (member === undefined || outcomes === undefined) return;
        outcomes[index] = outcomeOf(member, result);
        if (frameAsked) return;
        frameAsked = true;
        surroundings.nextFrame(tell);
      };
      const ended = await pool().run(job.study, tasks, take, job.stop.signal);
      if (job.stop.signal.aborted) return;
      if (ended === 'done') continue;
      // Another room of the page took the pool: nothing of this one is waited for.
      if (ended === 'canceled') return jobs.getState().cancel();
      if (ended === 'failed') app.actions.report({ code: 'worker-died' }, strings.store.retrainedIsKept);
      finish(job, false);
      return;
    }
    finish(job, true);
  }

  function finish(job: Job, complete: boolean): void {
    queue = queue.filter((other) => other !== job);
    job.publish(complete);
    const [next] = queue;
    if (next !== undefined) void work(next);
    tellProgress();
  }

  /** The stage shows the kind that was asked for last, unless somebody chose to see none. */
  function showAsked(kind: 'starts' | 'fewer'): void {
    const { drawn, draw } = jobs.getState();
    if (drawn.intervals !== 'none') draw({ intervals: kind });
  }

  function ensembleJob(kind: 'starts' | 'fewer', members: readonly Member[], ratings: number): void {
    const { study, mark } = asked();
    const data = trainingData(study.dataset);
    const limit = settleLimit(study.model, data, mark);
    const outcomes: (Outcome | undefined)[][] = [[], []];
    const [present, settled] = outcomes;
    enqueue({
      kind,
      study,
      passes: [
        { phase: 'present', members, stop: { ...stopAt(mark), mark } },
        { phase: 'settling', members, stop: stopWhenSettled(limit, mark) },
      ],
      stop: new AbortController(),
      outcomes,
      publish: (complete) =>
        jobs.setState({
          [kind]: {
            study,
            mark,
            asked: members.length,
            ratings,
            complete,
            stale: stalenessOf({ study, mark }),
            present: (present ?? []).filter((outcome) => outcome !== undefined),
            settled: (settled ?? []).filter((outcome) => outcome !== undefined),
          },
        }),
    });
  }

  /** The influence found, ranked for another cell. */
  function rankedFor(found: InfluenceFound, user: UserIndex, item: ItemIndex): InfluenceFound {
    const ranking = rankInfluence(found.outcomes, trainingData(found.study.dataset), user, item);
    return { ...found, user, item, predicted: ranking?.predicted ?? null, ranked: ranking?.ranked ?? [] };
  }

  function influenceJob(user: UserIndex, item: ItemIndex): void {
    const { study, mark } = asked();
    const data = trainingData(study.dataset);
    const sample = sampleToLeaveOut(study.model, data, mark, { user, item });
    const without = Array.from(sample.ratings, (rating): Member => ({ kind: 'without', rating }));
    const members: readonly Member[] = [{ kind: 'whole' }, ...without];
    const outcomes: (Outcome | undefined)[] = [];
    // The cell may be another one by the time that some are done.
    jobs.setState({ influence: null });
    enqueue({
      kind: 'influence',
      study,
      passes: [{ phase: 'present', members, stop: { ...stopAt(mark), mark } }],
      stop: new AbortController(),
      outcomes: [outcomes],
      publish(complete) {
        const { influence } = jobs.getState();
        const found: InfluenceFound = {
          study,
          mark,
          asked: members.length,
          ratings: sample.of,
          complete,
          stale: stalenessOf({ study, mark }),
          user: influence?.user ?? user,
          item: influence?.item ?? item,
          outcomes: outcomes.filter((outcome) => outcome !== undefined),
          predicted: null,
          ranked: [],
        };
        jobs.setState({ influence: rankedFor(found, found.user, found.item) });
      },
    });
  }

  const jobs = createStore<JobsState>()((set, get) => ({
    starts: null,
    fewer: null,
    influence: null,
    progress: IDLE,
    drawn: { intervals: null, moment: 'end', influence: false },
    draw: (patch) => set(({ drawn }) => ({ drawn: { ...drawn, ...patch } })),
    otherStarts(count = DEFAULT_STARTS) {
      const { study } = asked();
      showAsked('starts');
      // The seeds after the run's own, which is a start already seen.
      ensembleJob(
        'starts',
        planOtherStarts(count, study.model.seed + 1),
        trainingData(study.dataset).training.value.length,
      );
    },
    oneRatingFewer() {
      const { study, mark } = asked();
      const data = trainingData(study.dataset);
      const sample = sampleToLeaveOut(study.model, data, 5 * mark, null);
      const members = Array.from(sample.ratings, (rating): Member => ({ kind: 'without', rating }));
      showAsked('fewer');
      ensembleJob('fewer', members, sample.of);
    },
    influenceOn(user, item) {
      const { influence, progress } = get();
      const exact = influence !== null && influence.asked > influence.ratings;
      if (exact && influence.stale === null && (influence.complete || progress.influence !== null)) {
        set({ influence: rankedFor(influence, user, item) });
      } else influenceJob(user, item);
    },
    cancel(kind) {
      const kinds = kind === undefined ? (['starts', 'fewer', 'influence'] as const) : [kind];
      // Those that wait first, so that none of them begins.
      const dropped = queue.filter((job) => kinds.includes(job.kind)).reverse();
      for (const job of dropped) {
        drop(job.kind);
        job.publish(false);
      }
      tellProgress();
    },
  }));

  app.store.subscribe((state, before) => {
    const { study, run } = state;
    if (study === before.study && run.epoch === before.run.epoch) return;
    if (study !== before.study && shapeChanged(before.study.dataset, study.dataset)) {
      // Cells are other cells now.
      jobs.getState().cancel();
      jobs.setState({ starts: null, fewer: null, influence: null });
      return;
    }
    const { starts, fewer, influence } = jobs.getState();
    const judged = <F extends Ensemble | InfluenceFound>(found: F | null): F | null => {
      const stale = found === null ? null : stalenessOf(found);
      return found === null || found.stale === stale ? found : { ...found, stale };
    };
    const next = { starts: judged(starts), fewer: judged(fewer), influence: judged(influence) };
    if (next.starts !== starts || next.fewer !== fewer || next.influence !== influence) jobs.setState(next);
  });

  return jobs;
}

/** How many of these leave something out or begin elsewhere. */
function countOf(members: readonly Member[]): number {
  return members.filter(({ kind }) => kind !== 'whole').length;
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function taskOf(member: Member, stop: StoppingRule): TrainTask {
  const task = { stop, wanted: 'none', wantParameters: true } as const;
  if (member.kind === 'seed') return { ...task, seed: member.seed };
  return member.kind === 'without' ? { ...task, leaveOut: member.rating } : task;
}

function outcomeOf(member: Member, { epochs, ended, finalParameters, parametersAtMark }: TaskResult): Outcome {
  return { member, atMark: parametersAtMark, parameters: finalParameters, epochs, ended };
}
