import type { Dataset, Truth } from '../core/dataset.ts';
import type { History } from '../core/history.ts';
import {
  hasBiases,
  hasMean,
  type ModelSettings,
  type OptimizerSettings,
  type Schedule,
  unreachable,
} from '../core/model.ts';
import {
  type AdamState,
  MAGNITUDE_LIMIT,
  type Parameters,
  type TrainingState,
  type Velocity,
} from '../core/parameters.ts';
import type { Ratings } from '../core/ratings.ts';
import type { ArrivedPairs, EpochUnderWay, KeptBest, SeenPairs } from '../core/run-memory.ts';
import type { Session } from '../core/session.ts';
import { trainingData } from '../core/training-data.ts';
import {
  anyText,
  listText,
  type Members,
  matrixText,
  namesText,
  nullableText,
  numbersText,
  numberText,
  objectText,
} from './canonical-json.ts';
import { lastPosition } from './last-position.ts';
import { sameStart } from './same-start.ts';
import { FORMAT, OWN_EXTENSION, VERSION } from './session-format.ts';
import { newInVersion2 } from './session-version.ts';

function ratingsText(ratings: Ratings): string {
  const rows: string[] = [];
  for (let at = 0; at < ratings.value.length; at += 1) {
    rows.push(`[${ratings.user[at]},${ratings.item[at]},${numberText(ratings.value[at] ?? 0)}]`);
  }
  return `[${rows.join(',')}]`;
}

function heldOutText(ratings: Ratings): string {
  const rows: string[] = [];
  for (let at = 0; at < ratings.value.length; at += 1) {
    if (ratings.heldOut[at] === 1) rows.push(`[${ratings.user[at]},${ratings.item[at]}]`);
  }
  return `[${rows.join(',')}]`;
}

type ParameterColumns = Pick<Parameters, 'P' | 'Q' | 'bu' | 'bi'>;

function parameterMembers(parameters: ParameterColumns, k: number): Members {
  const { P, Q, bu, bi } = parameters;
  return [
    ['P', matrixText(P, k)],
    ['Q', matrixText(Q, k)],
    ['bu', bu && numbersText(bu)],
    ['bi', bi && numbersText(bi)],
  ];
}

function truthText(truth: Truth): string {
  return objectText([...parameterMembers(truth, truth.k), ['mu', truth.mu === null ? null : numberText(truth.mu)]]);
}

function datasetText(dataset: Dataset): string {
  const { name, users, items, userIds, itemIds, scale, ratings, holdOut, truth } = dataset;
  return objectText([
    ['name', JSON.stringify(name)],
    ['users', namesText(users)],
    ['items', namesText(items)],
    [
      'scale',
      objectText([
        ['min', numberText(scale.min)],
        ['max', numberText(scale.max)],
        ['step', numberText(scale.step)],
      ]),
    ],
    ['ratings', ratingsText(ratings)],
    ['heldOut', heldOutText(ratings)],
    ['userIds', userIds && namesText(userIds)],
    ['itemIds', itemIds && namesText(itemIds)],
    ['times', ratings.time && numbersText(ratings.time)],
    ['truth', truth && truthFits(truth, dataset) ? truthText(truth) : null],
    [
      'holdOut',
      holdOut &&
        objectText([
          ['share', numberText(holdOut.share)],
          ['kind', JSON.stringify(holdOut.kind)],
          ['seed', numberText(holdOut.seed)],
        ]),
    ],
  ]);
}

function optimizerMembers(optimizer: OptimizerSettings): Members {
  switch (optimizer.kind) {
    case 'sgd':
      return [['update', JSON.stringify(optimizer.update)]];
    case 'momentum':
      return [
        ['update', JSON.stringify(optimizer.update)],
        ['momentum', numberText(optimizer.momentum)],
      ];
    case 'adam':
      return [
        ['batch', numberText(optimizer.batch)],
        ['beta1', numberText(optimizer.beta1)],
        ['beta2', numberText(optimizer.beta2)],
        ['epsilon', numberText(optimizer.epsilon)],
        ['decay', optimizer.decay === undefined ? null : JSON.stringify(optimizer.decay)],
      ];
    case 'als':
      return [];
    default:
      return unreachable(optimizer);
  }
}

function optimizerText(optimizer: OptimizerSettings): string {
  return objectText([['kind', JSON.stringify(optimizer.kind)], ...optimizerMembers(optimizer)]);
}

function scheduleMembers(schedule: Schedule): Members {
  switch (schedule.kind) {
    case 'inverse':
      return [['half', numberText(schedule.half)]];
    case 'step':
      return [
        ['factor', numberText(schedule.factor)],
        ['every', numberText(schedule.every)],
      ];
    case 'cosine':
      return [['epochs', numberText(schedule.epochs)]];
    default:
      return unreachable(schedule);
  }
}

