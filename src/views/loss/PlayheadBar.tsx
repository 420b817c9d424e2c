import { useId } from 'react';
import { strings } from '../../strings/index.ts';
import { useActions, useApp } from '../context.ts';

/** What the page shows when that is not the run as it stands, and the two ways on. Its room is kept when it is away. */
export function PlayheadBar() {
  const actions = useActions();
  const playhead = useApp((state) => state.run.playhead);
  // While the run goes on nothing here changes with its epochs.
  const epoch = useApp((state) => (state.run.playhead === null ? 0 : state.run.epoch));
  const explained = useId();
  return (
    <div className="loss-past">
      {playhead === null ? (
        <p className="muted small">{strings.chart.hint}</p>
      ) : (
        <>
          <strong className="numbers">{strings.chart.showing(playhead, epoch)}</strong>
          <button
            type="button"
            className="button"
            aria-describedby={explained}
            onClick={() => actions.trainFromPlayhead()}
          >
            {strings.chart.trainOn}
          </button>
          <button type="button" className="button numbers" onClick={() => actions.show(null)}>
            {strings.chart.back(epoch)}
          </button>
          <span id={explained} className="loss-past-note muted small numbers">
            {strings.chart.letGo(epoch - playhead)}
          </span>
        </>
      )}
    </div>
  );
}
