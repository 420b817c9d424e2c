export const common = {
  appName: 'Factorscope',
  views: 'Views',
  play: 'Play',
  learn: 'Learn',
  experiment: 'Experiment',
  dismiss: 'Dismiss',
  dash: '—',
  /** What was kept after a wrong entry: "k stays 3." */
  stays: (what: string, value: string) => `${what} stays ${value}.`,
  /** A limit that is not itself allowed. */
  justAbove: (limit: string) => `just above ${limit}`,
  /** The accessible name of a term that can be tapped for its meaning. */
  meaningOf: (term: string) => `${term}: what it means`,
};
