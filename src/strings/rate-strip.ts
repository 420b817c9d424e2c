import type { Regime, RegimeRange } from '../core/understand/rate-strip.ts';
import { formatCount, formatExact, formatReadout } from './numbers.ts';

const NAMES: Readonly<Record<Regime['name'], string>> = {
  crawling: 'crawling',
  converging: 'converging',
  oscillating: 'oscillating',
  diverged: 'diverged',
};

/** Whole percents; a share next to nothing or beyond all is said so. */
function percent(share: number): string {
  if (share > 0 && share < 0.005) return 'less than 1 %';
  return share > 10 ? 'more than 1,000 %' : `${Math.round(share * 100)} %`;
}

/** The regime with its number. */
function told(regime: Regime): string {
  switch (regime.name) {
    case 'diverged':
      return `diverged in epoch ${formatCount(regime.during)}`;
    case 'oscillating':
      return regime.givenBack > 1
        ? 'oscillating: lost again more than it had gained'
        : `oscillating: lost again ${percent(regime.givenBack)} of what it gained`;
    case 'crawling':
      return `crawling: covered ${percent(regime.covered)} of the way`;
    case 'converging':
      return `converging: covered ${percent(Math.min(1, regime.covered))} of the way`;
  }
}

export const rateStrip = {
  title: 'One whole run for each α',
  axes: 'RMSE on a log axis',
  region: 'Strip of learning rates',
  slider: 'Learning rate α of the strip',
  strip: 'RMSE at the end of a run, by learning rate α',
  curve: (alpha: number, epochs: number) => `RMSE by epoch at α ${formatExact(alpha)}, ${formatCount(epochs)} epochs`,
  alphaAxis: 'α',
  epochAxis: 'epochs',
  names: NAMES,
  told,
  alpha: 'α',
  rmseSeen: 'RMSE seen',
  rmseHeldOut: 'held out',
  after: (epochs: number) => `after ${formatCount(epochs)} epochs`,
  nothing: '—',
  computing: 'Computing …',
  computed: (done: number, of: number) => `Computing: ${formatCount(done)} of ${formatCount(of)} runs.`,
  /** What the slider says of the α it stands at. */
  at: (alpha: number, epochs: number, seen: number | null, heldOut: number | null, regime: Regime | null) => {
    const figures =
      seen === null
        ? ''
        : `RMSE seen ${formatReadout(seen)}${heldOut === null ? '' : `, held out ${formatReadout(heldOut)}`} after ${formatCount(epochs)} epochs`;
    const parts = [figures, regime === null ? '' : told(regime)].filter((part) => part !== '');
    return `α ${formatExact(alpha)}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`;
  },
  /** The strip in words, from left to right. */
  ranges: (ranges: readonly RegimeRange[], rates: readonly number[]) => {
    const words = ranges.map(({ name, from, to }) => {
      const [first, last] = [formatExact(rates[from] ?? 0), formatExact(rates[to] ?? 0)];
      return from === to ? `${name} at ${first}` : `${name} from ${first} to ${last}`;
    });
    const text = words.length > 6 ? [...words.slice(0, 5), '…', ...words.slice(-1)].join('; ') : words.join('; ');
    return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  },
  rule: 'Crawling: less than 90 % of the way from the start to the best end on the strip. Oscillating: loses more than 10 % of what it gains on the way. Diverged: the numbers outgrew every bound.',
  hint: 'Drag, or use the arrow keys. Let go, and the stage takes this α and begins anew; Run shows it there.',
};
