import * as v from 'valibot';
import type { Dataset, Truth } from '../core/dataset.ts';
import type { ChangeMark, History } from '../core/history.ts';
import { drawStart } from '../core/init.ts';
import { hasBiases, hasMean, K_LIMIT, type ModelSettings, PARAMETER_LIMIT } from '../core/model.ts';
import {
  type AdamState,
  MAGNITUDE_LIMIT,
  newAdamState,
  newVelocity,
  type Parameters,
  type TrainingState,
  type Velocity,
} from '../core/parameters.ts';
import { fail, ok, type Result } from '../core/problem.ts';
import { type EpochUnderWay, type KeptBest, memoryOrNull, type RunMemory } from '../core/run-memory.ts';
import type { Session } from '../core/session.ts';
import { type TrainingData, trainingData } from '../core/training-data.ts';
import { readJson } from './json.ts';
import { lastPosition } from './last-position.ts';
import { sameStart } from './same-start.ts';
import {
  type Bounds,
  readMarkedPairs,
  readMatrix,
  readNames,
  readNumbers,
  readPermutation,
  readRatings,
} from './session-columns.ts';
import { FORMAT, OWN_EXTENSION, SESSION_BYTES_LIMIT, VERSION } from './session-format.ts';
import {
  type AdamFile,
  type BestFile,
  type DatasetFile,
  ownExtensionSchema,
  problemOf,
  type SessionFile,
  type StateFile,
  sessionSchema,
  shown,
  type UnderWayFile,
  type VelocityFile,
} from './session-schema.ts';
import { upgrade } from './session-upgrade.ts';
import { newInVersion2 } from './session-version.ts';

/** The lists of one set of parameters, as `state`, `start`, `truth` and the moments of Adam hold them. */
interface ParameterLists {
  readonly P: readonly unknown[];
  readonly Q: readonly unknown[];
  readonly bu?: readonly unknown[] | undefined;
  readonly bi?: readonly unknown[] | undefined;
}

type ParameterColumns = Pick<Parameters, 'P' | 'Q' | 'bu' | 'bi'>;

/** Rows of P, rows of Q, factors, and whether b_u and b_i must be there. */
interface Shape {
  readonly users: number;
  readonly items: number;
  readonly k: number;
  readonly biases: boolean;
  /** At epoch 0 and position 0: what is left out begins as it does in every run. */
  readonly fresh: boolean;
}

/** Sees to it that `key` is there when it is needed and absent when it is not; a fresh run may do without what it needs. */
function checkPresence(
  there: boolean,
  needed: boolean,
  fresh: boolean,
  where: string,
  key: string,
  because: string,
): ReturnType<typeof fail> | null {
  if (there === needed || (needed && fresh)) return null;
  if (needed) return fail({ code: 'missing-key', expected: `${where}.${key}` });
  return fail({ code: 'unknown-key', where: `${where}, with ${because}`, got: key });
}

/** What parameters may be. */
const PARAMETERS: Bounds = { magnitude: MAGNITUDE_LIMIT };

function readParameters(
  file: ParameterLists,
  where: string,
  shape: Shape,
  because: string,
  bounds: Bounds,
): Result<ParameterColumns> {
  const { users, items, k, biases, fresh } = shape;
  const misplaced =
    checkPresence(file.bu !== undefined, biases, fresh, where, 'bu', because) ??
    checkPresence(file.bi !== undefined, biases, fresh, where, 'bi', because);
  if (misplaced) return misplaced;
  const P = readMatrix(file.P, `${where}.P`, users, k, bounds);
  if (!P.ok) return P;
  const Q = readMatrix(file.Q, `${where}.Q`, items, k, bounds);
  if (!Q.ok) return Q;
  const bu = readBiases(file.bu, `${where}.bu`, users, biases, bounds);
  if (!bu.ok) return bu;
  const bi = readBiases(file.bi, `${where}.bi`, items, biases, bounds);
  if (!bi.ok) return bi;
  return ok({ P: P.value, Q: Q.value, bu: bu.value, bi: bi.value });
}

