import type { Measures } from '../core/history.ts';
import type { ModelSettings } from '../core/model.ts';
import type { TrainingState } from '../core/parameters.ts';
import type { RateTest } from '../core/rate-finder.ts';
import { memoryOrNull } from '../core/run-memory.ts';
import type { Study } from '../core/study.ts';
import type { Engine } from '../engines/engine.ts';
import { createReferenceEngine } from '../engines/reference/reference.ts';
import { sameBits } from './packed-state.ts';
import type { Answer, Request } from './protocol.ts';
import { Run } from './run.ts';
import { type Clock, completeEpoch, type Trained, trainSlice } from './train.ts';
import { visitCost } from './trainee.ts';
import { viewOf } from './view.ts';

/** Training again from the start, to know a run's past, may cost so much: rating visits × factors, about half a second. */
const REPLAY_LIMIT = 2e8;

/** Answers requests, one each, in order. */
export interface Session {
  handle(request: Request): Answer;
}

/** A training session as a plain object: it runs wherever there is a clock (the worker hands in its own, tests theirs). */
export function createSession(
  clock: Clock = () => performance.now(),
  engine: Engine = createReferenceEngine(),
): Session {
  let run: Run | null = null;
  /** The epochs that the page knows can be shown. */
  let told: string | null = null;
  /** The list of held-out ratings that were seen, as the page has it. */
  let toldSeen: Answer['seenUntil'] = null;

  const load = (study: Study, request: Request & { readonly kind: 'load' }): Run => {
    told = null;
    toldSeen = null;
    return openRun(engine, study, request);
  };

  return {
    handle(request) {
      const began = clock();
      let trained: Trained | null = null;
      let rateTest: RateTest | null = null;
      let past: { readonly state: TrainingState; readonly measures: Measures } | null = null;
      const current = run ?? new Run(engine, EMPTY_STUDY, null, null);
      run = current;
      switch (request.kind) {
        case 'load':
          run = load(request.study, request);
          break;
        case 'edit':
          if (needsNewRun(current.study.model, request.study.model)) {
            run = load(request.study, {
              ...request,
              kind: 'load',
              state: null,
              history: null,
              memory: null,
              replay: false,
            });
          } else if (current.edit(request.study)) completeEpoch(current);
          break;
        case 'settings':
          if (needsNewRun(current.study.model, request.model)) {
            const study = { ...current.study, model: request.model };
            const asked = { ...request, kind: 'load' as const, study, state: null, history: null, memory: null };
            run = load(study, { ...asked, replay: false });
          } else current.settings(request.model);
          break;
        case 'train':
          trained = trainSlice(current, request, clock);
          break;
        case 'show':
          past = current.past(request.epoch);
          break;
        case 'rewind':
          current.rewind(request.epoch);
          break;
        case 'write':
          current.write(request.matrix, request.row, request.factor, request.value);
          break;
        case 'write-user':
          current.writeUser(request.user, request.factors, request.bias);
          break;
        case 'rotate':
          current.rotate(request.first, request.second, request.angle);
          break;
        case 'visit':
          current.visit(request.user, request.item);
          break;
        case 'leave-one-out': {
          const deadline = began + request.milliseconds;
          current.beginLeaveOneOut()?.work(current.state.epoch, () => clock() >= deadline);
          break;
        }
        case 'test-rates':
          rateTest = current.testRates();
          break;
        case 'report':
          break;
      }
      const { state, timeline, trainee, seen } = run;
      const curve = timeline.changes();
      const seenList = seen.entries();
      const seenUntil = seenList === toldSeen ? null : seenList;
      toldSeen = seenList;
      const snapshots = run.shownEpochs();
      const list = `${snapshots.length}/${snapshots.at(-2)}/${snapshots.at(-1)}`;
      const changed = list !== told || request.kind !== 'train';
      told = list;
      return {
        kind: request.kind,
        run: request.run,
        request: request.request,
        epoch: state.epoch,
        position: state.position,
        stepsPerEpoch: trainee.total,
        view: viewOf(past?.state ?? state, request.window),
        measures: past?.measures ?? run.measures(),
        historyFrom: curve.from,
        history: curve.history,
        snapshots: changed ? snapshots : null,
        baselines: run.baselines(),
        visited: trained?.visited ?? null,
        trace: trained?.trace ?? null,
        divergence: trained?.divergence ?? null,
        stopped: trained?.early ?? null,
        best: run.mayStopEarly ? (run.best?.best ?? null) : null,
        solved: trained?.solved ?? null,
        rateTest,
        leaveOneOut: run.leaveOneOut()?.latest ?? null,
        seenUntil,
        state: request.wantState ? run.savedState() : null,
        start: request.wantState ? run.savedStart() : null,
        memory: request.wantState ? run.savedMemory() : null,
        visits: trained?.visits ?? 0,
        milliseconds: Math.max(0, clock() - began),
      };
    },
  };
}

/** What a session is about before it was told: nothing. */
const EMPTY_STUDY: Study = {
  dataset: {
    name: '',
    users: [],
    items: [],
    userKeys: [],
    itemKeys: [],
    userIds: null,
    itemIds: null,
    scale: { min: 1, max: 5, step: 1 },
    ratings: {
      user: new Int32Array(0),
      item: new Int32Array(0),
      value: new Float64Array(0),
      heldOut: new Uint8Array(0),
      time: null,
    },
    holdOut: null,
    truth: null,
  },
  model: {
    k: 1,
    prediction: 'factors',
    optimizer: { kind: 'sgd', update: 'sequential' },
    alpha: 0.01,
    beta: 0,
    order: 'row-major',
    init: { kind: 'uniform', low: 0, high: 1 },
    seed: 0,
  },
  start: null,
};

/** k, initialization and seed belong to the start of a run. */
function needsNewRun(before: ModelSettings, after: ModelSettings): boolean {
  return (
    before.k !== after.k || before.seed !== after.seed || JSON.stringify(before.init) !== JSON.stringify(after.init)
  );
}

/**
 * Opens a run that already got somewhere. Its past is trained again when that is cheap, and believed when it arrives at
 * exactly the same bits; a run that was changed on its way does not, and has only its curve, its start and where it stands.
 */
function openRun(engine: Engine, study: Study, request: Request & { readonly kind: 'load' }): Run {
  const { state, history, memory, replay } = request;
  const given = new Run(engine, study, state, history, memory);
  const { epoch, position } = given.state;
  const cost = epoch * given.trainee.total * visitCost(given.trainee);
  const remembers = memory !== null && memoryOrNull({ ...memory, best: null }) !== null;
  if (state === null || remembers || !replay || epoch === 0 || cost > REPLAY_LIMIT) return given;
  // What it went through without stopping, if somebody trained on after a stop; and then it may stop again.
  const { earlyStopping: _, ...onward } = study.model;
  const again = new Run(engine, { ...study, model: onward }, null, null);
  const still = () => 0;
  trainSlice(again, { milliseconds: 1, untilEpoch: epoch, steps: null, trace: false }, still);
  if (position > 0) trainSlice(again, { milliseconds: 1, untilEpoch: null, steps: position, trace: false }, still);
  if (!sameBits(again.state, given.state, given.keys)) return given;
  if (study.model.earlyStopping) {
    again.settings(study.model);
    again.best = given.best;
  }
  return again;
}
