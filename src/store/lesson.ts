import { createStore, type StoreApi } from 'zustand/vanilla';
import { EMPTY_HISTORY } from '../core/history.ts';
import type { Parameters } from '../core/parameters.ts';
import type { Problem } from '../core/problem.ts';
import type { Study } from '../core/study.ts';
import { type Broken, brokenBy } from '../lessons/broken.ts';
import { answerOf, met } from '../lessons/check.ts';
import {
  chose,
  type EventName,
  type Facts,
  happened,
  type Moment,
  NO_PANELS,
  observe,
  type Panels,
  ranBeside,
  stageSet,
  stepBegins,
  typed,
} from '../lessons/facts.ts';
import { type Action, addressOf, type Lesson, type Step } from '../lessons/lesson.ts';
import { filledWith, prepareStudy } from '../lessons/stage.ts';
import { learn } from '../strings/learn.ts';
import type { Actions } from './actions.ts';
import { type Done, isDone, seenSince } from './lesson-done.ts';
import { momentOf } from './lesson-moment.ts';
import { createPerformer, type Performer } from './lesson-perform.ts';
import type { Store } from './store.ts';
import type { Surroundings } from './trainer.ts';

/** Text and conditions follow the run at most so often (milliseconds). */
const LOOK_EVERY = 80;
/** What stands in "Run to epoch" where a stage says nothing. */
const RUN_TO = 500;

/** Where a reader is in a lesson. */
export interface GuideState {
  readonly lesson: Lesson | null;
  /** From 0. */
  readonly step: number;
  /** `setting`: the stage is being set; `stuck`: it can't be, see `problem`. */
  readonly phase: 'away' | 'setting' | 'ready' | 'stuck';
  readonly problem: Problem | null;
  /** What is known; follows the run a few times a second. Null until the stage is set. */
  readonly facts: Facts | null;
  /** The task of this step is done; it stays done until the step begins again. */
  readonly met: boolean;
  /** What was known when it was done: `why` speaks of it, whatever is done next. Null before. */
  readonly told: Facts | null;
  /** The stage was set and its task done already: a mistake in the lesson, and no doing of the reader's. */
  readonly metAtStart: boolean;
  /** What the reader did that keeps the task from being done; null while it can be. */
  readonly broken: Broken | null;
  /** The id of the right option, once the task is done. */
  readonly answer: string | null;
  /** The app is doing the task itself. */
  readonly showing: boolean;
  /** What it does of it next or does just now. */
  readonly acting: Action | null;
  /** Addresses of steps that were ever done. */
  readonly done: ReadonlySet<string>;
}

/** Leads through lessons on a store of its own. */
export interface Guide {
  readonly store: StoreApi<GuideState>;
  /** The store's actions, of which the guide takes note. */
  readonly actions: Actions;
  /** Goes to a step and sets its stage; nothing happens if it is there already. */
  enter(lesson: Lesson, step: number): void;
  /** Begins the step anew. */
  again(): void;
  /** Does the task for the reader, where the lesson says how. */
  show(): void;
  /** Forgets that steps of a lesson were done: it is another lesson now. */
  forget(lessonId: string): void;
  /** Training rests while nobody looks. */
  leave(): void;
  /** The number given in the step's field; null takes it back. */
  type(value: number | null): void;
  choose(option: string): void;
  /** A panel tells what the reader did there. */
  did(event: EventName): void;
  /** A panel tells what it has computed. */
  computed(panels: Partial<Panels>): void;
  /** A panel tells of a whole run that was made beside the stage. */
  ranBeside(change: (now: Moment) => Moment): void;
  /** A panel says what it can do by itself when a lesson shows it; the answer takes that back. */
  serve: Performer['serve'];
}

export interface GuideOptions {
  readonly app: Pick<Store, 'store' | 'pointer' | 'actions'>;
  readonly surroundings: Pick<Surroundings, 'now' | 'after'>;
  readonly done: ReadonlySet<string>;
  /** Another step was done, or some were forgotten. */
  readonly onDone: (done: ReadonlySet<string>) => void;
  /** Another stage is being set: what was found on the one before is of no use on it. */
  readonly onStage?: () => void;
}

/** What stands for a step before anything is known of it. */
const NOTHING_YET = {
  problem: null,
  facts: null,
  met: false,
  told: null,
  metAtStart: false,
  broken: null,
  answer: null,
  showing: false,
  acting: null,
} as const;

