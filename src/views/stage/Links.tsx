import { useCallback } from 'react';
import type { StageLayout } from '../../charts/stage-layout.ts';
import { drawLinks, drawSolved, drawVisit, type SolvedPlace, type Visit } from '../../charts/stage-overlay.ts';
import type { PointerState } from '../../store/pointer.ts';
import type { AppState } from '../../store/state.ts';
import { strings } from '../../strings/index.ts';
import { TOKENS } from '../../theme/tokens.ts';
import { useHandle } from '../context.ts';
import { CanvasShell } from './CanvasShell.tsx';
import { narrated, narratedRow, pointedAt } from './pointed-at.ts';
import { placeOnStage } from './scene.ts';
import type { StageHandle } from './stage-handle.ts';
import { useTheme } from './useTheme.ts';

interface Props {
  readonly layout: StageLayout;
  readonly handle: StageHandle;
}

/** The rating whose update is being told. */
function visitOf(state: AppState, selected: PointerState['selected'], handle: StageHandle): Visit | null {
  const { trace } = state.run;
  const visited = narrated(state, selected);
  if (!visited) return null;
  const place = placeOnStage(handle.sceneOf(state), visited.user, visited.item);
  if (!place || !Number.isFinite(visited.error)) return null;
  const same = trace?.user === visited.user && trace.item === visited.item;
  return {
    ...place,
    error: strings.stage.visitedError(visited.error),
    pushP: same ? trace.factors.map((factor) => Math.sign(factor.newP - factor.p)) : [],
    pushQ: same ? trace.factors.map((factor) => Math.sign(factor.newQ - factor.q)) : [],
  };
}

/** Under ALS: the row whose solution is being told, where it stands on the stage. */
function solvedOf(state: AppState, selected: PointerState['selected'], handle: StageHandle): SolvedPlace | null {
  const solved = narratedRow(state, selected);
  if (!solved) return null;
  const at = handle.sceneOf(state).cells[solved.side].indexOf(solved.row);
  return at < 0 ? null : { side: solved.side, at };
}

/** The layer over all matrices: frames and lines of the linking, and the rating that is being visited. */
export function Links({ layout, handle }: Props) {
  const { store, pointer } = useHandle();
  const theme = useTheme();
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      const state = store.getState();
      const scene = handle.sceneOf(state);
      if (layout.R.rows !== scene.cells.users.length || layout.R.columns !== scene.cells.items.length) return;
      const { selected } = pointer.getState();
      const links = pointedAt(scene, pointer.getState(), narrated(state, selected));
      const visit = visitOf(state, selected, handle);
      if (links) drawLinks(context, layout, links, TOKENS[theme]);
      if (visit) drawVisit(context, layout, visit, TOKENS[theme]);
      const solved = solvedOf(state, selected, handle);
      if (solved) drawSolved(context, layout, solved, TOKENS[theme]);
    },
    [handle, layout, pointer, store, theme],
  );
  const watch = useCallback(
    (changed: () => void) => {
      const stopPointer = pointer.subscribe(changed);
      const stopStore = store.subscribe((state, before) => {
        if (
          state.run.visited !== before.run.visited ||
          state.run.trace !== before.run.trace ||
          state.run.solved !== before.run.solved ||
          state.run.status !== before.run.status ||
          state.run.playhead !== before.run.playhead ||
          state.view.speed !== before.view.speed ||
          state.study.dataset !== before.study.dataset ||
          state.window !== before.window
        ) {
          changed();
        }
      });
      return () => {
        stopPointer();
        stopStore();
      };
    },
    [pointer, store],
  );
  return (
    <CanvasShell
      width={layout.width}
      height={layout.height}
      left={0}
      top={0}
      label={strings.stage.linksPicture}
      draw={draw}
      watch={watch}
    />
  );
}
