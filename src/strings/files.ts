import { formatCount } from './numbers.ts';

/** What files bring along and what is said of them. */
export const files = {
  userNumber: (number: number) => `User ${number}`,
  line: (number: number) => `line ${formatCount(number)}`,
  itemNumber: (number: number) => `Item ${number}`,
};