/** A number for each row; zeros where a fresh run leaves them out, null where there are none. */
function readBiases(
  list: readonly unknown[] | undefined,
  where: string,
  count: number,
  needed: boolean,
  bounds: Bounds,
): Result<Float64Array | null> {
  if (list !== undefined) return readNumbers(list, where, count, bounds);
  return ok(needed ? new Float64Array(count) : null);
}

/** Truth has as many factors as its first row; b_u and b_i come together or not at all. */
function readTruth(file: NonNullable<DatasetFile['truth']>, users: number, items: number): Result<Truth> {
  const first = file.P[0];
  const k = Array.isArray(first) ? first.length : 1;
  if (k < 1 || k > K_LIMIT) {
    return fail({ code: 'wrong-length', where: 'dataset.truth.P[0]', got: String(k), expected: `1 to ${K_LIMIT}` });
  }
  const shape = { users, items, k, biases: file.bu !== undefined || file.bi !== undefined, fresh: false };
  const read = readParameters(file, 'dataset.truth', shape, 'one bias alone', PARAMETERS);
  return read.ok ? ok({ k, ...read.value, mu: file.mu ?? null }) : read;
}

function readDataset(file: DatasetFile): Result<Dataset> {
  const users = readNames(file.users, 'dataset.users', null);
  if (!users.ok) return users;
  const items = readNames(file.items, 'dataset.items', null);
  if (!items.ok) return items;
  const userIds = file.userIds ? readNames(file.userIds, 'dataset.userIds', users.value.length) : null;
  if (userIds && !userIds.ok) return userIds;
  const itemIds = file.itemIds ? readNames(file.itemIds, 'dataset.itemIds', items.value.length) : null;
  if (itemIds && !itemIds.ok) return itemIds;
  const ratings = readRatings(file, { users: users.value, items: items.value });
  if (!ratings.ok) return ratings;
  const truth = file.truth ? readTruth(file.truth, users.value.length, items.value.length) : null;
  if (truth && !truth.ok) return truth;
  return ok({
    name: file.name,
    users: users.value,
    items: items.value,
    userKeys: users.value.map((_, at) => at),
    itemKeys: items.value.map((_, at) => at),
    userIds: userIds?.value ?? null,
    itemIds: itemIds?.value ?? null,
    scale: file.scale,
    ratings: ratings.value,
    holdOut: file.holdOut ?? null,
    truth: truth?.value ?? null,
  });
}

function readAdam(file: AdamFile, where: string, shape: Shape, because: string): Result<AdamState> {
  const m = readParameters(file.m, `${where}.m`, shape, because, {});
  if (!m.ok) return m;
  // v sums squares: below zero its root would be no number.
  const second = readParameters(file.v, `${where}.v`, shape, because, { low: 0 });
  if (!second.ok) return second;
  const { steps, beta1Power, beta2Power } = file;
  return ok({ steps, beta1Power, beta2Power, m: m.value, v: second.value });
}

/** Momentum's velocity; null where the file has none. */
function readVelocity(
  file: VelocityFile | undefined,
  where: string,
  shape: Shape,
  because: string,
): Result<Velocity | null> {
  return file ? readParameters(file, `${where}.velocity`, shape, because, {}) : ok(null);
}

/** Sees to it that μ and what Adam or momentum remember are there when the settings want them (unless the run is fresh), and that `position` lies within an epoch. */
function checkFits(
  file: { readonly position: number; readonly mu?: unknown; readonly adam?: unknown; readonly velocity?: unknown },
  where: string,
  { prediction, optimizer }: Pick<ModelSettings, 'prediction' | 'optimizer'>,
  last: number,
  fresh: boolean,
): ReturnType<typeof fail> | null {
  const { kind } = optimizer;
  const because = `optimizer ${kind}`;
  const misplaced =
    checkPresence(file.mu !== undefined, hasMean(prediction), fresh, where, 'mu', `prediction ${prediction}`) ??
    checkPresence(file.adam !== undefined, kind === 'adam', fresh, where, 'adam', because) ??
    checkPresence(file.velocity !== undefined, kind === 'momentum', fresh, where, 'velocity', because);
  if (misplaced) return misplaced;
  if (file.position <= last) return null;
  return fail({
    code: 'above-maximum',
    where: `${where}.position`,
    got: String(file.position),
    expected: String(last),
  });
}

