import { strings } from '../../../strings/index.ts';

export interface RunsPanelProps {
  /** Hands the runs that the table shows to the browser as a file; without it there is no menu. */
  readonly onExport?: (kind: 'csv' | 'json') => void;
}

/** The table of runs. */
export function RunsPanel(_: RunsPanelProps) {
  return (
    <section aria-label={strings.runs.title}>
      <h2>{strings.runs.title}</h2>
    </section>
  );
}
