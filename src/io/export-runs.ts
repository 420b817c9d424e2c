import { type RunSettings, SETTING_NAMES, type SettingName, settingOf } from '../core/experiment/run-settings.ts';
import { cellText, numberText } from './export-csv.ts';

/** A run as it is exported: its settings, and what it came to. */
export interface ExportedRun extends RunSettings {
  readonly id: string;
  readonly name: string;
  readonly rmseHeldOut: number | null;
  readonly rmseSeen: number | null;
  readonly objective: number | null;
  readonly epochs: number;
  readonly bestEpoch: number | null;
  /** Updates and milliseconds are those of one training: of several folds the mean. */
  readonly updates: number | null;
  readonly milliseconds: number | null;
  readonly ended: string;
  /** Where folds ended differently. */
  readonly ends?: Readonly<Record<string, number>> | null;
  readonly folds: number;
  readonly curve?: {
    readonly epoch: Float64Array;
    readonly rmseSeen: Float64Array;
    readonly rmseHeldOut: Float64Array;
    readonly objective: Float64Array;
  } | null;
}

const FIGURES = ['rmseHeldOut', 'rmseSeen', 'objective', 'epochs', 'bestEpoch', 'updates', 'milliseconds'] as const;

function settingText(run: RunSettings, name: SettingName): string {
  const value = settingOf(run, name);
  return typeof value === 'number' ? numberText(value) : cellText(value ?? '');
}

/** "settled", or "settled 4, limit 1" where folds ended differently. */
function endedText({ ended, ends }: ExportedRun): string {
  if (ends === null || ends === undefined) return ended;
  const came = Object.entries(ends).filter(([, count]) => count > 0);
  return came.map(([end, count]) => `${end} ${count}`).join(', ');
}

/**
 * `name`, a column for each setting, then the figures, how it ended and how many folds it was judged on: a line for each run.
 * Every digit is there, so reading them gives the same doubles.
 */
export function runsCsv(runs: readonly ExportedRun[]): string {
  const lines = [['name', ...SETTING_NAMES, ...FIGURES, 'ended', 'folds'].join(',')];
  for (const run of runs) {
    const settings = SETTING_NAMES.map((name) => settingText(run, name));
    const figures = FIGURES.map((name) => numberText(run[name]));
    lines.push([cellText(run.name), ...settings, ...figures, cellText(endedText(run)), String(run.folds)].join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}

function numbersOrNull(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : null));
}

/**
 * `{"format":"factorscope-runs","version":1,"runs":[…]}`: for each run its name, its settings as the session file writes the
 * model, its figures, and its curve as columns where it was kept; null where there is nothing.
 */
export function runsJson(runs: readonly ExportedRun[]): string {
  const rows = runs.map((run) => ({
    name: run.name,
    dataset: run.dataset.name,
    model: run.model,
    seen: run.seen,
    holdOut: run.holdOut,
    judging: run.judging,
    stop: run.stop,
    ...Object.fromEntries(FIGURES.map((name) => [name, run[name]])),
    ended: endedText(run),
    folds: run.folds,
    curve:
      run.curve === undefined || run.curve === null
        ? null
        : {
            epoch: numbersOrNull(run.curve.epoch),
            rmseSeen: numbersOrNull(run.curve.rmseSeen),
            rmseHeldOut: numbersOrNull(run.curve.rmseHeldOut),
            objective: numbersOrNull(run.curve.objective),
          },
  }));
  return `${JSON.stringify({ format: 'factorscope-runs', version: 1, runs: rows })}\n`;
}
