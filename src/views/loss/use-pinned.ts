import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useApp, useHandle } from '../context.ts';
import type { PinnedRun } from './pinned-runs.ts';

type Module = typeof import('./pinned-runs.ts');

const NONE: readonly PinnedRun[] = [];
const NO_RECORDS: ReturnType<Module['pinnedRecords']> = [];
const silent = () => () => {};

/** Runs that stay in the chart. None in a lesson, and none until the room of runs is there: the page does not wait for it. */
export function usePinned(): readonly PinnedRun[] {
  const { experiment } = useHandle();
  const [module, setModule] = useState<Module | null>(null);
  useEffect(() => {
    if (!experiment) return;
    let gone = false;
    // Without it there are no gray lines; the chart goes on.
    import('./pinned-runs.ts').then(
      (loaded) => gone || setModule(loaded),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [experiment]);
  const store = experiment?.store;
  const records = useSyncExternalStore(store?.subscribe ?? silent, () =>
    store && module ? module.pinnedRecords(store.getState()) : NO_RECORDS,
  );
  const baseline = useSyncExternalStore(store?.subscribe ?? silent, () => store?.getState().baseline ?? null);
  const study = useApp((state) => state.study);
  return useMemo(
    () => (module && records.length > 0 ? module.pinnedRuns(records, baseline, study) : NONE),
    [module, records, baseline, study],
  );
}