/** With zero moments and velocity, b_u = b_i = 0 and μ = `mean` where a fresh state leaves them out. */
function readState(
  file: StateFile,
  where: string,
  model: ModelSettings,
  { users, items, k, biases }: Shape,
  mean: number,
  last: number,
): Result<TrainingState> {
  const { epoch, position } = file;
  const fresh = epoch === 0 && position === 0;
  const shape = { users, items, k, biases, fresh };
  const because = `prediction ${model.prediction}`;
  const misplaced = checkFits(file, where, model, last, fresh);
  if (misplaced) return misplaced;
  const read = readParameters(file, where, shape, because, PARAMETERS);
  if (!read.ok) return read;
  const adam = file.adam ? readAdam(file.adam, `${where}.adam`, shape, because) : null;
  if (adam && !adam.ok) return adam;
  const velocity = readVelocity(file.velocity, where, shape, because);
  if (!velocity.ok) return velocity;
  const { P, Q, bu, bi } = read.value;
  const mu = hasMean(model.prediction) ? (file.mu ?? mean) : null;
  const { kind } = model.optimizer;
  const parameters = { k, P, Q, bu, bi, mu };
  return ok({
    epoch,
    position,
    parameters,
    adam: kind === 'adam' ? (adam?.value ?? newAdamState(parameters)) : null,
    ...(kind === 'momentum' ? { velocity: velocity.value ?? newVelocity(parameters) } : {}),
  });
}

/** Recorded epochs ascend and none lies beyond the run. */
function readEpochs(list: readonly unknown[], last: number): Result<number[]> {
  const epochs: number[] = [];
  for (const [at, epoch] of list.entries()) {
    const where = `history.epoch[${at}]`;
    if (typeof epoch !== 'number') return fail({ code: 'wrong-type', where, got: shown(epoch), expected: 'a number' });
    if (!Number.isInteger(epoch)) return fail({ code: 'not-an-integer', where, got: shown(epoch) });
    const least = at === 0 ? 0 : (epochs[at - 1] ?? 0) + 1;
    if (epoch < least || epoch > last) {
      const expected = least > last ? `no epoch after ${last}` : `${least} to ${last}`;
      return fail({ code: 'out-of-range', where, got: shown(epoch), expected });
    }
    epochs.push(epoch + 0);
  }
  return ok(epochs);
}

/** A column of the history: numbers of at least zero, or null where there is nothing to measure. */
function readMeasures(list: readonly unknown[] | undefined, where: string, count: number): Result<(number | null)[]> {
  if (list === undefined) return ok(new Array<number | null>(count).fill(null));
  if (list.length !== count)
    return fail({ code: 'wrong-length', where, got: String(list.length), expected: String(count) });
  const column: (number | null)[] = [];
  for (const [at, value] of list.entries()) {
    if (value !== null && typeof value !== 'number') {
      return fail({ code: 'wrong-type', where: `${where}[${at}]`, got: shown(value), expected: 'a number or null' });
    }
    if (value !== null && value < 0) {
      return fail({ code: 'below-minimum', where: `${where}[${at}]`, got: shown(value), expected: '0' });
    }
    column.push(value);
  }
  return ok(column);
}

