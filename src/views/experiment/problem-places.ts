import type { Setting } from '../../core/experiment/axis.ts';
import type { Problem } from '../../core/problem.ts';

/** Problems by the part of the form that they are said beside. */
export interface PlacedProblems {
  readonly settings: ReadonlyMap<Setting, readonly Problem[]>;
  readonly axes: readonly Problem[];
  readonly points: readonly Problem[];
  readonly judging: readonly Problem[];
  readonly seeds: readonly Problem[];
  readonly stop: readonly Problem[];
  /** What belongs to no field alone: too many runs, a model that is too large. */
  readonly whole: readonly Problem[];
}

const JUDGING = new Set(['judging', 'repeats', 'folds', 'innerFolds', 'holdOut']);
const STOP = new Set(['epochs', 'patience', 'watchShare']);

/** Puts each problem of a plan beside what it is about: `varied` settings have fields of their own. */
export function placeProblems(problems: readonly Problem[], varied: readonly Setting[]): PlacedProblems {
  const settings = new Map<Setting, readonly Problem[]>();
  const of = (belongs: (where: string) => boolean) =>
    problems.filter(({ where }) => where !== undefined && !varied.some((one) => one === where) && belongs(where));
  for (const setting of varied) {
    // One sentence a setting: a wrong list is too short as well.
    const [first] = problems.filter(({ where }) => where === setting);
    if (first) settings.set(setting, [first]);
  }
  const placed = {
    settings,
    axes: of((where) => where === 'axes'),
    points: of((where) => where === 'search'),
    judging: of((where) => JUDGING.has(where)),
    seeds: of((where) => where === 'seeds'),
    stop: of((where) => STOP.has(where)),
  };
  const known = new Set([
    ...[...settings.keys()].flatMap((setting) => problems.filter(({ where }) => where === setting)),
    ...placed.axes,
    ...placed.points,
    ...placed.judging,
    ...placed.seeds,
    ...placed.stop,
  ]);
  return { ...placed, whole: problems.filter((problem) => !known.has(problem)) };
}
