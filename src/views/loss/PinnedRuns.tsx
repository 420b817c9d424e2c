import { strings } from '../../strings/index.ts';
import { useApp, useHandle } from '../context.ts';
import type { PinnedRun } from './pinned-runs.ts';

const text = strings.runs;

/** Pinned runs in words, each with how to let it go. */
export function PinnedRuns({ pinned }: { readonly pinned: readonly PinnedRun[] }) {
  const { experiment } = useHandle();
  const mae = useApp((state) => state.view.lossShown === 'mae');
  const against = useApp((state) => state.view.lossAgainst);
  if (!experiment || pinned.length === 0) return null;
  const folded = pinned.some(({ record: { source } }) => source.kind === 'sweep' && source.folds > 1);
  const hidden = pinned.filter(({ curve }) => curve === null).length;
  return (
    <div className="loss-pinned small">
      <span className="loss-pinned-title" id="loss-pinned">
        {text.pinned}
      </span>
      <ul aria-labelledby="loss-pinned">
        {pinned.map(({ record, label, baseline, curve }) => (
          <li key={record.id} className={baseline ? 'baseline' : undefined}>
            <svg aria-hidden="true" width="18" height="10" viewBox="0 0 18 10">
              {curve && <path className="loss-pinned-line" d="M0 5H18" />}
            </svg>
            <span className="loss-pinned-name" title={record.name}>
              {label}
              {baseline && ` (${text.baseline})`}
            </span>
            <span className="numbers muted">
              {text.pinnedFigure(record.rmseHeldOut, record.rmseSeen, record.leaveOneOut != null)}
            </span>
            <button
              type="button"
              aria-label={text.unpinRun(record.name)}
              title={text.unpinRun(record.name)}
              onClick={() => experiment.actions.togglePin(record.id)}
            >
              {text.unpin}
            </button>
          </li>
        ))}
      </ul>
      {mae && <span className="muted">{text.pinnedNoMae}</span>}
      {against !== 'epochs' && folded && <span className="muted">{text.pinnedOfOneFold[against]}</span>}
      {hidden > 0 && <span className="muted">{text.pinnedMore(hidden)}</span>}
    </div>
  );
}