/** The epoch under way, run with other settings than the study's: k, init and seed are the same. */
function readUnderWay(
  file: UnderWayFile,
  study: ModelSettings,
  shape: Shape,
  data: TrainingData,
): Result<EpochUnderWay> {
  const where = `extensions.${OWN_EXTENSION}.underWay`;
  const { epoch, position, prediction, optimizer, alpha, beta, order, nonNegative, schedule } = file;
  const { k, init, seed } = study;
  const model: ModelSettings = {
    k,
    prediction,
    optimizer,
    alpha,
    beta,
    order,
    init,
    seed,
    ...(nonNegative ? { nonNegative } : {}),
    ...(schedule ? { schedule } : {}),
  };
  const misplaced = checkFits(file, where, model, lastPosition(model, data), false);
  if (misplaced) return misplaced;
  const because = `prediction ${prediction}`;
  const biases = hasBiases(prediction);
  const there =
    checkPresence(file.bu !== undefined, biases, false, where, 'bu', because) ??
    checkPresence(file.bi !== undefined, biases, false, where, 'bi', because);
  if (there) return there;
  const bu = readBiases(file.bu, `${where}.bu`, shape.users, biases, PARAMETERS);
  if (!bu.ok) return bu;
  const bi = readBiases(file.bi, `${where}.bi`, shape.items, biases, PARAMETERS);
  if (!bi.ok) return bi;
  const adam = file.adam ? readAdam(file.adam, `${where}.adam`, { ...shape, biases }, because) : null;
  if (adam && !adam.ok) return adam;
  const velocity = readVelocity(file.velocity, where, { ...shape, biases }, because);
  if (!velocity.ok) return velocity;
  return ok({
    epoch,
    position,
    model,
    bu: bu.value,
    bi: bi.value,
    mu: file.mu ?? null,
    adam: adam?.value ?? null,
    ...(velocity.value ? { velocity: velocity.value } : {}),
  });
}

/** The best epoch so far: between epochs, and not after the run's own. */
function readBest(
  file: BestFile,
  model: ModelSettings,
  shape: Shape,
  mean: number,
  standing: TrainingState | null,
): Result<KeptBest> {
  const where = `extensions.${OWN_EXTENSION}.best`;
  const { epoch, rmse, since } = file;
  const best = { epoch, rmse, since };
  if (file.state === undefined) {
    if (standing?.epoch === epoch && standing.position === 0) return ok({ best, state: null });
    return fail({ code: 'missing-key', expected: `${where}.state` });
  }
  const state = readState(file.state, `${where}.state`, model, shape, mean, 0);
  if (!state.ok) return state;
  const latest = standing?.epoch ?? 0;
  if (state.value.epoch !== epoch || epoch > latest) {
    const expected = state.value.epoch === epoch ? `0 to ${latest}` : String(state.value.epoch);
    return fail({ code: 'out-of-range', where: `${where}.epoch`, got: String(epoch), expected });
  }
  return ok({ best, state: state.value });
}

function readMemory(
  own: Own,
  dataset: Dataset,
  model: ModelSettings,
  shape: Shape,
  data: TrainingData,
  standing: TrainingState | null,
): Result<RunMemory | null> {
  const where = `extensions.${OWN_EXTENSION}`;
  const underWay = own.underWay ? readUnderWay(own.underWay, model, shape, data) : null;
  if (underWay && !underWay.ok) return underWay;
  const seen = readMarkedPairs(own.seen ?? [], `${where}.seen`, dataset, false);
  if (!seen.ok) return seen;
  const arrived = readMarkedPairs(own.arrived ?? [], `${where}.arrived`, dataset, true);
  if (!arrived.ok) return arrived;
  const best = own.best ? readBest(own.best, model, shape, data.mean, standing) : null;
  if (best && !best.ok) return best;
  const pairs = ({ user, item }: { user: Int32Array; item: Int32Array }) => ({ user, item });
  return ok(
    memoryOrNull({
      underWay: underWay?.value ?? null,
      seen: seen.value && { ...pairs(seen.value), until: seen.value.epoch },
      arrived: arrived.value && { ...pairs(arrived.value), epoch: arrived.value.epoch, ahead: arrived.value.flag },
      ...(best ? { best: best.value } : {}),
    }),
  );
}

