import { fail, ok, type Problem, type Result } from '../core/problem.ts';
import { type Expression, type Operator, parseExpression, type ValueType } from './expression.ts';
import { asItBegan, type Facts, type Moment } from './facts.ts';
import type { Formula, Option, Step } from './lesson.ts';
import { QUANTITIES, type Value } from './quantities.ts';

/*
 * Names that take formulas and ask them elsewhere:
 *
 *     was(x)        x when the step began
 *     first(x)      x when the stage was set, before anything was trained
 *     ran(c)        whether c holds of some run since the stage was set (see Facts.runs)
 *     count(c)      of how many
 *     least(x)      the least x of those runs
 *     leastBy(x, y) y of the run where x is least
 *     now(x)        x of the present: inside these, and in texts, which else speak of when the step began
 */
const ELSEWHERE: Readonly<
  Record<string, { readonly arguments: readonly (ValueType | 'any')[]; readonly type: ValueType | 'any' }>
> = {
  was: { arguments: ['any'], type: 'any' },
  first: { arguments: ['any'], type: 'any' },
  now: { arguments: ['any'], type: 'any' },
  ran: { arguments: ['truth'], type: 'truth' },
  count: { arguments: ['truth'], type: 'number' },
  least: { arguments: ['number'], type: 'number' },
  leastBy: { arguments: ['number', 'number'], type: 'number' },
};

function wrong(got: string): { readonly ok: false; readonly problem: Problem } {
  return fail({ code: 'formula', got });
}

/** The type of an expression. Problem 'formula': an unknown name, a wrong number or kind of arguments. */
function typeOf(expression: Expression): Result<ValueType> {
  switch (expression.kind) {
    case 'number':
      return ok('number');
    case 'text':
      return ok('text');
    case 'not':
    case 'minus': {
      const wanted = expression.kind === 'not' ? 'truth' : 'number';
      const of = typeOf(expression.of);
      return !of.ok || of.value === wanted ? of : wrong(`${expression.kind === 'not' ? 'not' : '-'} of a ${of.value}`);
    }
    case 'operator': {
      const left = typeOf(expression.left);
      if (!left.ok) return left;
      const right = typeOf(expression.right);
      if (!right.ok) return right;
      return typeOfOperator(expression.operator, left.value, right.value);
    }
    case 'call':
      return typeOfCall(expression.name, expression.arguments);
  }
}

function typeOfOperator(operator: Operator, left: ValueType, right: ValueType): Result<ValueType> {
  const bad = wrong(`${left} ${operator} ${right}`);
  if (left !== right) return bad;
  switch (operator) {
    case 'and':
    case 'or':
      return left === 'truth' ? ok('truth') : bad;
    case '=':
    case '!=':
      return ok('truth');
    case '<':
    case '<=':
    case '>':
    case '>=':
      return left === 'number' ? ok('truth') : bad;
    default:
      return left === 'number' ? ok('number') : bad;
  }
}

function typeOfCall(name: string, given: readonly Expression[]): Result<ValueType> {
  const known = Object.hasOwn(ELSEWHERE, name)
    ? ELSEWHERE[name]
    : Object.hasOwn(QUANTITIES, name)
      ? QUANTITIES[name]
      : undefined;
  if (!known) return wrong(name);
  const wanted = known.arguments;
  if (given.length !== wanted.length) return wrong(`${name} with ${given.length} of ${wanted.length} values`);
  let type = known.type;
  for (const [at, argument] of given.entries()) {
    const found = typeOf(argument);
    if (!found.ok) return found;
    const kind = wanted[at];
    if (kind !== 'any' && kind !== found.value) return wrong(`${name} of a ${found.value}`);
    if (type === 'any') type = found.value;
  }
  return type === 'any' ? wrong(name) : ok(type);
}

const parsed = new Map<Formula, Result<{ readonly expression: Expression; readonly type: ValueType }>>();

/** A formula, read and checked once. */
function read(formula: Formula): Result<{ readonly expression: Expression; readonly type: ValueType }> {
  let known = parsed.get(formula);
  if (known === undefined) {
    const expression = parseExpression(formula);
    const type = expression.ok ? typeOf(expression.value) : expression;
    known = !expression.ok ? expression : type.ok ? ok({ expression: expression.value, type: type.value }) : type;
    parsed.set(formula, known);
  }
  return known;
}

