import type { StageLinks } from '../../charts/stage-overlay.ts';
import type { UpdateTrace } from '../../core/trace.ts';
import type { RowTrace } from '../../core/trace-row.ts';
import type { PointerState } from '../../store/pointer.ts';
import { NARRATED_SPEEDS, type RunSlice, type ViewSlice } from '../../store/state.ts';
import { placeOnStage, type Scene } from './scene.ts';

type Visited = RunSlice['visited'];
type Selected = PointerState['selected'];

interface Narrating {
  readonly run: Pick<RunSlice, 'visited' | 'trace' | 'status' | 'playhead'>;
  readonly view: Pick<ViewSlice, 'speed'>;
}

/** What was selected when a step was first seen: who then selects another cell means that cell. */
const selectedAtStep = new WeakMap<UpdateTrace | RowTrace, Selected>();

/**
 * The rating whose update is being told: the one visited last, while training is slow enough to follow it, or at rest after
 * a step of one rating until another cell is selected. Else null.
 */
export function narrated({ run, view }: Narrating, selected: Selected): Visited {
  const { visited, trace } = run;
  if (!visited || run.playhead !== null) return null;
  if (trace && !selectedAtStep.has(trace)) selectedAtStep.set(trace, selected);
  if (run.status === 'training') return view.speed < NARRATED_SPEEDS ? visited : null;
  return trace && selectedAtStep.get(trace) === selected ? visited : null;
}

/** Under ALS: the row whose solution is being told, for as long as a visited rating would be. Else null. */
export function narratedRow(
  { run, view }: Narrating & { readonly run: Pick<RunSlice, 'solved'> },
  selected: Selected,
): RowTrace | null {
  const solved = run.solved ?? null;
  if (solved === null || run.playhead !== null) return null;
  if (!selectedAtStep.has(solved)) selectedAtStep.set(solved, selected);
  if (run.status === 'training') return view.speed < NARRATED_SPEEDS ? solved : null;
  return selectedAtStep.get(solved) === selected ? solved : null;
}

/**
 * The pair that the page is about right now: what is hovered or focused, else the rating that is being told, else the
 * selection; a hovered cell that names only a user or only an item is filled up by what would stand without it.
 */
export function pairOf({ hovered, selected }: PointerState, told: Visited): Selected {
  const base = told ?? selected;
  return { user: hovered?.user ?? base.user, item: hovered?.item ?? base.item };
}

/** That pair's place on the stage. Null when it stands outside the window. */
export function pointedAt(scene: Pick<Scene, 'cells'>, pointer: PointerState, told: Visited): StageLinks | null {
  const { user, item } = pairOf(pointer, told);
  const base = told ?? pointer.selected;
  const place = placeOnStage(scene, user, item) ?? placeOnStage(scene, base.user, base.item);
  return place && { ...place, factor: pointer.hovered?.factor ?? null };
}
