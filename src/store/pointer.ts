import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ItemIndex, UserIndex } from '../core/ratings.ts';

/** A place on the stage: a cell of R or R̂ (user and item), of P (user and factor), of Qᵀ (item and factor), or a header. */
export interface Spot {
  readonly user: UserIndex | null;
  readonly item: ItemIndex | null;
  /** 0-based. */
  readonly factor: number | null;
}

/** Hover and selection: apart from the rest, because pointers are fast. */
export interface PointerState {
  /** Under the pointer or the keyboard focus right now; wins over `selected` while it lasts. */
  readonly hovered: Spot | null;
  /** The cell that Inspect and the written-out dot product are about. */
  readonly selected: { readonly user: UserIndex; readonly item: ItemIndex };
  hover(spot: Spot | null): void;
  select(user: UserIndex, item: ItemIndex): void;
}

/** A pointer store standing at the given cell. */
export function createPointerStore(user: UserIndex, item: ItemIndex): StoreApi<PointerState> {
  return createStore<PointerState>()((set) => ({
    hovered: null,
    selected: { user, item },
    hover: (hovered) => set({ hovered }),
    select: (u, i) => set({ selected: { user: u, item: i } }),
  }));
}
