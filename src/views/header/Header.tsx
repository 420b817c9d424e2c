import type { Experiment } from '../../store/experiment.ts';
import { strings } from '../../strings/index.ts';
import { useActions, useApp } from '../context.ts';
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

function UndoRedo() {
  const undoLabel = useApp((state) => state.undo.at(-1)?.label ?? null);
  const redoLabel = useApp((state) => state.redo.at(-1)?.label ?? null);
  const { undo, redo } = useActions();
  return (
    <>
      <button
        type="button"
        className="button header-step"
        aria-label={text.undo}
        aria-disabled={undoLabel === null}
        title={undoLabel === null ? text.nothingToUndo : text.undoes(undoLabel)}
        onClick={() => undoLabel !== null && undo()}
      >
        <span aria-hidden="true">↶</span>
        <span className="header-word">{text.undo}</span>
      </button>
      <button
        type="button"
        className="button header-step"
        aria-label={text.redo}
        aria-disabled={redoLabel === null}
        title={redoLabel === null ? text.nothingToRedo : text.redoes(redoLabel)}
        onClick={() => redoLabel !== null && redo()}
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
