import { useMemo } from 'react';
import { inVisitingOrder } from '../../core/order.ts';
import { alphaAt } from '../../core/schedule.ts';
import { type AdamTrace, traceAdam } from '../../core/trace-adam.ts';
import { strings } from '../../strings/index.ts';
import { AdamStep } from './AdamStep.tsx';
import { DoUpdate } from './DoUpdate.tsx';
import { allFinite, type OfAll } from './next-step.ts';
import { Note } from './StepLines.tsx';

function isFiniteAdam({ userBias, itemBias, factors }: AdamTrace): boolean {
  const all = [userBias, itemBias, ...factors.flatMap(({ p, q }) => [p, q])];
  return allFinite(all.flatMap((of) => [of?.newM, of?.newV, of?.after]));
}

/** One step of Adam, with the batch that holds this rating in the epoch under way. */
export default function BatchStep({ cell, next, data }: OfAll) {
  const { model, epoch, all } = next;
  const { user, item } = cell;
  const { order, seed } = model;
  const columns = useMemo(() => inVisitingOrder(data.training, { order, seed }, epoch), [data, order, seed, epoch]);
  const trace = useMemo(
    () => all?.adam && traceAdam(all.parameters, all.adam, columns, user, item, model, alphaAt(model, epoch)),
    [all, columns, user, item, model, epoch],
  );
  if (!trace) return <Note>{strings.nextUpdate.adamWaits}</Note>;
  return (
    <>
      <AdamStep trace={trace} user={user} item={item} nonNegative={model.nonNegative === true} />
      <DoUpdate user={user} item={item} finite={isFiniteAdam(trace)} />
    </>
  );
}
