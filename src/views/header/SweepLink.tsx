import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Experiment } from '../../store/experiment.ts';
import { strings } from '../../strings/index.ts';

const text = strings.header;

/** While a sweep is under way (or paused in the middle): how far it is, and the way to it. */
export function SweepLink({ experiment }: { readonly experiment: Experiment }) {
  const sweep = useStore(
    experiment.store,
    useShallow(({ sweeps }) => {
      const one = sweeps.find(({ status }) => status === 'running') ?? sweeps.find(({ status }) => status === 'paused');
      return one ? { name: one.name, status: one.status, done: one.done, total: one.total } : null;
    }),
  );
  if (sweep === null) return null;
  const { name, done, total } = sweep;
  const status = sweep.status === 'paused' ? 'paused' : 'running';
  const stands = status === 'paused' ? text.sweepPaused : text.percent(done, total);
  return (
    <a
      className="header-sweep"
      href="#/experiment"
      aria-label={`${text.sweepWord} ${stands}`}
      title={text.sweep(name, status, done, total)}
    >
      <span className="header-sweep-bar" aria-hidden="true">
        <span style={{ width: `${(100 * done) / Math.max(1, total)}%` }} />
      </span>
      <span className="header-word">{text.sweepWord}</span>
      {stands}
    </a>
  );
}
