import { strings } from '../strings/index.ts';
import type { Actions } from './actions.ts';
import type { AppState } from './state.ts';

/** A person's intent, once: what it is called, which keys stand for it, when it can be had, and what it does. */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** As `Mod+Shift+Z`; Mod is Ctrl, or ⌘ on a Mac. Keys without Mod act only outside the grid, fields and buttons. */
  readonly keys: readonly string[];
  enabled(state: AppState): boolean;
  run(state: AppState, actions: Actions): void;
}

export const COMMANDS: readonly Command[] = [
  {
    id: 'train-or-pause',
    label: strings.store.commandTrainOrPause,
    keys: ['Space'],
    enabled: () => true,
    run: (state, actions) => (state.run.status === 'training' ? actions.pause() : actions.train()),
  },
  {
    id: 'undo',
    label: strings.store.undo,
    keys: ['Mod+Z'],
    enabled: (state) => state.undo.length > 0,
    run: (_, actions) => actions.undo(),
  },
  {
    id: 'redo',
    label: strings.store.redo,
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    enabled: (state) => state.redo.length > 0,
    run: (_, actions) => actions.redo(),
  },
];

/** The keys of an event in the registry's spelling. */
export function keysOf(event: {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}): string {
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return [event.ctrlKey || event.metaKey ? 'Mod' : '', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : '', key]
    .filter((part) => part !== '')
    .join('+');
}
