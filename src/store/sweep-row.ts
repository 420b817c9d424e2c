import type { Dataset } from '../core/dataset.ts';
import type { Assignment } from '../core/experiment/axis.ts';
import type { CellIndex, SweepPlan } from '../core/experiment/plan.ts';
import type { RunId } from '../core/experiment/run-record.ts';
import type { FoldEnds, RunEnd } from '../core/experiment/run-result.ts';
import type { RunSettings, SettingName } from '../core/experiment/run-settings.ts';
import type { ModelSettings } from '../core/model.ts';
import { strings } from '../strings/index.ts';
import type { Sweep, SweepId } from './experiment-state.ts';

/** A row of the runs table. Its id and name may be made when they are first asked for: copy it with `{ ...row, id, name }`. */
export interface RunRow extends RunSettings {
  readonly id: RunId;
  /** The whole name, with the settings that tell it from its neighbors. */
  readonly name: string;
  /** What it is called where the settings stand beside it: its own name, or its number: "#41". */
  readonly short: string;
  readonly from: SweepId | 'play';
  readonly rmseHeldOut: number | null;
  readonly rmseSeen: number | null;
  readonly objective: number | null;
  readonly epochs: number;
  readonly bestEpoch: number | null;
  /** Each fold was brought back to its own best epoch: `bestEpoch` is the mean of theirs. */
  readonly bestIsMean: boolean;
  /** These two of one training: the mean of the folds. */
  readonly updates: number | null;
  readonly milliseconds: number | null;
  readonly ended: RunEnd;
  /** Where folds ended differently; `ended` is then the least good way of theirs. */
  readonly ends: FoldEnds | null;
  readonly folds: number;
}

/** What a run came to, and its settings as numbers: all that is needed to sort it. */
export type RowFigures = Omit<RunRow, 'id' | 'name' | 'short' | 'from' | 'dataset' | 'judging' | 'stop'>;

function nameOfCell({ search }: SweepPlan, cell: CellIndex, assignments: readonly Assignment[]): string {
  const text = assignments.map(({ setting, value }) => `${setting}=${value}`).join(' ');
  // Points of a search may round to the same values.
  return search === null ? text : `${cell} ${text}`;
}

/** The id of a combination's run from one of the plan's seeds. `cells`: the plan's combinations. */
export function idOfRow(
  { id, plan }: Pick<Sweep, 'id' | 'plan'>,
  cells: readonly (readonly Assignment[])[],
  cell: CellIndex,
  seedPlace: number,
): RunId {
  return `${id}:${nameOfCell(plan, cell, cells[cell] ?? [])}#${plan.seeds[seedPlace] ?? 0}`;
}

/** What an id says of a run of that sweep; null when it is of none. The other way round of `idOfRow`. */
export function placeOfId(
  { id, plan }: Pick<Sweep, 'id' | 'plan'>,
  cells: readonly (readonly Assignment[])[],
  row: RunId,
): { readonly cell: CellIndex; readonly seedPlace: number } | null {
  const seedAt = row.lastIndexOf('#');
  if (!row.startsWith(`${id}:`) || seedAt < 0) return null;
  const cell = cellsByName(plan, cells).get(row.slice(id.length + 1, seedAt));
  const seedPlace = plan.seeds.indexOf(Number(row.slice(seedAt + 1)));
  return cell === undefined || seedPlace < 0 ? null : { cell, seedPlace };
}

const namesOfCells = new WeakMap<SweepPlan, ReadonlyMap<string, CellIndex>>();

function cellsByName(plan: SweepPlan, cells: readonly (readonly Assignment[])[]): ReadonlyMap<string, CellIndex> {
  const known = namesOfCells.get(plan);
  if (known !== undefined) return known;
  const made = new Map(cells.map((assignments, cell) => [nameOfCell(plan, cell, assignments), cell]));
  namesOfCells.set(plan, made);
  return made;
}

const variedSettings = new WeakMap<SweepPlan, ReadonlySet<SettingName>>();

/** The settings in which rows of one plan can differ; all others are the same in all of them. */
export function variedIn(plan: SweepPlan): ReadonlySet<SettingName> {
  const known = variedSettings.get(plan);
  if (known !== undefined) return known;
  const varied = new Set<SettingName>();
  for (const { setting } of plan.axes) {
    varied.add(setting);
    // Another optimizer has other settings of its own.
    if (setting === 'optimizer') varied.add('update').add('batch');
  }
  if (plan.seeds.length > 1) varied.add('seed');
  variedSettings.set(plan, varied);
  return varied;
}

/**
 * A run of a sweep. Ten thousand of them come within seconds, and few are ever looked at: words are made when they are asked
 * for, and kept.
 */
export class SweepRow implements RunRow {
  readonly from: SweepId;
  readonly model: ModelSettings;
  readonly dataset: Dataset;
  readonly seen: number | null;
  readonly holdOut: number | null;
  readonly judging: string;
  readonly stop: string;
  readonly rmseHeldOut: number | null;
  readonly rmseSeen: number | null;
  readonly objective: number | null;
  readonly epochs: number;
  readonly bestEpoch: number | null;
  readonly bestIsMean: boolean;
  readonly updates: number | null;
  readonly milliseconds: number | null;
  readonly ended: RunEnd;
  readonly ends: FoldEnds | null;
  readonly folds: number;
  readonly cell: CellIndex;
  readonly seedPlace: number;
  /** 1, 2, 3 …: all combinations from the first seed, then from the second. */
  readonly number: number;
  readonly plan: SweepPlan;
  readonly sweepName: string;
  readonly #cells: readonly (readonly Assignment[])[];
  #id: RunId | null = null;
  #name: string | null = null;

  constructor(
    sweep: Sweep,
    words: { readonly judging: string; readonly stop: string },
    cells: readonly (readonly Assignment[])[],
    { cell, seedPlace }: { readonly cell: CellIndex; readonly seedPlace: number },
    figures: RowFigures,
  ) {
    this.from = sweep.id;
    this.plan = sweep.plan;
    this.sweepName = sweep.name;
    this.dataset = sweep.plan.study.dataset;
    this.judging = words.judging;
    this.stop = words.stop;
    this.#cells = cells;
    this.cell = cell;
    this.seedPlace = seedPlace;
    this.number = seedPlace * cells.length + cell + 1;
    this.model = figures.model;
    this.seen = figures.seen;
    this.holdOut = figures.holdOut;
    this.rmseHeldOut = figures.rmseHeldOut;
    this.rmseSeen = figures.rmseSeen;
    this.objective = figures.objective;
    this.epochs = figures.epochs;
    this.bestEpoch = figures.bestEpoch;
    this.bestIsMean = figures.bestIsMean;
    this.updates = figures.updates;
    this.milliseconds = figures.milliseconds;
    this.ended = figures.ended;
    this.ends = figures.ends;
    this.folds = figures.folds;
  }

  get id(): RunId {
    this.#id ??= idOfRow({ id: this.from, plan: this.plan }, this.#cells, this.cell, this.seedPlace);
    return this.#id;
  }

  get name(): string {
    const assignments = this.#cells[this.cell] ?? [];
    this.#name ??= strings.experiment.runOfSweep(
      this.sweepName,
      strings.experiment.cell({ assignments }),
      this.model.seed,
    );
    return this.#name;
  }

  get short(): string {
    return strings.runs.number(this.number);
  }
}
