import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Dataset } from '../../core/dataset.ts';
import type { Likeness } from '../../core/understand/similar.ts';
import type { AppState } from '../../store/state.ts';
import { useHandle } from '../context.ts';
import type { OrderedGroups } from './group-borders.ts';
import { numberSets } from './rating-sets.ts';

/** What the tabs were set to: a tab that is not shown is taken down, and what was typed there must not go with it. */
export interface InspectorMemory {
  /** The map along two factors (0-based) or its main axes; main axes need k > 2. */
  readonly mapAxes: 'factors' | 'main';
  readonly mapAcross: number;
  readonly mapUp: number;
  readonly side: 'users' | 'items';
  readonly likeness: Likeness;
  readonly centered: boolean;
  readonly groups: number;
  /** Null: the study's own seed. */
  readonly groupSeed: number | null;
  /** Which groups the stage was last put in the order of; null before that. */
  readonly orderedGroups: OrderedGroups | null;
  readonly offerTo: 'user' | 'item';
  /** The questions under Inspect that are unfolded. */
  readonly openPanels: readonly string[];
  /** What a person who is not in R would rate: keys of items with ratings, in the order in which they were chosen. */
  readonly newUser: {
    /** Of which set of ratings, as `setOf` numbers them. */
    readonly set: number;
    readonly ratings: readonly GivenByNewUser[];
    /** Who was added to R last, with what was typed for them: back in the form where that is undone. */
    readonly added: { readonly userKey: number; readonly ratings: readonly GivenByNewUser[] } | null;
  };
}

/** An item that the new user rates; null: chosen, and not rated yet. */
interface GivenByNewUser {
  readonly itemKey: number;
  readonly value: number | null;
}

const INITIAL: InspectorMemory = {
  mapAxes: 'main',
  mapAcross: 0,
  mapUp: 1,
  side: 'users',
  likeness: 'cosine',
  centered: true,
  groups: 3,
  groupSeed: null,
  orderedGroups: null,
  offerTo: 'user',
  openPanels: [],
  newUser: { set: 0, ratings: [], added: null },
};

/** What is remembered of a page, and how its sets of ratings are numbered. */
interface Page {
  readonly memory: StoreApi<InspectorMemory>;
  readonly setOf: (dataset: Dataset) => number;
}

const pages = new WeakMap<StoreApi<AppState>, Page>();

/** Sets the tabs of a page back to what they were at first: another stage is another beginning. */
export function forgetInspector(store: StoreApi<AppState>): void {
  pages.get(store)?.memory.setState(INITIAL);
}

function pageOf(store: StoreApi<AppState>): Page {
  let page = pages.get(store);
  if (!page) {
    page = { memory: createStore<InspectorMemory>()(() => INITIAL), setOf: numberSets(store) };
    pages.set(store, page);
  }
  return page;
}

/** What the new user of this page gives an item (0-based); null takes it back. */
export function rateAsNewUser(store: StoreApi<AppState>, item: number, value: number | null): void {
  const { dataset } = store.getState().study;
  const itemKey = dataset.itemKeys[item];
  if (itemKey === undefined) return;
  const { memory, setOf } = pageOf(store);
  const { newUser } = memory.getState();
  const set = setOf(dataset);
  const known = newUser.set === set ? newUser.ratings : [];
  const others = known.filter((rating) => rating.itemKey !== itemKey);
  const ratings = value === null ? others : [...others, { itemKey, value }];
  memory.setState({ newUser: { set, ratings, added: null } });
}

/** The memory of this page, and how to change it. */
export function useInspectorMemory(): readonly [InspectorMemory, (patch: Partial<InspectorMemory>) => void] {
  const { store } = useHandle();
  const { memory } = pageOf(store);
  return [useStore(memory), memory.setState];
}

/** The number of the set of ratings that a dataset of this page is, whatever was edited in it. */
export function useSetOf(): (dataset: Dataset) => number {
  return pageOf(useHandle().store).setOf;
}
