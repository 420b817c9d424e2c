/** What files bring along and what is said of them. */
export const files = {
  userNumber: (number: number) => `User ${number}`,
  itemNumber: (number: number) => `Item ${number}`,
};
