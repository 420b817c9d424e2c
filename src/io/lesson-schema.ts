import * as v from 'valibot';
import { SEED_LIMIT } from '../core/model.ts';
import { CONTROL_IDS, PANEL_IDS } from '../lessons/lesson.ts';
import { aboveZero, between, model, name, number, oneOf, says, scale, seed, text, whole } from './session-schema.ts';

/**
 * The shape of a lesson file: which keys there are and what each may be. What a shape cannot say (formulas that are
 * understood, a stage that can be set) is checked by `read-lesson.ts`. `public/lesson.schema.json` says the same for other
 * programs; a test compares the two. Limits keep a stranger's lesson as light as a lesson is.
 */
export const LESSON_FORMAT = 'factorscope-lesson';
export const LESSON_VERSION = 1;
export const LESSON_BYTES_LIMIT = 1_000_000;

const TEXT_LIMIT = 10_000;
const LINE_LIMIT = 500;
const ID_LIMIT = 64;
/** Users or items of a matrix or a planted set. */
const SIDE_LIMIT = 200;
export const EPOCH_LIMIT = 100_000;

const line = v.pipe(
  text,
  v.minLength(1, says('out-of-range', 'a text')),
  v.maxLength(LINE_LIMIT, says('out-of-range', `at most ${LINE_LIMIT} characters`)),
);
const long = v.pipe(text, v.maxLength(TEXT_LIMIT, says('out-of-range', `at most ${TEXT_LIMIT} characters`)));

function list<Entry extends v.GenericSchema>(entry: Entry, least: number, most: number) {
  return v.pipe(
    v.array(entry, says('wrong-type', 'a list')),
    v.minLength(least, says('out-of-range', `at least ${least} entries`)),
    v.maxLength(most, says('out-of-range', `at most ${most} entries`)),
  );
}

/** One text, or a list of paragraphs. */
const paragraphs = v.union([long, v.array(long)], says('wrong-type', 'a text or a list of texts'));

const id = v.pipe(
  text,
  v.maxLength(ID_LIMIT, says('out-of-range', `at most ${ID_LIMIT} characters`)),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, says('out-of-range', 'small letters, digits, hyphens')),
);

/** A place that formulas and readers count from 1. */
const place = whole(1, 1_000_000);
const epoch = whole(0, EPOCH_LIMIT);

const { entries } = model;
const changes = v.strictObject({
  k: v.exactOptional(entries.k),
  prediction: v.exactOptional(entries.prediction),
  optimizer: v.exactOptional(entries.optimizer),
  alpha: v.exactOptional(entries.alpha),
  beta: v.exactOptional(entries.beta),
  order: v.exactOptional(entries.order),
  init: v.exactOptional(entries.init),
  seed: v.exactOptional(entries.seed),
});

/** A user's or an item's. */
const rowName = v.pipe(name, v.minLength(1, says('out-of-range', '1 to 200 characters')));

const matrix = v.strictObject({
  name,
  users: list(rowName, 1, SIDE_LIMIT),
  items: list(rowName, 1, SIDE_LIMIT),
  scale,
  rows: list(long, 1, SIDE_LIMIT),
});

const planted = v.strictObject({
  name,
  m: whole(1, SIDE_LIMIT),
  n: whole(1, SIDE_LIMIT),
  k: whole(1, 20),
  share: between(0, 1),
  noise: between(0, 100),
  perUnit: whole(1, 1000),
  largest: between(0, 100),
  seed,
});

const study = v.union(
  [v.strictObject({ builtin: name }), v.strictObject({ matrix }), v.strictObject({ planted })],
  says('wrong-type', 'builtin, matrix or planted'),
);

const pair = v.tuple([place, place], says('wrong-type', '[user, item]'));
const rows = v.array(v.array(between(-1e6, 1e6), says('wrong-type', 'a list')), says('wrong-type', 'a list'));

const stage = v.strictObject({
  study,
  model: v.exactOptional(changes),
  holdOut: v.exactOptional(
    v.union(
      [v.strictObject({ share: between(0, 90), seed: whole(0, SEED_LIMIT) }), v.array(pair)],
      says('wrong-type', '{share, seed} or a list of [user, item]'),
    ),
  ),
  start: v.exactOptional(
    v.union(
      [
        v.picklist(['seeded', 'zero']),
        v.strictObject({ constant: between(-1e6, 1e6) }),
        v.strictObject({ P: rows, Q: rows }),
      ],
      says('wrong-type', '"seeded", "zero", {constant} or {P, Q}'),
    ),
  ),
  epoch: v.exactOptional(epoch),
  runTo: v.exactOptional(epoch),
  selected: v.exactOptional(pair),
});

const cell = v.strictObject({
  matrix: oneOf(['R', 'P', 'Q', 'Rhat']),
  user: v.exactOptional(place),
  item: v.exactOptional(place),
  factor: v.exactOptional(place),
});

