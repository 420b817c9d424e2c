import type { StoreApi } from 'zustand/vanilla';
import type { TextStore } from '../io/storage.ts';
import type { AppState } from '../store/state.ts';
import { isSweepForm } from '../store/sweep-form.ts';
import { experimentMemory } from '../views/experiment/form-memory.ts';

const KEY = 'factorscope-sweep-form';

const kept = new WeakSet<StoreApi<AppState>>();

/** Brings back what was last typed into the form of a sweep, and keeps it from then on; once for each page. */
export function keepSweepForm(app: StoreApi<AppState>, texts: TextStore): void {
  if (kept.has(app)) return;
  kept.add(app);
  const memory = experimentMemory(app);
  try {
    const form: unknown = JSON.parse(texts.getItem(KEY) ?? 'null');
    if (isSweepForm(form)) memory.setState({ form });
  } catch {
    // Storage is forbidden, or this is no JSON: the form begins as it does at first.
  }
  memory.subscribe(({ form }, before) => {
    if (form === before.form) return;
    try {
      texts.setItem(KEY, JSON.stringify(form));
    } catch {
      // What the form says is not worth a message of its own; the session's saving says so when storage fails.
    }
  });
}
