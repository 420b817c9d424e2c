import * as v from 'valibot';
import { findBuiltin } from '../core/builtin.ts';
import { checkPlan } from '../core/experiment/check-plan.ts';
import { estimateCost } from '../core/experiment/cost.ts';
import type { Problem, Result } from '../core/problem.ts';
import { fail, ok } from '../core/problem.ts';
import { formulasOf } from '../lessons/amount.ts';
import { formulaType } from '../lessons/check.ts';
import type { Formula, Lesson, Stage, Step, Text } from '../lessons/lesson.ts';
import { parseLine, parseText } from '../lessons/markup.ts';
import { prepareStudy, stageOf, sweepOf, sweepPlan } from '../lessons/stage.ts';
import { readJson } from './json.ts';
import { EPOCH_LIMIT, LESSON_BYTES_LIMIT, LESSON_FORMAT, LESSON_VERSION, lessonSchema } from './lesson-schema.ts';
import { problemOf, shown } from './session-schema.ts';

/** Rating visits × factors that may be trained before a step begins: about a second. */
const WORK_LIMIT = 2e8;
/** What a sweep may take on one worker, by a guess (seconds). */
const SWEEP_LIMIT = 10;

/** The problem with its place in the file, unless it names one more exactly. */
function at(problem: Problem, where: string): Problem {
  return { ...problem, where: problem.where === undefined ? where : `${where}.${problem.where}` };
}

function checkText(text: Text, where: string): Problem | null {
  const parts = typeof text === 'string' ? [text] : text;
  for (const [n, part] of parts.entries()) {
    const read = parseText(part);
    if (!read.ok) return at(read.problem, typeof text === 'string' ? where : `${where}[${n}]`);
  }
  return null;
}

function checkLine(text: string, where: string): Problem | null {
  const read = parseLine(text);
  return read.ok ? null : at(read.problem, where);
}

function checkFormula(formula: Formula, wanted: 'number' | 'truth', where: string): Problem | null {
  const type = formulaType(formula);
  if (!type.ok) return at(type.problem, where);
  return type.value === wanted ? null : { code: 'formula', where, got: `${formula} is a ${type.value}` };
}

/** A formula that is true or false. */
function checkCondition(formula: string, where: string): Problem | null {
  return checkFormula(formula, 'truth', where);
}

/** The formulas that actions take their numbers from. */
function checkShow({ show = [] }: Step, where: string): Problem | null {
  for (const [n, action] of show.entries()) {
    for (const [key, formula, wanted] of formulasOf(action)) {
      const problem = checkFormula(formula, wanted, `${where}.show[${n}].${key}`);
      if (problem) return problem;
    }
  }
  return null;
}

function checkStage(stage: Stage, where: string): Problem | null {
  if ('builtin' in stage.study && findBuiltin(stage.study.builtin) === null)
    return {
      code: 'not-offered',
      where: `${where}.study.builtin`,
      got: stage.study.builtin,
      expected: 'a built-in set',
    };
  const study = prepareStudy(stage);
  if (!study.ok) return at(study.problem, where);
  const { dataset, model } = study.value;
  const work = (stage.epoch ?? 0) * dataset.ratings.value.length * model.k;
  if (work > WORK_LIMIT) {
    const most = Math.floor((WORK_LIMIT * (stage.epoch ?? 0)) / work);
    return {
      code: 'above-maximum',
      where: `${where}.epoch`,
      got: String(stage.epoch),
      expected: String(Math.min(most, EPOCH_LIMIT)),
    };
  }
  const [user = 1, item = 1] = stage.selected ?? [];
  if (user <= dataset.users.length && item <= dataset.items.length) return null;
  const expected = `up to ${dataset.users.length} and ${dataset.items.length}`;
  return { code: 'out-of-range', where: `${where}.selected`, got: `${user}, ${item}`, expected };
}

/** What the panel of a step runs: there is something, it can be run on the stage, and nobody waits long. */
function checkSweep(lesson: Lesson, n: number): Problem | null {
  const step = lesson.steps[n];
  if (step === undefined) return null;
  const where = `steps[${n}]`;
  if (step.sweep === undefined) {
    const wanted =
      ('panel' in step.focus && step.focus.panel === 'sweep') || step.show?.some((one) => one.do === 'sweep');
    return wanted && sweepOf(lesson, n) === null ? { code: 'missing-key', where, expected: 'sweep' } : null;
  }
  const stage = stageOf(lesson, n);
  const study = stage && prepareStudy(stage);
  if (!study?.ok) return null;
  const plan = sweepPlan(study.value, step.sweep);
  const [problem] = checkPlan(plan);
  // A plan knows other names.
  if (problem?.where === 'judging') return { ...problem, where: `${where}.sweep.folds` };
  if (problem !== undefined) return at(problem, `${where}.sweep`);
  const { seconds } = estimateCost(plan, 1);
  if (seconds <= SWEEP_LIMIT) return null;
  const most = Math.floor((step.sweep.epochs * SWEEP_LIMIT) / seconds);
  const got = String(step.sweep.epochs);
  return { code: 'above-maximum', where: `${where}.sweep.epochs`, got, expected: String(most) };
}

