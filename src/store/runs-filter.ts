import { SETTING_NAMES, type SettingName, settingOf } from '../core/experiment/run-settings.ts';
import { strings } from '../strings/index.ts';
import { type RunRow, SweepRow, variedIn } from './sweep-row.ts';

/** What a filter asks for: a word anywhere, or a setting's value. */
type Term =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'setting'; readonly setting: SettingName; readonly value: string };

/** "k", "alpha", "α", "optimizer" …: what a setting may be called in a filter. */
const CALLED: ReadonlyMap<string, SettingName> = new Map([
  ...SETTING_NAMES.map((name) => [name.toLowerCase(), name] as const),
  ...SETTING_NAMES.map((name) => [strings.experiment.settingNames[name].toLowerCase(), name] as const),
  ['α', 'alpha'],
  ['β', 'beta'],
]);

function isNumber(text: string | undefined): text is string {
  return text !== undefined && text !== '' && Number.isFinite(Number(text));
}

/** "k 2", "k=2" and "k = 2" ask for a setting, "k" and "2" alone for words. */
function termsOf(text: string): readonly Term[] {
  const parts = text
    .toLowerCase()
    .replace(/\s*=\s*/g, '=')
    .split(/\s+/)
    .filter(Boolean);
  const terms: Term[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at] ?? '';
    const [called = '', given] = part.split('=');
    const setting = CALLED.get(called);
    const next = parts[at + 1];
    if (setting !== undefined && given !== undefined && given !== '') {
      terms.push({ kind: 'setting', setting, value: given });
    } else if (setting !== undefined && given === undefined && isNumber(next)) {
      terms.push({ kind: 'setting', setting, value: next });
      at += 1;
    } else {
      terms.push({ kind: 'word', word: setting === undefined ? part : called });
    }
  }
  return terms;
}

/** Whether a value has it; ten thousand runs have few values, and each is looked at once. */
function byValue(
  look: (name: SettingName, value: number | string) => boolean,
): (row: RunRow, name: SettingName) => boolean {
  const known = new Map<SettingName, Map<number | string, boolean>>();
  return (row, name) => {
    const value = settingOf(row, name);
    if (value === null) return false;
    let ofName = known.get(name);
    if (ofName === undefined) {
      ofName = new Map();
      known.set(name, ofName);
    }
    let has = ofName.get(value);
    if (has === undefined) {
      has = look(name, value);
      ofName.set(value, has);
    }
    return has;
  };
}

function fitsSetting(setting: SettingName, wanted: string): (row: RunRow) => boolean {
  const number = Number(wanted);
  const has = byValue((_, value) =>
    typeof value === 'number'
      ? value === number
      : `${value} ${strings.experiment.value(value)}`.toLowerCase().includes(wanted),
  );
  return (row) => has(row, setting);
}

function fitsWord(word: string): (row: RunRow) => boolean {
  const has = byValue((name, value) =>
    `${name} ${strings.experiment.settingNames[name]} ${value} ${strings.experiment.value(value)}`
      .toLowerCase()
      .includes(word),
  );
  /** What all rows of a sweep share: its name, and the settings that it did not vary. */
  const shared = new Map<string, boolean>();
  const sharedOf = (row: SweepRow): boolean => {
    const known = shared.get(row.from);
    if (known !== undefined) return known;
    const varied = variedIn(row.plan);
    const fits =
      row.sweepName.toLowerCase().includes(word) || SETTING_NAMES.some((name) => !varied.has(name) && has(row, name));
    shared.set(row.from, fits);
    return fits;
  };
  return (row) => {
    if (strings.experiment.endedText(row).includes(word)) return true;
    if (row instanceof SweepRow) {
      if (sharedOf(row) || row.short === word) return true;
      for (const name of variedIn(row.plan)) if (has(row, name)) return true;
      return false;
    }
    return row.name.toLowerCase().includes(word) || SETTING_NAMES.some((name) => has(row, name));
  };
}

/** Whether a row has all that a filter asks for; null when it asks for nothing. */
export function rowFilter(text: string): ((row: RunRow) => boolean) | null {
  const tests = termsOf(text).map((term) =>
    term.kind === 'word' ? fitsWord(term.word) : fitsSetting(term.setting, term.value),
  );
  return tests.length === 0 ? null : (row) => tests.every((test) => test(row));
}
