import { edgesOf, isWhole } from '../../../store/experiment-select.ts';
import { sweepPictures as words } from '../../../strings/sweep-pictures.ts';
import type { EdgeNote } from './EdgeNotes.tsx';
import type { PictureProps } from './picture-props.ts';

const SIDES = [
  { low: 'left', high: 'right' },
  { low: 'bottom', high: 'top' },
] as const;

/** Which edges of the picture the best lies on, with what extends them. */
export function edgeNotes({ sweep, onExtend }: PictureProps): readonly EdgeNote[] {
  // While runs are missing the best may still be another.
  if (!isWhole(sweep)) return [];
  return edgesOf(sweep).flatMap((edge): EdgeNote[] => {
    const axis = sweep.plan.axes[edge.axis];
    const side = SIDES[edge.axis]?.[edge.side];
    // At a limit of the setting (k 1) nothing lies beyond.
    if (axis === undefined || side === undefined || edge.beyond.length === 0) return [];
    const extend = onExtend
      ? { label: words.extend(axis.setting, edge), onClick: () => onExtend(edge.axis, edge.side) }
      : null;
    return [{ side, extend }];
  });
}