function scheduleText(schedule: Schedule): string {
  const { restarts } = schedule;
  return objectText([
    ['kind', JSON.stringify(schedule.kind)],
    ...scheduleMembers(schedule),
    [
      'restarts',
      restarts
        ? objectText([
            ['period', numberText(restarts.period)],
            ['multiplier', numberText(restarts.multiplier)],
          ])
        : null,
    ],
  ]);
}

/** What a model may have beside what every model has, and what an epoch under way has of it. */
function optionalMembers({ nonNegative, schedule }: ModelSettings): Members {
  return [
    ['nonNegative', nonNegative ? 'true' : null],
    ['schedule', schedule ? scheduleText(schedule) : null],
  ];
}

function modelText(model: ModelSettings): string {
  const { init } = model;
  return objectText([
    ['k', numberText(model.k)],
    ['prediction', JSON.stringify(model.prediction)],
    ['optimizer', optimizerText(model.optimizer)],
    ['alpha', numberText(model.alpha)],
    ['beta', numberText(model.beta)],
    ['order', JSON.stringify(model.order)],
    [
      'init',
      init.kind === 'uniform'
        ? objectText([
            ['kind', '"uniform"'],
            ['low', numberText(init.low)],
            ['high', numberText(init.high)],
          ])
        : objectText([
            ['kind', '"normal"'],
            ['mean', numberText(init.mean)],
            ['std', numberText(init.std)],
          ]),
    ],
    ['seed', numberText(model.seed)],
    ...optionalMembers(model),
    [
      'earlyStopping',
      model.earlyStopping ? objectText([['patience', numberText(model.earlyStopping.patience)]]) : null,
    ],
  ]);
}

function adamText(adam: AdamState, k: number): string {
  return objectText([
    ['steps', numberText(adam.steps)],
    ['beta1Power', numberText(adam.beta1Power)],
    ['beta2Power', numberText(adam.beta2Power)],
    ['m', objectText(parameterMembers(adam.m, k))],
    ['v', objectText(parameterMembers(adam.v, k))],
  ]);
}

function stateText(state: TrainingState): string {
  const { parameters, adam, velocity } = state;
  return objectText([
    ['epoch', numberText(state.epoch)],
    ['position', numberText(state.position)],
    ...parameterMembers(parameters, parameters.k),
    ['mu', parameters.mu === null ? null : numberText(parameters.mu)],
    ['adam', adam && adamText(adam, parameters.k)],
    ['velocity', velocity ? objectText(parameterMembers(velocity, parameters.k)) : null],
  ]);
}

function historyText(history: History, count: number): string {
  const column = (values: readonly (number | null)[]) => listText(values.slice(0, count), nullableText);
  return objectText([
    ['epoch', column(history.epoch)],
    ['rmseSeen', column(history.rmseSeen)],
    ['rmseHeldOut', column(history.rmseHeldOut)],
    ['objective', column(history.objective)],
  ]);
}

function underWayText({ epoch, position, model, bu, bi, mu, adam, velocity }: EpochUnderWay, k: number): string {
  return objectText([
    ['epoch', numberText(epoch)],
    ['position', numberText(position)],
    ['prediction', JSON.stringify(model.prediction)],
    ['optimizer', optimizerText(model.optimizer)],
    ['alpha', numberText(model.alpha)],
    ['beta', numberText(model.beta)],
    ['order', JSON.stringify(model.order)],
    ...optionalMembers(model),
    ['bu', bu && numbersText(bu)],
    ['bi', bi && numbersText(bi)],
    ['mu', mu === null ? null : numberText(mu)],
    ['adam', adam && adamText(adam, k)],
    ['velocity', velocity ? objectText(parameterMembers(velocity, k)) : null],
  ]);
}

/** The best epoch, where it can be read again with this study; its state is left out where the session's own is it. */
function bestText({ best, state }: KeptBest, standing: TrainingState | null, { dataset, model }: Session['study']) {
  const { earlyStopping } = model;
  const itself = standing !== null && standing.epoch === best.epoch && standing.position === 0;
  const fits = state !== null && stateFits(state, dataset, model) && state.position === 0;
  if (earlyStopping === undefined || !(itself || fits)) return null;
  return objectText([
    ['epoch', numberText(best.epoch)],
    ['rmse', numberText(best.rmse)],
    ['since', numberText(best.since)],
    ['state', itself || state === null ? null : stateText(state)],
  ]);
}

