import type { Dataset } from '../dataset.ts';
import type { ModelSettings } from '../model.ts';
import type { Setting } from './axis.ts';
import { knownSameRatings } from './same-ratings.ts';
import { scaleOf } from './settings.ts';

/** What runs can differ in, in the order in which it is listed. */
export const SETTING_NAMES = [
  'dataset',
  'k',
  'prediction',
  'optimizer',
  'update',
  'batch',
  'alpha',
  'beta',
  'order',
  'initScale',
  'init',
  'nonNegative',
  'schedule',
  'holdOut',
  'seen',
  'judging',
  'stop',
  'seed',
] as const satisfies readonly (
  | Setting
  | 'dataset'
  | 'init'
  | 'nonNegative'
  | 'schedule'
  | 'judging'
  | 'stop'
  | 'seed'
)[];

export type SettingName = (typeof SETTING_NAMES)[number];

/** A run's settings, as what they are read from. */
export interface RunSettings {
  readonly model: ModelSettings;
  readonly dataset: Dataset;
  /** Percent of the training ratings seen, where that was varied. */
  readonly seen: number | null;
  readonly holdOut: number | null;
  readonly judging: string | null;
  readonly stop: string | null;
}

/** What a setting stands at, to compare and to show: a number, a name, or null where it does not apply. */
export function settingOf(settings: RunSettings, name: SettingName): number | string | null {
  const { model, dataset, seen, holdOut, judging, stop } = settings;
  const { optimizer, init } = model;
  switch (name) {
    case 'dataset':
      return dataset.name;
    case 'k':
    case 'alpha':
    case 'beta':
    case 'seed':
    case 'prediction':
    case 'order':
      return model[name];
    case 'optimizer':
      return optimizer.kind;
    case 'update':
      return 'update' in optimizer ? optimizer.update : null;
    case 'batch':
      return optimizer.kind === 'adam' ? optimizer.batch : null;
    case 'initScale':
      return scaleOf(init);
    case 'init':
      return init.kind;
    case 'nonNegative':
      return model.nonNegative === true ? 'yes' : 'no';
    case 'schedule':
      return model.schedule === undefined ? null : JSON.stringify(model.schedule);
    case 'holdOut':
      return holdOut;
    case 'seen':
      return seen;
    case 'judging':
      return judging;
    case 'stop':
      return stop;
  }
}

/** The settings in which runs differ. Ratings count with the data: those of one name that are not the same differ. */
export function differingSettings(runs: readonly RunSettings[]): ReadonlySet<SettingName> {
  const [first] = runs;
  const differing = new Set<SettingName>();
  if (first === undefined) return differing;
  for (const name of SETTING_NAMES) {
    const value = settingOf(first, name);
    const differs = (run: RunSettings) =>
      settingOf(run, name) !== value || (name === 'dataset' && !knownSameRatings(run.dataset, first.dataset));
    if (runs.some(differs)) differing.add(name);
  }
  return differing;
}