interface Own {
  readonly marks: readonly ChangeMark[];
  readonly maeSeen?: readonly unknown[] | undefined;
  readonly maeHeldOut?: readonly unknown[] | undefined;
  readonly underWay?: UnderWayFile | undefined;
  readonly seen?: readonly unknown[] | undefined;
  readonly arrived?: readonly unknown[] | undefined;
  readonly best?: BestFile | undefined;
  readonly firstUsers?: readonly unknown[] | undefined;
  readonly firstItems?: readonly unknown[] | undefined;
}

/** Keys that say in which order the rows came, so that they can be put back in it. */
function readFirstOrder(own: Own, dataset: Dataset): Result<Dataset> {
  const where = `extensions.${OWN_EXTENSION}`;
  const { userKeys, itemKeys } = dataset;
  const users = own.firstUsers ? readPermutation(own.firstUsers, `${where}.firstUsers`, userKeys.length) : ok(userKeys);
  if (!users.ok) return users;
  const items = own.firstItems ? readPermutation(own.firstItems, `${where}.firstItems`, itemKeys.length) : ok(itemKeys);
  return items.ok ? ok({ ...dataset, userKeys: users.value, itemKeys: items.value }) : items;
}

/** Splits `extensions` into what this project wrote there and what it does not know. */
function readExtensions(
  all: Readonly<Record<string, unknown>>,
): Result<{ own: Own; unknown: Record<string, unknown> }> {
  const { [OWN_EXTENSION]: mine, ...others } = all;
  if (mine === undefined) return ok({ own: { marks: [] }, unknown: others });
  const root = ['extensions', OWN_EXTENSION];
  if (Array.isArray(mine))
    return fail({ code: 'wrong-type', where: root.join('.'), got: 'a list', expected: 'an object' });
  const read = v.safeParse(ownExtensionSchema, mine, { abortEarly: true });
  if (!read.success) return fail(problemOf(read.issues[0], root));
  const { marks, maeSeen, maeHeldOut, underWay, seen, arrived, best, firstUsers, firstItems, ...later } = read.output;
  const unknown = Object.keys(later).length > 0 ? { [OWN_EXTENSION]: later, ...others } : others;
  const own = { marks: marks ?? [], maeSeen, maeHeldOut, underWay, seen, arrived, best, firstUsers, firstItems };
  return ok({ own, unknown });
}

function readHistory(file: SessionFile['history'], own: Own, last: number): Result<History> {
  const epoch = readEpochs(file.epoch, last);
  if (!epoch.ok) return epoch;
  const count = epoch.value.length;
  const rmseSeen = readMeasures(file.rmseSeen, 'history.rmseSeen', count);
  if (!rmseSeen.ok) return rmseSeen;
  const rmseHeldOut = readMeasures(file.rmseHeldOut, 'history.rmseHeldOut', count);
  if (!rmseHeldOut.ok) return rmseHeldOut;
  const objective = readMeasures(file.objective, 'history.objective', count);
  if (!objective.ok) return objective;
  const maeSeen = readMeasures(own.maeSeen, `extensions.${OWN_EXTENSION}.maeSeen`, count);
  if (!maeSeen.ok) return maeSeen;
  const maeHeldOut = readMeasures(own.maeHeldOut, `extensions.${OWN_EXTENSION}.maeHeldOut`, count);
  if (!maeHeldOut.ok) return maeHeldOut;
  return ok({
    epoch: epoch.value,
    rmseSeen: rmseSeen.value,
    rmseHeldOut: rmseHeldOut.value,
    maeSeen: maeSeen.value,
    maeHeldOut: maeHeldOut.value,
    objective: objective.value,
  });
}

/**
 * Numbers given at epoch 0 are the start too: Reset returns there. Null when the run is under way, or when `init` and `seed`
 * draw the same numbers again.
 */
function explicitStart(
  state: TrainingState | null,
  model: ModelSettings,
  shape: Shape,
  mean: number,
): Parameters | null {
  if (!state || state.epoch > 0 || state.position > 0) return null;
  return sameStart(state.parameters, drawStart(model, shape.users, shape.items, mean)) ? null : state.parameters;
}

