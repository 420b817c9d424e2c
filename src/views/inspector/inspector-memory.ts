import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Likeness } from '../../core/understand/similar.ts';
import type { AppState } from '../../store/state.ts';
import { useHandle } from '../context.ts';
import type { OrderedGroups } from './group-borders.ts';

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
  /** What a person who is not in R would rate: keys of items with ratings, in the order in which they were chosen. */
  readonly newUser: {
    /** Of which dataset. */
    readonly dataset: string;
    /** Null: chosen, and not rated yet. */
    readonly ratings: readonly { readonly itemKey: number; readonly value: number | null }[];
  };
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
  newUser: { dataset: '', ratings: [] },
};

const memories = new WeakMap<StoreApi<AppState>, StoreApi<InspectorMemory>>();

/** Sets the tabs of a page back to what they were at first: another stage is another beginning. */
export function forgetInspector(store: StoreApi<AppState>): void {
  memories.get(store)?.setState(INITIAL);
}

function memoryOf(store: StoreApi<AppState>): StoreApi<InspectorMemory> {
  let memory = memories.get(store);
  if (!memory) {
    memory = createStore<InspectorMemory>()(() => INITIAL);
    memories.set(store, memory);
  }
  return memory;
}

/** What the new user of this page gives an item (0-based); null takes it back. */
export function rateAsNewUser(store: StoreApi<AppState>, item: number, value: number | null): void {
  const { dataset } = store.getState().study;
  const itemKey = dataset.itemKeys[item];
  if (itemKey === undefined) return;
  const memory = memoryOf(store);
  const { newUser } = memory.getState();
  const known = newUser.dataset === dataset.name ? newUser.ratings : [];
  const others = known.filter((rating) => rating.itemKey !== itemKey);
  const ratings = value === null ? others : [...others, { itemKey, value }];
  memory.setState({ newUser: { dataset: dataset.name, ratings } });
}

/** The memory of this page, and how to change it. */
export function useInspectorMemory(): readonly [InspectorMemory, (patch: Partial<InspectorMemory>) => void] {
  const { store } = useHandle();
  const memory = memoryOf(store);
  return [useStore(memory), memory.setState];
}
