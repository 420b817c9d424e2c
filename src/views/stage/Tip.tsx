import type { StageLayout } from '../../charts/stage-layout.ts';
import { placeOf } from '../../charts/stage-overlay.ts';
import { textWidth } from '../../charts/text-width.ts';
import { useApp, usePointer } from '../context.ts';
import { influenceWords, intervalWords, useShownInfluence, useShownIntervals } from './found.ts';
import { ratingName } from './names.ts';
import { placeOnStage } from './scene.ts';
import type { StageHandle } from './stage-handle.ts';

interface Props {
  readonly layout: StageLayout;
  readonly handle: StageHandle;
}

const HEIGHT = 26;
const SIZE = 12;

/**
 * The name and number of the cell that is pointed at, where cells are too small to show theirs, or where it says more than
 * they do: an interval, an influence. Not read out: the cell says the same by its own name, and a list the influence.
 */
export function Tip({ layout, handle }: Props) {
  const hovered = usePointer((pointer) => pointer.hovered);
  const scene = useApp(handle.sceneOf);
  const intervals = useShownIntervals();
  const influence = useShownInfluence();
  if (!hovered) return null;

  const here = handle.pointsAt?.spot === hovered ? handle.pointsAt : null;
  let box = here?.box;
  let cell = here && { row: here.row, column: here.column };
  let text = here ? here.name(here.row, here.column) : '';
  if (!here && hovered.user !== null && hovered.item !== null) {
    box = layout.R;
    cell = placeOnStage(scene, hovered.user, hovered.item);
    if (cell) text = ratingName(scene, cell.row, cell.column);
  }
  const influenced = box === layout.R ? influenceWords(influence, hovered.user ?? -1, hovered.item ?? -1) : '';
  const sure = box === layout.predictions ? intervalWords(intervals, hovered.user ?? -1, hovered.item ?? -1) : '';
  // A cell with a number in it needs to be told no more than what is drawn on it; its own name has the interval already.
  if (box && box.fontSize > 0) text = `${influenced}${sure}`.replace(/^, /, '');
  else text += influenced;
  if (!box || !cell || text === '') return null;

  const place = placeOf(box, cell.row, cell.column);
  const width = Math.min(layout.width, Math.ceil(textWidth(text, SIZE)) + 22);
  const left = Math.max(0, Math.min(place.x + place.width / 2 - width / 2, layout.width - width));
  const above = place.y - HEIGHT - 8;
  return (
    <div
      className="stage-tip numbers"
      aria-hidden="true"
      style={{ left, top: above >= 0 ? above : place.y + place.height + 8, maxWidth: layout.width }}
    >
      {text}
    </div>
  );
}
