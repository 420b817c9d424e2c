import type { StoreApi } from 'zustand/vanilla';
import { BUILTINS, FIRST_BUILTIN } from '../core/builtin.ts';
import { EMPTY_HISTORY } from '../core/history.ts';
import type { Session } from '../core/session.ts';
import { createObjectStore } from '../io/object-store.ts';
import { loadPreferences } from '../io/preferences.ts';
import { createStorage, type TextStore } from '../io/storage.ts';
import type { JobsState } from '../store/jobs.ts';
import { createAppStore, type Store } from '../store/store.ts';
import { strings } from '../strings/index.ts';
import { createClient } from '../worker/client.ts';
import entry from '../worker/entry.ts?worker&url';
import { workersFor } from '../worker/pool.ts';
import { createExperimenting, type Experimenting } from './experimenting.ts';
import { type ExportKind, exportFile } from './export-file.ts';
import { keepSession } from './keep.ts';
import { openFile } from './open-file.ts';
import { createOwnLesson, type OwnLesson } from './own-lesson.ts';
import { createRetraining } from './retraining.ts';
import { followAddress } from './route.ts';
import { browserSurroundings } from './surroundings.ts';
import { startWorker } from './worker-scripts.ts';

/** The store, what is found by retraining beside it, and the runs and sweeps of its study. */
export interface AppHandle extends Store {
  readonly jobs: StoreApi<JobsState>;
  readonly experiment: Experimenting;
  /** How many workers a sweep has. */
  readonly workers: number;
}

/** `from` is the store of the view that asks: it is told what happens, and it is what is exported. */
export interface Booted {
  readonly app: AppHandle;
  readonly texts: TextStore;
  readonly ownLesson: OwnLesson;
  readonly open: (file: File, from: Pick<Store, 'actions'>) => void;
  readonly save: (kind: ExportKind, from: Pick<Store, 'store' | 'session'>) => void;
}

/** Puts the pieces together: the kept session or the first built-in set, the worker's client, the store, and addresses. */
export async function boot(): Promise<Booted> {
  const texts = textStore();
  const storage = createStorage({
    texts,
    objects: createObjectStore(),
    // What goes wrong with storage later can only be told once the store is there.
    onProblem: (problem) => app?.actions.report(problem, strings.store.pageStays),
  });
  const kept = await storage.load();
  const first: Session = {
    study: FIRST_BUILTIN.study(),
    state: null,
    history: EMPTY_HISTORY,
    marks: [],
    extensions: {},
  };
  const initial = (kept.ok ? kept.value : null) ?? first;
  const builtin = BUILTINS.find(({ name }) => name === initial.study.dataset.name);
  // The store begins to ask while it is being made, and is told of answers later: never within the same turn.
  let app: Store | null = null;
  const client = createClient({
    spawn: () => startWorker(entry),
    onAnswer: (answer) => app?.receive(answer),
    onDeath: () => app?.died(),
  });
  app = createAppStore({
    trainer: client,
    surroundings: browserSurroundings,
    builtins: BUILTINS,
    initial,
    datasetId: builtin?.id ?? null,
    view: { runTo: FIRST_BUILTIN.runTo, ...loadPreferences(texts) },
  });
  const store = app;
  if (!kept.ok) store.actions.report(kept.problem, strings.app.savedDamaged);
  keepSession(store, storage, texts);
  followAddress(store);
  const ownLesson = createOwnLesson(texts);
  return {
    app: {
      ...store,
      jobs: createRetraining(store),
      experiment: createExperimenting(store),
      workers: workersFor(navigator.hardwareConcurrency),
    },
    texts,
    ownLesson,
    open: (file, from) => void openFile(store, file, from.actions, ownLesson.open),
    save: (kind, from) => exportFile(from, kind),
  };
}

/** Local storage, or a memory that forgets where the browser forbids it. */
function textStore(): TextStore {
  try {
    return window.localStorage;
  } catch {
    const kept = new Map<string, string>();
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    };
  }
}
