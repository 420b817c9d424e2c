import { FIRST_BUILTIN } from '../core/builtin.ts';
import { EMPTY_HISTORY } from '../core/history.ts';
import { loadProgress, saveProgress } from '../io/lesson-progress.ts';
import type { JobKind, JobsState } from '../store/jobs.ts';
import { createGuide, type Guide } from '../store/lesson.ts';
import { createAppStore, type Store } from '../store/store.ts';
import type { Handle } from '../views/context.ts';
import { forgetInspector, rateAsNewUser } from '../views/inspector/inspector-memory.ts';
import { createClient } from '../worker/client.ts';
import entry from '../worker/entry.ts?worker&url';
import type { Booted } from './boot.ts';
import { createSweepOfLesson } from './lesson-sweep.ts';
import { OWN_LESSON_ID } from './own-lesson.ts';
import { createStrip } from './rate-strip.ts';
import { createRetraining } from './retraining.ts';
import { browserSurroundings } from './surroundings.ts';
import { startWorker } from './worker-scripts.ts';

/** Where lessons are played: a store and a worker of their own, so that the reader's study stays as it is. */
export interface LearnRoom {
  readonly app: Store;
  readonly guide: Guide;
  readonly handle: Handle;
}

const rooms = new WeakMap<Booted, LearnRoom>();

/** The room, made when it is first entered. Who comes back finds the lesson where they left it. */
export function learnRoom(booted: Booted): LearnRoom {
  const known = rooms.get(booted);
  if (known) return known;
  const { app: own, texts, ownLesson } = booted;
  const { view } = own.store.getState();
  let app: Store | null = null;
  const client = createClient({
    spawn: () => startWorker(entry),
    onAnswer: (answer) => app?.receive(answer),
    onDeath: () => app?.died(),
  });
  app = createAppStore({
    trainer: client,
    surroundings: browserSurroundings,
    builtins: [],
    // Until the first stage is set.
    initial: { study: FIRST_BUILTIN.study(), state: null, history: EMPTY_HISTORY, marks: [], extensions: {} },
    datasetId: null,
    view: { route: 'learn', theme: view.theme, speed: view.speed },
  });
  const { store, pointer } = app;
  // One theme for the whole page, wherever it is chosen.
  store.subscribe(({ view: now }) => {
    if (now.theme !== own.store.getState().view.theme) own.actions.setView({ theme: now.theme });
  });
  own.store.subscribe(({ view: now }) => {
    if (now.theme !== store.getState().view.theme) app?.actions.setView({ theme: now.theme });
  });
  const jobs = createRetraining(app);
  const guide = createGuide({
    app,
    surroundings: browserSurroundings,
    done: loadProgress(texts),
    onDone: (done) => saveProgress(texts, done),
    // What was asked on one stage is no answer on the next, nor is it drawn there.
    onStage() {
      jobs.getState().cancel();
      jobs.setState({ starts: null, fewer: null, influence: null });
      jobs.getState().draw({ intervals: null, moment: 'end', influence: false });
      forgetInspector(store);
      sweep.getState().clear();
    },
  });
  ownLesson.store.subscribe(() => guide.forget(OWN_LESSON_ID));
  // Only what is whole: the first few of a hundred retrainings would answer for all of them.
  const whole = (ensemble: JobsState['starts']) =>
    ensemble?.complete && ensemble.stale !== 'study' ? ensemble.settled : null;
  jobs.subscribe(({ starts, fewer }) => guide.computed({ otherStarts: whole(starts), oneFewer: whole(fewer) }));
  // What a step shows by itself where its panel need not be on the page.
  const until = (kind: JobKind) =>
    new Promise<void>((end) => {
      const look = () => {
        if (jobs.getState().progress[kind] !== null) return;
        forget();
        end();
      };
      const forget = jobs.subscribe(look);
      look();
    });
  guide.serve('other-starts', (action) => {
    if (action.do === 'other-starts') jobs.getState().otherStarts(action.models);
    return until('starts');
  });
  guide.serve('one-rating-fewer', () => {
    jobs.getState().oneRatingFewer();
    return until('fewer');
  });
  guide.serve('influence', () => {
    const { user, item } = pointer.getState().selected;
    jobs.getState().influenceOn(user, item);
    return until('influence');
  });
  guide.serve('sweep', () => sweep.getState().start());
  guide.serve('new-user', (action) => {
    if (action.do === 'new-user') rateAsNewUser(store, action.item, action.value);
  });
  // What is still computed when a step is left is for nobody.
  guide.store.subscribe(({ phase }, before) => {
    if (phase === 'setting' && before.phase !== 'setting') jobs.getState().cancel();
  });
  const strip = createStrip(app, guide);
  const sweep = createSweepOfLesson(app, guide);
  const handle: Handle = { store, pointer, actions: guide.actions, jobs, lesson: guide, strip, sweep };
  const room: LearnRoom = { app, guide, handle };
  rooms.set(booted, room);
  return room;
}
