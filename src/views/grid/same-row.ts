import type { Dataset } from '../../core/dataset.ts';
import { firstRatingOf, type UserIndex } from '../../core/ratings.ts';

/** Whether a user's row reads the same in both datasets, so that an edit elsewhere need not draw it again. */
export function sameRow(before: Dataset, after: Dataset, user: UserIndex): boolean {
  if (before === after) return true;
  if (before.items !== after.items || before.itemKeys !== after.itemKeys) return false;
  if (before.users[user] !== after.users[user]) return false;
  if (before.ratings === after.ratings) return true;
  const from = firstRatingOf(before.ratings, user);
  const shift = firstRatingOf(after.ratings, user) - from;
  const length = firstRatingOf(before.ratings, user + 1) - from;
  if (firstRatingOf(after.ratings, user + 1) - from - shift !== length) return false;
  for (let at = from; at < from + length; at++) {
    const same =
      before.ratings.item[at] === after.ratings.item[at + shift] &&
      before.ratings.value[at] === after.ratings.value[at + shift] &&
      before.ratings.heldOut[at] === after.ratings.heldOut[at + shift];
    if (!same) return false;
  }
  return true;
}
