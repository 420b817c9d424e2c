import { findBuiltin } from '../core/builtin.ts';
import type { Dataset, Truth } from '../core/dataset.ts';
import type { SweepPlan } from '../core/experiment/plan.ts';
import { hasBiases, hasMean, type ModelSettings } from '../core/model.ts';
import type { Parameters } from '../core/parameters.ts';
import { parseNumber } from '../core/parse-number.ts';
import { plantRatings } from '../core/planted.ts';
import { notebookModel } from '../core/presets.ts';
import { fail, ok, type Result } from '../core/problem.ts';
import { findRating, type Rating, ratingsFrom } from '../core/ratings.ts';
import { chooseHeldOut } from '../core/split.ts';
import type { Study } from '../core/study.ts';
import { trainingData } from '../core/training-data.ts';
import type { Lesson, Matrix, ModelChanges, Stage, StudySource, SweepOverK } from './lesson.ts';

/** The stage of a step: its own, or with "keep" that of the nearest step before it that sets one. Null when no step does. */
export function stageOf(lesson: Lesson, step: number): Stage | null {
  for (let at = step; at >= 0; at -= 1) {
    const stage = lesson.steps[at]?.stage;
    if (stage !== undefined && stage !== 'keep') return stage;
  }
  return null;
}

/** The sweep of a step: its own, or that of the nearest step before it on the same stage. Null when there is none. */
export function sweepOf(lesson: Lesson, step: number): SweepOverK | null {
  for (let at = step; at >= 0; at -= 1) {
    const one = lesson.steps[at];
    if (one?.sweep !== undefined) return one.sweep;
    if (one?.stage !== 'keep') return null;
  }
  return null;
}

/** The sweep as a plan: the study as it stands, but for k and the seed; what it holds out is forgotten, folds judge. */
export function sweepPlan(study: Study, { k, folds, seeds, epochs }: SweepOverK): SweepPlan {
  return {
    study: { ...study, start: null },
    axes: [{ setting: 'k', spacing: 'listed', values: k }],
    search: null,
    seeds,
    judging: { kind: 'k-fold', folds },
    splitSeed: seeds[0] ?? 0,
    stop: { kind: 'epochs', epochs },
    innerFolds: null,
  };
}

function datasetOf(
  name: string,
  users: readonly string[],
  items: readonly string[],
  scale: Dataset['scale'],
  ratings: readonly Rating[],
  truth: Truth | null,
): Dataset {
  return {
    name,
    users,
    items,
    userKeys: users.map((_, at) => at),
    itemKeys: items.map((_, at) => at),
    userIds: null,
    itemIds: null,
    scale,
    ratings: ratingsFrom(ratings),
    holdOut: null,
    truth,
  };
}

/** Problems: 'wrong-length' (a row of another width, another number of rows), 'not-a-number'. */
function fromMatrix({ name, users, items, scale, rows }: Matrix): Result<Dataset> {
  const where = 'study.matrix.rows';
  if (rows.length !== users.length)
    return fail({ code: 'wrong-length', where, got: String(rows.length), expected: String(users.length) });
  const ratings: Rating[] = [];
  for (const [user, row] of rows.entries()) {
    const cells = row.trim().split(/\s+/);
    if (cells.length !== items.length) {
      return fail({
        code: 'wrong-length',
        where: `${where}[${user}]`,
        got: String(cells.length),
        expected: String(items.length),
      });
    }
    for (const [item, cell] of cells.entries()) {
      if (cell === '.') continue;
      const value = parseNumber(cell);
      if (!value.ok) return fail({ ...value.problem, where: `${where}[${user}]` });
      ratings.push({ user, item, value: value.value });
    }
  }
  return ok(datasetOf(name, users, items, scale, ratings, null));
}

const numbered = (word: string, count: number) => Array.from({ length: count }, (_, at) => `${word} ${at + 1}`);

