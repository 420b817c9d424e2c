import { evaluated, expressionOf } from './check.ts';
import type { Expression } from './expression.ts';
import { asItBegan, type Facts } from './facts.ts';
import type { Formula } from './lesson.ts';

/**
 * What was done that a task forbids: the numbers were trained or typed over, ratings or settings are not those it speaks of, or
 * what it wants done one by one went by at a stroke.
 */
export type Broken = 'trained' | 'numbers' | 'ratings' | 'settings' | 'stroke';

/** What stands by itself and changes only by a hand on it. */
const SETTINGS = new Set(['k', 'alpha', 'beta', 'seed', 'prediction', 'optimizer', 'update', 'order', 'init', 'rank']);

/** What training learns, and what one update makes of it. */
const NUMBERS = new Set(['P', 'Q', 'bu', 'bi', 'newP', 'newQ']);

function conjuncts(expression: Expression): readonly Expression[] {
  return expression.kind === 'operator' && expression.operator === 'and'
    ? [...conjuncts(expression.left), ...conjuncts(expression.right)]
    : [expression];
}

function namesIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'call':
      return [expression.name, ...expression.arguments.flatMap(namesIn)];
    case 'operator':
      return [...namesIn(expression.left), ...namesIn(expression.right)];
    case 'not':
    case 'minus':
      return namesIn(expression.of);
    default:
      return [];
  }
}

/** `trained = 0` and `epoch = 0`: nothing may be trained. */
function forbidsTraining(expression: Expression): boolean {
  return (
    expression.kind === 'operator' &&
    expression.operator === '=' &&
    expression.left.kind === 'call' &&
    (expression.left.name === 'trained' || expression.left.name === 'epoch') &&
    expression.right.kind === 'number' &&
    expression.right.value === 0
  );
}

/** `epoch = 0 or did('step-rating') >= seen`: whoever trained has done it by so many steps, or it is too late for that. */
function wantsSteps(expression: Expression): boolean {
  return (
    expression.kind === 'operator' &&
    expression.operator === 'or' &&
    forbidsTraining(expression.left) &&
    namesIn(expression.right)[0] === 'did'
  );
}

/** What breaks a part of a condition, where that is a thing that the reader did and can be told of. */
function breakerOf(expression: Expression): Broken | null {
  if (forbidsTraining(expression)) return 'trained';
  if (wantsSteps(expression)) return 'stroke';
  const names = namesIn(expression).filter((name) => name !== 'was' && name !== 'first');
  if (names.length === 0) return null;
  if (names.every((name) => name === 'sameRatings')) return 'ratings';
  if (names.every((name) => NUMBERS.has(name))) return 'numbers';
  return names.every((name) => SETTINGS.has(name)) ? 'settings' : null;
}

/**
 * Why a task can't be done as things stand: a part of its condition that held when the step began and does not hold now, and
 * that only going back mends. Null while nothing stands in the way. Of alternatives none is named, unless all of them are about the
 * same numbers, or one is that nothing was trained and the other how often something was done.
 */
export function brokenBy(expect: Formula, facts: Facts): Broken | null {
  const expression = expressionOf(expect);
  if (expression === null) return null;
  const atFirst = asItBegan(facts);
  for (const part of conjuncts(expression)) {
    const why = breakerOf(part);
    if (why !== null && evaluated(part, atFirst) === true && evaluated(part, facts) !== true) return why;
  }
  return null;
}
