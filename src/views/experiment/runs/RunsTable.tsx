import {
  type FocusEvent,
  type KeyboardEvent,
  memo,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { RunId } from '../../../core/experiment/run-record.ts';
import type { RunColumn } from '../../../store/experiment-state.ts';
import { baselinesOfTable, type RunsTable as Table } from '../../../store/runs-table.ts';
import type { RunRow } from '../../../store/sweep-row.ts';
import { strings } from '../../../strings/index.ts';
import { formatReadout } from '../../../strings/numbers.ts';
import { useExperiment, useExperimentActions } from '../../context.ts';
import { columnsOf, digitsFor, foldsTold, type RunsColumn, saysLeaveOneOut } from './columns.ts';
import { type Place, placeAfterKey } from './grid-keys.ts';
import { type LineActions, RunLine } from './RunLine.tsx';
import { type Sight, slotsOf } from './row-window.ts';

const text = strings.runs;

export const ROW_HEIGHT = 32;
const HEAD_HEIGHT = 44;
/* The stylesheet knows these two as well: what is sticky stands beside each other. */
const SELECT_WIDTH = 24;
const PIN_WIDTH = 22;
const NAME_WIDTH = 72;
/** Columns before those of settings and figures. */
const CONTROLS = 3;

const NAME_COLUMN = {
  id: 'name',
  label: text.columns.name,
  head: text.columns.name,
  sort: 'name',
  kind: 'plain',
} as const;

interface HeadProps {
  readonly column: Pick<RunsColumn, 'id' | 'label' | 'head' | 'sort' | 'kind'>;
  readonly place: number;
  readonly tabColumn: number;
  readonly sort: RunColumn;
  readonly descending: boolean;
}

const Head = memo(function Head({ column, place, tabColumn, sort, descending }: HeadProps) {
  const actions = useExperimentActions();
  const { label, head } = column;
  const named = head === label ? {} : { 'aria-label': label, title: label };
  const by = column.sort;
  const cell = { 'data-row': -1, 'data-column': place, tabIndex: tabColumn === place ? 0 : -1 };
  const className = column.id === 'name' ? 'runs-name' : `runs-head-${column.kind}`;
  const sorted = by === sort;
  // Up, down, and back to the order in which runs came to be.
  const next = (): void => {
    if (!sorted) actions.setRunsView({ sort: by, descending: false });
    else if (!descending) actions.setRunsView({ descending: true });
    else actions.setRunsView({ sort: 'order', descending: false });
  };
  return (
    <th scope="col" className={className} aria-sort={sorted ? (descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" {...cell} {...named} className="runs-sort" onClick={next}>
        {head}
        <span className="runs-arrow" aria-hidden="true">
          {sorted ? (descending ? '▼' : '▲') : ''}
        </span>
      </button>
    </th>
  );
});

/** How far the box is scrolled and how much it shows; changes only when other rows come into sight. */
function useSight(box: RefObject<HTMLElement | null>): Sight {
  const [sight, setSight] = useState<Sight>({ top: 0, height: 400 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let frame = 0;
    const look = (): void => {
      frame = 0;
      const top = Math.floor(element.scrollTop / ROW_HEIGHT) * ROW_HEIGHT;
      const height = Math.ceil(element.clientHeight / ROW_HEIGHT) * ROW_HEIGHT;
      setSight((old) => (old.top === top && old.height === height ? old : { top, height }));
    };
    const ask = (): void => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    look();
    element.addEventListener('scroll', ask, { passive: true });
    const observer = new ResizeObserver(ask);
    observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', ask);
      observer.disconnect();
    };
  }, [box]);
  return sight;
}

interface BaselineProps {
  readonly name: string;
  readonly rmse: number;
  readonly columns: readonly RunsColumn[];
  readonly index: number;
  readonly first?: boolean;
}

/** What every run has to be better than: predicting without factors, in the column of held-out error. */
function BaselineLine({ name, rmse, columns, index, first = false }: BaselineProps) {
  return (
    <tr aria-rowindex={index} className={first ? 'runs-baseline-first' : undefined}>
      <td className="runs-select" />
      <td className="runs-pin" />
      <th scope="row" className="runs-name">
        {name}
      </th>
      {columns.map((column) => (
        <td key={column.id} className={`runs-${column.kind}`}>
          {column.id === 'rmseHeldOut' ? formatReadout(rmse) : ''}
        </td>
      ))}
    </tr>
  );
}

export interface RunsTableProps {
  readonly table: Table;
  readonly selected: ReadonlySet<RunId>;
  readonly onSelectAll: (on: boolean) => void;
  readonly opened: RunId | null;
  /** Id of the element in which the details stand. */
  readonly details: string;
  readonly renaming: RunId | null;
  readonly actions: LineActions;
  readonly onRename: (row: RunRow) => void;
  readonly onDelete: (row: RunRow) => void;
}

/**
 * The table of runs, a grid: one tab stop, arrow keys from cell to cell. Ten thousand rows are as quick as ten: only those in
 * sight (and the one with the focus) are in the page.
 */
export function RunsTable(props: RunsTableProps) {
  const { table, selected, onSelectAll, opened, details, renaming, actions, onRename, onDelete } = props;
  const { rows, differing, sources } = table;
  const pins = useExperiment((state) => state.pins);
  const baseline = useExperiment((state) => state.baseline);
  const { sort, descending } = useExperiment((state) => state.view);
  const sweeps = useExperiment((state) => state.sweeps);
  const baselines = useMemo(() => baselinesOfTable(table, sweeps), [table, sweeps]);
  const digits = useMemo(() => digitsFor(rows), [rows]);
  const leaveOneOut = saysLeaveOneOut(table);
  const { means, ends } = useMemo(() => foldsTold(rows), [rows]);
  const columns = useMemo(
    () => columnsOf(differing, digits, leaveOneOut, { means, ends }),
    [differing, digits, leaveOneOut, means, ends],
  );
  const heldOutWidth = columns.find(({ id }) => id === 'rmseHeldOut')?.width ?? 0;
  const pinned = useMemo(() => new Set(pins), [pins]);
  const box = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLTableElement>(null);
  const sight = useSight(box);
  const [place, setPlace] = useState<Place>({ row: 0, column: 2 });
  const [focused, setFocused] = useState(false);
  const wanted = useRef<Place | null>(null);
  const all = columns.length + CONTROLS;
  // Rows and columns come and go.
  const at: Place = {
    row: Math.min(place.row, rows.length - 1),
    column: Math.min(place.column, all - 1),
  };

  // Another order, another filter: from the top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what is waited for
  useEffect(() => {
    box.current?.scrollTo({ top: 0 });
  }, [sort, descending]);

  useLayoutEffect(() => {
    const to = wanted.current;
    if (!to) return;
    wanted.current = null;
    const element = grid.current?.querySelector<HTMLElement>(`[data-row="${to.row}"][data-column="${to.column}"]`);
    element?.focus({ preventScroll: true });
    const scroller = box.current;
    const cell = element?.closest('td, th');
    if (!scroller || !(cell instanceof HTMLElement)) return;
    if (to.row >= 0) {
      const top = to.row * ROW_HEIGHT;
      const room = scroller.clientHeight - HEAD_HEIGHT - ROW_HEIGHT;
      if (top < scroller.scrollTop) scroller.scrollTop = top;
      else if (top > scroller.scrollTop + room) scroller.scrollTop = top - room;
    }
    const sticky = cell.classList.contains('runs-name') || to.column < CONTROLS;
    if (sticky) return;
    const still = SELECT_WIDTH + PIN_WIDTH + NAME_WIDTH;
    // It is in sight at all times.
    if (cell.classList.contains('runs-heldOut') || cell.classList.contains('runs-head-heldOut')) return;
    const left = cell.offsetLeft;
    if (left - still < scroller.scrollLeft) scroller.scrollLeft = left - still;
    else if (left + cell.offsetWidth > scroller.scrollLeft + scroller.clientWidth - heldOutWidth)
      scroller.scrollLeft = left + cell.offsetWidth - scroller.clientWidth + heldOutWidth;
  });

  // A field that is gone gives the focus back to the name it stood for.
  const renamedBefore = useRef(renaming);
  useLayoutEffect(() => {
    const before = renamedBefore.current;
    renamedBefore.current = renaming;
    if (before === null || renaming !== null || document.activeElement !== document.body) return;
    const index = rows.findIndex((row) => row.id === before);
    grid.current?.querySelector<HTMLElement>(`[data-row="${index}"][data-column="2"]`)?.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>): void => {
    if (event.metaKey || event.altKey) return;
    const row = rows[at.row];
    if (row && event.key === 'F2') onRename(row);
    else if (row && event.key === 'Delete') onDelete(row);
    else {
      const page = Math.max(1, Math.floor(sight.height / ROW_HEIGHT) - 2);
      const to = placeAfterKey(event, at, { rows: rows.length, columns: all, page });
      if (!to) return;
      wanted.current = to;
      setPlace(to);
    }
    event.preventDefault();
  };
  const onFocus = (event: FocusEvent<HTMLTableElement>): void => {
    const { row, column } = event.target.dataset;
    setFocused(true);
    if (row !== undefined && column !== undefined) setPlace({ row: Number(row), column: Number(column) });
  };

  const slots = slotsOf(rows.length, ROW_HEIGHT, sight, focused || at.row < 0 ? at.row : -1);
  const headColumn = at.row < 0 ? at.column : -1;
  const allSelected = rows.length > 0 && selected.size >= rows.length && rows.every((row) => selected.has(row.id));
  const figuresWidth = columns.reduce((sum, column) => sum + column.width, 0);
  // The first row in sight takes the tab stop when the one that had it is not drawn.
  const drawn = slots.some((slot) => slot.kind === 'row' && slot.index === at.row);
  const firstDrawn = slots.find((slot) => slot.kind === 'row');
  const tabRow = drawn || at.row < 0 ? at.row : firstDrawn?.kind === 'row' ? firstDrawn.index : -1;
  return (
    <div ref={box} className="runs-scroll">
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table whose cells are moved between
        role="grid"
        className="runs-table numbers"
        aria-label={text.table}
        aria-rowcount={rows.length + 1 + (baselines === null ? 0 : 2)}
        aria-multiselectable="true"
        style={{ width: `max(100%, ${SELECT_WIDTH + PIN_WIDTH + NAME_WIDTH + figuresWidth}px)` }}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onBlur={() => setFocused(false)}
      >
        <colgroup>
          <col style={{ width: SELECT_WIDTH }} />
          <col style={{ width: PIN_WIDTH }} />
          <col />
          {columns.map((column) => (
            <col key={column.id} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="runs-select">
              <input
                data-row={-1}
                data-column={0}
                tabIndex={headColumn === 0 ? 0 : -1}
                type="checkbox"
                aria-label={text.selectAll}
                checked={allSelected}
                onChange={(event) => onSelectAll(event.currentTarget.checked)}
              />
            </th>
            <th scope="col" className="runs-pin" data-row={-1} data-column={1} tabIndex={headColumn === 1 ? 0 : -1}>
              <span className="visually-hidden">{text.columns.pin}</span>
            </th>
            <Head column={NAME_COLUMN} place={2} tabColumn={headColumn} sort={sort} descending={descending} />
            {columns.map((column, index) => (
              <Head
                key={column.id}
                column={column}
                place={index + CONTROLS}
                tabColumn={headColumn}
                sort={sort}
                descending={descending}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {slots.map((slot) => {
            if (slot.kind === 'gap')
              return (
                // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row takes no focus
                <tr key={`gap ${slot.from}`} aria-hidden="true" className="runs-gap" style={{ height: slot.height }}>
                  <td colSpan={all} />
                </tr>
              );
            const row = rows[slot.index];
            if (!row) return null;
            return (
              <RunLine
                key={row.id}
                row={row}
                index={slot.index}
                columns={columns}
                selected={selected.has(row.id)}
                pinned={pinned.has(row.id)}
                baseline={row.id === baseline}
                opened={row.id === opened}
                details={details}
                renaming={row.id === renaming}
                fromMany={sources.size > 1}
                tabColumn={slot.index === tabRow ? at.column : -1}
                actions={actions}
              />
            );
          })}
        </tbody>
        {baselines && (
          <tfoot>
            <BaselineLine first name={text.meanAlone} rmse={baselines.mean} columns={columns} index={rows.length + 2} />
            <BaselineLine name={text.biasesOnly} rmse={baselines.biases} columns={columns} index={rows.length + 3} />
          </tfoot>
        )}
      </table>
    </div>
  );
}
