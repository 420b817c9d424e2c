import { inVisitingOrder, turnOf } from '../core/order.ts';
import type { TrainingState } from '../core/parameters.ts';
import type { RatingColumns } from '../core/training-data.ts';
import { stateIsFinite } from './blow-up.ts';
import { copyState } from './packed-state.ts';
import type { Trainee } from './trainee.ts';

/**
 * One visit beside those of the epoch under way, made by the engine on a copy: the rating at (user, item) under SGD and momentum,
 * the batch that holds it in this epoch's order under Adam; under ALS the row of `user`, or of `item` when it is the items' turn,
 * whatever stands at (user, item). Returns the state after it, which stands in the epoch where the run stands.
 *
 * Null where there is no such visit (no training rating, a row without ratings), where the engine refuses it (β = 0 leaves the row
 * open), and where a number would come out that is none.
 */
export function stateAfterVisit(
  { engine, model, data, state }: Trainee,
  user: number,
  item: number,
): TrainingState | null {
  const { training, m } = data;
  let columns = training;
  let visit: number;
  if (model.optimizer.kind === 'als') {
    const users = turnOf(state.position, m) === 'users';
    const rated = users ? training.user.includes(user) : training.item.includes(item);
    visit = rated ? (users ? user : m + item) : -1;
  } else if (model.optimizer.kind === 'adam') {
    columns = inVisitingOrder(training, model, state.epoch);
    const at = placeOf(columns, user, item);
    visit = at < 0 ? -1 : Math.floor(at / model.optimizer.batch);
  } else visit = placeOf(training, user, item);
  if (visit < 0) return null;

  const after = copyState(state);
  const stretch = { columns, from: visit, to: visit + 1, limit: Number.POSITIVE_INFINITY, error: 0, refusal: null };
  const made = engine.run(after, model, stretch);
  return made === 1 && stateIsFinite(after) ? after : null;
}

function placeOf({ user, item }: RatingColumns, atUser: number, atItem: number): number {
  return user.findIndex((rater, place) => rater === atUser && item[place] === atItem);
}
