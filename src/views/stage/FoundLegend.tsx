import { countFaint } from '../../charts/stage-influence.ts';
import { hasIntervals } from '../../charts/stage-intervals.ts';
import type { StageLayout } from '../../charts/stage-layout.ts';
import type { InfluenceFound } from '../../store/ensemble.ts';
import { strings } from '../../strings/index.ts';
import { NEUTRAL_SHADE, RAMPS } from '../../theme/ramps.ts';
import { useApp, useJobs } from '../context.ts';
import { useShownInfluence, useShownIntervals } from './found.ts';
import { gradient } from './Legend.tsx';
import { useTheme } from './useTheme.ts';

const words = strings.stage;

/** Where most of R goes nearly blank under the influence on one cell, that this is so; else nothing. */
function faintWords({ ranked }: InfluenceFound): string {
  const faint = countFaint(
    ranked.map(({ change }) => change),
    Math.abs(ranked[0]?.change ?? 0),
  );
  return 2 * faint > ranked.length ? words.legendFaint(faint, ranked.length) : '';
}

/** Which intervals stand in R̂, and whose influence on R: nothing while there is neither. */
export function FoundLegend({ layout }: { readonly layout: StageLayout }) {
  const shown = useShownIntervals();
  const influence = useShownInfluence();
  const draw = useJobs((jobs) => jobs.draw);
  const { users, items } = useApp((state) => state.study.dataset);
  const ramp = RAMPS[useTheme()].error;
  return (
    <>
      {shown && (
        <div className="stage-found">
          <p>
            <span className="stage-swatch-interval" aria-hidden="true" />
            {words.legendIntervals[shown.kind]}{' '}
            {shown.moment === 'end' ? words.legendMoment.end : words.legendMoment.mark(shown.ensemble.mark)}{' '}
            {shown.kind === 'starts' && shown.moment === 'mark' && words.legendUnfinished}{' '}
            {hasIntervals(layout.predictions) || words.legendTooSmall}{' '}
            {shown.ensemble.stale === 'epoch' && words.legendAsked(shown.ensemble.mark)}
          </p>
          <button type="button" className="button stage-found-hide" onClick={() => draw({ intervals: 'none' })}>
            {words.hideIntervals}
          </button>
        </div>
      )}
      {influence && (
        <div className="stage-found">
          <p>
            {words.legendInfluence(users[influence.user] ?? '', items[influence.item] ?? '')}{' '}
            <span className="stage-found-scale">
              −
              <span
                className="stage-scale-bar"
                style={{ background: gradient(ramp, NEUTRAL_SHADE - 127, NEUTRAL_SHADE + 127) }}
                aria-hidden="true"
              />
              +
            </span>{' '}
            {faintWords(influence)} {influence.stale === 'epoch' && words.legendAsked(influence.mark)}
          </p>
        </div>
      )}
    </>
  );
}
