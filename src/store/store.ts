import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Builtin } from '../core/builtin.ts';
import { type ChangeMark, EMPTY_HISTORY, type History, type Measures } from '../core/history.ts';
import { turnOf } from '../core/order.ts';
import type { Problem } from '../core/problem.ts';
import { countHeldOut, findRating } from '../core/ratings.ts';
import { epochUnderWay, memoryOrNull, type RunMemory } from '../core/run-memory.ts';
import { chooseHeldOut } from '../core/split.ts';
import type { Study } from '../core/study.ts';
import { stageWindow } from '../core/training-window.ts';
import { describeProblem, strings } from '../strings/index.ts';
import type { Answer, Window } from '../worker/protocol.ts';
import type { Actions, Session } from './actions.ts';
import {
  knowingKeysOf,
  needsRestart,
  patched,
  remapView,
  settingChanges,
  shapeChanged,
  trainingCount,
} from './changes.ts';
import { modelInForce } from './in-force.ts';
import { createLoop } from './loop.ts';
import { mended, mendFor } from './mend.ts';
import { createPointerStore, type PointerState } from './pointer.ts';
import type { AppState, KeptRun, Message, ModelPatch, RunSlice, UndoEntry, ViewSlice } from './state.ts';
import type { Ask, Surroundings, Trainer } from './trainer.ts';
import { isTypedOver, labelOfWrite, problemWithWrite, standsThere } from './write.ts';

const NOTHING_MEASURED: Measures = {
  rmseSeen: null,
  rmseHeldOut: null,
  maeSeen: null,
  maeHeldOut: null,
  objective: null,
};
/** Undo steps kept; a study shares what did not change, so a step costs little. */
const UNDO_LIMIT = 200;
/** Messages shown at once; the oldest status goes first. */
const MESSAGE_LIMIT = 4;
/** Above this many numbers in P and Q the whole state comes only every so often. */
const SMALL_STATE = 6_000;
const STATE_EVERY_MILLISECONDS = 2_000;
/** Up to here it also comes with every edit: 16 MB, handed over, not copied. */
const STATE_WITH_EDITS = 2_000_000;
/** Leave-one-out stands in for held-out figures up to this many ratings. */
const LEAVE_ONE_OUT_LIMIT = 64;
/** Problems of the browser, which no edit mends. */
const OUTLIVES_EDITS: ReadonlySet<string> = new Set(['storage-failed', 'worker-died', 'no-worker']);
/** A worker that dies this often without an answer in between is not started again. */
const DEATHS_IN_A_ROW = 3;

export const DEFAULT_VIEW: ViewSlice = {
  route: 'play',
  moreSettings: false,
  lossShown: 'rmse',
  lossAxis: 'linear',
  lossAgainst: 'epochs',
  clip: false,
  showTruth: false,
  showBaselines: true,
  speed: 7,
  runTo: 500,
  theme: 'system',
};

export interface StoreOptions {
  readonly trainer: Trainer;
  readonly surroundings: Surroundings;
  readonly builtins: readonly Builtin[];
  readonly initial: Session;
  readonly datasetId: string | null;
  readonly view: Partial<ViewSlice>;
}

/** The app's one store, with everything a view may call, and the two ways the worker's side speaks to it. */
export interface Store {
  readonly store: StoreApi<AppState>;
  readonly pointer: StoreApi<PointerState>;
  readonly actions: Actions;
  /** Takes an answer of the worker in. */
  receive(answer: Answer): void;
  /** The worker died: starts it again from the last state, and says so. */
  died(): void;
  /** The session as it stands, to save. */
  session(): Session;
}

function settingPatch(setting: 'alpha' | 'beta', value: number): ModelPatch {
  return setting === 'alpha' ? { alpha: value } : { beta: value };
}

function keptRun({ state, stateStudy, start, memory, history, marks }: RunSlice): KeptRun | null {
  return state && stateStudy && { study: stateStudy, state, start, memory, history, marks };
}

/** A session as a run to go on from; null when it has not begun. */
function runOf({ study, state, memory, history, marks }: Session): KeptRun | null {
  return state && { study, state, start: study.start, memory: memory ?? null, history, marks };
}

