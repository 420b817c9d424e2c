import type { PinnedCurve } from '../../charts/loss-pinned.ts';
import type { RunRecord } from '../../core/experiment/run-record.ts';
import {
  differingSettings,
  type RunSettings,
  SETTING_NAMES,
  type SettingName,
} from '../../core/experiment/run-settings.ts';
import { sameRatings } from '../../core/experiment/same-ratings.ts';
import type { Study } from '../../core/study.ts';
import { settingText } from '../../store/experiment-select.ts';
import { strings } from '../../strings/index.ts';

export { pinnedRecords } from '../../store/experiment-select.ts';

/** More lines would be a thicket; the rest stand in the list. */
const MOST_DRAWN = 8;

/** A pinned run as Play shows it. */
export interface PinnedRun {
  readonly record: RunRecord;
  /** The settings in which it differs from Play and from the others that are pinned; its name where there are none. */
  readonly label: string;
  readonly baseline: boolean;
  /** Null where none was kept, where there are too many, or where it is of other users or items than Play's. */
  readonly curve: PinnedCurve | null;
}

function settingsOf({ dataset, model }: Study): RunSettings {
  // How a run was judged and stopped is no setting of Play.
  return { model, dataset, seen: null, holdOut: null, judging: null, stop: null };
}

function words(settings: RunSettings, name: SettingName): string {
  const value = settingText(settings, name);
  if (name === 'optimizer' || name === 'prediction' || name === 'dataset') return value;
  const symbols: Partial<Record<SettingName, string>> = strings.experiment.symbols;
  return `${symbols[name] ?? strings.experiment.settingNames[name].toLowerCase()} ${value}`;
}

/** What keeps a run's error from being compared with Play's: other ratings, or several folds. */
function caveats({ study, source }: RunRecord, play: Study): readonly string[] {
  return [
    ...(sameRatings(study.dataset, play.dataset) ? [] : [strings.runs.otherRatings]),
    ...(source.kind === 'sweep' && source.folds > 1 ? [strings.runs.overFolds(source.folds)] : []),
  ];
}

/** Whether a run is about as many users and items as Play: an edited rating leaves curves comparable, another set does not. */
function ofThisSet({ study }: RunRecord, play: Study): boolean {
  const [a, b] = [study.dataset, play.dataset];
  return a.users.length === b.users.length && a.items.length === b.items.length;
}

/** Pinned runs with what tells them apart. `study`: what Play stands at. */
export function pinnedRuns(records: readonly RunRecord[], baseline: string | null, study: Study): readonly PinnedRun[] {
  const all = [study, ...records.map((record) => record.study)].map(settingsOf);
  const differing = differingSettings(all);
  // Ratings that were edited are other ratings, but their name says nothing.
  const named = new Set(all.map(({ dataset }) => dataset.name)).size > 1;
  const told = SETTING_NAMES.filter((name) => differing.has(name) && (name !== 'dataset' || named));
  return records.map((record, at) => {
    const settings = settingsOf(record.study);
    const own = told.map((name) => words(settings, name)).join(', ') || record.name;
    const label = [own, ...caveats(record, study)].join(', ');
    const isBaseline = record.id === baseline;
    const curve = at < MOST_DRAWN && ofThisSet(record, study) ? record.curve : null;
    return {
      record,
      label,
      baseline: isBaseline,
      curve: curve === null ? null : { id: record.id, label, baseline: isBaseline, ...curve },
    };
  });
}
