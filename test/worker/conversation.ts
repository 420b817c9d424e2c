import type { Dataset } from '../../src/core/dataset.ts';
import type { History } from '../../src/core/history.ts';
import { EMPTY_HISTORY } from '../../src/core/history.ts';
import type { ModelSettings } from '../../src/core/model.ts';
import type { TrainingState } from '../../src/core/parameters.ts';
import { findRating, type Rating, ratingsFrom } from '../../src/core/ratings.ts';
import type { RunMemory } from '../../src/core/run-memory.ts';
import type { Study } from '../../src/core/study.ts';
import type { Answer, Request, Window } from '../../src/worker/protocol.ts';
import { createSession } from '../../src/worker/session.ts';
import { differingBits, notebookModel } from '../engines/from-fixture.ts';

type Unnumbered<R> = R extends Request ? Omit<R, 'run' | 'request' | 'window' | 'wantState'> : never;

/** A page's side of the wire, without a page: asks one request after the other and keeps the curve as a page does. */
export interface Conversation {
  ask(request: Unnumbered<Request>, window?: Window): Answer;
  /** Trains to an epoch, however many answers that takes. */
  trainTo(epoch: number, milliseconds?: number): Answer;
  step(steps: number, trace?: boolean): Answer;
  edit(study: Study): Answer;
  load(
    study: Study,
    state?: TrainingState | null,
    history?: History | null,
    replay?: boolean,
    memory?: RunMemory | null,
  ): Answer;
  settings(model: ModelSettings): Answer;
  /** The whole state as it stands. */
  state(): TrainingState;
  /** What else the run remembers. */
  memory(): RunMemory | null;
  /** The held-out ratings that were seen, as a page knows them. */
  seenUntil(): Answer['seenUntil'];
  history(): History;
  snapshots(): readonly number[];
}

/** The clock moves on by `tick` milliseconds whenever it is looked at, so that slices are cut where a test wants them. */
export function converse(study: Study, tick = 0.01): Conversation {
  let time = 0;
  const session = createSession(() => {
    time += tick;
    return time;
  });
  let request = 0;
  let history: History = EMPTY_HISTORY;
  let snapshots: readonly number[] = [];
  let seenUntil: Answer['seenUntil'] = null;

  const conversation: Conversation = {
    ask(asked, window = { users: null, items: null }) {
      request += 1;
      const answer = session.handle({ ...asked, run: 1, request, window, wantState: true });
      if (answer.run !== 1 || answer.request !== request || answer.kind !== asked.kind)
        throw new Error('Answered another request');
      expectFinite(answer);
      const join = <T>(kept: readonly T[], added: readonly T[]) => [...kept.slice(0, answer.historyFrom), ...added];
      history = {
        epoch: join(history.epoch, answer.history.epoch),
        rmseSeen: join(history.rmseSeen, answer.history.rmseSeen),
        rmseHeldOut: join(history.rmseHeldOut, answer.history.rmseHeldOut),
        maeSeen: join(history.maeSeen, answer.history.maeSeen),
        maeHeldOut: join(history.maeHeldOut, answer.history.maeHeldOut),
        objective: join(history.objective, answer.history.objective),
      };
      snapshots = answer.snapshots ?? snapshots;
      seenUntil = answer.seenUntil ?? seenUntil;
      return answer;
    },
    trainTo(epoch, milliseconds = 50) {
      for (;;) {
        const answer = conversation.ask({ kind: 'train', milliseconds, untilEpoch: epoch, steps: null, trace: false });
        if (answer.epoch >= epoch || answer.divergence || answer.stopped || answer.stepsPerEpoch === 0) return answer;
      }
    },
    step: (steps, trace = false) =>
      conversation.ask({ kind: 'train', milliseconds: 1000, untilEpoch: null, steps, trace }),
    edit: (next) => conversation.ask({ kind: 'edit', study: next }),
    load: (next, state = null, given = null, replay = false, memory = null) =>
      conversation.ask({ kind: 'load', study: next, state, history: given, replay, memory }),
    settings: (model) => conversation.ask({ kind: 'settings', model }),
    state() {
      const { state } = conversation.ask({ kind: 'report' });
      if (!state) throw new Error('No state in the answer');
      return state;
    },
    memory: () => conversation.ask({ kind: 'report' }).memory ?? null,
    seenUntil: () => seenUntil,
    history: () => history,
    snapshots: () => snapshots,
  };
  conversation.load(study);
  return conversation;
}

