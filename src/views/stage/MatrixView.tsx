import { useCallback, useMemo } from 'react';
import { drawHeatmap, type Scratch } from '../../charts/heatmap-draw.ts';
import type { HeatmapMarks } from '../../charts/heatmap-marks.ts';
import { type MatrixBox, sizeOf } from '../../charts/stage-layout.ts';
import { strings } from '../../strings/index.ts';
import { TOKENS } from '../../theme/tokens.ts';
import { useHandle } from '../context.ts';
import { CanvasShell } from './CanvasShell.tsx';
import type { Scene } from './scene.ts';
import type { StageHandle } from './stage-handle.ts';
import { useTheme } from './useTheme.ts';

interface Props {
  readonly box: MatrixBox;
  /** The name of the grid that holds the same numbers. */
  readonly name: string;
  readonly handle: StageHandle;
  /** What to paint of a scene. Stable. */
  readonly marksOf: (scene: Scene) => HeatmapMarks;
  /** Whether two scenes look the same in this matrix (R does not change with every epoch). Stable. */
  readonly unchanged?: (before: Scene, after: Scene) => boolean;
  /** Whether it stands at (0, 0) of its parent instead of at its place on the stage. */
  readonly atOrigin?: boolean;
}

/** A canvas of one pixel a cell, made when first needed. */
function createScratch(): Scratch {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  let image: ImageData | null = null;
  return {
    image: canvas,
    put(pixels, width, height) {
      if (!image || canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
        image = new ImageData(width, height);
      }
      new Uint32Array(image.data.buffer).set(pixels);
      context?.putImageData(image, 0, 0);
    },
  };
}

/** The picture of one matrix. It listens to the store itself: a new view paints a frame, and React stays out of it. */
export function MatrixView({ box, name, handle, marksOf, unchanged, atOrigin = false }: Props) {
  const { store } = useHandle();
  const theme = useTheme();
  const scratch = useMemo(createScratch, []);
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      const marks = marksOf(handle.sceneOf(store.getState()));
      // The layout follows the study with React's next render; until then the old picture stays.
      if (marks.rows !== box.rows || marks.columns !== box.columns) return;
      drawHeatmap(context, marks, box, TOKENS[theme], scratch);
    },
    [box, handle, marksOf, scratch, store, theme],
  );
  const watch = useCallback(
    (changed: () => void) => {
      let last = handle.sceneOf(store.getState());
      return store.subscribe((state) => {
        const now = handle.sceneOf(state);
        if (now !== last && !unchanged?.(last, now)) changed();
        last = now;
      });
    },
    [handle, store, unchanged],
  );
  const { width, height } = sizeOf(box);
  return (
    <CanvasShell
      width={width}
      height={height}
      left={atOrigin ? 0 : box.x}
      top={atOrigin ? 0 : box.y}
      label={strings.stage.picture(name)}
      draw={draw}
      watch={watch}
    />
  );
}
