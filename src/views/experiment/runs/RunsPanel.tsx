import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { RunId } from '../../../core/experiment/run-record.ts';
import type { Problem } from '../../../core/problem.ts';
import type { RunsTable as Table } from '../../../store/runs-table.ts';
import type { RunRow } from '../../../store/sweep-row.ts';
import { describeProblem, strings } from '../../../strings/index.ts';
import { useExperiment, useExperimentActions } from '../../context.ts';
import { foldsTold, saysLeaveOneOut, stoppedInPlay } from './columns.ts';
import { RunDetails } from './RunDetails.tsx';
import type { LineActions } from './RunLine.tsx';
import { RunsExport, type RunsExportKind } from './RunsExport.tsx';
import { RunsFilters } from './RunsFilters.tsx';
import { RunsTable } from './RunsTable.tsx';
import { useRunsMemory } from './runs-memory.ts';
import { useRunsTable } from './use-runs-table.ts';
import './runs.css';

const text = strings.runs;

/** More would be a tangle of curves, and a training for each. */
const MOST_COMPARED = 6;

export interface RunsPanelProps {
  /** Hands the runs that the table shows to the browser as a file; without it there is no menu. */
  readonly onExport?: (kind: RunsExportKind) => void;
}

function Selection({ chosen, onClear, onDelete }: SelectionProps) {
  const actions = useExperimentActions();
  const hint = useId();
  const count = chosen.length;
  const why = count < 2 ? text.compareNeedsTwo : count > MOST_COMPARED ? text.compareMost(MOST_COMPARED) : null;
  return (
    <div className="runs-selection">
      <span className="small numbers">{text.selected(count)}</span>
      <button
        type="button"
        className="button primary runs-small"
        aria-disabled={why !== null}
        aria-describedby={why === null ? undefined : hint}
        onClick={() => {
          if (why === null) actions.compare(chosen);
        }}
      >
        {text.compare}
      </button>
      {count > 0 && (
        <>
          <button type="button" className="button runs-small" onClick={onDelete}>
            {text.deleteSelected}
          </button>
          <button type="button" className="button runs-small" onClick={onClear}>
            {text.clearSelection}
          </button>
        </>
      )}
      {why !== null && (
        <span id={hint} className="small muted">
          {why}
        </span>
      )}
    </div>
  );
}

interface SelectionProps {
  readonly chosen: readonly RunId[];
  readonly onClear: () => void;
  readonly onDelete: () => void;
}

const NONE: ReadonlySet<RunId> = new Set();
const NO_TABLE: Table = { rows: [], all: 0, differing: new Set(), sources: new Set() };

/** The table of runs: what came of each, which settings differ, and what to do with them. */
export function RunsPanel({ onExport }: RunsPanelProps) {
  const actions = useExperimentActions();
  const made = useRunsTable();
  const table = made ?? NO_TABLE;
  const undoLabel = useExperiment((state) => state.undoLabel);
  const loaded = useExperiment((state) => state.loaded);
  const details = useId();
  const [{ selected, opened }, setMemory] = useRunsMemory();
  const [renaming, setRenaming] = useState<RunId | null>(null);
  const [refused, setRefused] = useState<{ readonly problem: Problem; readonly name: string } | null>(null);
  const [said, setSaid] = useState('');
  const undo = useRef<HTMLButtonElement>(null);
  const toUndo = useRef(false);
  const { rows } = table;
  // What is not shown is not selected either: nothing is deleted unseen.
  const chosen = useMemo(
    () => (selected.size === 0 ? [] : rows.filter((row) => selected.has(row.id)).map((row) => row.id)),
    [rows, selected],
  );
  const openedRow = opened === null ? null : (rows.find((row) => row.id === opened) ?? null);

  const lines = useMemo<LineActions>(
    () => ({
      select: ({ id }, on) =>
        setMemory((before) => {
          const after = new Set(before.selected);
          if (on) after.add(id);
          else after.delete(id);
          return { selected: after };
        }),
      pin: ({ id }) => actions.togglePin(id),
      open: ({ id }) => setMemory((before) => ({ opened: before.opened === id ? null : id })),
      rename: (row, name) => {
        const problem = name === null || name.trim() === row.name ? null : actions.renameRun(row.id, name);
        setRefused(problem && { problem, name: row.name });
        if (problem) return false;
        setRenaming(null);
        return true;
      },
    }),
    [actions, setMemory],
  );

  const remove = (ids: readonly RunId[]): void => {
    if (ids.length === 0) return;
    actions.deleteRuns(ids);
    setMemory({ selected: NONE, opened: opened !== null && ids.includes(opened) ? null : opened });
    setSaid(text.deleted(ids.length));
    toUndo.current = true;
  };
  // The button that deleted is gone with what it deleted; the way back is where the hand looks next.
  useEffect(() => {
    if (!toUndo.current || undoLabel === null) return;
    toUndo.current = false;
    undo.current?.focus({ preventScroll: true });
  });
  const rename = (row: RunRow): void => {
    setRefused(null);
    setRenaming(row.id);
  };

  return (
    <section className="runs" aria-label={text.title}>
      <div className="runs-head">
        <h2>{text.title}</h2>
        <div className="runs-head-actions">
          {undoLabel !== null && (
            <button
              ref={undo}
              type="button"
              className="button runs-small"
              onClick={() => {
                actions.undo();
                setSaid(text.undone(undoLabel));
              }}
            >
              {text.undo(undoLabel)}
            </button>
          )}
          {onExport && table.all > 0 && <RunsExport onExport={onExport} />}
        </div>
      </div>
      <p role="status" className="visually-hidden">
        {said}
      </p>
      {table.all === 0 ? (
        loaded && made !== null && <p className="muted">{text.none}</p>
      ) : (
        <>
          <RunsFilters table={table} />
          {rows.length === 0 ? (
            <p className="muted">{text.nothingFound}</p>
          ) : (
            <>
              <RunsTable
                table={table}
                selected={selected}
                onSelectAll={(on) => setMemory({ selected: on ? new Set(rows.map((row) => row.id)) : NONE })}
                opened={opened}
                details={details}
                renaming={renaming}
                actions={lines}
                onRename={rename}
                onDelete={(row) => remove([row.id])}
              />
              {refused && (
                <p role="alert" className="runs-refused small">
                  {describeProblem(refused.problem)} {text.nameStays(refused.name)}
                </p>
              )}
              <p className="small muted">
                {saysLeaveOneOut(table) && `${text.leaveOneOut} `}
                {foldsTold(rows).means && `${text.bestIsMean} `}
                {rows.some(stoppedInPlay) && `${text.someStoppedEarly} `}
                {rows.some(({ folds }) => folds > 1) && `${text.ofOneFold} `}
                {text.differs} {text.keys}
              </p>
              <Selection
                chosen={chosen}
                onClear={() => setMemory({ selected: NONE })}
                onDelete={() => remove(chosen)}
              />
            </>
          )}
          {openedRow && (
            <RunDetails
              id={details}
              row={openedRow}
              differing={table.differing}
              onRename={() => rename(openedRow)}
              onDelete={() => remove([openedRow.id])}
              onClose={() => setMemory({ opened: null })}
            />
          )}
        </>
      )}
    </section>
  );
}
