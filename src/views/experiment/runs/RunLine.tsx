import { type KeyboardEvent, memo, useEffect, useRef, useState } from 'react';
import { type RunRow, SweepRow } from '../../../store/sweep-row.ts';
import { strings } from '../../../strings/index.ts';
import type { RunsColumn } from './columns.ts';
import { PinGlyph } from './PinGlyph.tsx';

const text = strings.runs;

/** What can be done with a run from its row. All stable, so that a row is drawn anew only when it changed. */
export interface LineActions {
  readonly select: (row: RunRow, on: boolean) => void;
  readonly pin: (row: RunRow) => void;
  readonly open: (row: RunRow) => void;
  /** Takes a name; false: it was refused, and the field stays. Null: the old one stays. */
  readonly rename: (row: RunRow, name: string | null) => boolean;
}

interface Props {
  readonly row: RunRow;
  readonly index: number;
  readonly columns: readonly RunsColumn[];
  readonly selected: boolean;
  readonly pinned: boolean;
  readonly baseline: boolean;
  /** Whether its details are open, in the element of this id. */
  readonly opened: boolean;
  readonly details: string;
  readonly renaming: boolean;
  /** Whether the table shows runs of other sweeps too: then its own is named. */
  readonly fromMany: boolean;
  /** Which of its cells Tab reaches; −1: none. */
  readonly tabColumn: number;
  readonly actions: LineActions;
}

function NameField({ row, actions, cell }: Pick<Props, 'row' | 'actions'> & { readonly cell: object }) {
  const [name, setName] = useState(row.name);
  const [refused, setRefused] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const end = (given: string | null): void => {
    if (done.current) return;
    done.current = actions.rename(row, given);
    setRefused(!done.current);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // The keys of a text field are its own.
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    // Else the same press would go on to the button that takes the field's place, and open the run.
    event.preventDefault();
    end(event.key === 'Enter' ? name : null);
  };
  return (
    <input
      {...cell}
      ref={field}
      className="field runs-name-field"
      type="text"
      aria-label={text.renameField}
      aria-invalid={refused || undefined}
      value={name}
      onChange={(event) => setName(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => end(name)}
    />
  );
}

/** A row of the table: select, pin, name, then settings and figures. */
export const RunLine = memo(function RunLine(props: Props) {
  const { row, index, columns, selected, pinned, baseline, opened, details, renaming, fromMany, tabColumn, actions } =
    props;
  const full = text.fullName(row.short, row.name);
  const below = baseline ? text.baseline : fromMany && row instanceof SweepRow ? row.sweepName : null;
  const cell = (column: number) => ({
    'data-row': index,
    'data-column': column,
    tabIndex: tabColumn === column ? 0 : -1,
  });
  return (
    <tr aria-rowindex={index + 2} aria-selected={selected} className={opened ? 'runs-opened' : undefined}>
      <td className="runs-select">
        <input
          {...cell(0)}
          type="checkbox"
          aria-label={text.select(row.name)}
          checked={selected}
          onChange={(event) => actions.select(row, event.currentTarget.checked)}
        />
      </td>
      <td className="runs-pin">
        <button
          {...cell(1)}
          type="button"
          aria-label={text.pin(row.name)}
          aria-pressed={pinned}
          title={text.columns.pin}
          onClick={() => actions.pin(row)}
        >
          <PinGlyph filled={pinned} />
        </button>
      </td>
      <th scope="row" className="runs-name">
        {renaming ? (
          <NameField row={row} actions={actions} cell={cell(2)} />
        ) : (
          <button
            {...cell(2)}
            type="button"
            className="runs-name-button"
            title={row.name}
            aria-label={row.short === row.name ? undefined : baseline ? `${full}, ${text.baseline}` : full}
            aria-expanded={opened}
            aria-controls={opened ? details : undefined}
            onClick={() => actions.open(row)}
          >
            <span>{row.short}</span>
            {below !== null && <em>{below}</em>}
          </button>
        )}
      </th>
      {columns.map((column, at) => (
        <td key={column.id} {...cell(at + 3)} className={`runs-${column.kind}`}>
          {column.text(row)}
        </td>
      ))}
    </tr>
  );
});