function assemble(file: SessionFile): Result<Session> {
  const model: ModelSettings = file.model;
  const users = file.dataset.users.length;
  const items = file.dataset.items.length;
  // Before anything is allocated.
  const numbers = (users + items) * model.k;
  if (numbers > PARAMETER_LIMIT) {
    return fail({ code: 'model-too-large', where: 'model.k', got: String(numbers), expected: String(PARAMETER_LIMIT) });
  }
  const dataset = readDataset(file.dataset);
  if (!dataset.ok) return dataset;
  const shape = { users, items, k: model.k, biases: hasBiases(model.prediction), fresh: false };
  const data = trainingData(dataset.value);
  const { mean } = data;
  const last = lastPosition(model, data);
  const state = file.state ? readState(file.state, 'state', model, shape, mean, last) : null;
  if (state && !state.ok) return state;
  const atZero = { ...shape, fresh: true };
  const because = `prediction ${model.prediction}`;
  const start = file.start ? readParameters(file.start, 'start', atZero, because, PARAMETERS) : null;
  if (start && !start.ok) return start;
  const extensions = readExtensions(file.extensions);
  if (!extensions.ok) return extensions;
  const { own, unknown } = extensions.value;
  const history = readHistory(file.history, own, state ? state.value.epoch : 0);
  if (!history.ok) return history;

  const ordered = readFirstOrder(own, dataset.value);
  if (!ordered.ok) return ordered;
  const memory = readMemory(own, ordered.value, model, shape, data, state?.value ?? null);
  if (!memory.ok) return memory;

  // With an epoch under way, its first numbers are of the past, even where `position` had to give way to other settings.
  const begun = state !== null && memory.value?.underWay?.epoch === state.value.epoch;
  const standing = begun ? null : (state?.value ?? null);
  const given = start && { k: model.k, ...start.value, mu: hasMean(model.prediction) ? mean : null };
  return ok({
    study: { dataset: ordered.value, model, start: given ?? explicitStart(standing, model, shape, mean) },
    state: state?.value ?? null,
    history: history.value,
    marks: own.marks,
    ...(memory.value ? { memory: memory.value } : {}),
    extensions: unknown,
  });
}

/**
 * Reads a session file (format and meaning: SESSION.md). Every field is checked; a problem names the first wrong one and what
 * stood there ("dataset.ratings[4][2]"), and nothing is half read. Users and items get the keys 0, 1, 2 …
 */
export function readSession(text: string): Result<Session> {
  if (text.length > SESSION_BYTES_LIMIT) {
    const megabytes = `${Math.ceil(text.length / 100_000) / 10} MB`;
    return fail({ code: 'file-too-large', got: megabytes, expected: `${SESSION_BYTES_LIMIT / 1_000_000} MB` });
  }
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (bare.trim() === '') return fail({ code: 'file-empty' });
  const tree = readJson(bare);
  if (!tree.ok) return tree;
  const file = tree.value;
  if (typeof file !== 'object' || file === null || !('format' in file) || file.format !== FORMAT)
    return fail({ code: 'not-a-session' });
  const { version } = file;
  if (version === undefined) return fail({ code: 'missing-key', expected: 'version' });
  if (typeof version !== 'number')
    return fail({ code: 'wrong-type', where: 'version', got: shown(version), expected: 'a number' });
  if (!Number.isInteger(version)) return fail({ code: 'not-an-integer', where: 'version', got: shown(version) });
  if (version < 1) return fail({ code: 'below-minimum', where: 'version', got: shown(version), expected: '1' });
  if (version > VERSION) return fail({ code: 'newer-version', got: String(version), expected: String(VERSION) });
  const read = v.safeParse(sessionSchema, upgrade(file, version), { abortEarly: true });
  if (!read.success) return fail(problemOf(read.issues[0]));
  const session = assemble(read.output);
  // A file says which version it is of: what came later is unknown to it.
  const tooNew = session.ok && version < 2 ? newInVersion2(session.value) : null;
  return tooNew ? fail(tooNew) : session;
}
