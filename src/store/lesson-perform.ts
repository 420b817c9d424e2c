import { setHeldOut, setRating } from '../core/edit.ts';
import { K_LIMIT } from '../core/model.ts';
import { type Angle, angleOfPoint, anglesWithoutShare } from '../core/understand/rotation.ts';
import { amountNow, cellWhere } from '../lessons/amount.ts';
import type { Facts } from '../lessons/facts.ts';
import type { Action, Amount, PanelAction } from '../lessons/lesson.ts';
import { changedModel } from '../lessons/stage.ts';
import { strings } from '../strings/index.ts';
import { formatExact } from '../strings/numbers.ts';
import type { Actions } from './actions.ts';
import { trainingCount } from './changes.ts';
import type { Store } from './store.ts';
import type { Surroundings } from './trainer.ts';
import { problemWithWrite } from './write.ts';

/*
 * Does what a lesson's `show` lists, one action after the other, by the same actions that a reader's hand calls. Each waits
 * until the run has taken it in, so that the next one reads numbers that are true.
 *
 *     perform(action) ─▶ store's actions ─▶ rested ─▶ true          false: the step was left meanwhile
 *                    └─▶ a panel that serves it (strip, sweep, layers, new user, retrainings)
 */

/** What a panel does when it is asked to: done at once, or when the promise is. */
export type Served = (action: ResolvedAction) => unknown;

/** What panels are asked for, with its formulas worked out. */
export type ResolvedAction =
  | { readonly do: 'layer'; readonly layer: Extract<PanelAction, { do: 'layer' }>['layer']; readonly on: boolean }
  | { readonly do: 'other-starts'; readonly models: number }
  | { readonly do: 'one-rating-fewer' }
  | { readonly do: 'influence' }
  | { readonly do: 'new-user'; readonly item: number; readonly value: number | null }
  | { readonly do: 'strip'; readonly alpha: number }
  | { readonly do: 'sweep' };

export interface PerformOptions {
  readonly app: Pick<Store, 'store' | 'pointer'>;
  /** The actions of which the guide takes note. */
  readonly actions: Actions;
  readonly surroundings: Pick<Surroundings, 'after'>;
  readonly facts: () => Facts | null;
  /** Waits until it holds; false when the step is left before. */
  readonly when: (holds: () => boolean) => Promise<boolean>;
  /** Has everybody who waits look again. */
  readonly wake: () => void;
  readonly rested: () => boolean;
  readonly comesToRest: () => Promise<boolean>;
  readonly type: (value: number) => void;
  readonly choose: (option: string) => void;
  /** Selects a cell without a note of it. */
  readonly select: (user: number, item: number) => void;
  /** An action is next, and somebody looks on: what it changes can be brought into view. */
  readonly begins: (action: Action) => void;
}

export interface Performer {
  /** A panel that can do it; the answer takes it back. */
  serve(name: ResolvedAction['do'], served: Served): () => void;
  /** `seen`: somebody looks on, so there is time between two actions and panels are waited for. */
  performAll(list: readonly Action[], seen: boolean): Promise<boolean>;
  train(epochs: number): Promise<boolean>;
}

/** So long an audience sees what was done before the next thing is (milliseconds). */
const PAUSE = 450;
/** The same between two ratings of a row of them. */
const SHORT_PAUSE = 60;
/** How long a panel that has to be fetched is waited for (milliseconds). */
const PANEL_PATIENCE = 5_000;
const HALF_TURN = 180;

/** Quarter turns are exact. */
function angleOfDegrees(degrees: number): Angle {
  const within = ((((degrees + HALF_TURN) % (2 * HALF_TURN)) + 2 * HALF_TURN) % (2 * HALF_TURN)) - HALF_TURN;
  const quarters: Record<number, Angle> = { 0: { c: 1, s: 0 }, 90: { c: 0, s: 1 }, [-90]: { c: 0, s: -1 } };
  const radians = (within / HALF_TURN) * Math.PI;
  return within === -HALF_TURN
    ? { c: -1, s: 0 }
    : (quarters[within] ?? angleOfPoint(Math.cos(radians), Math.sin(radians)));
}

function degreesOf({ c, s }: Angle): number {
  return Number(((Math.atan2(s, c) / Math.PI) * HALF_TURN).toFixed(2)) + 0;
}

/** Whether it changes what stands in the model's settings, which may be out of view. */
function isSetting(action: Action): boolean {
  return action.do === 'set' || action.do === 'set-k' || action.do === 'hold-out-share';
}

