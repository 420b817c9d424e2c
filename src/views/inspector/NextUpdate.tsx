import { useMemo } from 'react';
import type { Dataset } from '../../core/dataset.ts';
import { hasBiases } from '../../core/model.ts';
import { inVisitingOrder } from '../../core/order.ts';
import { alphaAt } from '../../core/schedule.ts';
import type { AdamTrace } from '../../core/trace-adam.ts';
import { traceAdam } from '../../core/trace-adam.ts';
import { traceAls, turnOf } from '../../core/trace-als.ts';
import { traceMomentum } from '../../core/trace-momentum.ts';
import { traceUpdate } from '../../core/trace-update.ts';
import type { TrainingData } from '../../core/training-data.ts';
import { ratingsOfRow } from '../../core/understand/row-ratings.ts';
import { strings } from '../../strings/index.ts';
import { useApp } from '../context.ts';
import { AdamStep } from './AdamStep.tsx';
import { AlsStep } from './AlsStep.tsx';
import { DoUpdate } from './DoUpdate.tsx';
import { useTrainingData } from './known-model.ts';
import { MomentumStep } from './MomentumStep.tsx';
import { type NextStep, nextStep } from './next-step.ts';
import { SgdStep } from './SgdStep.tsx';
import type { ParametersView, SelectedCell } from './selected-cell.ts';
import './next-update.css';

const text = strings.nextUpdate;

function Note({ children }: { children: string }) {
  return <p className="muted small">{children}</p>;
}

/** Why the step needs more than the stage shows; null where it is at hand. */
function missing(next: NextStep, past: boolean): string | null {
  if (next.all !== null) return null;
  return past ? text.needsAllPast : text.needsAll;
}

const allFinite = (numbers: readonly (number | undefined)[]) => numbers.every((number) => Number.isFinite(number ?? 0));

interface OfCell {
  readonly cell: SelectedCell;
  readonly next: NextStep;
}

interface OfAll extends OfCell {
  readonly dataset: Dataset;
  readonly data: TrainingData;
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

function isFiniteAdam({ userBias, itemBias, factors }: AdamTrace): boolean {
  const all = [userBias, itemBias, ...factors.flatMap(({ p, q }) => [p, q])];
  return allFinite(all.flatMap((of) => [of?.newM, of?.newV, of?.after]));
}

/** One step of Adam, with the batch that holds this rating in the epoch under way. */
function BatchStep({ cell, next, data }: OfAll) {
  const { model, epoch, all } = next;
  const { user, item } = cell;
  const { order, seed } = model;
  const columns = useMemo(() => inVisitingOrder(data.training, { order, seed }, epoch), [data, order, seed, epoch]);
  const trace = useMemo(
    () => all?.adam && traceAdam(all.parameters, all.adam, columns, user, item, model, alphaAt(model, epoch)),
    [all, columns, user, item, model, epoch],
  );
  if (!trace) return <Note>{text.adamWaits}</Note>;
  return (
    <>
      <AdamStep trace={trace} user={user} item={item} nonNegative={model.nonNegative === true} />
      <DoUpdate user={user} item={item} finite={isFiniteAdam(trace)} />
    </>
  );
}

/** One row of ALS: that of the user while it is the users' turn, then that of the item. */
function RowStep({ cell, next, dataset, data }: OfAll) {
  const { model, position, all } = next;
  const { user, item } = cell;
  const side = turnOf(position, data.m);
  const trace = useMemo(
    () => all && traceAls(all.parameters, data, side, user, item, model),
    [all, data, side, user, item, model],
  );
  const row = side === 'users' ? user : item;
  const name = dataset[side][row] ?? '';
  if (!trace) return <Note>{text.alsEmpty(side, name)}</Note>;
  if (!trace.ok) {
    const ratings = ratingsOfRow(data.training, side, row).value.length;
    const unknowns = model.k + (hasBiases(model.prediction) ? 1 : 0);
    const refused = trace.problem.code !== 'not-finite';
    return <Note>{refused ? text.alsRefused(name, model.beta, ratings, unknowns) : text.alsTooLarge}</Note>;
  }
  return (
    <>
      {cell.state !== 'seen' && <Note>{cell.state === 'gap' ? text.alsGap : text.alsHeldOut}</Note>}
      <AlsStep trace={trace.value} name={name} />
      <DoUpdate user={user} item={item} finite={allFinite(trace.value.numbers.map(({ after }) => after))} />
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
