import { app } from './app.ts';
import { chart } from './chart.ts';
import { common } from './common.ts';
import { experiment } from './experiment.ts';
import { files } from './files.ts';
import { grid } from './grid.ts';
import { header } from './header.ts';
import { inspector } from './inspector.ts';
import { messages } from './messages.ts';
import { nextUpdate } from './next-update.ts';
import { panel } from './panel.ts';
import { playback } from './playback.ts';
import { runs } from './runs.ts';
import { stage } from './stage.ts';
import { store } from './store.ts';
import { understand } from './understand.ts';

export { describeProblem } from './problems.ts';

/** The catalog in US English. */
export const strings = {
  app,
  common,
  header,
  playback,
  panel,
  stage,
  grid,
  chart,
  inspector,
  nextUpdate,
  experiment,
  runs,
  files,
  messages,
  store,
  understand,
};