/** Fails where an answer holds NaN or an infinity anywhere. */
export function expectFinite(value: unknown, path = 'answer'): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${path} is ${value}`);
  if (value === null || typeof value !== 'object') return;
  if (ArrayBuffer.isView(value)) {
    if (value instanceof Float64Array && !value.every(Number.isFinite))
      throw new Error(`${path} holds a number that is not finite`);
    return;
  }
  for (const [key, inner] of Object.entries(value)) expectFinite(inner, `${path}.${key}`);
}

export function studyOf(dataset: Dataset, model: Partial<ModelSettings> = {}): Study {
  return { dataset, model: notebookModel(model), start: null };
}

/** Every learned number of a state, Adam's and momentum's included. */
export function numbersOf({ parameters, adam, velocity }: TrainingState): number[] {
  const group = ({ P, Q, bu, bi }: Pick<TrainingState['parameters'], 'P' | 'Q' | 'bu' | 'bi'>) => [
    ...P,
    ...Q,
    ...(bu ?? []),
    ...(bi ?? []),
  ];
  return [
    ...group(parameters),
    parameters.mu ?? 0,
    ...(adam ? [adam.steps, adam.beta1Power, adam.beta2Power, ...group(adam.m), ...group(adam.v)] : []),
    ...(velocity ? group(velocity) : []),
  ];
}

/** Numbers that differ in any bit; epoch and position count too. */
export function differences(a: TrainingState, b: TrainingState): number {
  return differingBits([a.epoch, a.position, ...numbersOf(a)], [b.epoch, b.position, ...numbersOf(b)]);
}

function listOf(dataset: Dataset): Rating[] {
  const { ratings } = dataset;
  return [...ratings.user].map((user, at) => ({
    user,
    item: ratings.item[at] ?? 0,
    value: ratings.value[at] ?? 0,
    heldOut: ratings.heldOut[at] === 1,
  }));
}

/** The dataset with one rating typed (or typed over), or removed (`null`). */
export function withRating(dataset: Dataset, user: number, item: number, value: number | null): Dataset {
  const others = listOf(dataset).filter((rating) => rating.user !== user || rating.item !== item);
  return { ...dataset, ratings: ratingsFrom(value === null ? others : [...others, { user, item, value }]) };
}

/** The dataset with one rating held out or returned. */
export function withHeldOut(dataset: Dataset, user: number, item: number, heldOut: boolean): Dataset {
  const column = dataset.ratings.heldOut.slice();
  column[findRating(dataset.ratings, user, item)] = heldOut ? 1 : 0;
  return { ...dataset, ratings: { ...dataset.ratings, heldOut: column } };
}

/** The dataset with its users in another order: `order` lists old indices; −1 is a new user (given `key`). */
export function withUsers(dataset: Dataset, order: readonly number[], key = 1000): Dataset {
  const ratings = listOf(dataset).flatMap((rating) => {
    const user = order.indexOf(rating.user);
    return user < 0 ? [] : [{ ...rating, user }];
  });
  return {
    ...dataset,
    users: order.map((old) => (old < 0 ? `New ${key}` : (dataset.users[old] ?? ''))),
    userKeys: order.map((old) => (old < 0 ? key : (dataset.userKeys[old] ?? 0))),
    ratings: ratingsFrom(ratings),
  };
}

/** The dataset with a new item at the end. */
export function withNewItem(dataset: Dataset, key = 2000): Dataset {
  return { ...dataset, items: [...dataset.items, `New ${key}`], itemKeys: [...dataset.itemKeys, key] };
}