export function createGuide({ app, surroundings, done, onDone, onStage }: GuideOptions): Guide {
  const { store: appStore, pointer } = app;
  const state = appStore.getState;
  const store = createStore<GuideState>()(() => ({
    lesson: null,
    step: 0,
    phase: 'away',
    ...NOTHING_YET,
    done,
  }));
  const get = store.getState;
  let facts: Facts | null = null;
  /** The task as it was done. */
  let justDone: Done | null = null;
  let panels: Panels = NO_PANELS;
  /** What was begun in an earlier turn is called off. */
  let turn = 0;
  let waiting: { readonly holds: () => boolean; readonly end: (held: boolean) => void }[] = [];
  /** The selection moves by itself. */
  let quiet = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let lookDue = false;
  let filling = false;
  let wanted: number | null = null;

  function currentStep(): Step | null {
    const { lesson, step } = get();
    return lesson?.steps[step] ?? null;
  }

  /** Shows what is known, and notices when the task is done. */
  function publish(): void {
    lookedAt = surroundings.now();
    const { phase, met: wasMet, lesson } = get();
    const step = currentStep();
    if (phase !== 'ready' || !facts || !lesson || !step) return;
    if (wasMet) {
      store.setState({ facts, told: step.goesOn ? facts : (justDone?.facts ?? null) });
      return;
    }
    if (!met(step.expect, facts)) {
      store.setState({ facts, broken: brokenBy(step.expect, facts) });
      return;
    }
    justDone = isDone(facts, state().run.status === 'training');
    const address = addressOf(lesson, step);
    const known = get().done;
    const now = known.has(address) ? known : new Set([...known, address]);
    store.setState({
      facts,
      met: true,
      told: facts,
      broken: null,
      answer: answerOf(step, facts)?.id ?? null,
      done: now,
    });
    if (state().run.status === 'training' && !step.goesOn) app.actions.pause();
    if (now !== known) onDone(now);
  }

  function publishSoon(): void {
    if (lookDue) return;
    const wait = lookedAt + LOOK_EVERY - surroundings.now();
    if (wait <= 0) {
      publish();
      return;
    }
    lookDue = true;
    surroundings.after(wait, () => {
      lookDue = false;
      publish();
    });
  }

  function look(): void {
    const moment = facts && momentOf(state(), pointer.getState().selected, panels);
    if (facts && moment) {
      facts = observe(facts, moment);
      justDone = justDone && seenSince(justDone, facts);
      const step = currentStep();
      // Done is done at once, so that the run stops where it was asked to.
      if (get().phase === 'ready' && !get().met && step && met(step.expect, facts)) publish();
      else publishSoon();
    }
  }

  function note(change: (facts: Facts) => Facts): void {
    if (!facts) return;
    facts = change(facts);
    justDone = justDone && seenSince(justDone, facts);
    if (get().phase === 'ready') publish();
  }

  const did = (event: EventName) => note((known) => happened(known, event));

  /** Whoever waits looks again. */
  function wake(): void {
    const kept = waiting;
    waiting = [];
    for (const one of kept) {
      if (one.holds()) one.end(true);
      else waiting.push(one);
    }
  }

  appStore.subscribe((now, before) => {
    wake();
    if (now.run !== before.run || now.study !== before.study) look();
  });
  pointer.subscribe((now, before) => {
    if (now.selected === before.selected) return;
    if (!quiet) did('select');
    look();
  });

  /** Waits until it holds; false when the turn is over before. */
  function when(holds: () => boolean): Promise<boolean> {
    if (holds()) return Promise.resolve(true);
    return new Promise((end) => waiting.push({ holds, end }));
  }

  function callOff(): number {
    turn += 1;
    const ended = waiting;
    waiting = [];
    for (const { end } of ended) end(false);
    filling = false;
    wanted = null;
    return turn;
  }

  function rested(): boolean {
    const { run } = state();
    return run.status === 'ready' && momentOf(state(), pointer.getState().selected, panels) !== null;
  }

  async function comesToRest(): Promise<boolean> {
    if (state().run.status === 'training') app.actions.pause();
    return when(rested);
  }

  function select(user: number, item: number): void {
    quiet = true;
    pointer.getState().hover(null);
    pointer.getState().select(user, item);
    quiet = false;
  }

  /** Puts a study in the place of what is there, without a word about it and without a way back. */
  function put(study: Study): void {
    quiet = true;
    app.actions.openSession(
      { study, state: null, history: EMPTY_HISTORY, marks: [], extensions: {} },
      study.dataset.name,
    );
    quiet = false;
    appStore.setState({ undo: [], redo: [], messages: [] });
  }

  /** Sets the stage that the step stands on, and does what the steps since then did. */
  async function setStage(lesson: Lesson, step: number): Promise<boolean> {
    let from = step;
    while (from > 0 && lesson.steps[from]?.stage === 'keep') from -= 1;
    const stage = lesson.steps[from]?.stage;
    if (stage === undefined || stage === 'keep') return stuck({ code: 'missing-key', where: 'stage' });
    const study = prepareStudy(stage);
    if (!study.ok) return stuck(study.problem);
    facts = null;
    panels = NO_PANELS;
    onStage?.();
    put(study.value);
    appStore.setState(({ view }) => ({
      view: { ...view, runTo: stage.runTo ?? Math.max(RUN_TO, 2 * (stage.epoch ?? 0)) },
    }));
    const [user, item] = stage.selected ?? [1, 1];
    select(user - 1, item - 1);
    if (!(await when(rested))) return false;
    const first = momentOf(state(), pointer.getState().selected, panels);
    if (!first) return false;
    facts = stageSet(first);
    if (stage.epoch && !(await performer.train(stage.epoch))) return false;
    for (const before of lesson.steps.slice(from, step)) {
      if (facts) facts = stepBegins(facts);
      if (before.show && !(await performer.performAll(before.show, false))) return false;
    }
    return true;
  }

  function stuck(problem: Problem): false {
    store.setState({ phase: 'stuck', problem });
    return false;
  }

  async function begin(lesson: Lesson, step: number): Promise<void> {
    const before = get();
    const mine = callOff();
    const goesOn =
      before.lesson === lesson &&
      before.phase === 'ready' &&
      before.met &&
      step === before.step + 1 &&
      lesson.steps[step]?.stage === 'keep';
    store.setState({
      lesson,
      step,
      phase: 'setting',
      ...NOTHING_YET,
    });
    justDone = null;
    const set = goesOn ? await comesToRest() : await setStage(lesson, step);
    if (!set || mine !== turn || !facts) return;
    look();
    facts = stepBegins(facts);
    appStore.setState({ undo: [], redo: [], messages: [] });
    const expect = lesson.steps[step]?.expect;
    const metAtStart = !goesOn && expect !== undefined && met(expect, facts);
    store.setState({ phase: 'ready', facts, metAtStart });
    publish();
  }

  /** Every entry of P takes the number; while one is under way, the latest waits. */
  function fill(value: number): void {
    wanted = value;
    if (filling) return;
    const { run, study } = state();
    const { view } = run;
    if (!view) return;
    const mine = turn;
    filling = true;
    wanted = null;
    const { selected } = pointer.getState();
    const parameters: Parameters = { k: view.k, P: view.P, Q: view.Q, bu: view.bu, bi: view.bi, mu: view.mu };
    const filled = filledWith(study, parameters, value);
    if (run.status === 'training') app.actions.pause();
    put(filled);
    select(selected.user, selected.item);
    // Until the worker has answered, the page goes on showing something: the same numbers but for P.
    const P = filled.start?.P ?? view.P;
    appStore.setState((now) => ({
      run: { ...now.run, view: { ...view, epoch: 0, position: 0, P }, measures: run.measures },
    }));
    void when(rested).then((held) => {
      if (!held || mine !== turn) return;
      filling = false;
      if (wanted !== null) fill(wanted);
    });
  }

  const actions: Actions = {
    ...app.actions,
    train() {
      app.actions.train();
      did('train');
    },
    runTo(epoch) {
      app.actions.runTo(epoch);
      did('train');
    },
    stepRating() {
      app.actions.stepRating();
      did('step-rating');
    },
    stepEpoch() {
      app.actions.stepEpoch();
      did('step-epoch');
    },
    reset() {
      // What the stage was trained for is gone with it, unless that is the task.
      const before = facts?.began.epoch ?? 0;
      const lost = before > 0 && !get().showing && !currentStep()?.show?.some((action) => action.do === 'reset');
      app.actions.reset();
      did('reset');
      if (lost) app.actions.say(learn.resetStage(before), { label: learn.again, run: guide.again });
    },
    show(epoch) {
      app.actions.show(epoch);
      if (epoch !== null) did('playhead');
    },
    rotate(first, second, angle, label) {
      app.actions.rotate(first, second, angle, label);
      did('rotate');
    },
    undo() {
      app.actions.undo();
      did('undo');
    },
  };

  const performer: Performer = createPerformer({
    app,
    actions,
    surroundings,
    facts: () => facts,
    when,
    wake,
    rested,
    comesToRest,
    select,
    type: (value) => guide.type(value),
    choose: (option) => guide.choose(option),
    begins: (action) => store.setState({ acting: action }),
  });

  const guide: Guide = {
    store,
    actions,
    serve: performer.serve,
    enter(lesson, step) {
      const now = get();
      if (now.lesson === lesson && now.step === step && now.phase !== 'away') return;
      void begin(lesson, step);
    },
    again() {
      const { lesson, step } = get();
      if (lesson) {
        store.setState({ phase: 'away' });
        void begin(lesson, step);
      }
    },
    show() {
      const list = currentStep()?.show;
      const { phase, showing } = get();
      if (!list || phase !== 'ready' || showing) return;
      const mine = turn;
      store.setState({ showing: true });
      void performer.performAll(list, true).then(() => {
        if (mine !== turn) return;
        store.setState({ showing: false, acting: null });
        publish();
      });
    },
    forget(lessonId) {
      const left = new Set([...get().done].filter((address) => !address.startsWith(`${lessonId}/`)));
      store.setState({ done: left });
      onDone(left);
    },
    leave() {
      if (get().phase === 'setting') {
        callOff();
        store.setState({ phase: 'away' });
      }
      if (state().run.status === 'training') app.actions.pause();
    },
    type(value) {
      note((known) => typed(known, value));
      if (value !== null && currentStep()?.input?.fills === 'P') fill(value);
    },
    choose(option) {
      if (!get().met) note((known) => chose(known, option));
    },
    did,
    computed(patch) {
      panels = { ...panels, ...patch };
      look();
    },
    ranBeside(change) {
      note((known) => ranBeside(known, change(known.now)));
    },
  };
  return guide;
}
