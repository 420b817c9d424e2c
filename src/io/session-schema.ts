import * as v from 'valibot';
import { NAME_LIMIT } from '../core/edit-rows.ts';
import { K_LIMIT, SEED_LIMIT } from '../core/model.ts';
import { MAGNITUDE_LIMIT } from '../core/parameters.ts';
import type { Problem, ProblemCode } from '../core/problem.ts';
import { RATING_LIMIT } from '../core/ratings.ts';
import { type Path, pathText } from './json.ts';
import { FORMAT, VERSION } from './session-format.ts';

/**
 * The shape of a session file: which keys there are and what each may be. The long lists (names, ratings, matrices) are
 * only seen to *be* lists here; `session-columns.ts` reads their entries straight into typed arrays. `public/session.schema.json`
 * says the same for other programs; a test compares the two.
 *
 * What a check says when it fails: a problem code before the bar, what would have been right after it.
 */
export const says = (code: ProblemCode, expected: string) => `${code}|${expected}`;

const list = v.custom<readonly unknown[]>(Array.isArray, says('wrong-type', 'a list'));
export const text = v.string(says('wrong-type', 'a text'));
export const number = v.number(says('wrong-type', 'a number'));
export const name = v.pipe(text, v.maxLength(NAME_LIMIT, says('out-of-range', `at most ${NAME_LIMIT} characters`)));

/** A whole number; −0 becomes 0. */
export function whole(low: number, high: number) {
  return v.pipe(
    number,
    v.integer(says('not-an-integer', 'a whole number')),
    v.minValue(low, says('below-minimum', String(low))),
    v.maxValue(high, says('above-maximum', String(high))),
    v.transform((value) => value + 0),
  );
}

export function between(low: number, high: number) {
  return v.pipe(
    number,
    v.minValue(low, says('below-minimum', String(low))),
    v.maxValue(high, says('above-maximum', String(high))),
  );
}

export const aboveZero = v.pipe(number, v.gtValue(0, says('out-of-range', 'above 0')));
const atLeastZero = v.pipe(number, v.minValue(0, says('below-minimum', '0')));
const ratingSized = between(-RATING_LIMIT, RATING_LIMIT);
const parameter = between(-MAGNITUDE_LIMIT, MAGNITUDE_LIMIT);
export const seed = whole(0, SEED_LIMIT);

export function oneOf<const Options extends readonly [string, ...string[]]>(options: Options) {
  return v.picklist(options, says('not-offered', options.join(' or ')));
}

export const scale = v.pipe(
  v.strictObject({
    min: ratingSized,
    max: ratingSized,
    step: v.pipe(aboveZero, v.maxValue(RATING_LIMIT, says('above-maximum', String(RATING_LIMIT)))),
  }),
  v.check((it) => it.min < it.max, says('scale-order', '')),
);

const holdOut = v.strictObject({ share: between(0, 90), kind: oneOf(['random']), seed });

const truth = v.strictObject({
  P: list,
  Q: list,
  bu: v.optional(list),
  bi: v.optional(list),
  mu: v.optional(parameter),
});

const dataset = v.strictObject({
  name,
  users: list,
  items: list,
  scale,
  ratings: list,
  heldOut: list,
  userIds: v.optional(list),
  itemIds: v.optional(list),
  times: v.optional(list),
  truth: v.optional(truth),
  holdOut: v.optional(holdOut),
});

/** From 0 up to but not including 1: a decay rate of a moving average. */
const decay = v.pipe(atLeastZero, v.ltValue(1, says('out-of-range', 'below 1')));

const update = oneOf(['sequential', 'simultaneous']);

const optimizer = v.variant(
  'kind',
  [
    v.strictObject({ kind: v.literal('sgd'), update }),
    v.strictObject({ kind: v.literal('momentum'), update, momentum: decay }),
    v.strictObject({
      kind: v.literal('adam'),
      batch: whole(1, 2_147_483_647),
      beta1: decay,
      beta2: decay,
      epsilon: aboveZero,
      decay: v.exactOptional(oneOf(['coupled', 'decoupled'])),
    }),
    v.strictObject({ kind: v.literal('als') }),
  ],
  says('not-offered', 'sgd, momentum, adam or als'),
);

/** Epochs, where none is no choice. */
const epochs = whole(1, Number.MAX_SAFE_INTEGER);
const restarts = v.exactOptional(v.strictObject({ period: epochs, multiplier: epochs }));

const schedule = v.variant(
  'kind',
  [
    v.strictObject({ kind: v.literal('inverse'), half: aboveZero, restarts }),
    v.strictObject({
      kind: v.literal('step'),
      factor: v.pipe(aboveZero, v.maxValue(1, says('above-maximum', '1'))),
      every: epochs,
      restarts,
    }),
    v.strictObject({ kind: v.literal('cosine'), epochs, restarts }),
  ],
  says('not-offered', 'inverse, step or cosine'),
);

const nonNegative = v.exactOptional(v.literal(true, says('wrong-type', 'true, or no such key')));

const init = v.variant(
  'kind',
  [
    v.pipe(
      v.strictObject({ kind: v.literal('uniform'), low: ratingSized, high: ratingSized }),
      v.check((it) => it.low <= it.high, says('out-of-range', 'low at most high')),
    ),
    v.strictObject({
      kind: v.literal('normal'),
      mean: ratingSized,
      std: v.pipe(atLeastZero, v.maxValue(RATING_LIMIT, says('above-maximum', String(RATING_LIMIT)))),
    }),
  ],
  says('not-offered', 'uniform or normal'),
);