export function createPerformer(options: PerformOptions): Performer {
  const { app, actions, surroundings, facts, when, wake, rested, comesToRest, select } = options;
  const { store, pointer } = app;
  const state = store.getState;
  const panels = new Map<ResolvedAction['do'], Served>();

  /** Time passes; false when the step is left meanwhile. */
  function pause(milliseconds: number): Promise<boolean> {
    let over = false;
    const waiting = when(() => over);
    surroundings.after(milliseconds, () => {
      over = true;
      wake();
    });
    return waiting;
  }

  const amount = (of: Amount): number | null => {
    const known = facts();
    return known && amountNow(of, known);
  };

  /** A row or column as actions count → index; null where there is no such one. */
  const place = (of: Amount, count: number): number | null => {
    const number = amount(of);
    return number !== null && Number.isInteger(number) && number >= 1 && number <= count ? number - 1 : null;
  };

  function cell(user: Amount, item: Amount): { readonly user: number; readonly item: number } | null {
    const { users, items } = state().study.dataset;
    const [row, column] = [place(user, users.length), place(item, items.length)];
    return row === null || column === null ? null : { user: row, item: column };
  }

  const nameOf = ({ user, item }: { readonly user: number; readonly item: number }): readonly [string, string] => {
    const { users, items } = state().study.dataset;
    return [users[user] ?? '', items[item] ?? ''];
  };

  async function trainTo(epoch: number): Promise<boolean> {
    const { runTo } = state().view;
    actions.runTo(epoch);
    store.setState(({ view }) => ({ view: { ...view, runTo } }));
    return (await when(() => state().run.status !== 'training')) && when(rested);
  }

  async function train(epochs: number): Promise<boolean> {
    return (await comesToRest()) && trainTo(state().run.epoch + epochs);
  }

  async function stepEpoch(): Promise<boolean> {
    if (!(await comesToRest())) return false;
    actions.stepEpoch();
    return (await when(() => state().run.status !== 'training')) && when(rested);
  }

  async function stepRating(): Promise<boolean> {
    if (!(await comesToRest())) return false;
    if (trainingCount(state().study) === 0) return true;
    const { epoch, position } = state().run;
    actions.stepRating();
    return when(() => {
      const { run } = state();
      return run.epoch !== epoch || run.position !== position || run.divergence !== null;
    });
  }

  function rate(action: Extract<Action, { do: 'rate' }>): void {
    const at = cell(action.user, action.item);
    const value = action.value === null ? null : amount(action.value);
    if (!at || (value === null && action.value !== null)) return;
    const changed = setRating(state().study.dataset, at.user, at.item, value);
    if (!changed.ok) return;
    select(at.user, at.item);
    actions.changeDataset(
      changed.value,
      strings.grid.rating(...nameOf(at), value === null ? strings.grid.gap : String(value)),
    );
  }

  function holdOut(action: Extract<Action, { do: 'hold-out' }>): void {
    const at = cell(action.user, action.item);
    const changed = at && setHeldOut(state().study.dataset, { users: [at.user], items: [at.item] });
    if (!at || !changed?.ok) return;
    select(at.user, at.item);
    actions.changeDataset(changed.value, strings.grid.markHeldOut(...nameOf(at)));
  }

  /** Types a learned number over; `factor` 0 for a bias. */
  async function typeOver(
    matrix: 'P' | 'Q' | 'bu' | 'bi',
    row: number | null,
    factor: number | null,
    value: number | null,
  ): Promise<boolean> {
    if (!(await comesToRest())) return false;
    const before = state().run.view;
    const numbers = before?.[matrix];
    if (!before || !numbers || row === null || factor === null || value === null) return true;
    const width = matrix === 'P' || matrix === 'Q' ? before.k : 1;
    if (numbers[row * width + factor] === value) return true;
    if (problemWithWrite(state().study, { matrix, row, factor }, value)) return true;
    actions.writeParameter(matrix, row, factor, value);
    return when(() => state().run.view !== before);
  }

  async function rotate(first: number, second: number, angle: Angle): Promise<boolean> {
    if (!(await comesToRest())) return false;
    const before = state().run.view;
    if (!before || first === second || Math.max(first, second) >= before.k || angle.c === 1) return true;
    const label = strings.understand.rotationMark(first + 1, second + 1, formatExact(degreesOf(angle)));
    actions.rotate(first, second, angle, label);
    return when(() => state().run.view !== before);
  }

  function rotateAway([first, second]: readonly [number, number]): Promise<boolean> {
    const { view } = state().run;
    const known = facts();
    if (!view || !known || Math.max(first, second) > view.k || first === second) return Promise.resolve(true);
    const { user, item } = pointer.getState().selected;
    const [least] = anglesWithoutShare(known.now.parameters, first - 1, second - 1, user, item);
    return rotate(first - 1, second - 1, least);
  }

  async function update(action: Extract<Action, { do: 'update' }>): Promise<boolean> {
    if (!(await comesToRest())) return false;
    const at = cell(action.user, action.item);
    const before = state().run.view;
    if (!at) return true;
    select(at.user, at.item);
    actions.visit(at.user, at.item);
    return when(() => state().run.view !== before);
  }

  /** Asks the panel that can do it; one that is not there after a while is passed over. */
  async function ask(wanted: ResolvedAction, seen: boolean): Promise<boolean> {
    if (!(await comesToRest())) return false;
    let patience = seen ? PANEL_PATIENCE : 0;
    while (!panels.has(wanted.do) && patience > 0) {
      if (!(await pause(PAUSE))) return false;
      patience -= PAUSE;
    }
    let done = false;
    const asked = Promise.resolve(panels.get(wanted.do)?.(wanted));
    void asked.then(() => {
      done = true;
      wake();
    });
    return when(() => done && rested());
  }

  async function repeat(times: number, once: () => Promise<boolean>, seen: boolean): Promise<boolean> {
    for (let n = 0; n < times; n += 1) {
      if (seen && n > 0 && !(await pause(SHORT_PAUSE))) return false;
      if (!(await once())) return false;
    }
    return comesToRest();
  }

  /** One thing a reader can do; false when the turn ended meanwhile. */
  async function perform(action: Action, seen: boolean): Promise<boolean> {
    switch (action.do) {
      case 'train':
        return train(action.epochs);
      case 'run-to':
        if (!(await comesToRest())) return false;
        return state().run.epoch < action.epoch ? trainTo(action.epoch) : true;
      case 'step-rating':
        return repeat(action.times, stepRating, seen);
      case 'step-epoch':
        return repeat(action.times, stepEpoch, seen);
      case 'reset':
        actions.reset();
        return when(() => rested() && state().run.epoch === 0 && state().run.position === 0);
      case 'undo':
        if (!(await comesToRest())) return false;
        actions.undo();
        break;
      case 'playhead':
        if (!(await comesToRest())) return false;
        actions.show(action.epoch);
        break;
      case 'rate':
        rate(action);
        break;
      case 'hold-out':
        holdOut(action);
        break;
      case 'hold-out-share':
        actions.holdOut(action.share);
        break;
      case 'set':
        actions.changeModel(changedModel(state().study.model, action.model));
        break;
      case 'set-k': {
        const k = amount(action.k);
        if (k !== null && Number.isInteger(k) && k >= 1 && k <= K_LIMIT) actions.changeModel({ k });
        break;
      }
      case 'select': {
        const at = cell(action.user, action.item);
        if (at) pointer.getState().select(at.user, at.item);
        break;
      }
      case 'select-where': {
        const known = facts();
        const at = known && cellWhere(action.where, known);
        if (at) pointer.getState().select(at.user, at.item);
        break;
      }
      case 'type': {
        const value = amount(action.value);
        if (value !== null) options.type(value);
        break;
      }
      case 'choose':
        options.choose(action.option);
        break;
      case 'factor': {
        const { k } = state().study.model;
        const { users, items } = state().study.dataset;
        const row = place(action.row, (action.matrix === 'P' ? users : items).length);
        return typeOver(action.matrix, row, place(action.factor, k), amount(action.value));
      }
      case 'bias': {
        const { users, items } = state().study.dataset;
        return typeOver(
          action.matrix,
          place(action.row, (action.matrix === 'bu' ? users : items).length),
          0,
          amount(action.value),
        );
      }
      case 'update':
        return update(action);
      case 'rotate': {
        const [first, second] = action.factors;
        const degrees = amount(action.degrees);
        return degrees === null ? true : rotate(first - 1, second - 1, angleOfDegrees(degrees));
      }
      case 'rotate-away':
        return rotateAway(action.factors);
      case 'new-user': {
        const item = place(action.item, state().study.dataset.items.length);
        const value = action.value === null ? null : amount(action.value);
        if (item === null || (value === null && action.value !== null)) break;
        return ask({ do: 'new-user', item, value }, seen);
      }
      case 'strip': {
        const alpha = amount(action.alpha);
        return alpha === null ? true : ask({ do: 'strip', alpha }, seen);
      }
      default:
        return ask(action, seen);
    }
    return when(() => state().run.status === 'training' || rested());
  }

  return {
    serve(name, served) {
      panels.set(name, served);
      return () => {
        if (panels.get(name) === served) panels.delete(name);
      };
    },
    async performAll(list, seen) {
      for (const [n, action] of list.entries()) {
        if (seen) options.begins(action);
        // A setting is looked at before it changes.
        if (seen && (n > 0 || isSetting(action)) && !(await pause(PAUSE))) return false;
        if (!(await perform(action, seen))) return false;
      }
      return true;
    },
    train,
  };
}
