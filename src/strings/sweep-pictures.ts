import type { Setting, SettingValue } from '../core/experiment/axis.ts';
import type { LiveMapFigure } from '../core/experiment/live-map.ts';
import type { CellSummary, EdgeOfAxis } from '../core/experiment/summary.ts';
import { formatError, formatSpread } from './errors-of-runs.ts';
import { experiment } from './experiment.ts';
import { formatCount, formatExact } from './numbers.ts';

const FIGURES: Record<LiveMapFigure, string> = {
  rmseHeldOut: 'RMSE held out',
  rmseSeen: 'RMSE seen',
  objective: 'objective',
};

const HELD_OUT = 'held-out RMSE';

/** "α 0.01, k 2, 80 % seen" */
function symbols(assignments: CellSummary['assignments']): string {
  return assignments
    .map((assignment) => {
      const { setting, value } = assignment;
      if (setting === 'seen') return `${experiment.value(value)} % seen`;
      if (setting === 'holdOut') return `${experiment.value(value)} % held out`;
      return experiment.assignment(assignment);
    })
    .join(', ');
}

function count(n: number, one: string, many: string): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function list(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** "Learning rate α 0.01, Regularization β 0.2" */
function place(assignments: CellSummary['assignments']): string {
  return assignments
    .map(({ setting, value }) => `${experiment.settings[setting]} ${experiment.value(value)}`)
    .join(', ');
}

function meanAndSpread(mean: number, spread: number | null): string {
  return spread === null ? formatError(mean) : `${formatError(mean)} ± ${formatSpread(spread, mean)}`;
}

/** What a combination came to: "held-out RMSE 1.24 ± 0.08", "diverged", "not run yet". */
function outcome({ mean, spreadOverSeeds, diverged, done, total }: CellSummary): string {
  const partly = done < total ? `, ${formatCount(done)} of ${count(total, 'run', 'runs')} so far` : '';
  if (diverged > 0) {
    return diverged === total ? 'diverged' : `diverged in ${formatCount(diverged)} of ${count(total, 'run', 'runs')}`;
  }
  if (mean === null) return done === 0 ? 'not run yet' : `running${partly}`;
  return `${HELD_OUT} ${meanAndSpread(mean, spreadOverSeeds)}${partly}`;
}

function unsettledText({ total, diverged }: CellSummary, unsettled: number): string {
  return unsettled === 0 || diverged > 0
    ? ''
    : `, ${formatCount(unsettled)} of ${count(total, 'run', 'runs')} not settled`;
}

/** What a picture of one setting says in its caption. */
export type LineReading =
  | {
      readonly kind: 'seen';
      /** More data would help: what is left out still falls by more than the spread, and stays above what is seen. */
      readonly helps: boolean;
      /** The last step alone is more than the noise, by its paired interval. */
      readonly sure: boolean;
      readonly from: { readonly at: number; readonly heldOut: number };
      readonly to: { readonly at: number; readonly heldOut: number; readonly seen: number | null };
      readonly spread: number;
      /** How it stands to the spread over seeds: is it, or is more; null: one seed tells none. */
      readonly overSeeds: 'is' | 'below' | null;
    }
  | {
      readonly kind: 'k';
      /** valley: falls and rises again beyond the spread. */
      readonly shape: 'valley' | 'falls' | 'rises' | 'flat';
      readonly best: { readonly at: number; readonly heldOut: number };
      readonly first: { readonly at: number; readonly heldOut: number; readonly seen: number | null };
      readonly last: { readonly at: number; readonly heldOut: number; readonly seen: number | null };
      /** The k that the verdict cannot tell from the best one. */
      readonly alike: readonly number[];
      readonly spread: number;
      readonly overSeeds: 'is' | 'below' | null;
    };

function spreadTold(overSeeds: LineReading['overSeeds'], spread: string): string {
  if (overSeeds === null) return `one seed tells no spread, so less than ${spread} is taken for none`;
  return `the spread over seeds is ${overSeeds === 'is' ? '' : 'below '}${spread}`;
}

/** So many k are listed; more are counted. */
const MOST_NAMED = 6;

function reading(of: LineReading): string[] {
  if (of.kind === 'seen') {
    const { from, to, spread, helps, sure, overSeeds } = of;
    const change = from.heldOut - to.heldOut;
    const way =
      change >= 0
        ? `falls by ${formatSpread(change, from.heldOut)}`
        : `rises by ${formatSpread(-change, from.heldOut)}`;
    const told = `From ${formatExact(from.at)} % to ${formatExact(to.at)} % of the ratings, ${HELD_OUT} ${way}, from ${formatError(from.heldOut)} to ${formatError(to.heldOut)}; ${spreadTold(overSeeds, formatSpread(spread, to.heldOut))}.`;
    const gap =
      to.seen === null
        ? ''
        : `At ${formatExact(to.at)} % it stands ${formatSpread(to.heldOut - to.seen, to.heldOut)} above what is seen (${formatError(to.seen)}).`;
    return [
      helps
        ? overSeeds === null
          ? 'More data may help; several seeds would tell it from luck.'
          : sure
            ? 'More data would help.'
            : 'More data may help, but the last step cannot be told from the noise.'
        : 'More data of this kind would help little; another model might.',
      told,
      gap,
    ].filter((sentence) => sentence !== '');
  }
  const { shape, best, first, last, alike, spread, overSeeds } = of;
  const seen =
    first.seen === null || last.seen === null
      ? ''
      : `RMSE seen goes from ${formatError(first.seen)} at k ${formatExact(first.at)} to ${formatError(last.seen)} at k ${formatExact(last.at)}.`;
  const told = {
    valley: `Held out, it falls to ${formatError(best.heldOut)} at k ${formatExact(best.at)} and rises again to ${formatError(last.heldOut)}: factors beyond that fit the noise.`,
    falls: `Held out, it falls from ${formatError(first.heldOut)} to ${formatError(last.heldOut)}: more factors might still help.`,
    rises: `Held out, it is least at once, ${formatError(best.heldOut)} at k ${formatExact(best.at)}, and rises to ${formatError(last.heldOut)}: more factors fit the noise.`,
    flat: `Held out, it stays between ${formatError(best.heldOut)} and ${formatError(Math.max(first.heldOut, last.heldOut))}, which is flat: ${spreadTold(overSeeds, formatSpread(spread, best.heldOut))}.`,
  }[shape];
  const others = alike.length > MOST_NAMED ? count(alike.length, 'other k', 'other k') : `k ${alike.join(', ')}`;
  const noWinner =
    alike.length === 0
      ? ''
      : `But the left-out ratings cannot tell ${others} from k ${formatExact(best.at)}: none is the winner.`;
  return [seen, told, noWinner].filter((sentence) => sentence !== '');
}

/** The pictures of sweeps, and the live map. */
export const sweepPictures = {
  none: 'The picture of a sweep stands here. Choose one or two settings and start it.',
  heldOut: 'RMSE held out',
  seen: 'RMSE seen',
  /** "RMSE held out by Learning rate α and Regularization β" */
  title: (settings: readonly Setting[]) =>
    `RMSE held out by ${list(settings.map((name) => experiment.settings[name]))}`,
  subtitle: (data: string, judging: string, seeds: number, stop: string) =>
    `${data} · ${judging}, ${count(seeds, 'seed', 'seeds')}, ${stop}`,
  /** Play has gone on to other ratings than those of the sweep. */
  otherRatings: (data: string, play: string) => `Play now has other ratings (${play}); this is of ${data}.`,
  axis: (setting: Setting) => experiment.settings[setting],
  /** The name of an axis along it; choices have no direction. */
  axisAlong: (setting: Setting, numbers: boolean) => `${experiment.settings[setting]}${numbers ? ' →' : ''}`,
  value: (value: SettingValue) => experiment.value(value),
  /** `unsettled`: how many of its runs were to train until settled and did not settle. */
  cell: (summary: CellSummary, unsettled = 0) =>
    `${place(summary.assignments)}: ${outcome(summary)}${unsettledText(summary, unsettled)}`,
  place,
  outcome,
  symbols,

  scale: 'Color scale',
  better: 'better',
  worse: 'worse',
  scaleEnds: (best: string, worst: string) => `, from ${best} (better) to ${worst} (worse)`,
  scaleOf: (figure: LiveMapFigure | null) => (figure === null ? 'RMSE held out' : FIGURES[figure]),
  meanMark: (error: string) => `mean alone ${error}`,
  /** `span`: at so many times the least error a scale in equal factors ends; null: one in equal steps. */
  scaleRule: (span: number | null) =>
    span === null
      ? 'The strongest color is the least error. The scale ends at the greatest one; where few are far worse than the others, at what nine in ten lie below, between twice and four times the least. Both ends are rounded outward.'
      : `The strongest color is the least error. The scale ends at the greatest one, at most at ${formatCount(span)} times the least, in equal factors, both rounded outward.`,
  legend: {
    best: 'best',
    bestSoFar: 'best so far',
    diverged: 'diverged',
    here: 'Play stands here',
    partly: 'paler: not whole yet',
    unsettled: 'corner: some of its runs never settled',
    unknown: 'not run yet',
  },
  openHint: 'Click a cell, or press Enter on it, to open its run in Play.',
  tapHint: 'Tap a cell for its figures, and again to open its run in Play.',
  lineHint: 'Click a value, or press Enter on it, to open its run in Play.',
  hereNot: 'Play differs in more than these settings, so it has no place here.',
  hereBeyond: (assignments: CellSummary['assignments']) => `Play stands beyond these values: ${symbols(assignments)}.`,

  bestOnEdge: 'best on the edge',
  extend: (setting: Setting, { beyond, side }: EdgeOfAxis) =>
    `Extend ${experiment.symbols[setting]} ${side === 'low' ? 'down' : 'up'} to ${formatExact((side === 'low' ? beyond[0] : beyond.at(-1)) ?? 0)}`,

  /** A picture in numbers. */
  told: (told: {
    readonly combinations: number;
    readonly whole: number;
    readonly diverged: number;
    readonly best: CellSummary | null;
    readonly worst: CellSummary | null;
  }) => {
    const { combinations, whole, diverged, best, worst } = told;
    const parts = [
      count(combinations, 'combination', 'combinations'),
      whole === combinations ? 'all run' : `${formatCount(whole)} run`,
    ];
    if (diverged > 0) parts.push(`${formatCount(diverged)} diverged`);
    const figure = (name: string, { assignments, mean, spreadOverSeeds }: CellSummary) =>
      `${name} ${meanAndSpread(mean ?? 0, spreadOverSeeds)} at ${symbols(assignments)}`;
    const ends = [
      ...(best?.mean == null ? [] : [figure('least', best)]),
      ...(worst?.mean == null || worst === best ? [] : [figure('greatest', worst)]),
    ];
    return `${parts.join(', ')}.${ends.length > 0 ? ` ${capital(ends.join(', '))}.` : ''}`;
  },

  tip: {
    heldOut: 'RMSE held out',
    spread: (seeds: number) => `spread over ${count(seeds, 'seed', 'seeds')}`,
    range: 'least … greatest',
    rangeOf: (least: number, greatest: number) => `${formatError(least)} … ${formatError(greatest)}`,
    folds: 'spread over folds',
    seen: 'RMSE seen',
    runs: 'runs',
    runsOf: (done: number, total: number, seeds: number, folds: number) =>
      done < total
        ? `${formatCount(done)} of ${formatCount(total)}`
        : `${formatCount(total)} (${count(seeds, 'seed', 'seeds')} × ${count(folds, 'fold', 'folds')})`,
    ratings: 'left-out ratings',
    epochs: 'epochs',
    epochsOf: (mean: number) => formatCount(Math.round(mean)),
    ended: 'ended',
    endedOf: (counts: readonly (readonly [string, number])[]) =>
      counts.map(([name, n]) => (counts.length === 1 ? name : `${name} ${formatCount(n)}`)).join(', '),
    notSettled: 'not settled',
  },

  line: {
    names: { heldOut: 'held out', seen: 'seen' },
    levels: { mean: 'mean alone', biases: 'biases only' },
    /** The same in a narrow picture. */
    short: { mean: 'mean', biases: 'biases' },
    /** What the marks mean: those that are there. */
    key: (
      [fewest, most]: readonly [number, number],
      has: {
        readonly best: 'whole' | 'so far' | null;
        readonly diverged: boolean;
        readonly beyond: boolean;
        readonly unsettled?: boolean;
        readonly low?: number;
      },
    ) =>
      [
        `Means over ${fewest < most ? `${formatCount(fewest)} to ` : ''}${count(most, 'seed', 'seeds')}${most > 1 ? ', ± the spread over them' : '; one seed tells no spread'}.`,
        ...(has.best === null ? [] : [has.best === 'whole' ? 'Ring: best.' : 'Ring: best so far.']),
        ...(has.diverged ? ['Hatched: diverged.'] : []),
        ...(has.low !== undefined && has.low > 0 ? [`The axis begins at ${formatExact(has.low)}, not at 0.`] : []),
        ...(has.unsettled ? ['Hollow: some of its runs never settled.'] : []),
        ...(has.beyond ? ['Triangle at the top: beyond it.'] : []),
      ].join(' '),
    values: (setting: Setting) => `Values of ${experiment.settings[setting]}`,
    point: (summary: CellSummary, unsettled = 0) => {
      const seen = summary.rmseSeen === null || summary.diverged > 0 ? '' : `, seen ${formatError(summary.rmseSeen)}`;
      return `${place(summary.assignments)}: ${outcome(summary)}${seen}${unsettledText(summary, unsettled)}`;
    },
    readings: reading,
    seenRule:
      'Rule: more data would help where the error falls by more than the spread over the second half of the shares, does not rise again at the end, and a gap to the seen ratings remains; for sure where the paired interval of the last step leaves out 0.',
  },

  parallel: {
    hint: 'Drag along an axis to keep a range; drag the range to move it, click beside it to let go. Or type its ends below.',
    from: (setting: Setting) => `${experiment.settings[setting]} from`,
    to: (setting: Setting) => `${experiment.settings[setting]} to`,
    errorFrom: 'RMSE held out from',
    errorTo: 'RMSE held out to',
    fromShort: 'from',
    toShort: 'to',
    error: 'RMSE held out',
    all: 'All runs',
    chosen: (chosen: number, of: number) =>
      chosen === of
        ? `All ${count(of, 'combination', 'combinations')} are chosen.`
        : `${formatCount(chosen)} of ${count(of, 'combination', 'combinations')} chosen.`,
    list: 'Best of those chosen',
    more: (n: number) => `${formatCount(n)} more`,
    values: (setting: Setting) => experiment.settings[setting],
    /** "k 3, α 0.01: held-out RMSE 1.24 ± 0.08" */
    run: (summary: CellSummary) => `${symbols(summary.assignments)}: ${outcome(summary)}`,
  },

  liveMap: {
    title: 'Live map of α and β',
    region: 'Live map',
    intro: (runs: number, epochs: number) =>
      `${formatCount(runs)} runs of ${formatCount(epochs)} epochs. It follows what is changed in Play; α and β only move the dot.`,
    grid: (figure: LiveMapFigure) => `${capital(FIGURES[figure])} by Learning rate α and Regularization β`,
    shown: 'Live map shows',
    figures: { rmseHeldOut: 'held out', rmseSeen: 'seen' },
    cell: (alpha: number, beta: number, figure: LiveMapFigure, value: number, exact: boolean) => {
      const where = `Learning rate α ${formatExact(alpha)}, Regularization β ${formatExact(beta)}`;
      if (Number.isNaN(value)) return `${where}: not computed yet`;
      if (value === Number.POSITIVE_INFINITY) return `${where}: diverged`;
      return `${where}: ${FIGURES[figure]} ${exact ? '' : 'about '}${formatError(value)}`;
    },
    figure: formatError,
    where: (alpha: number, beta: number) => `α ${formatExact(alpha)}, β ${formatExact(beta)}`,
    after: (epochs: number) => `after ${formatCount(epochs)} epochs`,
    about: 'that of a neighbor, until its own is there',
    diverged: 'diverged',
    notYet: 'not computed yet',
    hint: 'Click a cell, or press Enter on it, to take its α and β into Play.',
    tapHint: 'Tap a cell for its figure, and again to take its α and β into Play.',
    computing: (done: number, total: number) => `Computing: ${formatCount(done)} of ${formatCount(total)} runs`,
    late: 'Settings changed: the map of before, until the new one comes.',
    done: (total: number, milliseconds: number | null) =>
      milliseconds === null
        ? `${formatCount(total)} runs`
        : `${formatCount(total)} runs in ${milliseconds < 1000 ? `${formatCount(Math.round(milliseconds))} ms` : `${(milliseconds / 1000).toFixed(1)} s`}`,
    failed: 'The map stopped on an error; what is done is shown.',
    again: 'Compute again',
    here: (alpha: number, beta: number) => `Play stands at α ${formatExact(alpha)}, β ${formatExact(beta)}.`,
    hereBeyond: (alpha: number, beta: number) =>
      `Play stands beyond the map: α ${formatExact(alpha)}, β ${formatExact(beta)}.`,
    notHere: {
      changed:
        'No dot: Play’s run was changed on its way, and the map trains from the start without changes. Reset in Play brings it back.',
      stopping: 'No dot: Play stops early by a rule of its own, and the map trains all its epochs.',
      late: 'No dot: this is the map of the settings before.',
      otherwise: 'No dot: Play differs from what the map was made for.',
    },
    best: (alpha: number, beta: number, figure: LiveMapFigure, value: number) =>
      `Least ${FIGURES[figure]} ${formatError(value)} at α ${formatExact(alpha)}, β ${formatExact(beta)}.`,
    /** What the least is to be taken with: it may be an end of the map, and rests on so many ratings. */
    besideBest: (edge: boolean, ratings: number | null) =>
      [
        ...(edge ? ['It lies on the edge of the map: a lesser one may lie beyond.'] : []),
        ratings === null
          ? 'From one seed.'
          : `From one seed, on ${count(ratings, 'held-out rating', 'held-out ratings')}: a sweep tells what is luck.`,
      ].join(' '),
    noAlpha:
      'ALS takes no steps, so it has no learning rate: all α come to the same, and there is no α × β map. A sweep over β alone shows what β does.',
    useSgd: 'Use SGD in Play',
    seenOnly:
      'Nothing is held out, so the map shows the error on ratings that were trained on: it says nothing about new ones. Hold some out to see that.',
    tooLarge: (runs: number, epochs: number, ratings: number, k: number) =>
      `A map of ${formatCount(runs)} runs of ${formatCount(epochs)} epochs would take too long here (${count(ratings, 'rating', 'ratings')}, k ${formatExact(k)}). Fewer epochs, a smaller k or smaller data bring it back; a sweep over α and β does the same with progress and pause.`,
    fewer: (epochs: number) => `Map ${count(epochs, 'epoch', 'epochs')} instead`,
    back: (epochs: number) => `Map ${formatCount(epochs)} epochs again`,
  },
};
