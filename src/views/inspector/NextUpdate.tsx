import { useMemo } from 'react';
import { alphaAt } from '../../core/schedule.ts';
import { traceMomentum } from '../../core/trace-momentum.ts';
import { traceUpdate } from '../../core/trace-update.ts';
import { strings } from '../../strings/index.ts';
import { useApp } from '../context.ts';
import { fetched } from '../fetched.tsx';
import { DoUpdate } from './DoUpdate.tsx';
import { useTrainingData } from './known-model.ts';
import { MomentumStep } from './MomentumStep.tsx';
import { allFinite, type NextStep, nextStep, type OfCell } from './next-step.ts';
import { SgdStep } from './SgdStep.tsx';
import { Note } from './StepLines.tsx';
import type { ParametersView, SelectedCell } from './selected-cell.ts';
import './next-update.css';

const text = strings.nextUpdate;

const options = { waiting: <p className="muted small">{strings.understand.loading}</p> };
const BatchStep = fetched(() => import('./BatchStep.tsx'), options);
const RowStep = fetched(() => import('./RowStep.tsx'), options);

/** Why the step needs more than the stage shows; null where it is at hand. */
function missing(next: NextStep, past: boolean): string | null {
  if (next.all !== null) return null;
  return past ? text.needsAllPast : text.needsAll;
}

/** One visit to this rating, from the two rows that the stage shows. */
function VisitStep({ cell, next, view }: OfCell & { view: ParametersView }) {
  const { model } = next;
  const { rows, rating } = cell;
  if (rows === null || rating === null) return null;
  const alpha = alphaAt(model, next.epoch);
  const nonNegative = model.nonNegative === true;
  if (model.optimizer.kind === 'momentum') {
    const { velocity } = view;
    const trace = velocity && traceMomentum(view, velocity, rows.user, rows.item, rating, model, alpha);
    if (!trace) return <Note>{text.momentumWaits}</Note>;
    const all = [trace.userBias, trace.itemBias, ...trace.factors.flatMap(({ p, q }) => [p, q])];
    return (
      <>
        <MomentumStep trace={trace} nonNegative={nonNegative} />
        <DoUpdate
          user={cell.user}
          item={cell.item}
          finite={allFinite(all.flatMap((of) => [of?.newVelocity, of?.after]))}
        />
      </>
    );
  }
  const trace = traceUpdate(view, rows.user, rows.item, rating, model, alpha);
  if (!trace) return null;
  const all = [
    trace.userBias?.after,
    trace.itemBias?.after,
    ...trace.factors.flatMap(({ newP, newQ }) => [newP, newQ]),
  ];
  return (
    <>
      <SgdStep trace={trace} nonNegative={nonNegative} />
      <DoUpdate user={cell.user} item={cell.item} finite={allFinite(all)} />
    </>
  );
}

/** What is to be said of the run before its next step is read: nothing, mostly. */
function Standing({ next }: { next: NextStep }) {
  const divergence = useApp((state) => state.run.divergence);
  const stopped = useApp((state) => state.run.stopped ?? null);
  const playhead = useApp((state) => state.run.playhead);
  const chosen = useApp((state) => state.study.model);
  const { model, epoch } = next;
  const resting = model.optimizer.kind !== 'als' && alphaAt(model, epoch) === 0;
  return (
    <>
      {playhead !== null && <Note>{text.past(playhead)}</Note>}
      {playhead === null && divergence && <Note>{text.diverged(divergence.during, divergence.epoch)}</Note>}
      {playhead === null && stopped && <Note>{text.stopped(stopped.at, stopped.best)}</Note>}
      {model !== chosen && <Note>{text.waiting}</Note>}
      {resting && <Note>{text.alphaZero}</Note>}
    </>
  );
}

function Body({ cell, view }: { cell: SelectedCell; view: ParametersView }) {
  const study = useApp((state) => state.study);
  const window = useApp((state) => state.window);
  const run = useApp((state) => state.run);
  const data = useTrainingData(study.dataset);
  const { memory, state, stateStudy, playhead, status, epoch, position } = run;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the run only these are read
  const next = useMemo(
    () => nextStep({ study, window, run }, cell),
    [study, window, cell, view, memory, state, stateStudy, playhead, status, epoch, position],
  );
  if (next === null) return null;
  const { kind } = next.model.optimizer;
  const visits = kind === 'sgd' || kind === 'momentum';
  const isAdam = kind === 'adam';
  if (cell.state === 'gap' && kind !== 'als') return <Note>{isAdam ? text.gapAdam : text.gap}</Note>;
  if (cell.state === 'held-out' && kind !== 'als') return <Note>{isAdam ? text.heldOutAdam : text.heldOut}</Note>;
  if (visits) {
    return (
      <>
        <Standing next={next} />
        <VisitStep cell={cell} next={next} view={view} />
      </>
    );
  }
  if (status === 'training') return <Note>{isAdam ? text.trainingBatch : text.trainingRow}</Note>;
  const lacks = missing(next, playhead !== null);
  if (lacks !== null) return <Note>{lacks}</Note>;
  const common = { cell, next, dataset: study.dataset, data };
  return (
    <>
      <Standing next={next} />
      {isAdam ? <BatchStep {...common} /> : <RowStep {...common} />}
    </>
  );
}

/** What one step of the optimizer would make of the selected cell's numbers, with all its numbers, and the button that makes it. */
export function NextUpdate(props: { cell: SelectedCell; view: ParametersView }) {
  return (
    <section className="inspect-part next-update" aria-label={text.heading}>
      <h3 className="inspect-heading">{text.heading}</h3>
      <Body {...props} />
    </section>
  );
}
