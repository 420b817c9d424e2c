import { evaluated, expressionOf } from './check.ts';
import type { Expression } from './expression.ts';
import { asItBegan, type Facts } from './facts.ts';
import type { Formula } from './lesson.ts';

/** What was done that a task forbids: the numbers were trained, ratings or settings are not those it speaks of. */
export type Broken = 'trained' | 'ratings' | 'settings';

/** What stands by itself and changes only by a hand on it. */
const SETTINGS = new Set(['k', 'alpha', 'beta', 'seed', 'prediction', 'optimizer', 'update', 'order', 'init', 'rank']);

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

/** What breaks a part of a condition, where that is a thing that the reader did and can be told of. */
function breakerOf(expression: Expression): Broken | null {
  if (forbidsTraining(expression)) return 'trained';
  const names = namesIn(expression).filter((name) => name !== 'was' && name !== 'first');
  if (names.length === 0) return null;
  if (names.every((name) => name === 'sameRatings')) return 'ratings';
  return names.every((name) => SETTINGS.has(name)) ? 'settings' : null;
}

/**
 * Why a task can't be done as things stand: a part of its condition that held when the step began and does not hold now, and
 * that only going back mends. Null while nothing stands in the way. Where a condition has alternatives, none is named.
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
