import { useMemo } from 'react';
import { hasBiases } from '../../core/model.ts';
import { turnOf } from '../../core/order.ts';
import { traceAls } from '../../core/trace-als.ts';
import { ratingsOfRow } from '../../core/understand/row-ratings.ts';
import { strings } from '../../strings/index.ts';
import { AlsStep } from './AlsStep.tsx';
import { DoUpdate } from './DoUpdate.tsx';
import { allFinite, type OfAll } from './next-step.ts';
import { Note } from './StepLines.tsx';

const text = strings.nextUpdate;

/** One row of ALS: that of the user while it is the users' turn, then that of the item. */
export default function RowStep({ cell, next, dataset, data }: OfAll) {
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
