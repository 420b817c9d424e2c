import { type MouseEvent, useId } from 'react';
import { strings } from '../../strings/index.ts';
import { useActions, useApp } from '../context.ts';

/** The buttons go once pressed; whoever pressed one by key goes on from the playhead. */
function focusPlayhead(event: MouseEvent<HTMLButtonElement>): void {
  event.currentTarget.closest('figure')?.querySelector<HTMLElement>('[role="slider"]')?.focus({ preventScroll: true });
}

/**
 * The chart's header: what it is, or, while the playhead stands in the past, what the page shows instead of the run and the
 * two ways on. Both have the same room, so nothing below moves.
 */
export function PlayheadBar() {
  const actions = useActions();
  const loss = useApp((state) => state.view.lossShown);
  const playhead = useApp((state) => state.run.playhead);
  // While the run goes on nothing here changes with its epochs.
  const epoch = useApp((state) => (state.run.playhead === null ? 0 : state.run.epoch));
  const explained = useId();
  const now = playhead === null;
  return (
    <div className="loss-head">
      <h2 className={now ? 'loss-title' : 'visually-hidden'}>{strings.chart.title(loss)}</h2>
      {now ? (
        <p className="muted small">{strings.chart.hint}</p>
      ) : (
        <>
          <strong className="numbers">{strings.chart.showing(playhead, epoch)}</strong>
          <button
            type="button"
            className="button"
            aria-describedby={explained}
            onClick={(event) => {
              focusPlayhead(event);
              actions.trainFromPlayhead();
            }}
          >
            {strings.chart.trainOn}
          </button>
          <button
            type="button"
            className="button numbers"
            onClick={(event) => {
              focusPlayhead(event);
              actions.show(null);
            }}
          >
            {strings.chart.back(epoch)}
          </button>
          <span id={explained} className="loss-note muted small numbers">
            {strings.chart.letGo(epoch - playhead)}
          </span>
        </>
      )}
    </div>
  );
}
