import type { Answer } from '../worker/protocol.ts';
import { type AppState, SPEEDS } from './state.ts';
import type { Ask, Surroundings } from './trainer.ts';

/** What a frame's worth of training may take in the worker, so that an answer is there for the next picture. */
const FRAME_MILLISECONDS = 13;
/** The first slice of a run to a given epoch: short runs come back whole, in one picture. */
const FIRST_SLICE_MILLISECONDS = 40;
/** What the leave-one-out figure may take between two slices, and at rest. */
const LEAVE_ONE_OUT_BESIDE = 4;
const LEAVE_ONE_OUT_AT_REST = 12;
/** Epochs that a slow page is never behind by: after a pause of the machine it does not race to catch up. */
const MOST_EPOCHS_OWED = 0.25;

/**
 * Asks the worker for training, a frame's worth at a time: ask, draw, ask again. Pausing is not asking. There is at most one
 * `train` under way, so a slow page slows the asking and no queue can grow.
 */
export interface Loop {
  /** Begins (or goes on) asking; `flatOut` ignores the speed slider. */
  start(flatOut: boolean): void;
  stop(): void;
  stepRating(): void;
  /** Tells the loop that an answer was taken in, so that it can ask for what comes next. */
  answered(answer: Answer): void;
  /** Forgets what was asked: the run or the worker is another one. */
  forget(): void;
  /** Looks whether the leave-one-out figure is behind, and works on it while the run rests. */
  rest(): void;
}

interface Wire {
  state(): AppState;
  send(ask: Ask): void;
  /** The target is reached, or the person paused: the run rests. */
  finished(): void;
  leaveOneOutApplies(): boolean;
  surroundings: Surroundings;
}

/** The loop over a wire to the store. */
export function createLoop({ state, send, finished, leaveOneOutApplies, surroundings }: Wire): Loop {
  let asking = false;
  let flatOut = false;
  let underWay = false;
  let leaveOneOutUnderWay = false;
  let leaveOneOutFailedAt: string | null = null;
  let first = false;
  /** Single steps asked for while an answer was still under way. */
  let stepsOwed = 0;
  let callOff: (() => void) | null = null;
  /** At a given number of epochs a second: when the clock was last read, and the epoch (with fraction) that is due. */
  let paceClock = 0;
  let due = 0;

  function askNext(): void {
    if (!asking || underWay) return;
    const { run, view } = state();
    const speed = SPEEDS[view.speed] ?? { unit: 'maximum' };
    if (flatOut || speed.unit === 'maximum') {
      underWay = true;
      send({
        kind: 'train',
        milliseconds: first ? FIRST_SLICE_MILLISECONDS : FRAME_MILLISECONDS,
        untilEpoch: run.target,
        steps: null,
        trace: false,
      });
      first = false;
      return;
    }
    if (speed.unit === 'ratings') {
      underWay = true;
      send({ kind: 'train', milliseconds: 1000, untilEpoch: null, steps: 1, trace: true });
      return;
    }
    const now = surroundings.now();
    due = Math.min(
      due + ((now - paceClock) / 1000) * speed.perSecond,
      run.epoch + 1 + MOST_EPOCHS_OWED * speed.perSecond,
    );
    paceClock = now;
    const until = Math.min(Math.floor(due), run.target ?? Number.MAX_SAFE_INTEGER);
    if (until > run.epoch) {
      underWay = true;
      send({ kind: 'train', milliseconds: FRAME_MILLISECONDS, untilEpoch: until, steps: null, trace: false });
      return;
    }
    const wait = ((Math.floor(due) + 1 - due) / speed.perSecond) * 1000;
    callOff = surroundings.after(Math.max(1, wait), askNext);
  }

  function askLeaveOneOut(milliseconds: number): void {
    const { run } = state();
    if (leaveOneOutUnderWay || !leaveOneOutApplies()) return;
    if (run.leaveOneOut?.epoch === run.epoch || leaveOneOutFailedAt === `${run.id}/${run.epoch}`) return;
    leaveOneOutUnderWay = true;
    send({ kind: 'leave-one-out', milliseconds });
  }

  function halt(): void {
    asking = false;
    flatOut = false;
    callOff?.();
    callOff = null;
  }

  return {
    start(fast) {
      callOff?.();
      callOff = null;
      asking = true;
      flatOut = fast;
      first = fast;
      paceClock = surroundings.now();
      // The first epoch is due at once: a click is answered by the next picture.
      due = state().run.epoch + 1;
      askNext();
    },
    stop() {
      halt();
    },
    stepRating() {
      if (underWay) {
        stepsOwed += 1;
        return;
      }
      underWay = true;
      send({ kind: 'train', milliseconds: 1000, untilEpoch: null, steps: 1, trace: true });
    },
    answered(answer) {
      const { run, view } = state();
      if (answer.kind === 'leave-one-out') {
        leaveOneOutUnderWay = false;
        if (!answer.leaveOneOut) leaveOneOutFailedAt = `${run.id}/${answer.epoch}`;
        if (!asking) this.rest();
        return;
      }
      if (answer.kind !== 'train') {
        leaveOneOutFailedAt = null;
        if (!asking) this.rest();
        return;
      }
      underWay = false;
      if (
        asking &&
        (answer.divergence ||
          answer.stopped ||
          answer.stepsPerEpoch === 0 ||
          (run.target !== null && answer.epoch >= run.target))
      ) {
        halt();
        finished();
      }
      if (!asking) {
        if (stepsOwed > 0) {
          stepsOwed -= 1;
          this.stepRating();
        } else this.rest();
        return;
      }
      const speed = SPEEDS[view.speed];
      if (!flatOut && speed && speed.unit !== 'maximum') askLeaveOneOut(LEAVE_ONE_OUT_BESIDE);
      if (!flatOut && speed?.unit === 'ratings') callOff = surroundings.after(1000 / speed.perSecond, askNext);
      else askNext();
    },
    forget() {
      halt();
      underWay = false;
      stepsOwed = 0;
      leaveOneOutUnderWay = false;
      leaveOneOutFailedAt = null;
    },
    rest() {
      if (!asking) askLeaveOneOut(LEAVE_ONE_OUT_AT_REST);
    },
  };
}