function studyFrom(source: StudySource): Result<{ readonly dataset: Dataset; readonly model: ModelSettings }> {
  if ('builtin' in source) {
    const builtin = findBuiltin(source.builtin);
    return builtin ? ok(builtin.study()) : fail({ code: 'not-offered', where: 'study.builtin', got: source.builtin });
  }
  if ('matrix' in source) {
    const dataset = fromMatrix(source.matrix);
    return dataset.ok ? ok({ dataset: dataset.value, model: notebookModel }) : dataset;
  }
  const { planted } = source;
  const { truth, ratings } = plantRatings(planted);
  // A scale for colors and clipping: whole numbers around what the factors can give.
  const scale = {
    min: 0,
    max: Math.max(1, Math.ceil(planted.k * planted.largest * planted.largest)),
    step: 1 / planted.perUnit,
  };
  const names = [numbered('User', planted.m), numbered('Item', planted.n)] as const;
  return ok({ dataset: datasetOf(planted.name, ...names, scale, ratings, truth), model: notebookModel });
}

/** Held-out ratings as the stage wants them. Problem 'gap-cannot-be-held-out' names the entry. */
function withHeldOut(dataset: Dataset, holdOut: Stage['holdOut']): Result<Dataset> {
  if (holdOut === undefined) return ok(dataset);
  if ('share' in holdOut) return ok(chooseHeldOut(dataset, holdOut.share, holdOut.seed));
  const heldOut = new Uint8Array(dataset.ratings.value.length);
  for (const [n, [user, item]] of holdOut.entries()) {
    const at = findRating(dataset.ratings, user - 1, item - 1);
    if (at < 0) return fail({ code: 'gap-cannot-be-held-out', where: `holdOut[${n}]` });
    heldOut[at] = 1;
  }
  return ok({ ...dataset, ratings: { ...dataset.ratings, heldOut }, holdOut: null });
}

/** P and Q of one number each, or as they are given; biases 0. Null: drawn from the seed. */
function startOf(stage: Stage, dataset: Dataset, model: ModelSettings): Result<Parameters | null> {
  const { start } = stage;
  if (start === undefined || start === 'seeded') return ok(null);
  const m = dataset.users.length;
  const n = dataset.items.length;
  const { k } = model;
  const biased = hasBiases(model.prediction);
  const around = {
    k,
    bu: biased ? new Float64Array(m) : null,
    bi: biased ? new Float64Array(n) : null,
    mu: hasMean(model.prediction) ? trainingData(dataset).mean : null,
  };
  if (start === 'zero' || 'constant' in start) {
    const value = start === 'zero' ? 0 : start.constant;
    return ok({ ...around, P: new Float64Array(m * k).fill(value), Q: new Float64Array(n * k).fill(value) });
  }
  for (const [name, rows, count] of [
    ['P', start.P, m],
    ['Q', start.Q, n],
  ] as const) {
    const where = `start.${name}`;
    if (rows.length !== count)
      return fail({ code: 'wrong-length', where, got: String(rows.length), expected: String(count) });
    const odd = rows.findIndex((row) => row.length !== k);
    if (odd >= 0) {
      const got = String(rows[odd]?.length);
      return fail({ code: 'wrong-length', where: `${where}[${odd}]`, got, expected: String(k) });
    }
  }
  return ok({ ...around, P: Float64Array.from(start.P.flat()), Q: Float64Array.from(start.Q.flat()) });
}

/** The study of a stage, at epoch 0. The same stage gives the same numbers every time. Problems name the field within the stage. */
export function prepareStudy(stage: Stage): Result<Study> {
  const source = studyFrom(stage.study);
  if (!source.ok) return source;
  const dataset = withHeldOut(source.value.dataset, stage.holdOut);
  if (!dataset.ok) return dataset;
  const model = changedModel(source.value.model, stage.model ?? {});
  const start = startOf(stage, dataset.value, model);
  return start.ok ? ok({ dataset: dataset.value, model, start: start.value }) : start;
}

/** The settings with the changes made. */
export function changedModel(model: ModelSettings, changes: ModelChanges): ModelSettings {
  return { ...model, ...changes };
}

/** The study whose P is one number throughout, as `fills` wants it; Q, biases and settings stay what they are. */
export function filledWith(study: Study, parameters: Parameters, value: number): Study {
  const P = new Float64Array(parameters.P.length).fill(value);
  return { ...study, start: { ...parameters, P } };
}