/** Whether the epoch under way can be read again with this study. */
function underWayFits(underWay: EpochUnderWay, { dataset, model }: Session['study']): boolean {
  const { bu, bi, mu, adam, velocity = null } = underWay;
  const users = dataset.users.length;
  const items = dataset.items.length;
  const { prediction, optimizer } = underWay.model;
  const biases = hasBiases(prediction);
  const fits = (moments: ParameterColumns) => columnsFit(moments, users, items, model.k, biases, Number.MAX_VALUE);
  return (
    underWay.position <= lastPosition(underWay.model, trainingData(dataset)) &&
    (biases ? bu?.length === users && bi?.length === items : bu === null && bi === null) &&
    within(MAGNITUDE_LIMIT, bu) &&
    within(MAGNITUDE_LIMIT, bi) &&
    (mu !== null) === hasMean(prediction) &&
    Math.abs(mu ?? 0) <= MAGNITUDE_LIMIT &&
    (adam !== null) === (optimizer.kind === 'adam') &&
    (adam === null || (fits(adam.m) && fits(adam.v))) &&
    (velocity !== null) === (optimizer.kind === 'momentum') &&
    (velocity === null || fits(velocity))
  );
}

function pairsText({ user, item }: SeenPairs | ArrivedPairs, epoch: Float64Array, flag?: Uint8Array): string {
  const rows = Array.from(epoch, (value, at) => {
    return `[${user[at]},${item[at]},${numberText(value)}${flag ? `,${flag[at]}` : ''}]`;
  });
  return `[${rows.join(',')}]`;
}

/** For each row which place its key has among all: the order in which rows came. Null where they stand in it. */
function firstOrderText(keys: readonly number[]): string | null {
  const places = new Map([...keys].sort((a, b) => a - b).map((key, place) => [key, place]));
  const order = keys.map((key) => places.get(key) ?? 0);
  return order.every((place, row) => place === row) ? null : listText(order, numberText);
}

/** What version 1 has no key for: marks, the MAE columns, what the run remembers; then what other programs left. */
function extensionsText(session: Session, state: TrainingState | null, count: number): string {
  const { underWay = null, seen = null, arrived = null, best = null } = session.memory ?? {};
  const { model } = session.study;
  const { [OWN_EXTENSION]: later, ...others } = session.extensions;
  const mae = (values: readonly (number | null)[]) => {
    const rows = values.slice(0, count);
    return rows.some((value) => value !== null) ? listText(rows, nullableText) : null;
  };
  const own: Members = [
    [
      'marks',
      session.marks.length === 0
        ? null
        : listText(session.marks, (mark) =>
            objectText([
              ['epoch', numberText(mark.epoch)],
              ['label', JSON.stringify(mark.label)],
            ]),
          ),
    ],
    ['maeSeen', mae(session.history.maeSeen)],
    ['maeHeldOut', mae(session.history.maeHeldOut)],
    ['underWay', underWay && underWayFits(underWay, session.study) ? underWayText(underWay, model.k) : null],
    ['seen', seen && pairsText(seen, seen.until)],
    ['arrived', arrived && pairsText(arrived, arrived.epoch, arrived.ahead)],
    ['best', best && bestText(best, state, session.study)],
    ['firstUsers', firstOrderText(session.study.dataset.userKeys)],
    ['firstItems', firstOrderText(session.study.dataset.itemKeys)],
    ...Object.entries(typeof later === 'object' && later !== null ? later : {}).map(
      ([key, value]) => [key, anyText(value)] as const,
    ),
  ];
  const mine = own.some(([, text]) => text !== null) ? objectText(own) : null;
  return objectText([
    [OWN_EXTENSION, mine],
    ...Object.entries(others).map(([key, value]) => [key, anyText(value)] as const),
  ]);
}

/** Whether none is beyond `limit`, or no number at all. */
function within(limit: number, numbers: Float64Array | null): boolean {
  return numbers === null || numbers.every((value) => Math.abs(value) <= limit);
}

/** Whether the columns have the session's shape and hold nothing but numbers up to `limit` in size. */
function columnsFit(
  columns: ParameterColumns,
  users: number,
  items: number,
  k: number,
  biases: boolean,
  limit = MAGNITUDE_LIMIT,
): boolean {
  const { P, Q, bu, bi } = columns;
  if (P.length !== users * k || Q.length !== items * k) return false;
  if (biases ? bu?.length !== users || bi?.length !== items : bu !== null || bi !== null) return false;
  return [P, Q, bu, bi].every((numbers) => within(limit, numbers));
}

