import { useEffect, useState } from 'react';
import type { Store } from '../store/store.ts';
import { strings } from '../strings/index.ts';
import { HandleContext, useApp } from '../views/context.ts';
import { Header } from '../views/header/Header.tsx';
import { useMedia } from '../views/header/media.ts';
import { Inspector } from '../views/inspector/Inspector.tsx';
import { LossChart } from '../views/loss/LossChart.tsx';
import { Messages } from '../views/messages/Messages.tsx';
import { ModelPanel } from '../views/panel/ModelPanel.tsx';
import { DivergenceBanner } from '../views/playback/DivergenceBanner.tsx';
import { HonestyNote } from '../views/playback/HonestyNote.tsx';
import { PlaybackBar } from '../views/playback/PlaybackBar.tsx';
import { Stage } from '../views/stage/Stage.tsx';
import type { ExportKind } from './export-file.ts';
import './shell.css';

interface Props {
  readonly app: Store;
  readonly onOpen: (file: File) => void;
  readonly onExport: (kind: ExportKind) => void;
}

/** From here on the inspector is a column of its own, on the first screen. */
const THREE_COLUMNS = '(min-width: 1100px)';

/** The page: header, model panel, stage with the loss chart under it, inspector. */
export function App({ app, onOpen, onExport }: Props) {
  const wide = useMedia(THREE_COLUMNS);
  return (
    <HandleContext value={app}>
      <Theme />
      <div className="shell">
        <Header onOpen={onOpen} onExport={onExport} />
        <main className="shell-play">
          <section className="shell-model" aria-label={strings.app.modelRegion}>
            <div className="shell-scroll">
              <ModelPanel />
            </div>
          </section>
          <section className="shell-stage" aria-label={strings.app.stageRegion}>
            <h1 className="visually-hidden">{strings.app.pageTitle}</h1>
            <PlaybackBar />
            <DivergenceBanner />
            <Stage />
            <LossChart />
            {wide || <HonestyNote />}
          </section>
          <section className="shell-inspector" aria-label={strings.app.inspectorRegion}>
            <div className="shell-scroll">
              <Inspector />
              {wide && <HonestyNote />}
            </div>
          </section>
        </main>
        <Messages />
      </div>
      <DropTarget onOpen={onOpen} />
    </HandleContext>
  );
}

/** Puts the chosen theme, or the system's, on the document. */
function Theme() {
  const choice = useApp((state) => state.view.theme);
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      document.documentElement.dataset.theme =
        choice === 'dark' || (choice === 'system' && dark.matches) ? 'dark' : 'light';
    };
    apply();
    dark.addEventListener('change', apply);
    return () => dark.removeEventListener('change', apply);
  }, [choice]);
  return null;
}

/** The whole window takes files. */
function DropTarget({ onOpen }: Pick<Props, 'onOpen'>) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const holdsFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file) onOpen(file);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [onOpen]);
  return over ? <div className="shell-drop">{strings.app.dropHere}</div> : null;
}