/** What to save beside the state, where settings changed after the worker gave it. */
function memoryFor({ state, stateStudy, memory }: RunSlice, { model }: Study): RunMemory | null {
  if (!state || !stateStudy || stateStudy.model === model) return memory;
  const underWay = memory?.underWay ?? epochUnderWay(state, stateStudy.model, model);
  return memoryOrNull({ seen: memory?.seen ?? null, arrived: memory?.arrived ?? null, underWay });
}

/** What puts other numbers where the run stands, or another epoch. */
const REWRITES: ReadonlySet<Answer['kind']> = new Set(['load', 'rewind', 'write', 'rotate', 'visit']);

/** The time measured so far with that of a slice of training. Epochs under way count by their visits. */
function timeWith(run: RunSlice, { epoch, position, stepsPerEpoch, stopped, milliseconds }: Answer) {
  const { milliseconds: before, epochs } = run.measuredTime ?? { milliseconds: 0, epochs: 0 };
  const reached = stopped ? stopped.at : epoch + position / Math.max(1, stepsPerEpoch);
  const made = reached - run.epoch - run.position / Math.max(1, run.stepsPerEpoch);
  return { milliseconds: before + milliseconds, epochs: epochs + Math.max(0, made) };
}

function freshRun(id: number): RunSlice {
  return {
    id,
    status: 'loading',
    target: null,
    epoch: 0,
    position: 0,
    stepsPerEpoch: 0,
    view: null,
    measures: NOTHING_MEASURED,
    history: EMPTY_HISTORY,
    snapshots: [0],
    playhead: null,
    marks: [],
    baselines: null,
    leaveOneOut: null,
    visited: null,
    trace: null,
    divergence: null,
    seenUntil: [],
    state: null,
    start: null,
    memory: null,
    stateStudy: null,
    visitsPerSecond: 0,
  };
}

function joined(history: History, from: number, added: History): History {
  if (added.epoch.length === 0 && from >= history.epoch.length) return history;
  const join = <T>(kept: readonly T[], rows: readonly T[]): readonly T[] =>
    from === 0 ? rows : kept.slice(0, from).concat(rows);
  return {
    epoch: join(history.epoch, added.epoch),
    rmseSeen: join(history.rmseSeen, added.rmseSeen),
    rmseHeldOut: join(history.rmseHeldOut, added.rmseHeldOut),
    maeSeen: join(history.maeSeen, added.maeSeen),
    maeHeldOut: join(history.maeHeldOut, added.maeHeldOut),
    objective: join(history.objective, added.objective),
  };
}

/** The gap that a first look should fall on: the first one among the rows and columns shown, or the first cell. */
function firstGap(study: Study, window: Window): { user: number; item: number } {
  const { users, items, ratings } = study.dataset;
  const rows = window.users ?? Int32Array.from({ length: Math.min(users.length, 50) }, (_, user) => user);
  const columns = window.items ?? Int32Array.from({ length: Math.min(items.length, 50) }, (_, item) => item);
  for (const user of rows) {
    for (const item of columns) if (findRating(ratings, user, item) < 0) return { user, item };
  }
  return { user: rows[0] ?? 0, item: columns[0] ?? 0 };
}