/** Whether a state can be read again with these settings. */
function stateFits(state: TrainingState, dataset: Dataset, model: ModelSettings): boolean {
  const { parameters, adam, velocity } = state;
  const biases = hasBiases(model.prediction);
  const fits = (columns: ParameterColumns, limit = Number.MAX_VALUE) =>
    columnsFit(columns, dataset.users.length, dataset.items.length, model.k, biases, limit);
  return (
    parameters.k === model.k &&
    fits(parameters, MAGNITUDE_LIMIT) &&
    (parameters.mu !== null) === hasMean(model.prediction) &&
    Math.abs(parameters.mu ?? 0) <= MAGNITUDE_LIMIT &&
    (adam !== null) === (model.optimizer.kind === 'adam') &&
    (adam === null || (fits(adam.m) && fits(adam.v))) &&
    Boolean(velocity) === (model.optimizer.kind === 'momentum') &&
    (!velocity || fits(velocity))
  );
}

function truthFits(truth: Truth, dataset: Dataset): boolean {
  const biases = truth.bu !== null || truth.bi !== null;
  return (
    Math.abs(truth.mu ?? 0) <= MAGNITUDE_LIMIT &&
    columnsFit(truth, dataset.users.length, dataset.items.length, truth.k, biases)
  );
}

/** With the biases that the prediction asks for: those that come start at 0, those that go are let go. */
function withBiases(columns: ParameterColumns, dataset: Dataset, model: ModelSettings): ParameterColumns {
  const biases = hasBiases(model.prediction);
  return {
    P: columns.P,
    Q: columns.Q,
    bu: biases ? (columns.bu ?? new Float64Array(dataset.users.length)) : null,
    bi: biases ? (columns.bi ?? new Float64Array(dataset.items.length)) : null,
  };
}

/** The state as the settings want it, where they were changed after it: biases at 0, a new Adam with zero moments, μ anew. */
function completed(state: TrainingState, dataset: Dataset, model: ModelSettings): TrainingState {
  const { k, P, Q, mu } = state.parameters;
  const data = trainingData(dataset);
  const { mean } = data;
  const zero = { P: new Float64Array(P.length), Q: new Float64Array(Q.length), bu: null, bi: null };
  const { steps, beta1Power, beta2Power, m, v } = state.adam ?? {
    steps: 0,
    beta1Power: 1,
    beta2Power: 1,
    m: zero,
    v: zero,
  };
  const adam = { steps, beta1Power, beta2Power, m: withBiases(m, dataset, model), v: withBiases(v, dataset, model) };
  const velocity: Velocity = withBiases(state.velocity ?? zero, dataset, model);
  return {
    epoch: state.epoch,
    position: Math.min(state.position, lastPosition(model, data)),
    parameters: {
      k,
      ...withBiases(state.parameters, dataset, model),
      mu: hasMean(model.prediction) ? (mu ?? mean) : null,
    },
    adam: model.optimizer.kind === 'adam' ? adam : null,
    ...(model.optimizer.kind === 'momentum' ? { velocity } : {}),
  };
}

/** Whether reading the state alone gives the start back (an untouched run at epoch 0). */
function startsAt(start: ParameterColumns, state: TrainingState | null): boolean {
  if (state === null || state.epoch > 0 || state.position > 0) return false;
  return sameStart(state.parameters, start);
}

/**
 * A session as the text of a file, in canonical form: keys in a fixed order, no white space, every digit. The same session
 * gives the same bytes on every machine, and `readSession` reads every text that this writes. So a part that could not be
 * read again (a start of another shape after a user was added, a state with a number that is not finite) is left out.
 */
export function writeSession(session: Session): string {
  const { dataset, model, start } = session.study;
  const users = dataset.users.length;
  const items = dataset.items.length;
  const biases = hasBiases(model.prediction);
  const fits = (columns: ParameterColumns) => columnsFit(columns, users, items, model.k, biases);

  const whole = session.state && completed(session.state, dataset, model);
  const state = whole !== null && stateFits(whole, dataset, model) ? whole : null;
  const begun = start && { k: start.k, ...withBiases(start, dataset, model) };
  // With an epoch under way, the state is past its start, even where `position` gave way to settings that wait.
  const underWay = state !== null && session.memory?.underWay?.epoch === state.epoch;
  const repeated = begun && !underWay && startsAt(begun, state);
  const keptStart = begun && begun.k === model.k && fits(begun) && !repeated ? begun : null;

  const last = state ? state.epoch : 0;
  const beyond = session.history.epoch.findIndex((epoch) => epoch > last);
  const count = beyond === -1 ? session.history.epoch.length : beyond;

  return objectText([
    ['format', JSON.stringify(FORMAT)],
    ['version', String(newInVersion2(session) === null ? 1 : VERSION)],
    ['dataset', datasetText(dataset)],
    ['model', modelText(model)],
    ['state', state && stateText(state)],
    ['start', keptStart && objectText(parameterMembers(keptStart, model.k))],
    ['history', historyText(session.history, count)],
    ['extensions', extensionsText(session, state, count)],
  ]);
}