/** The first id that stands twice. */
function checkIds(list: readonly { readonly id: string }[], where: string): Problem | null {
  const known = new Set<string>();
  for (const [n, { id }] of list.entries()) {
    if (known.has(id)) return { code: 'duplicate-id', where: `${where}[${n}].id`, got: id };
    known.add(id);
  }
  return null;
}

function checkQuestion(step: Step, where: string): Problem | null {
  const options = step.predict?.options ?? [];
  const unknown = step.show?.find(
    (action) => action.do === 'choose' && !options.some(({ id }) => id === action.option),
  );
  if (unknown?.do === 'choose') {
    const expected =
      options.length === 0 ? 'no option: there is no question' : options.map(({ id }) => id).join(' or ');
    return { code: 'not-offered', where: `${where}.show`, got: unknown.option, expected };
  }
  if (!step.predict) return null;
  for (const [n, option] of options.entries()) {
    const there = `${where}.predict.options[${n}]`;
    const problem = checkLine(option.text, `${there}.text`) ?? checkCondition(option.when, `${there}.when`);
    if (problem) return problem;
  }
  return checkLine(step.predict.question, `${where}.predict.question`) ?? checkIds(options, `${where}.predict.options`);
}

function checkStep(step: Step, n: number): Problem | null {
  const where = `steps[${n}]`;
  if (step.stage === 'keep' && n === 0)
    return { code: 'not-offered', where: `${where}.stage`, got: 'keep', expected: 'a stage: there is no step before' };
  return (
    checkText(step.text, `${where}.text`) ??
    (step.stage === 'keep' ? null : checkStage(step.stage, `${where}.stage`)) ??
    checkQuestion(step, where) ??
    checkShow(step, where) ??
    (step.input ? checkLine(step.input.label, `${where}.input.label`) : null) ??
    checkLine(step.ask, `${where}.ask`) ??
    checkCondition(step.expect, `${where}.expect`) ??
    checkText(step.why, `${where}.why`) ??
    (step.footnote === undefined ? null : checkText(step.footnote, `${where}.footnote`))
  );
}

function checkLesson(lesson: Lesson): Result<Lesson> {
  const problem =
    checkIds(lesson.steps, 'steps') ??
    lesson.steps.reduce<Problem | null>((found, step, n) => found ?? checkStep(step, n) ?? checkSweep(lesson, n), null);
  return problem ? fail(problem) : ok(lesson);
}

/**
 * Reads a lesson file (format: src/lessons/LESSON.md). Every field is checked, every formula read and every stage set once; a
 * problem names the first wrong field and what stood there. Markup is text: nothing in a lesson can run.
 */
export function readLesson(text: string): Result<Lesson> {
  if (text.length > LESSON_BYTES_LIMIT) {
    return fail({
      code: 'file-too-large',
      got: `${Math.ceil(text.length / 100_000) / 10} MB`,
      expected: `${LESSON_BYTES_LIMIT / 1_000_000} MB`,
    });
  }
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (bare.trim() === '') return fail({ code: 'file-empty' });
  const tree = readJson(bare);
  if (!tree.ok) return tree;
  const file = tree.value;
  if (typeof file !== 'object' || file === null || !('format' in file) || file.format !== LESSON_FORMAT)
    return fail({ code: 'not-a-lesson' });
  const { version } = file;
  if (version === undefined) return fail({ code: 'missing-key', expected: 'version' });
  if (typeof version !== 'number')
    return fail({ code: 'wrong-type', where: 'version', got: shown(version), expected: 'a number' });
  if (!Number.isInteger(version) || version < 1)
    return fail({ code: 'out-of-range', where: 'version', got: shown(version), expected: `1 to ${LESSON_VERSION}` });
  if (version > LESSON_VERSION)
    return fail({ code: 'newer-version', got: String(version), expected: String(LESSON_VERSION) });
  const read = v.safeParse(lessonSchema, file, { abortEarly: true });
  return read.success ? checkLesson(read.output) : fail(deepest(read.issues[0]));
}

/** Of a choice between shapes, the complaint of the shape that was meant: the one that got farthest into the value. */
function deepest(issue: v.BaseIssue<unknown>, root: readonly (string | number)[] = []): Problem {
  const inside = (issue.issues ?? []).filter((one) => (one.path ?? []).length > 0);
  const [first, ...others] = inside;
  if (!first) return problemOf(issue, root);
  const meant = others.reduce((best, one) => (depth(one) > depth(best) ? one : best), first);
  // Where a key is missing from every shape, none of them was meant.
  if (others.length > 0 && depth(meant) === 0) return problemOf(issue, root);
  const here = (issue.path ?? []).map((step) => (typeof step.key === 'number' ? step.key : String(step.key)));
  return deepest(meant, [...root, ...here]);
}

/** How far inside the value a complaint lies. A key that is missing says nothing for its shape; one too many comes after all others were found. */
function depth(issue: v.BaseIssue<unknown>): number {
  const steps = (issue.path ?? []).length + Math.max(0, ...(issue.issues ?? []).map(depth));
  if (issue.expected === 'never') return steps - 0.5;
  return issue.input === undefined ? steps - 1 : steps;
}
