import type { RunsTable } from '../../../store/runs-table.ts';
import { strings } from '../../../strings/index.ts';
import { useExperiment, useExperimentActions } from '../../context.ts';
import { Checkbox } from '../../controls/Checkbox.tsx';

const text = strings.runs;

/** What the table shows of all runs. */
export function RunsFilters({ table }: { readonly table: RunsTable }) {
  const actions = useExperimentActions();
  const view = useExperiment((state) => state.view);
  const sweeps = useExperiment((state) => state.sweeps);
  return (
    <div className="runs-filters">
      <input
        className="field runs-filter"
        type="search"
        aria-label={text.filter}
        placeholder={text.filterHint}
        autoComplete="off"
        spellCheck={false}
        value={view.text}
        onChange={(event) => actions.setRunsView({ text: event.currentTarget.value })}
      />
      <select
        className="field runs-from"
        aria-label={text.from}
        value={view.from ?? ''}
        onChange={(event) => actions.setRunsView({ from: event.currentTarget.value || null })}
      >
        <option value="">{text.fromAll}</option>
        <option value="play">{text.fromPlay}</option>
        {sweeps.map((sweep) => (
          <option key={sweep.id} value={sweep.id}>
            {sweep.name}
          </option>
        ))}
      </select>
      <Checkbox
        label={text.pinnedOnly}
        checked={view.pinnedOnly}
        onChange={(pinnedOnly) => actions.setRunsView({ pinnedOnly })}
      />
      <p role="status" className="runs-count small muted numbers">
        {text.shown(table.rows.length, table.all)}
      </p>
    </div>
  );
}
