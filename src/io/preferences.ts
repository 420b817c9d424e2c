import type { TextStore } from './storage.ts';

/** How the page shows things, kept beside the session; nothing of it changes a number. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  readonly moreSettings: boolean;
  readonly lossShown: 'rmse' | 'mae' | 'objective';
  readonly lossAxis: 'linear' | 'log';
  readonly lossAgainst: 'epochs' | 'updates' | 'time';
  readonly clip: boolean;
  readonly showTruth: boolean;
  readonly showBaselines: boolean;
  /** Index into the speeds. */
  readonly speed: number;
  readonly runTo: number;
}

/** The theme alone, as plain text: `public/theme.js` reads it before the first paint. */
const THEME_KEY = 'factorscope-theme';
const PREFERENCES_KEY = 'factorscope-preferences';

type Checks = { readonly [Name in keyof Preferences]: (value: unknown) => value is Preferences[Name] };

function oneOf<const Options extends readonly string[]>(options: Options) {
  return (value: unknown): value is Options[number] => typeof value === 'string' && options.includes(value);
}

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const CHECKS: Checks = {
  theme: oneOf(['system', 'light', 'dark']),
  moreSettings: isBoolean,
  lossShown: oneOf(['rmse', 'mae', 'objective']),
  lossAxis: oneOf(['linear', 'log']),
  lossAgainst: oneOf(['epochs', 'updates', 'time']),
  clip: isBoolean,
  showTruth: isBoolean,
  showBaselines: isBoolean,
  speed: isCount,
  runTo: isCount,
};

/** Takes `value[name]` over into `into` if it passes its check. */
function take<Name extends keyof Preferences>(
  name: Name,
  value: unknown,
  into: { [N in keyof Preferences]?: Preferences[N] },
): void {
  if (CHECKS[name](value)) into[name] = value;
}

const NAMES: readonly (keyof Preferences)[] = [
  'theme',
  'moreSettings',
  'lossShown',
  'lossAxis',
  'lossAgainst',
  'clip',
  'showTruth',
  'showBaselines',
  'speed',
  'runTo',
];

/** What was kept, checked one by one; what is missing or wrong is left out. Never throws: without storage it is empty. */
export function loadPreferences(texts: TextStore): Partial<Preferences> {
  const found: { [N in keyof Preferences]?: Preferences[N] } = {};
  try {
    const kept: unknown = JSON.parse(texts.getItem(PREFERENCES_KEY) ?? 'null');
    const all = new Map<string, unknown>(typeof kept === 'object' && kept !== null ? Object.entries(kept) : []);
    for (const name of NAMES) take(name, all.get(name), found);
  } catch {
    // Storage is forbidden, or this is no JSON: the page has its defaults.
  }
  try {
    take('theme', texts.getItem(THEME_KEY), found);
  } catch {
    // As above.
  }
  return found;
}

/** Keeps these; other keys of the object are let be. A browser that keeps nothing is not worth a message here. */
export function savePreferences(texts: TextStore, preferences: Preferences): void {
  try {
    texts.setItem(THEME_KEY, preferences.theme);
    texts.setItem(PREFERENCES_KEY, JSON.stringify(Object.fromEntries(NAMES.map((name) => [name, preferences[name]]))));
  } catch {
    // The session's own saving says so when storage fails.
  }
}
