import type { MouseEvent } from 'react';
import { strings } from '../../strings/index.ts';
import { useActions, useApp } from '../context.ts';
import { Term } from '../controls/Term.tsx';

/** The buttons go once pressed; whoever pressed one by key goes on from the playhead. */
function focusPlayhead(event: MouseEvent<HTMLButtonElement>): void {
  event.currentTarget.closest('figure')?.querySelector<HTMLElement>('[role="slider"]')?.focus({ preventScroll: true });
}

/** The epoch that the run stands at; while it goes on, nothing here changes with it. */
function useEpochAhead(): number {
  return useApp((state) => (state.run.playhead === null ? 0 : state.run.epoch));
}

/**
 * What the chart is, or, while the playhead stands in the past, what the page shows instead of the run and the two ways on.
 * Both have the same room, so nothing moves. `note` is the id of what a way on costs.
 */
export function PlayheadBar({ note }: { readonly note: string }) {
  const actions = useActions();
  const loss = useApp((state) => state.view.lossShown);
  const playhead = useApp((state) => state.run.playhead);
  const epoch = useEpochAhead();
  const { title, loss: names, meaning } = strings.chart;
  if (playhead === null) {
    return (
      <h2 className="loss-title">
        {title}{' '}
        <span>
          (<Term term={names[loss]} meaning={meaning[loss]} />)
        </span>
      </h2>
    );
  }
  return (
    <div className="loss-past">
      <h2 className="visually-hidden">{title}</h2>
      <strong className="numbers">{strings.chart.showing(playhead, epoch)}</strong>
      <button
        type="button"
        className="button"
        aria-describedby={note}
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
    </div>
  );
}

/** How to go back in time, or what training on from the past lets go. Stands in the chart's last line. */
export function PlayheadNote({ id }: { readonly id: string }) {
  const playhead = useApp((state) => state.run.playhead);
  const epoch = useEpochAhead();
  return (
    <p id={id} className="loss-note muted numbers">
      {playhead === null ? strings.chart.hint : strings.chart.letGo(epoch - playhead)}
    </p>
  );
}
