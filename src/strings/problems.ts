import type { Problem, ProblemCode } from '../core/problem.ts';
import { formatCount } from './numbers.ts';

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** What happened, what was kept, what to do: each says it about the thing at hand; the caller adds what was kept. */
const SENTENCES: Record<ProblemCode, (got: string, expected: string) => string> = {
  'not-a-number': (got) => `“${got}” is not a number.`,
  'comma-ambiguous': (got) => `“${got}” may be one number or two: put a space after a comma between numbers.`,
  'decimal-comma': (got, expected) => `“${got}” has a decimal comma; write a point: ${expected}.`,
  'not-finite': (got) => `“${got}” is too large for a number.`,
  'rating-too-large': (got) => `“${got}” is too large: a rating lies between -1e100 and 1e100.`,
  'below-minimum': (got, expected) => `${got} is too small: the least is ${expected}.`,
  'above-maximum': (got, expected) => `${got} is too large: the most is ${expected}.`,
  'not-an-integer': (got) => `“${got}” is not a whole number.`,
  'block-ragged': (got, expected) => `The block is ragged: a row has ${got} cells, the first has ${expected}.`,
  'block-too-large': (got, expected) => `The block is too large: ${got} cells; the most is ${expected}.`,
  'block-does-not-fit': (got, expected) =>
    `The block does not fit: it has ${got}, and there is room for ${expected} from here.`,
  'name-empty': () => 'A name cannot be empty.',
  'name-too-long': (got, expected) => `The name is too long: ${got} characters; the most is ${expected}.`,
  'name-taken': (got) => `“${got}” is taken; choose another name.`,
  'last-row': () => 'The last row or column cannot be removed.',
  'nothing-to-paste': () => 'There is nothing to paste.',
  'gap-cannot-be-held-out': () => 'A gap cannot be held out: there is no rating to hide.',
  'scale-order': () => 'The scale needs a minimum below its maximum and a step above 0.',
  'file-too-large': (got, expected) => `The file is too large: ${got}; the most is ${expected}.`,
  'file-empty': () => 'The file is empty.',
  'file-not-text': () => 'This is not a text file.',
  'file-not-understood': (got) => `This does not look like ratings or a session: ${got}.`,
  'file-no-ratings': () => 'No line of this file could be read as user, item, rating.',
  'not-json': (got) => `This is not valid JSON: ${got}.`,
  'not-a-session': () => 'This JSON file is not a Factorscope session.',
  'newer-version': (got, expected) =>
    `This file was written for a newer Factorscope (version ${got}; this one reads up to ${expected}).`,
  'unknown-key': (got) => `“${got}” is not a key that belongs here.`,
  'duplicate-key': (got) => `“${got}” stands here twice.`,
  'missing-key': (_got, expected) => `“${expected}” is missing.`,
  'wrong-type': (got, expected) => `Expected ${expected}, found ${got}.`,
  'wrong-length': (got, expected) => `Expected ${expected} entries, found ${got}.`,
  'out-of-range': (got, expected) => `${got} is out of range: ${expected}.`,
  'not-sorted': () => 'The entries are not sorted by user, then item.',
  'duplicate-rating': (got) => `The same pair is rated twice: ${got}.`,
  'not-offered': (got, expected) => `“${got}” is not offered; choose ${expected}.`,
  'not-a-lesson': () => 'This JSON file is not a Factorscope lesson.',
  formula: (got) => `This formula is not understood: ${got}.`,
  'duplicate-id': (got) => `The id “${got}” stands here twice.`,
  'model-too-large': (got, expected) => `This model needs ${got} numbers; the most is ${expected}.`,
  'plan-axes': (got, expected) => `A sweep over ${got} settings is not possible: choose ${expected}.`,
  'value-twice': (got) => `The value ${got} stands here twice.`,
  'axis-twice': () => 'This setting stands here twice.',
  'axis-values': () => 'Give at least two values.',
  'axis-log': () => 'Log spacing needs values above 0.',
  'axis-unused': (got, expected) => `This setting is only used with ${expected}${got === '' ? '' : `; untick ${got}`}.`,
  'plan-seeds': () => 'Give at least one seed, each of them once.',
  'plan-too-large': (got, expected) =>
    `This would be ${formatCount(Number(got))} runs; the most is ${formatCount(Number(expected))}. Take fewer values, seeds or folds.`,
  'nothing-held-out': () =>
    'No rating is held out, so nothing can judge the runs. Hold ratings out, or choose folds or leave-one-out.',
  'too-few-ratings': (got, expected) => `There are too few ratings for this: ${got}; at least ${expected} are needed.`,
  'no-times': () => 'These ratings have no times to order them by.',
  'unknown-address': (got) => `There is no page “${got}”.`,
  'not-fetched': () =>
    'What reads it could not be fetched: the network did not answer. Open it again once there is a network; if that does not help, reload the page.',
  'storage-failed': (got) => `The browser could not save this session (${got}).`,
  'clipboard-refused': () => 'The browser did not allow access to the clipboard.',
  'worker-died': () => 'The training worker stopped unexpectedly.',
  'no-worker': (got) => `Training could not start in this browser (${got}).`,
};

/** The words for a problem: where it is, then what it is, then the first of what was wrong in it. */
export function describeProblem({ code, where, got, expected, first }: Problem): string {
  const sentence = SENTENCES[code](shorten(got ?? ''), expected ?? '');
  const here = where ? `${where}: ${sentence}` : sentence;
  if (!first) return here;
  const detail = describeProblem(first);
  return `${here} ${detail.charAt(0).toUpperCase()}${detail.slice(1)}`;
}
