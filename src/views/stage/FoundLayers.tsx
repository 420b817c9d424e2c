import { useCallback, useMemo } from 'react';
import { clipTo } from '../../charts/heatmap-marks.ts';
import { GAP } from '../../charts/stage-cells.ts';
import { drawInfluence, type InfluenceMarks } from '../../charts/stage-influence.ts';
import { drawIntervals } from '../../charts/stage-intervals.ts';
import { type MatrixBox, sizeOf } from '../../charts/stage-layout.ts';
import { type InfluenceFound, intervalAt } from '../../store/ensemble.ts';
import { strings } from '../../strings/index.ts';
import { RAMPS, ratingShade } from '../../theme/ramps.ts';
import { useHandle } from '../context.ts';
import { CanvasShell } from './CanvasShell.tsx';
import type { ShownIntervals } from './found.ts';
import type { StageHandle } from './stage-handle.ts';
import { useTheme } from './useTheme.ts';

const words = strings.stage;

interface Props {
  readonly box: MatrixBox;
  readonly handle: StageHandle;
  readonly users: readonly number[];
  readonly items: readonly number[];
}

/** Over R̂, where its cells have room for them: how sure each number is. The numbers themselves are in the names of the cells. */
export function IntervalLayer({ box, handle, users, items, shown }: Props & { readonly shown: ShownIntervals }) {
  const { store } = useHandle();
  const ramp = RAMPS[useTheme()].rating;
  const bounds = useMemo(() => {
    const low = new Float64Array(users.length * items.length).fill(Number.NaN);
    const high = low.slice();
    const { kind, ensemble, moment } = shown;
    users.forEach((user, row) => {
      items.forEach((item, column) => {
        const interval = intervalAt(kind, ensemble, user, item, moment);
        if (interval === null) return;
        low[row * items.length + column] = interval.low;
        high[row * items.length + column] = interval.high;
      });
    });
    return { low, high };
  }, [users, items, shown]);
  const stale = shown.ensemble.stale !== null;
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      const { cells, predicted, dataset, clip, truth } = handle.sceneOf(store.getState());
      const { scale } = dataset;
      if (cells.users.length !== box.rows || cells.items.length !== box.columns || predicted === null) return;
      const colors = Array.from(predicted, (raw) => {
        const value = clip ? clipTo(raw, scale) : raw;
        return ramp.text[ratingShade(value, scale.min, scale.max)] ?? '#000000';
      });
      // Where nothing was learned there is nothing to be sure of; where the error stands, no prediction is written.
      const low = bounds.low.map((value, place) => {
        const row = Math.floor(place / box.columns);
        const noData = cells.userWithoutData[row] === 1 || cells.itemWithoutData[place % box.columns] === 1;
        return noData || (truth !== null && cells.kinds[place] === GAP) ? Number.NaN : value;
      });
      drawIntervals(
        context,
        { rows: box.rows, columns: box.columns, low, high: bounds.high, colors, stale },
        box,
        scale,
      );
    },
    [bounds, box, handle, ramp, stale, store],
  );
  const watch = useCallback(
    (changed: () => void) => {
      let last = handle.sceneOf(store.getState());
      return store.subscribe((state) => {
        const now = handle.sceneOf(state);
        if (now !== last) changed();
        last = now;
      });
    },
    [handle, store],
  );
  const { width, height } = sizeOf(box);
  return (
    <CanvasShell
      width={width}
      height={height}
      left={box.x}
      top={box.y}
      label={words.intervalsPicture}
      draw={draw}
      watch={watch}
    />
  );
}

/** Over R: what each rating does to the chosen prediction. */
export function InfluenceLayer({ box, handle, users, items, found }: Props & { readonly found: InfluenceFound }) {
  const { store } = useHandle();
  const ramp = RAMPS[useTheme()].error;
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      const { cells } = handle.sceneOf(store.getState());
      if (cells.users.length !== box.rows || cells.items.length !== box.columns) return;
      const change = new Float64Array(box.rows * box.columns).fill(Number.NaN);
      for (const one of found.ranked) {
        const row = users.indexOf(one.user);
        const column = items.indexOf(one.item);
        if (row >= 0 && column >= 0) change[row * box.columns + column] = one.change;
      }
      const bound = Math.max(Math.abs(found.ranked[0]?.change ?? 0), 1e-300);
      const marks: InfluenceMarks = {
        rows: box.rows,
        columns: box.columns,
        change,
        ratings: cells.ratings,
        bound,
        ramp,
      };
      drawInfluence(context, marks, box);
    },
    [box, found, handle, items, ramp, store, users],
  );
  const { width, height } = sizeOf(box);
  return <CanvasShell width={width} height={height} left={0} top={0} label={words.influencePicture} draw={draw} />;
}
