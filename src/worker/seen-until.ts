import type { Dataset } from '../core/dataset.ts';
import type { TrainingState } from '../core/parameters.ts';
import type { ItemIndex, UserIndex } from '../core/ratings.ts';
import { findRating } from '../core/ratings.ts';
import type { ArrivedPairs, RunMemory, SeenPairs } from '../core/run-memory.ts';
import { placesOf } from './rows.ts';
import { lastRatingOf, orderEpoch, type Trainee } from './trainee.ts';

/** A held-out rating that training had seen before, and the last epoch that visited it. */
export type SeenUntilEntry = readonly [UserIndex, ItemIndex, number];

/** Which training ratings the epoch under way has visited, by their place in `data.training`. */
function visitedThisEpoch(trainee: Trainee): (at: number) => boolean {
  const { state, order } = trainee;
  if (state.position === 0) return () => false;
  // ALS visits a rating when it visits its user, and once more with its item.
  if (trainee.model.optimizer.kind === 'als') return (at) => (trainee.data.training.user[at] ?? 0) < state.position;
  const count = lastRatingOf(trainee, state.position - 1) + 1;
  if (order === null) return (at) => at < count;
  if (!trainee.ordered) orderEpoch(trainee);
  const visited = new Uint8Array(order.length);
  for (const at of order.subarray(0, count)) visited[at] = 1;
  return (at) => visited[at] === 1;
}

/** Whether the epoch under way visits all of a rating yet, as far as its order says. */
function isAhead(trainee: Trainee, at: number): boolean {
  const { state, order, model, data } = trainee;
  if (model.optimizer.kind === 'als') return (data.training.user[at] ?? 0) >= state.position;
  return order === null && at > lastRatingOf(trainee, state.position - 1);
}

/**
 * Remembers which ratings left training after it had visited them. Held out, such a rating is no fair test, and the page
 * says "seen until epoch n" until it is returned. Pairs are known by the keys of user and item, so they survive reordering.
 */
export class SeenUntil {
  private readonly until = new Map<string, number>();
  /** Ratings that came in mid-run: when, and whether the epoch under way still had them ahead. */
  private readonly arrived = new Map<string, { readonly epoch: number; readonly ahead: boolean }>();
  private list: readonly SeenUntilEntry[] = [];
  private memorized: Pick<RunMemory, 'seen' | 'arrived'> | null = null;

  /** The held-out ratings of the dataset that were seen. */
  entries(): readonly SeenUntilEntry[] {
    return this.list;
  }

  /** The ratings change from `before` to `after` at the point where `trainee` (still with the old ones) stands. */
  change(before: Dataset, after: Dataset, trainee: Trainee): void {
    const { state, data } = trainee;
    const { epoch } = state;
    if (epoch > 0 || state.position > 0) {
      const users = placesOf(after.userKeys, before.userKeys);
      const items = placesOf(after.itemKeys, before.itemKeys);
      const visited = visitedThisEpoch(trainee);
      const { user, item } = data.training;
      for (let at = 0; at < user.length; at += 1) {
        const u = user[at] ?? 0;
        const i = item[at] ?? 0;
        if (isTraining(after, users[u] ?? -1, items[i] ?? -1)) continue;
        const pair = `${before.userKeys[u]}/${before.itemKeys[i]}`;
        const since = this.arrived.get(pair) ?? { epoch: 0, ahead: true };
        this.arrived.delete(pair);
        const now = visited(at);
        const firstWhole = since.ahead ? since.epoch : since.epoch + 1;
        if (epoch > firstWhole || (epoch === firstWhole && now)) this.until.set(pair, now ? epoch + 1 : epoch);
      }
    }
    this.refresh(after);
  }

  /** The ratings that training has now and had not before; `trainee` already has the new ones. */
  arrivals(before: Dataset, after: Dataset, trainee: Trainee): void {
    const { state, data } = trainee;
    const users = placesOf(before.userKeys, after.userKeys);
    const items = placesOf(before.itemKeys, after.itemKeys);
    const { user, item } = data.training;
    const atStart = state.epoch === 0 && state.position === 0;
    for (let at = 0; at < user.length && !atStart; at += 1) {
      const u = user[at] ?? 0;
      const i = item[at] ?? 0;
      if (isTraining(before, users[u] ?? -1, items[i] ?? -1)) continue;
      const pair = `${after.userKeys[u]}/${after.itemKeys[i]}`;
      this.until.delete(pair);
      const ahead = state.position === 0 || isAhead(trainee, at);
      this.arrived.set(pair, { epoch: state.epoch, ahead });
    }
    this.memorized = null;
  }

