import { formatCount } from './numbers.ts';

const plural = (count: number, one: string): string => `${formatCount(count)} ${count === 1 ? one : `${one}s`}`;

/** The frame around the views. */
export const app = {
  pageTitle: 'Play: see matrix factorization',
  modelRegion: 'Model',
  stageRegion: 'Stage and loss',
  inspectorRegion: 'Inspector',
  dropHere: 'Drop a session file or a file of ratings',
  reading: (name: string) => `Reading ${name}`,
  nothingOpened: 'Nothing was opened; what was on the page is still there.',
  openedRatings: (name: string, ratings: number, users: number, items: number) =>
    `Opened ${name}: ${plural(ratings, 'rating')} of ${plural(users, 'user')} and ${plural(items, 'item')}, with settings for that size. Undo brings back what was there.`,
  /** A list without a header: nobody said which column is which. */
  readAs: (withTimes: boolean) => `Its columns were read as user, item, rating${withTimes ? ', time' : ''}.`,
  skipped: (count: number, firstLine: number, reason: string) =>
    `${formatCount(count)} ${count === 1 ? 'line was' : 'lines were'} skipped; the first is line ${formatCount(firstLine)}: ${reason}`,
  zerosRead: (count: number) =>
    count === 1 ? 'One zero was read as a rating of 0.' : `${formatCount(count)} zeros were read as ratings of 0.`,
  zerosAsGaps: 'Read zeros as gaps',
  savedDamaged:
    'The session kept in this browser could not be read, so Factorscope starts afresh. The damaged text is kept in the browser under “factorscope-damaged”.',
  partLost: 'This part of the page could not be fetched: the network did not answer.',
  partKept: 'Everything else is as it was.',
  studyKept: 'Your study is kept as it is, in Play.',
  runsKept: 'Your runs are kept, and a sweep that is under way goes on.',
  tryAgain: 'Try again',
  reload: 'Reload the page',
};
