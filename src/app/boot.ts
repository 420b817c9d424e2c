import { BUILTINS, FIRST_BUILTIN } from '../core/builtin.ts';
import { EMPTY_HISTORY } from '../core/history.ts';
import type { Session } from '../core/session.ts';
import { createAppStore, type Store } from '../store/store.ts';
import { createClient } from '../worker/client.ts';
import { type ExportKind, exportFile } from './export-file.ts';
import { listenForCommands } from './keyboard.ts';
import { openFile } from './open-file.ts';
import { followAddress } from './route.ts';
import { browserSurroundings } from './surroundings.ts';

export interface Booted {
  readonly app: Store;
  readonly open: (file: File) => void;
  readonly save: (kind: ExportKind) => void;
}

/** Puts the pieces together: the kept session or the first built-in set, the worker's client, the store, keys and addresses. */
export async function boot(): Promise<Booted> {
  const first: Session = {
    study: FIRST_BUILTIN.study(),
    state: null,
    history: EMPTY_HISTORY,
    marks: [],
    extensions: {},
  };
  // The store begins to ask while it is being made, and is told of answers later: never within the same turn.
  let app: Store | null = null;
  const client = createClient({
    spawn: () => new Worker(new URL('../worker/entry.ts', import.meta.url), { type: 'module' }),
    onAnswer: (answer) => app?.receive(answer),
    onDeath: () => app?.died(),
  });
  app = createAppStore({
    trainer: client,
    surroundings: browserSurroundings,
    builtins: BUILTINS,
    initial: first,
    datasetId: FIRST_BUILTIN.id,
    view: { runTo: FIRST_BUILTIN.runTo },
  });
  const store = app;
  listenForCommands(store);
  followAddress(store);
  return {
    app: store,
    open: (file) => void openFile(store, file),
    save: (kind) => void exportFile(store, kind),
  };
}
