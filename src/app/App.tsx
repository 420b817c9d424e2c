import { type ReactNode, useEffect, useRef } from 'react';
import { strings } from '../strings/index.ts';
import { HandleContext, useApp } from '../views/context.ts';
import { OpenedFold } from '../views/experiment/OpenedFold.tsx';
import { fetched } from '../views/fetched.tsx';
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
import type { Booted } from './boot.ts';
import { DropTarget } from './DropTarget.tsx';
import { listenForCommands } from './keyboard.ts';
import './shell.css';
import { Theme } from './Theme.tsx';

/** Lessons, and everything they are made of, come when they are first opened. */
const LearnRoute = fetched<LaterProps>(() => import('./LearnRoute.tsx'), {
  waiting: <div className="shell" aria-busy="true" />,
  kept: strings.app.studyKept,
  frame: WithoutView,
});

/** Sweeps, their form and their pictures come when they are first opened; those that are under way go on without. */
const ExperimentRoute = fetched<LaterProps>(() => import('./ExperimentRoute.tsx'), {
  waiting: <div className="shell" aria-busy="true" />,
  kept: strings.app.runsKept,
  frame: WithoutView,
});

/** From here on the inspector is a column of its own, on the first screen. */
const THREE_COLUMNS = '(min-width: 1100px)';

/** The page: the view that the address names, and what is common to all. */
export function App({ booted }: { readonly booted: Booted }) {
  return (
    <HandleContext value={booted.app}>
      <Theme />
      <Route booted={booted} />
    </HandleContext>
  );
}

interface LaterProps {
  readonly booted: Booted;
  readonly route: string;
}

/** The header, so that there is a way back to Play. */
function WithoutView({ booted: { app, open, save }, children }: LaterProps & { readonly children: ReactNode }) {
  return (
    <div className="shell">
      <Header experiment={app.experiment} onOpen={(file) => open(file, app)} onExport={(kind) => save(kind, app)} />
      <main className="shell-lost">{children}</main>
      <Messages />
    </div>
  );
}

/** The view that was left last; null while the page shows the one that it was loaded with. */
let viewLeft: string | null = null;

function Route({ booted }: { readonly booted: Booted }) {
  const route = useApp((state) => state.view.route);
  useEffect(
    () => () => {
      viewLeft = route;
    },
    [route],
  );
  if (route.startsWith('learn')) return <LearnRoute booted={booted} route={route} />;
  if (route === 'experiment') return <ExperimentRoute booted={booted} route={route} />;
  return <Play booted={booted} />;
}

/** Coming from another view, what had the focus is no more: the heading takes it, so that keys and readers begin there. */
function useFocusOnArrival() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (viewLeft !== null && lost) heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}

/** Play: header, model panel, stage with the loss chart under it, inspector. */
function Play({ booted }: { readonly booted: Booted }) {
  const { app, save } = booted;
  const wide = useMedia(THREE_COLUMNS);
  const heading = useFocusOnArrival();
  useEffect(() => listenForCommands(app), [app]);
  const onOpen = (file: File) => booted.open(file, app);
  return (
    <>
      <div className="shell">
        <Header experiment={app.experiment} onOpen={onOpen} onExport={(kind) => save(kind, app)} matrices />
        <main className="shell-play">
          <section className="shell-model" aria-label={strings.app.modelRegion}>
            <div className="shell-scroll">
              <ModelPanel />
            </div>
          </section>
          <section className="shell-stage" aria-label={strings.app.stageRegion}>
            <h1 ref={heading} tabIndex={-1} className="visually-hidden">
              {strings.app.pageTitle}
            </h1>
            <PlaybackBar />
            <OpenedFold />
            <DivergenceBanner />
            <Stage />
            <LossChart caption />
            {wide || <HonestyNote />}
          </section>
          <section className="shell-inspector" aria-label={strings.app.inspectorRegion}>
            <div className="shell-scroll">
              <Inspector />
            </div>
          </section>
        </main>
        <Messages />
      </div>
      <DropTarget onOpen={onOpen} />
    </>
  );
}