/** A formula as it was read; null where it is wrong. */
export function expressionOf(formula: Formula): Expression | null {
  const known = read(formula);
  return known.ok ? known.value.expression : null;
}

/** What a formula comes to, or what is wrong with it. */
export function formulaType(formula: Formula): Result<ValueType> {
  const known = read(formula);
  return known.ok ? ok(known.value.type) : known;
}

/** Equal as far as a reader can tell: texts and truths alike, numbers to the last bit. */
function compare(operator: Operator, left: Value, right: Value): boolean {
  if (left === null || right === null) return false;
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  if (typeof left !== 'number' || typeof right !== 'number') return false;
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

function calculate(operator: Operator, left: Value, right: Value): Value {
  if (typeof left !== 'number' || typeof right !== 'number') return null;
  const value =
    operator === '+' ? left + right : operator === '-' ? left - right : operator === '*' ? left * right : left / right;
  return Number.isFinite(value) ? value : null;
}

/** `live`: what now(x) asks, where that is another moment than the one that is spoken of. */
function evaluate(expression: Expression, at: Moment, facts: Facts, live: Facts): Value {
  switch (expression.kind) {
    case 'number':
    case 'text':
      return expression.value;
    case 'not':
      return evaluate(expression.of, at, facts, live) !== true;
    case 'minus': {
      const of = evaluate(expression.of, at, facts, live);
      return typeof of === 'number' ? -of : null;
    }
    case 'operator': {
      const { operator } = expression;
      const left = evaluate(expression.left, at, facts, live);
      if (operator === 'and') return left === true && evaluate(expression.right, at, facts, live) === true;
      if (operator === 'or') return left === true || evaluate(expression.right, at, facts, live) === true;
      const right = evaluate(expression.right, at, facts, live);
      return '+-*/'.includes(operator) ? calculate(operator, left, right) : compare(operator, left, right);
    }
    case 'call':
      return evaluateCall(expression.name, expression.arguments, at, facts, live);
  }
}

function evaluateCall(name: string, given: readonly Expression[], at: Moment, facts: Facts, live: Facts): Value {
  const [x, y] = given;
  if (x && Object.hasOwn(ELSEWHERE, name)) {
    if (name === 'was') return evaluate(x, facts.began, facts, live);
    if (name === 'first') return evaluate(x, facts.first, facts, live);
    if (name === 'now') return evaluate(x, live.now, live, live);
    if (name === 'ran') return facts.runs.some((run) => evaluate(x, run, facts, live) === true);
    if (name === 'count') return facts.runs.filter((run) => evaluate(x, run, facts, live) === true).length;
    let best: { readonly run: Moment; readonly value: number } | null = null;
    for (const run of facts.runs) {
      const value = evaluate(x, run, facts, live);
      if (typeof value === 'number' && (best === null || value < best.value)) best = { run, value };
    }
    if (best === null) return null;
    return name === 'leastBy' && y ? evaluate(y, best.run, facts, live) : best.value;
  }
  const values = given.map((one) => evaluate(one, at, facts, live));
  // A number that is not there makes nothing of all that needs it.
  if (values.some((value) => value === null)) return null;
  const value = QUANTITIES[name]?.of(at, facts, values) ?? null;
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

/** What an expression comes to now. One whose types were not checked comes to null where they do not fit. */
export function evaluated(expression: Expression, facts: Facts): Value {
  return evaluate(expression, facts.now, facts, facts);
}

/** What a formula comes to now; null where there is nothing to tell, and for a formula that is none. */
export function valueNow(formula: Formula, facts: Facts): Value {
  const known = read(formula);
  return known.ok ? evaluate(known.value.expression, facts.now, facts, facts) : null;
}

/** What a formula in a text of the step came to when the step began; in now(x) x is as things stand. */
export function valueBefore(formula: Formula, facts: Facts): Value {
  const known = read(formula);
  const before = asItBegan(facts);
  return known.ok ? evaluate(known.value.expression, before.now, before, facts) : null;
}

/** Whether the condition holds. A comparison with nothing does not. */
export function met(expect: Formula, facts: Facts): boolean {
  return valueNow(expect, facts) === true;
}

/** The right option of a step's question: null before the step is done, so that no view can show it too early. */
export function answerOf(step: Step, facts: Facts): Option | null {
  if (!step.predict || !met(step.expect, facts)) return null;
  return step.predict.options.find((option) => met(option.when, facts)) ?? null;
}
