import { Tabs } from 'radix-ui';
import { useEffect, useRef } from 'react';
import { canLiveMap } from '../../core/experiment/live-map.ts';
import type { CellIndex } from '../../core/experiment/plan.ts';
import { recordOf, rowIdOf } from '../../store/experiment-select.ts';
import type { Sweep } from '../../store/experiment-state.ts';
import { LIVE_MAP_DEFAULTS } from '../../store/live-map.ts';
import { withExtended } from '../../store/sweep-form.ts';
import { describePlanProblem } from '../../strings/experiment.ts';
import { strings } from '../../strings/index.ts';
import { sweepForm as text } from '../../strings/sweep-form.ts';
import { useActions, useApp, useExperiment, useExperimentActions, useExperimentRoom, useHandle } from '../context.ts';
import '../inspector/inspector.css';
import '../inspector/tabs.css';
import { ModelPanel } from '../panel/ModelPanel.tsx';
import './experiment.css';
import { experimentMemory, type ResultsTab, useExperimentMemory, useSetMemory } from './form-memory.ts';
import { LiveMapPanel } from './picture/LiveMapPanel.tsx';
import { SweepPicture } from './picture/SweepPicture.tsx';
import { ComparePanel } from './runs/ComparePanel.tsx';
import { RunsPanel } from './runs/RunsPanel.tsx';
import { SweepFormPanel } from './SweepFormPanel.tsx';
import { SweepList } from './SweepList.tsx';
import { useShownSweep } from './shown-sweep.ts';
import { useVerdict, VerdictCard, VerdictLine } from './VerdictCard.tsx';

/** Opens the run of a combination in Play, from the first of its seeds. */
function useOpenCell(sweep: Sweep): (cell: CellIndex) => void {
  const { store } = useExperimentRoom();
  const { openInPlay } = useExperimentActions();
  return (cell) => {
    const id = rowIdOf(sweep, cell);
    if (recordOf(store.getState(), id) === null) return;
    openInPlay(id);
    window.location.hash = '#/play';
  };
}

/** Adds the values beyond an edge to the sweep; says why where that cannot be. */
function useExtend(sweep: Sweep): (axis: number, side: 'low' | 'high') => void {
  const { extendSweep } = useExperimentActions();
  const { say } = useActions();
  const { store: room } = useExperimentRoom();
  const memory = experimentMemory(useHandle().store);
  return (axis, side) => {
    const problem = extendSweep(sweep.id, axis, side);
    if (problem) {
      say(describePlanProblem(problem));
      return;
    }
    const after = room.getState().sweeps.find(({ id }) => id === sweep.id);
    if (after) memory.setState(({ form }) => ({ form: withExtended(form, sweep.plan, after.plan) }));
  };
}

/** Which picture stands there first: before there is a sweep the live map, where the ratings are few enough to draw it at once. */
function useFirstTab(sweep: Sweep | null): 'sweep' | 'live' {
  const loaded = useExperiment((state) => state.loaded);
  const small = useApp(({ study }) => canLiveMap(study, LIVE_MAP_DEFAULTS.size, LIVE_MAP_DEFAULTS.epochs));
  return loaded && sweep === null && small ? 'live' : 'sweep';
}

const TABS: readonly ResultsTab[] = ['sweep', 'live', 'compare'];

/** What is shown, and how to show another. Runs that begin to be compared are shown; when that ends, the sweep is. */
function useResultsTab(first: ResultsTab): readonly [ResultsTab, (tab: string) => void] {
  const chosen = useExperimentMemory((memory) => memory.tab);
  const set = useSetMemory();
  const asked = useExperiment((state) => state.comparison?.ids ?? null);
  const before = useRef(asked);
  useEffect(() => {
    if (asked === before.current) return;
    before.current = asked;
    set({ tab: asked === null ? 'sweep' : 'compare' });
  }, [asked, set]);
  return [chosen ?? first, (tab) => set({ tab: TABS.find((one) => one === tab) ?? 'sweep' })];
}

/** What came of a sweep: the verdict in a line, its picture, and the verdict with its grounds. */
function JudgedSweep({ sweep }: { readonly sweep: Sweep }) {
  const open = useOpenCell(sweep);
  const extend = useExtend(sweep);
  const verdict = useVerdict(sweep);
  return (
    <>
      <VerdictLine sweep={sweep} verdict={verdict} />
      <SweepPicture sweep={sweep} verdict={verdict} onOpen={open} onExtend={extend} />
      {verdict && <VerdictCard sweep={sweep} verdict={verdict} />}
    </>
  );
}

function Results() {
  const sweep = useShownSweep();
  const first = useFirstTab(sweep);
  const [tab, show] = useResultsTab(first);
  return (
    <Tabs.Root className="experiment-results" value={tab} onValueChange={show}>
      <Tabs.List className="inspector-tabs experiment-tabs" aria-label={text.tabs}>
        <Tabs.Trigger value="sweep" className="inspector-tab">
          <span data-label={text.sweepTab}>{text.sweepTab}</span>
        </Tabs.Trigger>
        <Tabs.Trigger value="live" className="inspector-tab">
          <span data-label={text.liveTab}>{text.liveTab}</span>
        </Tabs.Trigger>
        <Tabs.Trigger value="compare" className="inspector-tab">
          <span data-label={strings.runs.comparison}>{strings.runs.comparison}</span>
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="sweep" className="experiment-tab">
        {sweep ? <JudgedSweep key={sweep.id} sweep={sweep} /> : <SweepPicture sweep={null} onOpen={() => {}} />}
      </Tabs.Content>
      <Tabs.Content value="live" className="experiment-tab">
        <div className="experiment-live">
          <LiveMapPanel />
          {/* Play's own settings: what is dragged here moves the map, and Play with it. */}
          <section className="experiment-model" aria-label={strings.app.modelRegion}>
            <ModelPanel />
          </section>
        </div>
      </Tabs.Content>
      {/* Always there, so that it can take the focus when runs begin to be compared. */}
      <Tabs.Content value="compare" forceMount className="experiment-tab">
        <ComparePanel />
      </Tabs.Content>
    </Tabs.Root>
  );
}

export interface ExperimentProps {
  /** Hands the runs that the table shows to the browser as a file. */
  readonly onExport: (kind: 'csv' | 'json') => void;
}

/** Sweeps: what to vary, what came of it, and the runs side by side. */
export function Experiment({ onExport }: ExperimentProps) {
  return (
    <main className="experiment">
      <h1 className="visually-hidden">{text.pageTitle}</h1>
      <section className="experiment-form" aria-label={text.sweepRegion}>
        <div className="experiment-scroll">
          <SweepFormPanel />
          <SweepList />
        </div>
      </section>
      <section className="experiment-middle" aria-label={text.pictureRegion}>
        <Results />
      </section>
      <section className="experiment-runs" aria-label={text.runsRegion}>
        <div className="experiment-scroll">
          <RunsPanel onExport={onExport} />
        </div>
      </section>
    </main>
  );
}
