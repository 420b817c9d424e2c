/** What happened, what was kept, what to do; and what is under way. */
export const messages = {
  region: 'Messages',
  percent: (share: number) => `${Math.round(share * 100)} %`,
};
