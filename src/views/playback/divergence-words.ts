import type { Dataset } from '../../core/dataset.ts';
import type { Mend } from '../../store/mend.ts';
import type { RunSlice } from '../../store/state.ts';
import { strings } from '../../strings/index.ts';

type Divergence = NonNullable<RunSlice['divergence']>;

function nameOf(dataset: Dataset, user: number | null, item: number | null): string | null {
  if (user === null || item === null) return null;
  const userName = dataset.users[user];
  const itemName = dataset.items[item];
  return userName === undefined || itemName === undefined ? null : `${userName}, ${itemName}`;
}

/** What happened and where it stands now; which value did it; what the button does, and from where training then goes on. */
export function divergenceWords(
  divergence: Divergence,
  mending: Mend,
  dataset: Dataset,
): { readonly happened: string; readonly cause: string; readonly mend: string; readonly then: string } {
  const words = strings.playback;
  const where = nameOf(dataset, divergence.user, divergence.item);
  const happened = `${words.blewUp(divergence.during, where, divergence.update)} ${words.fellBack(divergence.epoch)}`;
  const { cause } = divergence;
  const then = mending.goesOn ? words.mendGoesOn(divergence.epoch) : words.mendStartsOver;
  if (cause.kind === 'rating') {
    const rating = nameOf(dataset, cause.user, cause.item) ?? '';
    return { happened, cause: words.cause.rating(rating, cause.value), mend: words.mend.rating(rating), then };
  }
  if (cause.kind === 'ratings') {
    const { count, magnitude } = cause;
    return { happened, cause: words.cause.ratings(count, magnitude), mend: words.mend.ratings(count), then };
  }
  if (cause.kind === 'start') {
    return { happened, cause: words.cause.start(cause.magnitude), mend: words.mend.start, then };
  }
  if (cause.kind === 'open-row') {
    const { side, row, unknowns, ratings, suggested } = cause;
    const stopped = words.openRow(dataset[side][row] ?? '', divergence.during);
    return {
      happened: `${stopped} ${words.fellBack(divergence.epoch)}`,
      cause: words.cause.openRow(cause.value, unknowns, ratings),
      mend: words.mend.beta(suggested),
      then,
    };
  }
  const value = mending.kind === 'setting' ? mending.value : cause.suggested;
  return { happened, cause: words.cause[cause.kind](cause.value), mend: words.mend[cause.kind](value), then };
}