const focus = v.union(
  [
    v.strictObject({ cell }),
    v.strictObject({ control: v.picklist(CONTROL_IDS, says('not-offered', CONTROL_IDS.join(' or '))) }),
    v.strictObject({ panel: v.picklist(PANEL_IDS, says('not-offered', PANEL_IDS.join(' or '))) }),
  ],
  says('wrong-type', 'cell, control or panel'),
);

const question = v.strictObject({
  question: line,
  options: list(v.strictObject({ id, text: line, when: line }), 2, 8),
});

const input = v.strictObject({
  label: line,
  range: v.exactOptional(v.strictObject({ low: number, high: number, step: aboveZero })),
  fills: v.exactOptional(v.literal('P')),
});

const sweep = v.strictObject({
  k: list(whole(1, 50), 2, 20),
  folds: whole(2, 20),
  seeds: list(seed, 1, 20),
  epochs: whole(1, EPOCH_LIMIT),
});

const times = whole(1, 10_000);
/** A number, or a formula that comes to one. */
const amount = v.union([number, line], says('wrong-type', 'a number or a formula'));
/** The same, where nothing can be said too. */
const amountOrNone = v.union([v.nullable(number), line], says('wrong-type', 'a number, a formula or null'));
const factors = v.tuple([place, place], says('wrong-type', '[factor, factor]'));

const ACTIONS = [
  v.strictObject({ do: v.literal('train'), epochs: whole(1, EPOCH_LIMIT) }),
  v.strictObject({ do: v.literal('run-to'), epoch: whole(1, EPOCH_LIMIT) }),
  v.strictObject({ do: v.literal('step-rating'), times }),
  v.strictObject({ do: v.literal('step-epoch'), times }),
  v.strictObject({ do: v.literal('reset') }),
  v.strictObject({ do: v.literal('undo') }),
  v.strictObject({ do: v.literal('playhead'), epoch: v.nullable(epoch) }),
  v.strictObject({ do: v.literal('rate'), user: amount, item: amount, value: amountOrNone }),
  v.strictObject({ do: v.literal('hold-out'), user: amount, item: amount }),
  v.strictObject({ do: v.literal('hold-out-share'), share: between(0, 90) }),
  v.strictObject({ do: v.literal('set'), model: changes }),
  v.strictObject({ do: v.literal('set-k'), k: amount }),
  v.strictObject({ do: v.literal('select'), user: amount, item: amount }),
  v.strictObject({ do: v.literal('select-where'), where: line }),
  v.strictObject({ do: v.literal('type'), value: amount }),
  v.strictObject({ do: v.literal('choose'), option: id }),
  v.strictObject({ do: v.literal('factor'), matrix: oneOf(['P', 'Q']), row: amount, factor: amount, value: amount }),
  v.strictObject({ do: v.literal('bias'), matrix: oneOf(['bu', 'bi']), row: amount, value: amount }),
  v.strictObject({ do: v.literal('update'), user: amount, item: amount }),
  v.strictObject({ do: v.literal('rotate'), factors, degrees: amount }),
  v.strictObject({ do: v.literal('rotate-away'), factors }),
  v.strictObject({
    do: v.literal('layer'),
    layer: v.union(
      [place, v.picklist(['mean', 'user-bias', 'item-bias'])],
      says('wrong-type', 'a factor, mean, user-bias or item-bias'),
    ),
    on: v.boolean(says('wrong-type', 'true or false')),
  }),
  v.strictObject({ do: v.literal('other-starts'), models: whole(2, 1000) }),
  v.strictObject({ do: v.literal('one-rating-fewer') }),
  v.strictObject({ do: v.literal('influence') }),
  v.strictObject({ do: v.literal('new-user'), item: amount, value: amountOrNone }),
  v.strictObject({ do: v.literal('strip'), alpha: amount }),
  v.strictObject({ do: v.literal('sweep') }),
] as const;

const action = v.variant('do', ACTIONS, says('not-offered', ACTIONS.map((one) => one.entries.do.literal).join(' or ')));

const step = v.strictObject({
  id,
  text: paragraphs,
  stage: v.union([v.literal('keep'), stage], says('wrong-type', '"keep" or a stage')),
  focus,
  predict: v.exactOptional(question),
  input: v.exactOptional(input),
  sweep: v.exactOptional(sweep),
  ask: line,
  expect: line,
  why: paragraphs,
  footnote: v.exactOptional(long),
  goesOn: v.exactOptional(v.boolean(says('wrong-type', 'true or false'))),
  show: v.exactOptional(list(action, 1, 50)),
});

export const lessonSchema = v.strictObject({
  format: v.literal(LESSON_FORMAT),
  version: v.literal(LESSON_VERSION),
  id,
  number: whole(0, 9999),
  title: line,
  idea: line,
  steps: list(step, 1, 50),
});
