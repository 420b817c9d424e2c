import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';

/** Where whole objects are kept: the browser's IndexedDB, or a fake in tests. */
export interface ObjectStore {
  read(key: string): Promise<unknown>;
  /** Resolves when the browser has acknowledged the write. */
  write(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

/**
 * A store in IndexedDB, opened when it is first used. Every write is committed at once (`commit`), so that a page that is
 * closed a moment later does not lose it.
 */
export function createObjectStore(database = 'factorscope'): ObjectStore {
  let opened: UseStore | null = null;
  const use: UseStore = (mode, callback) => {
    opened ??= createStore(database, 'sessions');
    return opened(mode, callback);
  };
  const change = (make: (store: IDBObjectStore) => void) =>
    use('readwrite', (store) => {
      make(store);
      const done = promisifyRequest<undefined>(store.transaction);
      store.transaction.commit();
      return done;
    });
  return {
    read: (key) => use('readonly', (store) => promisifyRequest<unknown>(store.get(key))),
    write: (key, value) => change((store) => store.put(value, key)),
    remove: (key) => change((store) => store.delete(key)),
  };
}