  /** The run goes back to `epoch`, which has not seen what came after it. */
  rewind(epoch: number, dataset: Dataset): void {
    for (const [pair, until] of this.until) {
      if (epoch === 0) this.until.delete(pair);
      else this.until.set(pair, Math.min(until, epoch));
    }
    for (const [pair, since] of this.arrived) {
      if (since.epoch < epoch) continue;
      if (epoch === 0) this.arrived.delete(pair);
      else this.arrived.set(pair, { epoch, ahead: true });
    }
    this.refresh(dataset);
  }

  /** What is to be saved: pairs by their place in `dataset`, ascending. */
  memory(dataset: Dataset): Pick<RunMemory, 'seen' | 'arrived'> {
    this.memorized ??= this.memorize(dataset);
    return this.memorized;
  }

  private memorize({ userKeys, itemKeys }: Dataset): Pick<RunMemory, 'seen' | 'arrived'> {
    if (this.until.size === 0 && this.arrived.size === 0) return { seen: null, arrived: null };
    const users = new Map(userKeys.map((key, at) => [String(key), at]));
    const items = new Map(itemKeys.map((key, at) => [String(key), at]));
    const placed = <Value>(pairs: ReadonlyMap<string, Value>) =>
      [...pairs]
        .flatMap(([pair, value]) => {
          const [userKey = '', itemKey = ''] = pair.split('/');
          const user = users.get(userKey);
          const item = items.get(itemKey);
          return user === undefined || item === undefined ? [] : [{ user, item, value }];
        })
        .sort((a, b) => a.user - b.user || a.item - b.item);
    const seen = placed(this.until);
    const arrived = placed(this.arrived);
    const columns = (rows: readonly { readonly user: number; readonly item: number }[]) => ({
      user: Int32Array.from(rows, (row) => row.user),
      item: Int32Array.from(rows, (row) => row.item),
    });
    return {
      seen: seen.length === 0 ? null : { ...columns(seen), until: Float64Array.from(seen, (row) => row.value) },
      arrived:
        arrived.length === 0
          ? null
          : {
              ...columns(arrived),
              epoch: Float64Array.from(arrived, (row) => row.value.epoch),
              ahead: Uint8Array.from(arrived, (row) => (row.value.ahead ? 1 : 0)),
            },
    };
  }

  /** Takes over what a run that goes on from `state` remembered. */
  restore({ seen, arrived }: RunMemory, dataset: Dataset, state: TrainingState): void {
    const pairOf = ({ user, item }: SeenPairs | ArrivedPairs, at: number) =>
      `${dataset.userKeys[user[at] ?? -1]}/${dataset.itemKeys[item[at] ?? -1]}`;
    for (let at = 0; seen !== null && at < seen.until.length; at += 1) {
      this.until.set(pairOf(seen, at), Math.min(seen.until[at] ?? 0, state.epoch + 1));
    }
    for (let at = 0; arrived !== null && at < arrived.epoch.length; at += 1) {
      const epoch = Math.min(arrived.epoch[at] ?? 0, state.epoch);
      this.arrived.set(pairOf(arrived, at), { epoch, ahead: arrived.ahead[at] === 1 });
    }
    this.refresh(dataset);
  }

  private refresh(dataset: Dataset): void {
    this.memorized = null;
    if (this.until.size === 0) {
      this.list = [];
      return;
    }
    const { ratings, userKeys, itemKeys } = dataset;
    const list: SeenUntilEntry[] = [];
    for (let at = 0; at < ratings.user.length; at += 1) {
      if (ratings.heldOut[at] === 0) continue;
      const u = ratings.user[at] ?? 0;
      const i = ratings.item[at] ?? 0;
      const until = this.until.get(`${userKeys[u]}/${itemKeys[i]}`);
      if (until !== undefined) list.push([u, i, until]);
    }
    this.list = list;
  }
}

function isTraining(dataset: Dataset, user: number, item: number): boolean {
  if (user < 0 || item < 0) return false;
  const at = findRating(dataset.ratings, user, item);
  return at >= 0 && dataset.ratings.heldOut[at] === 0;
}