/** Makes the store and starts its first run. */
export function createAppStore(options: StoreOptions): Store {
  const { trainer, surroundings, builtins, initial } = options;
  let extensions = initial.extensions;
  let requestNumber = 0;
  let messageNumber = 0;
  let deaths = 0;
  /** Answers to requests before this one show rows that are no more (or not yet) there. */
  let shapeBarrier = 0;
  /** Answers to requests before this one bring the state of an earlier study. */
  let editBarrier = 0;
  let lastStateAt = Number.NEGATIVE_INFINITY;
  let inbox: Answer[] = [];
  let frameAsked = false;
  let lastMark: { readonly gesture: string; readonly before: Study; readonly length: number } | null = null;
  /** A 'show' under way, and the epoch wanted after it: the latest wins. */
  let showing = false;
  let wanted: number | null | undefined;
  /** What to do once a certain request was answered. */
  let then: { readonly request: number; readonly act: () => void } | null = null;

  const store = createStore<AppState>()(() => ({
    study: initial.edited ? { ...initial.study, dataset: initial.edited } : initial.study,
    datasetId: options.datasetId,
    undo: [],
    redo: [],
    run: freshRun(1),
    window: stageWindow(initial.study.dataset),
    view: { ...DEFAULT_VIEW, ...options.view },
    messages: [],
    busy: null,
  }));
  const gap = firstGap(store.getState().study, store.getState().window);
  const pointer = createPointerStore(gap.user, gap.item);

  const get = store.getState;
  const setRun = (patch: Partial<RunSlice>) => store.setState((state) => ({ run: { ...state.run, ...patch } }));

  function numbersIn({ dataset, model }: Study): number {
    return (dataset.users.length + dataset.items.length) * model.k;
  }

  function isSmall(study: Study): boolean {
    return numbersIn(study) <= SMALL_STATE;
  }

  function send(ask: Ask, wantState = false): number {
    const { run, window, study } = get();
    requestNumber += 1;
    const late = surroundings.now() - lastStateAt > STATE_EVERY_MILLISECONDS;
    trainer.send({
      ...ask,
      run: run.id,
      request: requestNumber,
      window,
      wantState: wantState || isSmall(study) || late,
    });
    return requestNumber;
  }

  function say(kind: Message['kind'], text: string, action: Message['action'], stays = false): void {
    messageNumber += 1;
    const message: Message = { id: messageNumber, kind, text, action, stays };
    store.setState(({ messages }) => {
      // The same words twice are one message; a new status takes the place of the old one.
      const kept = messages.filter((m) => m.text !== text && (m.kind === 'error' || kind === 'error'));
      return { messages: [...kept.slice(-(MESSAGE_LIMIT - 1)), message] };
    });
  }

  /** What was said about the state of things goes when that state does, and with it the offer to bring back an older one. */
  function dropPassingMessages(): void {
    store.setState(({ messages }) =>
      messages.every((message) => message.stays) ? {} : { messages: messages.filter((message) => message.stays) },
    );
  }

  const loop = createLoop({
    state: get,
    send: (ask) => void send(ask),
    finished() {
      rested();
      if (trainingCount(get().study) === 0) say('status', strings.store.nothingToTrain, null);
    },
    leaveOneOutApplies: () => {
      const { study, run } = get();
      const { heldOut } = study.dataset.ratings;
      // The size first: this is asked after every answer, and a large set need not be counted.
      const small = heldOut.length >= 2 && heldOut.length <= LEAVE_ONE_OUT_LIMIT;
      return small && run.playhead === null && countHeldOut(heldOut) === 0;
    },
    surroundings,
  });

  function rested(): void {
    setRun({ status: 'ready', target: null, visitsPerSecond: 0 });
    // Large models send their whole state seldom; at rest it is fetched, so that a reload finds it.
    if (!isSmall(get().study)) send({ kind: 'report' }, true);
  }

  function push(label: string, mark: string | null, replaced: boolean): void {
    dropPassingMessages();
    store.setState(({ undo, study, datasetId, run }) => {
      const last = undo.at(-1);
      if (mark !== null && last?.mark === mark) return { redo: [] };
      const kept = replaced ? keptRun(run) : null;
      return {
        undo: [...undo, { label, study, datasetId, mark, restart: replaced, run: kept }].slice(-UNDO_LIMIT),
        redo: [],
      };
    });
  }

  /** Starts another run of the study as it stands. */
  function load(from: UndoEntry['run'], datasetChanged: boolean): number {
    loop.forget();
    inbox = [];
    then = null;
    showing = false;
    wanted = undefined;
    lastStateAt = Number.NEGATIVE_INFINITY;
    const { run, study } = get();
    const next = freshRun(run.id + 1);
    store.setState({
      run: {
        ...next,
        history: from?.history ?? EMPTY_HISTORY,
        marks: from?.marks ?? [],
        state: from?.state ?? null,
        start: from?.start ?? null,
        memory: from?.memory ?? null,
        stateStudy: from?.study ?? null,
        view: null,
      },
      window: stageWindow(study.dataset),
    });
    if (datasetChanged) {
      const cell = firstGap(study, get().window);
      pointer.getState().hover(null);
      pointer.getState().select(cell.user, cell.item);
    }
    const begun = from?.study ?? study;
    const request = send(
      {
        kind: 'load',
        study: { ...begun, start: from?.start ?? begun.start },
        state: from?.state ?? null,
        history: from?.history ?? null,
        memory: from?.memory ?? null,
        replay: (from?.marks ?? []).length === 0,
      },
      true,
    );
    // What was edited after that state was known is an edit again.
    return begun.dataset === study.dataset && begun.model === study.model ? request : sendEdit(begun, study);
  }

  /** Notes on the curve what changed; changes of one gesture are one mark. */
  function note(labels: readonly string[], gesture: string | null, before: Study): void {
    const { run } = get();
    if (labels.length === 0 || (run.epoch === 0 && run.position === 0)) return;
    const same = gesture !== null && lastMark?.gesture === gesture;
    const kept = same && lastMark ? run.marks.slice(0, lastMark.length) : run.marks;
    if (!same) lastMark = gesture === null ? null : { gesture, before, length: run.marks.length };
    setRun({ marks: [...kept, ...labels.map((label) => ({ epoch: run.epoch, label }))] });
  }

  /** The selection stays with its user and item wherever they move; where one is gone, it stays in its place. */
  function keepSelection(before: Study, after: Study): void {
    const { selected, select, hover } = pointer.getState();
    const follow = (at: number, from: readonly number[], to: readonly number[]) => {
      const found = to.indexOf(from[at] ?? -1);
      return found >= 0 ? found : Math.min(at, to.length - 1);
    };
    const user = follow(selected.user, before.dataset.userKeys, after.dataset.userKeys);
    const item = follow(selected.item, before.dataset.itemKeys, after.dataset.itemKeys);
    hover(null);
    if (user !== selected.user || item !== selected.item) select(user, item);
  }

  /** Tells the worker what changed: the ratings are posted only when they, or whose they are, did. */
  function sendEdit(before: Study, next: Study): number {
    const reshaped = shapeChanged(before.dataset, next.dataset);
    const wantState = reshaped || numbersIn(next) <= STATE_WITH_EDITS;
    editBarrier =
      before.dataset === next.dataset
        ? send({ kind: 'settings', model: next.model }, wantState)
        : send({ kind: 'edit', study: next }, wantState);
    if (reshaped) shapeBarrier = editBarrier;
    return editBarrier;
  }

  /** Puts a study in the place of another while the run goes on. */
  function swap(next: Study): void {
    const { study, run } = get();
    if (run.playhead !== null) say('status', strings.store.actedAtEnd(run.epoch), null);
    const reshaped = shapeChanged(study.dataset, next.dataset);
    // The most rated rows are chosen once: typing a rating must not make rows jump.
    const window = reshaped ? stageWindow(next.dataset) : get().window;
    const view =
      reshaped && run.view
        ? window.users || window.items || get().window.users || get().window.items
          ? null
          : remapView(run.view, study.dataset, next.dataset)
        : run.view;
    store.setState({
      study: next,
      window,
      run: {
        ...run,
        view,
        playhead: null,
        visited: reshaped ? null : run.visited,
        trace: reshaped ? null : run.trace,
        solved: reshaped ? null : (run.solved ?? null),
        stopped: next.dataset === study.dataset ? (run.stopped ?? null) : null,
        divergence: null,
      },
    });
    if (reshaped) keepSelection(study, next);
    wanted = undefined;
    sendEdit(study, next);
  }

  /** The study that learning rates were last tested for. */
  let ratesAskedOf: Study | null = null;

  function take(answer: Answer): void {
    const { run, study } = get();
    const stale = answer.request < shapeBarrier;
    // While the playhead stands in the past, only that epoch is shown; an answer about another is late.
    const shown =
      run.playhead === null ? answer.kind !== 'show' : answer.kind === 'show' && answer.view.epoch === run.playhead;
    const history = joined(run.history, answer.historyFrom, answer.history);
    const diverged = answer.divergence !== null;
    const seconds = answer.milliseconds / 1000;
    const state = answer.request < editBarrier ? null : answer.state;
    if (state) lastStateAt = surroundings.now();
    setRun({
      status: run.status === 'loading' ? 'ready' : run.status,
      epoch: answer.epoch,
      position: answer.position,
      stepsPerEpoch: answer.stepsPerEpoch,
      history,
      snapshots: answer.snapshots ?? run.snapshots,
      baselines: answer.baselines,
      leaveOneOut: answer.leaveOneOut,
      divergence: diverged ? answer.divergence : run.divergence,
      // Rows that moved: the answer to the edit that moved them brings the list anew.
      seenUntil: stale ? run.seenUntil : (answer.seenUntil ?? run.seenUntil),
      ...(state ? { state, stateStudy: study, start: answer.start ?? null, memory: answer.memory ?? null } : {}),
      ...(answer.kind === 'train' && seconds > 0 ? { visitsPerSecond: answer.visits / seconds } : {}),
      ...(stale || !shown ? {} : { view: answer.view, measures: answer.measures }),
      ...(!stale && answer.kind === 'train'
        ? { trace: answer.trace, visited: answer.trace ? answer.visited : null, solved: answer.solved ?? null }
        : {}),
      best: answer.best ?? null,
      // A stop is shown until the run goes on, or elsewhere.
      ...(answer.visits > 0 || REWRITES.has(answer.kind) ? { stopped: answer.stopped ?? null } : {}),
      ...(answer.kind === 'train' && !diverged ? { measuredTime: timeWith(run, answer) } : {}),
    });
    if (answer.kind === 'test-rates' && ratesAskedOf)
      setRun({ rateTest: { test: answer.rateTest ?? null, study: ratesAskedOf } });
    if (answer.stopped) say('status', strings.store.stoppedEarly(answer.stopped), null);
    if (answer.kind === 'show') {
      showing = false;
      showNext();
    }
    loop.answered(answer);
  }

  function flush(): void {
    frameAsked = false;
    const answers = inbox;
    inbox = [];
    for (const answer of answers) if (answer.run === get().run.id) take(answer);
    if (answers.length > 0) {
      deaths = 0;
      const waiting = then;
      if (waiting && answers.some((answer) => answer.request >= waiting.request)) {
        then = null;
        waiting.act();
      }
    }
  }

  function showNext(): void {
    if (showing || wanted === undefined) return;
    const epoch = wanted === null ? null : nearestSnapshot(wanted);
    wanted = undefined;
    if (epoch === null) {
      setRun({ playhead: null });
      send({ kind: 'report' });
      return;
    }
    showing = true;
    setRun({ playhead: epoch });
    send({ kind: 'show', epoch });
  }

  /** The kept epoch nearest to the one asked for; null when that is where the run stands. */
  function nearestSnapshot(epoch: number): number | null {
    const { run } = get();
    let best = 0;
    for (const kept of run.snapshots) if (Math.abs(kept - epoch) <= Math.abs(best - epoch)) best = kept;
    return best >= run.epoch && run.position === 0 ? null : best;
  }

  function begin(target: number | null, flatOut: boolean): void {
    const { study, run } = get();
    if (trainingCount(study) === 0) {
      say('status', strings.store.nothingToTrain, null);
      return;
    }
    if (run.playhead !== null) {
      wanted = undefined;
      say('status', strings.store.goesOnFromEnd(run.epoch, run.playhead), null);
      setRun({ playhead: null });
    }
    setRun({ status: 'training', target, divergence: null });
    loop.start(flatOut);
  }

  function replaceRun(
    label: string,
    change: (state: AppState) => Partial<AppState>,
    from: UndoEntry['run'],
    datasetChanged: boolean,
  ): void {
    push(label, null, true);
    store.setState(change);
    load(from, datasetChanged);
  }

  function travel(from: 'undo' | 'redo'): void {
    const state = get();
    const entry = state[from].at(-1);
    if (!entry) return;
    dropPassingMessages();
    const to = from === 'undo' ? 'redo' : 'undo';
    const { run, study } = state;
    const { restart } = entry;
    const back: UndoEntry = {
      label: entry.label,
      study,
      datasetId: state.datasetId,
      mark: null,
      restart,
      run: restart ? keptRun(run) : null,
    };
    const shared = { [from]: state[from].slice(0, -1), [to]: [...state[to], back] };
    if (restart) {
      store.setState({ ...shared, study: entry.study, datasetId: entry.datasetId });
      load(entry.run, study.dataset !== entry.study.dataset && study.dataset.name !== entry.study.dataset.name);
    } else {
      store.setState(shared);
      note(
        [from === 'undo' ? strings.store.markUndone(entry.label) : strings.store.markRedone(entry.label)],
        null,
        study,
      );
      swap({ ...entry.study, dataset: knowingKeysOf(entry.study.dataset, study.dataset) });
    }
  }

  /** Changes learned numbers where the run stands: marked on the curve, undone by bringing the run back. */
  function rewrite(label: string, ask: Ask): void {
    const { study, run } = get();
    push(label, null, true);
    note([label], null, study);
    if (run.playhead !== null) say('status', strings.store.actedAtEnd(run.epoch), null);
    wanted = undefined;
    setRun({ playhead: null, divergence: null, trace: null, visited: null, solved: null });
    send(ask, true);
  }

  const actions: Actions = {
    train: () => begin(null, false),
    pause() {
      if (get().run.status !== 'training') return;
      loop.stop();
      rested();
    },
    stepRating() {
      actions.pause();
      if (trainingCount(get().study) === 0) return say('status', strings.store.nothingToTrain, null);
      if (get().run.playhead !== null) setRun({ playhead: null });
      setRun({ divergence: null });
      loop.stepRating();
      // Steps of Adam and ALS are written out from the whole state, which large models send seldom.
      if (!isSmall(get().study) && numbersIn(get().study) <= STATE_WITH_EDITS) send({ kind: 'report' }, true);
    },
    stepEpoch() {
      actions.pause();
      begin(get().run.epoch + 1, true);
    },
    runTo(epoch) {
      const { run } = get();
      actions.setView({ runTo: epoch });
      if (epoch < run.epoch || (epoch === run.epoch && run.position === 0)) {
        if (epoch < run.epoch) say('status', strings.store.alreadyPast(run.epoch, epoch), null);
        return;
      }
      begin(epoch, true);
    },
    reset() {
      actions.pause();
      const { run } = get();
      if (run.epoch > 0 || run.position > 0 || isTypedOver(run)) push(strings.store.undoReset, null, true);
      loop.forget();
      wanted = undefined;
      setRun({
        playhead: null,
        marks: [],
        divergence: null,
        trace: null,
        visited: null,
        solved: null,
        leaveOneOut: null,
      });
      send({ kind: 'rewind', epoch: 0 }, true);
    },
    show(epoch) {
      actions.pause();
      wanted = epoch;
      showNext();
    },
    trainFromPlayhead() {
      const { playhead, marks } = get().run;
      if (playhead === null) return;
      push(strings.store.undoTrainFrom(playhead), null, true);
      loop.forget();
      wanted = undefined;
      setRun({
        playhead: null,
        marks: marks.filter((mark) => mark.epoch <= playhead),
        divergence: null,
        trace: null,
        visited: null,
        solved: null,
      });
      const request = send({ kind: 'rewind', epoch: playhead }, true);
      then = { request, act: () => begin(null, false) };
      say('status', strings.store.trainedFrom(playhead), { label: strings.store.bringBack, run: () => actions.undo() });
    },
    changeModel(patch, mark) {
      const { study } = get();
      const model = patched(study.model, patch);
      if (JSON.stringify(model) === JSON.stringify(study.model)) return;
      const changed = settingChanges(study.model, model).map(([name]) => name);
      const names = (changed.length > 0 ? changed : Object.keys(patch)).join(', ');
      const gesture = mark ?? null;
      if (needsRestart(study.model, model)) {
        push(strings.store.undoSetting(names), gesture, true);
        store.setState({ study: { ...study, model, start: null } });
        load(null, false);
        return;
      }
      push(strings.store.undoSetting(names), gesture, false);
      const before = gesture !== null && lastMark?.gesture === gesture ? lastMark.before : study;
      note(
        settingChanges(before.model, model).map(([name, from, to]) => strings.store.markSetting(name, from, to)),
        gesture,
        before,
      );
      swap({ ...study, model });
    },
    changeDataset(dataset, label, mark) {
      const { study } = get();
      if (dataset === study.dataset) return;
      push(label, mark ?? null, false);
      note([label], mark ?? null, study);
      // No longer the built-in set as it came: the picker offers that one again.
      store.setState({ datasetId: null });
      swap({ ...study, dataset });
    },
    addUser(dataset, label, { factors, bias }) {
      const { study } = get();
      push(label, null, true);
      note([label], null, study);
      store.setState({ datasetId: null });
      swap({ ...study, dataset });
      setRun({ trace: null, visited: null, solved: null });
      send({ kind: 'write-user', user: dataset.users.length - 1, factors, bias }, true);
    },
    writeParameter(matrix, row, factor, value) {
      const { study, run, window } = get();
      const place = { matrix, row, factor };
      const problem = problemWithWrite(study, place, value);
      if (problem) return actions.report(problem);
      if (standsThere(run, window, place, value)) return;
      rewrite(labelOfWrite(study, place, value), { kind: 'write', ...place, value });
    },
    rotate(first, second, angle, label) {
      rewrite(label, { kind: 'rotate', first, second, angle });
    },
    visit(user, item) {
      actions.pause();
      const { study, run } = get();
      const { users, items } = study.dataset;
      const { kind } = modelInForce({ study, run }).optimizer;
      const side = kind === 'als' ? turnOf(run.position, users.length) : null;
      const names = { users: users[user] ?? '', items: items[item] ?? '' };
      const label =
        side !== null
          ? strings.store.visitedRow(names[side])
          : kind === 'adam'
            ? strings.store.visitedBatch(names.users, names.items)
            : strings.store.visited(names.users, names.items);
      rewrite(label, { kind: 'visit', user, item });
    },
    testRates() {
      ratesAskedOf = get().study;
      send({ kind: 'test-rates' });
    },
    holdOut(percent) {
      const { study } = get();
      actions.changeDataset(
        chooseHeldOut(study.dataset, percent, study.model.seed),
        strings.store.undoHoldOut(percent),
      );
    },
    loadBuiltin(id) {
      const builtin = builtins.find((candidate) => candidate.id === id);
      if (!builtin) return;
      replaceRun(
        strings.store.undoLoad(builtin.name),
        (state) => ({ study: builtin.study(), datasetId: id, view: { ...state.view, runTo: builtin.runTo } }),
        null,
        true,
      );
    },
    openSession(session, from) {
      extensions = session.extensions;
      replaceRun(strings.store.undoLoad(from), () => ({ study: session.study, datasetId: null }), runOf(session), true);
      say('status', strings.store.opened(from), { label: strings.store.bringBack, run: () => actions.undo() });
    },
    undo: () => travel('undo'),
    redo: () => travel('redo'),
    setView: (patch) => store.setState(({ view }) => ({ view: { ...view, ...patch } })),
    report: (problem: Problem, kept) =>
      say(
        'error',
        kept ? `${describeProblem(problem)} ${kept}` : describeProblem(problem),
        null,
        OUTLIVES_EDITS.has(problem.code),
      ),
    say: (text, action) => say('status', text, action ?? null),
    dismiss: (id) => store.setState(({ messages }) => ({ messages: messages.filter((message) => message.id !== id) })),
    setBusy: (busy) => store.setState({ busy }),
    mendDivergence() {
      const state = get();
      const { study } = state;
      const cause = state.run.divergence?.cause;
      const mend = mendFor(state);
      if (!cause || !mend) return;
      const next = mended(study, cause, mend);
      if (!mend.goesOn) {
        push(strings.store.undoMend, null, true);
        store.setState({ study: next });
        then = { request: load(null, false), act: () => begin(null, false) };
        return;
      }
      if (next.dataset !== study.dataset) actions.changeDataset(next.dataset, strings.store.undoMend);
      else if (mend.kind === 'setting') actions.changeModel(settingPatch(mend.setting, mend.value));
      begin(null, false);
    },
  };

  load(runOf(initial), false);

  return {
    store,
    pointer,
    actions,
    receive(answer) {
      if (answer.run !== get().run.id) return;
      inbox.push(answer);
      if (frameAsked) return;
      frameAsked = true;
      surroundings.nextFrame(flush);
    },
    died() {
      deaths += 1;
      const { run } = get();
      const wasTraining = run.status === 'training';
      const { target } = run;
      if (deaths > DEATHS_IN_A_ROW) {
        loop.forget();
        setRun({ status: 'ready', target: null });
        say('error', strings.store.workerGone, null, true);
        return;
      }
      const request = load(keptRun(run), false);
      // Until the new worker has answered, the page goes on showing what it showed.
      const { view, epoch, position, stepsPerEpoch, measures, snapshots, baselines, leaveOneOut } = run;
      setRun({ view, epoch, position, stepsPerEpoch, measures, snapshots, baselines, leaveOneOut });
      if (wasTraining) setRun({ status: 'training', target });
      say('error', strings.store.workerRestarted(run.state?.epoch ?? 0), null, true);
      if (wasTraining) then = { request, act: () => begin(target, target !== null) };
    },
    session() {
      const { study, run } = get();
      // Until the worker has answered, the state has no rows for whoever has just come.
      const reshaped = run.stateStudy !== null && shapeChanged(run.stateStudy.dataset, study.dataset);
      return {
        study: { ...study, start: run.start ?? study.start },
        state: reshaped ? null : run.state,
        memory: reshaped ? null : memoryFor(run, study),
        history: run.history,
        marks: run.marks,
        extensions,
      };
    },
  };
}

export type { ChangeMark };
