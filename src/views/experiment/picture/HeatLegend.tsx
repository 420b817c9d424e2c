import type { ReactNode } from 'react';
import { HEAT, type HeatMarks } from '../../../charts/sweep-heatmap.ts';
import { sweepPictures as words } from '../../../strings/sweep-pictures.ts';

interface Props {
  readonly marks: HeatMarks;
  /** Runs are missing: the best is the best so far. */
  readonly soFar?: boolean;
  readonly hint: string;
  /** The same for a finger. */
  readonly tapHint: string;
  /** What there is to say about the dot. */
  readonly children: ReactNode;
}

/** What the marks of a map mean: those that are there; and what a click does. */
export function HeatLegend({ marks, soFar = false, hint, tapHint, children }: Props) {
  const { legend } = words;
  const has = (look: number) => marks.looks.includes(look);
  return (
    <div className="sweep-legend small muted">
      <ul>
        {marks.best !== null && (
          <li>
            <span className="sweep-key best" aria-hidden="true" /> {soFar ? legend.bestSoFar : legend.best}
          </li>
        )}
        {marks.here !== null && (
          <li>
            <span className="sweep-key here" aria-hidden="true" /> {legend.here}
          </li>
        )}
        {has(HEAT.diverged) && (
          <li>
            <span className="sweep-key diverged" aria-hidden="true" /> {legend.diverged}
          </li>
        )}
        {marks.unsettled.includes(1) && (
          <li>
            <span className="sweep-key unsettled" aria-hidden="true" /> {legend.unsettled}
          </li>
        )}
        {has(HEAT.partly) && (
          <li>
            <span className="sweep-key partly" aria-hidden="true" /> {legend.partly}
          </li>
        )}
        {has(HEAT.unknown) && (
          <li>
            <span className="sweep-key unknown" aria-hidden="true" /> {legend.unknown}
          </li>
        )}
      </ul>
      <p className="sweep-hint-mouse">{hint}</p>
      <p className="sweep-hint-touch">{tapHint}</p>
      {children ? <p>{children}</p> : null}
    </div>
  );
}
