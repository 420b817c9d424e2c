import {
  canLiveMap,
  coarseFirstCells,
  type LiveMapFigure,
  logValues,
  shownValues,
} from '../core/experiment/live-map.ts';
import type { Study } from '../core/study.ts';
import type { RunTaskResult } from '../worker/task-protocol.ts';
import type { LiveMap, LiveMapSettings } from './experiment-state.ts';
import type { AppState } from './state.ts';
import type { RunPool } from './sweep-queue.ts';
import type { Surroundings } from './trainer.ts';

export const LIVE_MAP_DEFAULTS: LiveMapSettings = {
  alpha: { from: 0.0001, to: 0.1 },
  beta: { from: 0.001, to: 1 },
  size: 20,
  epochs: 1_000,
  figure: null,
};

interface LiveMapOptions {
  readonly play: { getState(): AppState; subscribe(listener: (state: AppState, before: AppState) => void): () => void };
  readonly map: () => LiveMap | null;
  readonly put: (map: LiveMap | null) => void;
  /** Its own, gentle and with short chunks: what is out of date is let finish, not killed. */
  readonly pool: () => RunPool;
  readonly surroundings: Pick<Surroundings, 'now' | 'nextFrame'>;
}

export interface LiveMapControl {
  open(settings: Partial<LiveMapSettings>): void;
  close(): void;
}

/** The run of Play as it began. */
function playsStudy({ study, run }: AppState): Study {
  return { ...study, start: run.start ?? study.start };
}

/** Whether everything but α and β is the same: then one map goes for both. */
function sameMap(a: Study, b: Study): boolean {
  const settings = ({ model }: Study) => JSON.stringify({ ...model, alpha: 0, beta: 0 });
  return (
    a.dataset.ratings === b.dataset.ratings &&
    a.start === b.start &&
    (a.model === b.model || settings(a) === settings(b))
  );
}

/** Where Play stands on a map of its study; null where its run was changed on its way, or stops by a rule of its own. */
function hereOn(of: Study, state: AppState): LiveMap['here'] {
  const { model } = state.study;
  if (!sameMap(of, playsStudy(state)) || state.run.marks.length > 0 || model.earlyStopping !== undefined) return null;
  return { alpha: model.alpha, beta: model.beta };
}

function figureFor(study: Study, wanted: LiveMapFigure | null): LiveMapFigure {
  return wanted ?? (study.dataset.ratings.heldOut.includes(1) ? 'rmseHeldOut' : 'rmseSeen');
}

/** The least of the values that are exact; null while there is none. Infinity is never the best. */
function leastOf(values: Float64Array, exact: Uint8Array): number | null {
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  values.forEach((value, cell) => {
    if (exact[cell] !== 1 || !(value < least)) return;
    best = cell;
    least = value;
  });
  return best;
}

/**
 * The map that follows Play while it is open. A change of anything but α and β begins it anew, once a frame at most; cells come
 * coarse first. α and β only move "here".
 */
export function createLiveMap({ play, map, put, pool, surroundings }: LiveMapOptions): LiveMapControl {
  let settings: LiveMapSettings | null = null;
  let stop: AbortController | null = null;
  let checkAsked = false;
  let unsubscribe: (() => void) | null = null;

  /** Computes the map of Play's study as it is now. */
  async function begin(asked: LiveMapSettings): Promise<void> {
    stop?.abort();
    const own = new AbortController();
    stop = own;
    const { size, epochs, alpha, beta } = asked;
    const study = playsStudy(play.getState());
    const alphas = logValues(alpha.from, alpha.to, size);
    const betas = logValues(beta.from, beta.to, size);
    const figure = figureFor(study, asked.figure);
    const known = new Float64Array(size * size).fill(Number.NaN);
    const exact = new Uint8Array(size * size);
    const cells = coarseFirstCells(size);
    const since = surroundings.now();
    let done = 0;
    let frameAsked = false;
    const tell = (status: LiveMap['status'], milliseconds: number | null) => {
      if (stop !== own) return;
      put({
        settings: asked,
        figure,
        study,
        alphas,
        betas,
        values: shownValues(known, exact, size),
        exact: exact.slice(),
        done,
        total: cells.length,
        status,
        best: leastOf(known, exact),
        here: hereOn(study, play.getState()),
        milliseconds,
      });
    };
    if (!canLiveMap(study, size, epochs)) {
      tell('failed', null);
      return;
    }
    // The map of before stands until the first cells of the new one land.
    const before = map();
    if (before === null) tell('training', null);
    else put({ ...before, status: 'late', here: hereOn(before.study, play.getState()) });
    const { earlyStopping: _own, ...model } = study.model;
    const take = (at: number, { run }: RunTaskResult) => {
      const cell = cells[at] ?? 0;
      known[cell] = run[figure] ?? Number.POSITIVE_INFINITY;
      exact[cell] = 1;
      done += 1;
      if (frameAsked) return;
      frameAsked = true;
      surroundings.nextFrame(() => {
        frameAsked = false;
        if (done < cells.length) tell('training', null);
      });
    };
    const task = (at: number) => {
      const cell = cells[at] ?? 0;
      const a = cell % size;
      return {
        model: { ...model, alpha: alphas[a] ?? 0, beta: betas[(cell - a) / size] ?? 0 },
        split: null,
        stop: { kind: 'epochs', epochs },
        wantCurve: false,
        errorStride: 0,
        wantBaselines: false,
        wantPredictions: false,
      } as const;
    };
    const ended = await pool().runAll(study, [], { count: cells.length, task }, take, own.signal);
    if (ended === 'done') tell('done', surroundings.now() - since);
    else if (ended === 'failed') tell('failed', null);
  }

  function check(): void {
    checkAsked = false;
    const now = map();
    if (settings === null || now === null) return;
    const state = play.getState();
    if (!sameMap(now.study, playsStudy(state)) || now.status === 'late') {
      void begin(settings);
      return;
    }
    const here = hereOn(now.study, state);
    if (here?.alpha !== now.here?.alpha || here?.beta !== now.here?.beta) put({ ...now, here });
  }

  function follow(state: AppState, before: AppState): void {
    const same =
      state.study === before.study && state.run.start === before.run.start && state.run.marks === before.run.marks;
    if (same || checkAsked) return;
    // A drag makes many changes; a frame takes the last one.
    checkAsked = true;
    surroundings.nextFrame(check);
  }

  return {
    open(patch) {
      settings = { ...LIVE_MAP_DEFAULTS, ...settings, ...patch };
      unsubscribe ??= play.subscribe(follow);
      void begin(settings);
    },
    close() {
      settings = null;
      stop?.abort();
      stop = null;
      unsubscribe?.();
      unsubscribe = null;
      put(null);
    },
  };
}
