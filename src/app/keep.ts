import { savePreferences } from '../io/preferences.ts';
import type { SessionStorage, TextStore } from '../io/storage.ts';
import type { Store } from '../store/store.ts';
import { strings } from '../strings/index.ts';

/** After an edit, and while training goes on: how long until the session is written (milliseconds). */
const AFTER_EDIT = 250;
const WHILE_TRAINING = 4_000;

/**
 * Keeps the session and the view's settings in the browser from now on: within half a second of an edit, every few seconds
 * of training, and when the page goes away (a reload comes back to what was there, also at once).
 */
export function keepSession(
  app: Pick<Store, 'store' | 'session' | 'actions'>,
  storage: SessionStorage,
  texts: TextStore,
): void {
  const { store, actions } = app;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let dueAt = Number.POSITIVE_INFINITY;
  let failed = false;

  function write(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    dueAt = Number.POSITIVE_INFINITY;
    const problem = storage.save(app.session());
    // Said once, not at every edit; said again if it worked in between.
    if (problem && !failed) actions.report(problem, strings.store.pageStays);
    failed = problem !== null;
  }

  function writeWithin(milliseconds: number): void {
    const at = performance.now() + milliseconds;
    if (at >= dueAt) return;
    if (timer !== null) clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(write, milliseconds);
  }

  store.subscribe((state, before) => {
    if (state.view !== before.view) savePreferences(texts, state.view);
    if (state.study !== before.study) {
      storage.journal(before.study.dataset, state.study.dataset);
      writeWithin(AFTER_EDIT);
    } else if (state.run.epoch !== before.run.epoch || state.run.position !== before.run.position) {
      writeWithin(state.run.status === 'training' ? WHILE_TRAINING : AFTER_EDIT);
    } else if (state.run.status !== before.run.status) writeWithin(AFTER_EDIT);
    // Numbers that were typed over, turned or updated by hand move neither the study nor the epoch: they come with a new
    // state. While the past is shown every epoch looked at brings one, and nothing of it is new.
    else if (state.run.state !== before.run.state && state.run.playhead === null)
      writeWithin(state.run.status === 'training' ? WHILE_TRAINING : AFTER_EDIT);
  });
  const flush = () => {
    if (timer !== null) write();
  };
  window.addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') flush();
  });
}
