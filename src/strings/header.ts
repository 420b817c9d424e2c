import { formatCount } from './numbers.ts';

/** The header. */
export const header = {
  skip: 'Skip to the matrices',
  edited: (name: string) => `${name} (edited)`,
  dataset: 'Dataset',
  undo: 'Undo',
  redo: 'Redo',
  nothingToUndo: 'Nothing to undo',
  nothingToRedo: 'Nothing to redo',
  undoes: (what: string) => `Undo: ${what}`,
  redoes: (what: string) => `Redo: ${what}`,
  /** In Experiment, where Play is not seen. */
  undoesInPlay: (what: string) => `Undo in Play: ${what}`,
  redoesInPlay: (what: string) => `Redo in Play: ${what}`,
  open: 'Open…',
  openTitle: 'Open a session or a file of ratings',
  openFile: 'File to open',
  export: 'Export',
  exports: {
    session: 'Session (.json)',
    ratings: 'Ratings (.csv)',
    predictions: 'Predictions (.csv)',
    factors: 'Factors (.csv)',
  },
  /** A sweep that goes on in another view: its link in full, and in short. */
  sweep: (name: string, status: 'running' | 'paused', done: number, total: number) =>
    `Sweep ${name}, ${status}: ${formatCount(done)} of ${formatCount(total)} runs`,
  sweepWord: 'Sweep',
  percent: (done: number, total: number) => `${Math.floor((100 * done) / Math.max(1, total))} %`,
  sweepPaused: 'paused',
  /** The menu that holds files and theme where space is short. */
  menu: 'Menu',
  /** The theme button says what is chosen; pressing it chooses the next. */
  themes: { system: 'Theme: system', light: 'Theme: light', dark: 'Theme: dark' },
};
