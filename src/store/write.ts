import { hasBiases } from '../core/model.ts';
import type { Parameters, TrainingState } from '../core/parameters.ts';
import type { Problem } from '../core/problem.ts';
import type { Study } from '../core/study.ts';
import { strings } from '../strings/index.ts';
import { formatExact } from '../strings/numbers.ts';
import type { LearnedMatrix, Window } from '../worker/protocol.ts';
import type { RunSlice } from './state.ts';

/** As far as a rating may go. */
const VALUE_LIMIT = 1e100;

/** One learned number: of a user (P, bu) or an item (Q, bi), 0-based; biases have no factor. */
export interface LearnedPlace {
  readonly matrix: LearnedMatrix;
  readonly row: number;
  readonly factor: number;
}

function isOfUser({ matrix }: LearnedPlace): boolean {
  return matrix === 'P' || matrix === 'bu';
}

function isBias({ matrix }: LearnedPlace): boolean {
  return matrix === 'bu' || matrix === 'bi';
}

/** Why `value` cannot stand at `place`; null when it can. */
export function problemWithWrite({ dataset, model }: Study, place: LearnedPlace, value: number): Problem | null {
  const rows = isOfUser(place) ? dataset.users.length : dataset.items.length;
  const columns = isBias(place) ? (hasBiases(model.prediction) ? 1 : 0) : model.k;
  const column = isBias(place) ? 0 : place.factor;
  const inside = (at: number, length: number) => Number.isInteger(at) && at >= 0 && at < length;
  if (!inside(place.row, rows) || !inside(column, columns)) {
    return {
      code: 'out-of-range',
      got: `${place.matrix}[${place.row}, ${column}]`,
      expected: `${rows} × ${columns}`,
    };
  }
  if (!Number.isFinite(value)) return { code: 'not-finite', got: String(value) };
  if (value > VALUE_LIMIT) return { code: 'above-maximum', got: formatExact(value), expected: '1e100' };
  if (value < -VALUE_LIMIT) return { code: 'below-minimum', got: formatExact(value), expected: '-1e100' };
  return null;
}

/** “p(Bo) factor 1: 0”, for undo and the curve. */
export function labelOfWrite({ dataset }: Study, place: LearnedPlace, value: number): string {
  const name = (isOfUser(place) ? dataset.users : dataset.items)[place.row] ?? '';
  if (isBias(place)) return strings.store.wroteBias(name, value);
  return strings.store.wroteFactor(place.matrix === 'P' ? 'p' : 'q', name, place.factor + 1, value);
}

/** Whether the page shows exactly `value` there already, for the run as it stands. */
export function standsThere({ view, playhead }: RunSlice, window: Window, place: LearnedPlace, value: number): boolean {
  if (view === null || playhead !== null) return false;
  const shown = isOfUser(place) ? window.users : window.items;
  const row = shown === null ? place.row : shown.indexOf(place.row);
  const at = isBias(place) ? row : row * view.k + place.factor;
  return row >= 0 && Object.is(view[place.matrix]?.[at], value);
}

/** Whether a run at epoch 0 stands elsewhere than where it started, because numbers were typed over. */
export function isTypedOver({ epoch, position, state, start }: RunSlice): boolean {
  if (epoch > 0 || position > 0 || state === null || start === null) return false;
  return !sameNumbers(state, start);
}

function sameNumbers({ parameters }: TrainingState, start: Parameters): boolean {
  return (['P', 'Q', 'bu', 'bi'] as const).every((matrix) => {
    const one = parameters[matrix];
    const two = start[matrix];
    return one === null || two === null || one.every((number, at) => Object.is(number, two[at]));
  });
}