export const model = v.strictObject({
  k: whole(1, K_LIMIT),
  prediction: oneOf(['factors', 'factors+biases', 'mean+factors+biases']),
  optimizer,
  alpha: aboveZero,
  beta: atLeastZero,
  order: oneOf(['row-major', 'shuffled']),
  init,
  seed,
  nonNegative,
  schedule: v.exactOptional(schedule),
  earlyStopping: v.exactOptional(v.strictObject({ patience: epochs })),
});

const moments = v.strictObject({ P: list, Q: list, bu: v.optional(list), bi: v.optional(list) });
const count = whole(0, Number.MAX_SAFE_INTEGER);
const adam = v.strictObject({
  steps: count,
  beta1Power: between(0, 1),
  beta2Power: between(0, 1),
  m: moments,
  v: moments,
});

const state = v.strictObject({
  epoch: count,
  position: count,
  P: list,
  Q: list,
  bu: v.optional(list),
  bi: v.optional(list),
  mu: v.optional(parameter),
  adam: v.optional(adam),
  velocity: v.optional(moments),
});

const start = v.strictObject({ P: list, Q: list, bu: v.optional(list), bi: v.optional(list) });

const history = v.strictObject({ epoch: list, rmseSeen: list, rmseHeldOut: list, objective: list });

/** Anything under names of their own; `json.ts` has refused `__proto__` already. */
const extensions = v.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  says('wrong-type', 'an object'),
);

export const sessionSchema = v.strictObject({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  dataset,
  model,
  state: v.optional(state),
  start: v.optional(start),
  // A file written by hand may leave out what it has nothing to say in.
  history: v.optional(history, { epoch: [], rmseSeen: [], rmseHeldOut: [], objective: [] }),
  extensions: v.optional(extensions, {}),
});

/** Settings that may change in mid-run, as they are in force in the epoch under way, and what they have learned beside P and Q. */
const underWay = v.strictObject({
  epoch: count,
  position: whole(1, Number.MAX_SAFE_INTEGER),
  prediction: model.entries.prediction,
  optimizer,
  alpha: aboveZero,
  beta: atLeastZero,
  order: model.entries.order,
  nonNegative,
  schedule: v.exactOptional(schedule),
  bu: v.optional(list),
  bi: v.optional(list),
  mu: v.optional(parameter),
  adam: v.optional(adam),
  velocity: v.optional(moments),
});

/** The best epoch of a run that may stop early; without `state`, the session's own state is it. */
const best = v.strictObject({ epoch: count, rmse: atLeastZero, since: count, state: v.optional(state) });

/** This project's own part of `extensions`. Keys of a later version pass through: here new ones may come without a new version. */
export const ownExtensionSchema = v.looseObject({
  marks: v.optional(v.array(v.strictObject({ epoch: count, label: text }), says('wrong-type', 'a list'))),
  maeSeen: v.optional(list),
  maeHeldOut: v.optional(list),
  underWay: v.optional(underWay),
  seen: v.optional(list),
  arrived: v.optional(list),
  best: v.optional(best),
  firstUsers: v.optional(list),
  firstItems: v.optional(list),
});

export type SessionFile = v.InferOutput<typeof sessionSchema>;
export type DatasetFile = v.InferOutput<typeof dataset>;
export type StateFile = v.InferOutput<typeof state>;
export type AdamFile = v.InferOutput<typeof adam>;
export type VelocityFile = v.InferOutput<typeof moments>;
export type BestFile = v.InferOutput<typeof best>;
export type UnderWayFile = v.InferOutput<typeof underWay>;

/** What stood there, short enough for a message. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'null';
  if (typeof value === 'object') return 'an object';
  if (Object.is(value, -0)) return '-0';
  return typeof value === 'string' ? `"${value}"` : String(value);
}

const CODES: Record<string, ProblemCode | undefined> = {
  'wrong-type': 'wrong-type',
  'out-of-range': 'out-of-range',
  'not-an-integer': 'not-an-integer',
  'below-minimum': 'below-minimum',
  'above-maximum': 'above-maximum',
  'not-offered': 'not-offered',
  'scale-order': 'scale-order',
};

/** The first thing that the schema found wrong, as a problem that names the field. */
export function problemOf(issue: v.BaseIssue<unknown>, root: Path = []): Problem {
  const path = [
    ...root,
    ...(issue.path ?? []).map((step) => (typeof step.key === 'number' ? step.key : String(step.key))),
  ];
  const where = pathText(path);
  const got = issue.input;
  if (issue.expected === 'never') {
    const parent = pathText(path.slice(0, -1));
    return { code: 'unknown-key', ...(parent === '' ? {} : { where: parent }), got: String(path.at(-1)) };
  }
  if (got === undefined) {
    const holder = issue.path?.at(-1)?.input;
    if (Array.isArray(holder))
      return { code: 'wrong-type', where: pathText(path.slice(0, -1)), got: 'a list', expected: 'an object' };
    return { code: 'missing-key', expected: where };
  }
  const [word = '', expected = ''] = issue.message.split('|');
  const code = CODES[word];
  // What carries no words of ours: an object where valibot looked for its keys.
  if (code === undefined) return { code: 'wrong-type', where, got: shown(got), expected: 'an object' };
  // A kind that is offered nowhere is no kind at all when it is not even a text.
  if (code === 'not-offered' && typeof got !== 'string')
    return { code: 'wrong-type', where, got: shown(got), expected };
  const plain = code === 'not-offered' ? String(got) : shown(got);
  return { code, where, got: plain, expected };
}
