import { useSyncExternalStore } from 'react';
import type { Experiment } from '../../store/experiment.ts';
import { redoInExperiment, undoInExperiment } from '../../store/experiment-undo.ts';
import { strings } from '../../strings/index.ts';
import { useApp, useHandle } from '../context.ts';
import '../controls/controls.css';
import { DatasetPicker } from './DatasetPicker.tsx';
import { type FileActions, FoldedActions, WideActions } from './FileMenus.tsx';
import './header.css';
import { useMedia } from './media.ts';
import { SkipLink } from './SkipLink.tsx';
import { SweepLink } from './SweepLink.tsx';

export type { ExportKind } from './FileMenus.tsx';

const text = strings.header;

/** Below this width the secondary actions fold into one menu. */
const FOLDED = '(max-width: 900px)';

const silent = () => () => {};

/** What Undo and Redo do in this view, in words; null where there is nothing to do. */
function useSteps() {
  const handle = useHandle();
  const { experiment, actions } = handle;
  const undoLabel = useApp((state) => state.undo.at(-1)?.label ?? null);
  const redoLabel = useApp((state) => state.redo.at(-1)?.label ?? null);
  const here = useApp((state) => state.view.route === 'experiment');
  const runs = experiment?.store;
  const deleted = useSyncExternalStore(runs?.subscribe ?? silent, () => runs?.getState().undoLabel ?? null);
  if (!here || !experiment) {
    return {
      undoes: undoLabel === null ? null : text.undoes(undoLabel),
      redoes: redoLabel === null ? null : text.redoes(redoLabel),
      undo: actions.undo,
      redo: actions.redo,
    };
  }
  const ofPlay = undoLabel === null ? null : text.undoesInPlay(undoLabel);
  const places = { ...handle, experiment };
  return {
    undoes: deleted === null ? ofPlay : text.undoes(deleted),
    redoes: redoLabel === null ? null : text.redoesInPlay(redoLabel),
    undo: () => undoInExperiment(places),
    redo: () => redoInExperiment(places),
  };
}

function UndoRedo() {
  const { undoes, redoes, undo, redo } = useSteps();
  return (
    <>
      <button
        type="button"
        className="button header-step"
        aria-label={text.undo}
        aria-disabled={undoes === null}
        title={undoes ?? text.nothingToUndo}
        onClick={() => undoes !== null && undo()}
      >
        <span aria-hidden="true">↶</span>
        <span className="header-word">{text.undo}</span>
      </button>
      <button
        type="button"
        className="button header-step"
        aria-label={text.redo}
        aria-disabled={redoes === null}
        title={redoes ?? text.nothingToRedo}
        onClick={() => redoes !== null && redo()}
      >
        <span aria-hidden="true">↷</span>
        <span className="header-word">{text.redo}</span>
      </button>
    </>
  );
}

export interface HeaderProps extends FileActions {
  /** Its sweep goes on while another view is shown, and says so. */
  readonly experiment?: Experiment;
  /** Whether the view has matrices, which the keyboard can skip to. */
  readonly matrices?: boolean;
}

/** Name, views, dataset, undo and redo; Open…, Export and theme beside them or folded into one menu. */
export function Header({ onOpen, onExport, experiment, matrices = false }: HeaderProps) {
  const folded = useMedia(FOLDED);
  const learning = useApp((state) => state.view.route.startsWith('learn'));
  const experimenting = useApp((state) => state.view.route === 'experiment');
  return (
    <header className="header">
      {matrices && <SkipLink />}
      <div className="header-name">{strings.common.appName}</div>
      <nav className="header-views" aria-label={strings.common.views}>
        <a href="#/play" aria-current={learning || experimenting ? undefined : 'page'}>
          {strings.common.play}
        </a>
        <a href="#/learn" aria-current={learning ? 'page' : undefined}>
          {strings.common.learn}
        </a>
        <a href="#/experiment" aria-current={experimenting ? 'page' : undefined}>
          {strings.common.experiment}
        </a>
      </nav>
      <div className="header-actions">
        {experiment && !experimenting && <SweepLink experiment={experiment} />}
        {/* A lesson brings its own ratings. */}
        {learning || <DatasetPicker />}
        <UndoRedo />
        {folded ? (
          <FoldedActions onOpen={onOpen} onExport={onExport} />
        ) : (
          <WideActions onOpen={onOpen} onExport={onExport} />
        )}
      </div>
    </header>
  );
}
