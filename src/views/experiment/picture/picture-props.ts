import type { Verdict } from '../../../core/experiment/summary.ts';
import type { Sweep } from '../../../store/experiment-state.ts';

/** What every picture of a sweep is handed. */
export interface PictureProps {
  readonly sweep: Sweep;
  /** What it says; null while it is judged, left out where nobody judges. */
  readonly verdict?: Verdict | null;
  /** A combination was clicked. */
  readonly onOpen: (cell: number) => void;
  /** What the button beside an edge with the best on it does; without it there is none. */
  readonly onExtend?: ((axis: number, side: 'low' | 'high') => void) | undefined;
}
