import { COMMANDS, type Command, keysOf } from '../store/commands.ts';
import type { Store } from '../store/store.ts';

/** Fields, grids, buttons and menus keep their own keys; text fields keep their own undo. */
const KEEPS_KEYS =
  'input, textarea, select, button, a, summary, [role="grid"], [role="menu"], [role="slider"], [role="tab"], [role="dialog"], [contenteditable="true"]';
const KEEPS_UNDO = 'input:not([type="range"], [type="checkbox"], [type="radio"]), textarea, [contenteditable="true"]';

/** Listens for the keys in the registry of commands, or of those that a view has. Returns how to stop. */
export function listenForCommands(
  { store, actions }: Pick<Store, 'store' | 'actions'>,
  commands: readonly Command[] = COMMANDS,
): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const keys = keysOf(event);
    const command = commands.find((candidate) => candidate.keys.includes(keys));
    if (!command) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(keys.startsWith('Mod+') ? KEEPS_UNDO : KEEPS_KEYS)) return;
    event.preventDefault();
    const state = store.getState();
    if (command.enabled(state)) command.run(state, actions);
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
