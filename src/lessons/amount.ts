import { met, valueNow } from './check.ts';
import type { Facts } from './facts.ts';
import type { Action, Amount, Formula } from './lesson.ts';

/** What an amount comes to now; null where there is nothing to tell. */
export function amountNow(amount: Amount, facts: Facts): number | null {
  if (typeof amount === 'number') return amount;
  const value = valueNow(amount, facts);
  return typeof value === 'number' ? value : null;
}

/** The first cell, row by row, for which the condition would hold if it were the selected one (from 0). */
export function cellWhere(where: Formula, facts: Facts): { readonly user: number; readonly item: number } | null {
  const { users, items } = facts.now.study.dataset;
  for (let user = 0; user < users.length; user += 1) {
    for (let item = 0; item < items.length; item += 1) {
      const selected = { user, item };
      if (met(where, { ...facts, now: { ...facts.now, selected } })) return selected;
    }
  }
  return null;
}

/** The formulas of an action, by their keys, and what they have to be. */
export function formulasOf(action: Action): readonly (readonly [key: string, Formula, 'number' | 'truth'])[] {
  if (action.do === 'select-where') return [['where', action.where, 'truth']];
  const amounts = ['user', 'item', 'row', 'factor', 'value', 'degrees', 'alpha', 'k'] as const;
  const given: Partial<Record<string, unknown>> = { ...action };
  return amounts.flatMap((key) => {
    const amount = given[key];
    return typeof amount === 'string' ? [[key, amount, 'number'] as const] : [];
  });
}
