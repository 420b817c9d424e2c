import type { Dataset } from '../core/dataset.ts';
import type { ModelSettings, Schedule } from '../core/model.ts';
import type { Velocity } from '../core/parameters.ts';
import { countHeldOut } from '../core/ratings.ts';
import type { Study } from '../core/study.ts';
import type { ParametersView } from '../worker/protocol.ts';
import type { ModelPatch } from './state.ts';

/** Whether the run must start again to follow: k, initialization and seed decide the very first numbers. */
export function needsRestart(before: ModelSettings, after: ModelSettings): boolean {
  return (
    before.k !== after.k || before.seed !== after.seed || JSON.stringify(before.init) !== JSON.stringify(after.init)
  );
}

/** Whether rows or columns came, went or moved, so that numbers on their way from the worker have the old shape. */
export function shapeChanged(before: Dataset, after: Dataset): boolean {
  return !sameKeys(before.userKeys, after.userKeys) || !sameKeys(before.itemKeys, after.itemKeys);
}

function sameKeys(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((key, at) => key === b[at]));
}

function remapRows(
  rows: Float64Array,
  width: number,
  before: readonly number[],
  after: readonly number[],
): Float64Array {
  const place = new Map(before.map((key, at) => [key, at]));
  const next = new Float64Array(after.length * width);
  after.forEach((key, at) => {
    const from = place.get(key);
    if (from !== undefined) next.set(rows.subarray(from * width, (from + 1) * width), at * width);
  });
  return next;
}

/**
 * The same view under a dataset whose rows changed: who stayed keeps the numbers, who is new shows zeros until the worker
 * has drawn a row (one frame). Only for views over everything (no window).
 */
export function remapView(view: ParametersView, before: Dataset, after: Dataset): ParametersView {
  const remapped = ({ P, Q, bu, bi }: Velocity): Velocity => ({
    P: remapRows(P, view.k, before.userKeys, after.userKeys),
    Q: remapRows(Q, view.k, before.itemKeys, after.itemKeys),
    bu: bu && remapRows(bu, 1, before.userKeys, after.userKeys),
    bi: bi && remapRows(bi, 1, before.itemKeys, after.itemKeys),
  });
  const { velocity, adam } = view;
  return {
    ...view,
    ...remapped(view),
    velocity: velocity ? remapped(velocity) : null,
    adam: adam ? { ...adam, m: remapped(adam.m), v: remapped(adam.v) } : null,
  };
}

/** The model after a change. */
export function patched(model: ModelSettings, patch: ModelPatch): ModelSettings {
  const { nonNegative, schedule, earlyStopping, ...before } = model;
  const {
    nonNegative: signs = nonNegative,
    schedule: rate = schedule,
    earlyStopping: stop = earlyStopping,
    ...rest
  } = patch;
  return {
    ...before,
    ...rest,
    ...(signs ? { nonNegative: signs } : {}),
    ...(rate ? { schedule: rate } : {}),
    ...(stop ? { earlyStopping: stop } : {}),
  };
}

/** The settings that differ between two models, as [name, before, after] in words for the curve's marks. */
export function settingChanges(
  before: ModelSettings,
  after: ModelSettings,
): readonly (readonly [string, string, string])[] {
  const changes: [string, string, string][] = [];
  const add = (name: string, from: string | number, to: string | number) => {
    if (from !== to) changes.push([name, String(from), String(to)]);
  };
  add('α', before.alpha, after.alpha);
  add('β', before.beta, after.beta);
  add('prediction', before.prediction, after.prediction);
  add('optimizer', before.optimizer.kind, after.optimizer.kind);
  if (before.optimizer.kind === 'sgd' && after.optimizer.kind === 'sgd') {
    add('update', before.optimizer.update, after.optimizer.update);
  }
  if (before.optimizer.kind === 'adam' && after.optimizer.kind === 'adam') {
    add('batch', before.optimizer.batch, after.optimizer.batch);
  }
  if (before.optimizer.kind === 'momentum' && after.optimizer.kind === 'momentum') {
    add('update', before.optimizer.update, after.optimizer.update);
    add('γ', before.optimizer.momentum, after.optimizer.momentum);
  }
  if (before.optimizer.kind === 'adam' && after.optimizer.kind === 'adam') {
    add('weight decay', before.optimizer.decay ?? 'coupled', after.optimizer.decay ?? 'coupled');
  }
  add('order', before.order, after.order);
  add('non-negative factors', onOrOff(before.nonNegative), onOrOff(after.nonNegative));
  add('schedule', inWords(before.schedule), inWords(after.schedule));
  add('patience', before.earlyStopping?.patience ?? 'off', after.earlyStopping?.patience ?? 'off');
  return changes;
}

function onOrOff(flag: boolean | undefined): string {
  return flag ? 'on' : 'off';
}

/** A schedule's kind and numbers: "cosine 500, restarts 100 × 2". */
function inWords(schedule: Schedule | undefined): string {
  if (schedule === undefined) return 'constant';
  const { kind, restarts, ...numbers } = schedule;
  const name = kind === 'inverse' ? '1/t' : kind;
  const again = restarts ? `, restarts ${restarts.period} × ${restarts.multiplier}` : '';
  return `${name} ${Object.values(numbers).join(' / ')}${again}`;
}

/** Pairs that training uses: rated and not held out. */
export function trainingCount(study: Study): number {
  const { heldOut } = study.dataset.ratings;
  return heldOut.length - countHeldOut(heldOut);
}

function nextKey(keys: readonly number[], known: number | undefined): number {
  return keys.reduce((next, key) => Math.max(next, key + 1), known ?? 0);
}

/**
 * The dataset, knowing of every key that `seen` has used: after an undone “add user”, the next user that is added is
 * another one, and must not be given the numbers that the undone one had learned.
 */
export function knowingKeysOf(dataset: Dataset, seen: Dataset): Dataset {
  const users = nextKey(seen.userKeys, seen.nextKeys?.users);
  const items = nextKey(seen.itemKeys, seen.nextKeys?.items);
  const own = dataset.nextKeys;
  if (users <= nextKey(dataset.userKeys, own?.users) && items <= nextKey(dataset.itemKeys, own?.items)) return dataset;
  return { ...dataset, nextKeys: { users: Math.max(users, own?.users ?? 0), items: Math.max(items, own?.items ?? 0) } };
}
