import { BUILTINS } from '../../core/builtin.ts';
import { strings } from '../../strings/index.ts';
import { useActions, useApp } from '../context.ts';

/** The value of the entry that stands for a set that is not built in. */
const OPENED = '';

/** Which ratings are on the page: a native select, so that it opens as each device is used to. */
export function DatasetPicker() {
  const id = useApp((state) => state.datasetId);
  const name = useApp((state) => state.study.dataset.name);
  const { loadBuiltin } = useActions();
  const current = BUILTINS.find((builtin) => builtin.id === id);
  return (
    <select
      className="field header-dataset"
      aria-label={strings.header.dataset}
      title={current?.description ?? name}
      value={current?.id ?? OPENED}
      onChange={(event) => loadBuiltin(event.currentTarget.value)}
    >
      {!current && (
        <option value={OPENED} disabled>
          {BUILTINS.some((builtin) => builtin.name === name) ? strings.header.edited(name) : name}
        </option>
      )}
      {BUILTINS.map((builtin) => (
        <option key={builtin.id} value={builtin.id} title={builtin.description}>
          {builtin.name}
        </option>
      ))}
    </select>
  );
}
