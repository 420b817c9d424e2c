import type { Dataset } from '../../core/dataset.ts';
import { predict } from '../../core/predict.ts';
import { findRating, type ItemIndex, type UserIndex } from '../../core/ratings.ts';
import type { AppState, RunSlice } from '../../store/state.ts';

/** P, Q and the biases of the rows that the stage shows. */
export type ParametersView = NonNullable<RunSlice['view']>;
type Window = AppState['window'];

/** One part of r̂ = μ + b_u + b_i + p_u1·q_i1 + p_u2·q_i2 + …, or without a mean p_u1·q_i1 + … [+ b_u + b_i]. */
export interface Share {
  readonly kind: 'mean' | 'userBias' | 'itemBias' | 'factor' | 'others';
  /** 1-based for a factor; how many were put together for 'others'; else 0. */
  readonly number: number;
  readonly value: number;
}

/** What Inspect says about the selected cell. */
export interface SelectedCell {
  readonly user: UserIndex;
  readonly item: ItemIndex;
  readonly rating: number | null;
  readonly state: 'seen' | 'held-out' | 'gap';
  /** Rows of the view's P and Q; null while there are none (loading, or a cell outside the stage's window). */
  readonly rows: { readonly user: number; readonly item: number } | null;
  readonly predicted: number | null;
  /** Whether the model sees any rating of the user, of the item. */
  readonly userSeen: boolean;
  readonly itemSeen: boolean;
}

/** Whether the view has the rows of every user and item, each in its own place. */
export function wholeIsShown(window: Window): boolean {
  return window.users === null && window.items === null;
}

/** Where a row of the dataset stands in the view, or −1. */
function rowOf(index: number, shown: Int32Array | null): number {
  return shown === null ? index : shown.indexOf(index);
}

/** The selected cell with its rating and prediction. A selection that an edit left outside the matrix stands at its edge. */
export function selectedCell(
  dataset: Dataset,
  view: ParametersView | null,
  window: Window,
  selected: { readonly user: UserIndex; readonly item: ItemIndex },
): SelectedCell {
  const { ratings } = dataset;
  const user = Math.min(selected.user, dataset.users.length - 1);
  const item = Math.min(selected.item, dataset.items.length - 1);
  const at = findRating(ratings, user, item);
  let userSeen = false;
  let itemSeen = false;
  for (let row = 0; row < ratings.user.length && !(userSeen && itemSeen); row += 1) {
    if (ratings.heldOut[row] === 1) continue;
    if (ratings.user[row] === user) userSeen = true;
    if (ratings.item[row] === item) itemSeen = true;
  }
  const rows = { user: rowOf(user, window.users), item: rowOf(item, window.items) };
  // A user just added has no row in the view until the worker has answered.
  const there =
    view !== null &&
    rows.user >= 0 &&
    rows.item >= 0 &&
    (rows.user + 1) * view.k <= view.P.length &&
    (rows.item + 1) * view.k <= view.Q.length;
  return {
    user,
    item,
    rating: at >= 0 ? (ratings.value[at] ?? null) : null,
    state: at < 0 ? 'gap' : ratings.heldOut[at] === 1 ? 'held-out' : 'seen',
    rows: there ? rows : null,
    predicted: there ? predict(view, rows.user, rows.item) : null,
    userSeen,
    itemSeen,
  };
}

/** The most factors that are shown one by one, unless all are asked for. */
export const FACTORS_SHOWN = 12;

/**
 * What adds up to r̂ at a row of P and a row of Q, in the order of the engine: μ, b_u, b_i, then the product of each factor;
 * without a mean the biases come last. Beyond `most` factors the largest by size stand alone, in their order, and the rest as one
 * sum.
 */
export function sharesOf(
  view: ParametersView,
  userRow: number,
  itemRow: number,
  most: number = FACTORS_SHOWN,
): readonly Share[] {
  const { k, P, Q, bu, bi, mu } = view;
  const biases: Share[] = [];
  if (bu !== null) biases.push({ kind: 'userBias', number: 0, value: bu[userRow] ?? 0 });
  if (bi !== null) biases.push({ kind: 'itemBias', number: 0, value: bi[itemRow] ?? 0 });
  const inOrder = (products: readonly Share[]): readonly Share[] =>
    mu === null ? [...products, ...biases] : [{ kind: 'mean', number: 0, value: mu }, ...biases, ...products];
  const factors: Share[] = [];
  for (let f = 0; f < k; f += 1) {
    factors.push({ kind: 'factor', number: f + 1, value: (P[userRow * k + f] ?? 0) * (Q[itemRow * k + f] ?? 0) });
  }
  if (k <= most) return inOrder(factors);
  const bySize = [...factors].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const shown = new Set(bySize.slice(0, most - 1));
  let rest = 0;
  for (const factor of factors) if (!shown.has(factor)) rest += factor.value;
  return inOrder([
    ...factors.filter((factor) => shown.has(factor)),
    { kind: 'others', number: k - shown.size, value: rest },
  ]);
}
