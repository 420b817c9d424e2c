import { useEffect, useMemo, useState } from 'react';
import { factorMarks, type HeatmapMarks, predictionMarks } from '../../charts/heatmap-marks.ts';
import { stageCells, windowOf } from '../../charts/stage-cells.ts';
import { allLayers, type LayerChoice, sumLayers } from '../../core/understand/layers.ts';
import { strings } from '../../strings/index.ts';
import { formatFixed, formatReadout } from '../../strings/numbers.ts';
import { RAMPS } from '../../theme/ramps.ts';
import { useApp, useHandle } from '../context.ts';
import { Checkbox } from '../controls/Checkbox.tsx';
import { useTheme } from '../stage/useTheme.ts';
import { useCalm, useSelected } from './known-model.ts';
import { SmallHeatmap } from './SmallHeatmap.tsx';
import type { ParametersView } from './selected-cell.ts';
import { decimalsForLargest, writtenParts } from './written.ts';

const text = strings.understand;

/** Factors whose layers are shown at first. */
const FACTORS_SHOWN = 12;
/** Pictures follow training at this pace: a dozen matrices at every frame would be taken from the stage's time. */
const FOLLOW_MILLISECONDS = 100;
const SUM_WIDTH = 240;
const SUM_HEIGHT = 168;
const LAYER_WIDTH = 128;
const LAYER_HEIGHT = 96;

/** Layers beside those of the factors, by the names that lessons give them. */
const LESSON_LAYERS = { mean: 'mean', 'user-bias': 'userBias', 'item-bias': 'itemBias' } as const;

/** A layer that can be switched: its name, and the choice in which it alone is on. */
interface Layer {
  readonly id: string;
  readonly name: string;
  readonly alone: LayerChoice;
  readonly ofFactor: boolean;
}

function layersOf({ k, bu, bi, mu }: ParametersView): readonly Layer[] {
  const none: LayerChoice = { factors: [], mean: false, userBias: false, itemBias: false };
  const other = (id: string, name: string, alone: Partial<LayerChoice>): Layer => ({
    id,
    name,
    alone: { ...none, ...alone },
    ofFactor: false,
  });
  return [
    ...(mu === null ? [] : [other('mean', text.layerMean, { mean: true })]),
    ...(bu === null ? [] : [other('userBias', text.layerUserBias, { userBias: true })]),
    ...(bi === null ? [] : [other('itemBias', text.layerItemBias, { itemBias: true })]),
    ...Array.from({ length: k }, (_, at) => ({
      id: `factor-${at}`,
      name: text.layer(at + 1),
      alone: { ...none, factors: Array.from({ length: k }, (_, f) => f === at) },
      ofFactor: true,
    })),
  ];
}

/** All layers but those that are off. */
function choiceOf(layers: readonly Layer[], off: ReadonlySet<string>, k: number): LayerChoice {
  return layers.reduce<LayerChoice>((choice, { id, alone }) => {
    if (!off.has(id)) return choice;
    return {
      factors: choice.factors.map((on, f) => on && !alone.factors[f]),
      mean: choice.mean && !alone.mean,
      userBias: choice.userBias && !alone.userBias,
      itemBias: choice.itemBias && !alone.itemBias,
    };
  }, allLayers(k));
}

function largest(matrices: readonly Float64Array[]): number {
  let most = 0;
  for (const matrix of matrices) for (const value of matrix) if (Math.abs(value) > most) most = Math.abs(value);
  return most > 0 && Number.isFinite(most) ? most : 1;
}

/** What the layer of one factor adds to a cell of the view. */
function valueAt({ k, P, Q }: ParametersView, { alone }: Layer, row: number, column: number): number {
  const factor = alone.factors.indexOf(true);
  return (P[row * k + factor] ?? 0) * (Q[column * k + factor] ?? 0);
}

/** What layers add to a cell, with their signs: those that are on so that they make the printed sum. */
function writtenLayers(layers: readonly Layer[], values: readonly number[], off: ReadonlySet<string>, sum: number) {
  const decimals = decimalsForLargest(values.filter((_, at) => layers[at]?.ofFactor));
  const isOn = layers.map(({ id }) => !off.has(id));
  const on = writtenParts(
    values.filter((_, at) => isOn[at]),
    sum,
    decimals,
  );
  let next = 0;
  const parts = values.map((value, at) => {
    const digits = isOn[at] ? (on[next++] ?? '') : formatFixed(value, decimals);
    return digits.startsWith('-') ? digits : `+${digits}`;
  });
  return { parts, sum: formatFixed(sum, decimals) };
}

interface Drawn {
  /** Those that are shown, and what each adds to the chosen cell. */
  readonly layers: readonly { readonly layer: Layer; readonly marks: HeatmapMarks; readonly value: string }[];
  /** How many there are. */
  readonly count: number;
  readonly sum: HeatmapMarks;
  readonly value: string;
  /** Where colors are full: layers of factors have a scale of their own, since biases are often a hundred times as large. */
  readonly ofFactors: number;
  /** Null where there is neither mean nor bias. */
  readonly ofOthers: number | null;
}

/** R̂ as a sum of rank-one layers (and biases, and μ), each of which can be switched off. */
export default function Layers() {
  const { lesson } = useHandle();
  const { dataset } = useApp((state) => state.study);
  const latest = useApp((state) => state.run.view);
  const training = useApp((state) => state.run.status === 'training');
  const window = useApp((state) => state.window);
  const { user, item } = useSelected(dataset);
  const view = useCalm(latest, training && latest !== null, dataset, FOLLOW_MILLISECONDS);
  const ramps = RAMPS[useTheme()];
  const [off, setOff] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  const cells = useMemo(
    () =>
      stageCells(dataset, windowOf(window.users, dataset.users.length), windowOf(window.items, dataset.items.length)),
    [dataset, window],
  );
  const rows = cells.users.length;
  const columns = cells.items.length;
  const row = cells.users.indexOf(user);
  const column = cells.items.indexOf(item);
  const fits = view !== null && view.P.length === view.k * rows && view.Q.length === view.k * columns;

  const drawn = useMemo((): Drawn | null => {
    if (view === null || !fits) return null;
    const layers = layersOf(view);
    const place = row * columns + column;
    const single = layers.filter(({ ofFactor }) => ofFactor).length;
    const shown = all || single <= FACTORS_SHOWN ? layers : layers.slice(0, layers.length - single + FACTORS_SHOWN);
    const matrices = shown.map(({ alone }) => sumLayers(view, alone));
    const bounds = {
      factors: largest(matrices.filter((_, at) => shown[at]?.ofFactor)),
      others: largest(matrices.filter((_, at) => shown[at]?.ofFactor === false)),
    };
    const values = layers.map((layer, at) => matrices[at]?.[place] ?? valueAt(view, layer, row, column));
    const sum = sumLayers(view, choiceOf(layers, off, view.k));
    const written = writtenLayers(layers, values, off, sum[place] ?? 0);
    return {
      layers: shown.map((layer, at) => {
        const matrix = matrices[at] ?? null;
        const bound = layer.ofFactor ? bounds.factors : bounds.others;
        return {
          layer,
          marks: { ...factorMarks(matrix, rows, columns, false, bound, ramps), bound: null },
          value: written.parts[at] ?? '',
        };
      }),
      count: layers.length,
      sum: predictionMarks(cells, sum, dataset.scale, ramps, { clip: false, truth: null }),
      value: written.sum,
      ofFactors: bounds.factors,
      ofOthers: layers.length > single ? bounds.others : null,
    };
  }, [view, fits, off, all, rows, columns, row, column, cells, dataset.scale, ramps]);

  // A lesson that shows its task switches layers by itself.
  useEffect(
    () =>
      lesson?.serve('layer', (action) => {
        if (action.do !== 'layer') return;
        const { layer, on } = action;
        const id = typeof layer === 'number' ? `factor-${layer - 1}` : LESSON_LAYERS[layer];
        setOff((before) => new Set([...before].filter((one) => one !== id).concat(on ? [] : [id])));
        lesson.did('layer');
      }),
    [lesson],
  );
  const selected = useMemo(() => (row >= 0 && column >= 0 ? { row, column } : null), [row, column]);
  if (!drawn) return <p className="muted small">{text.noNumbers}</p>;
  const userName = dataset.users[user] ?? '';
  const itemName = dataset.items[item] ?? '';
  const offHere = view === null ? 0 : layersOf(view).filter(({ id }) => off.has(id)).length;
  const hidden = drawn.count - drawn.layers.length;
  const toggle = (id: string, on: boolean) => {
    const next = new Set(off);
    if (on) next.delete(id);
    else next.add(id);
    setOff(next);
    lesson?.did('layer');
  };
  return (
    <>
      <p className="muted small">{text.layersIntro}</p>
      <figure className="layers-sum">
        <figcaption className="layers-caption">
          <span>{text.layersSum}</span>
          <output className="numbers" aria-label={text.layersSumIs} aria-live="off">
            {selected ? drawn.value : ''}
          </output>
        </figcaption>
        <SmallHeatmap
          marks={drawn.sum}
          name={text.layersSumPicture(userName, itemName, drawn.value)}
          width={SUM_WIDTH}
          height={SUM_HEIGHT}
          selected={selected}
        />
        <div className="layers-state muted small">
          <span>{offHere === 0 ? text.layersAll : text.layersSome(offHere)}</span>
          <button
            type="button"
            className="button understand-small-button"
            aria-disabled={offHere === 0}
            onClick={() => setOff(new Set())}
          >
            {text.layersReset}
          </button>
        </div>
      </figure>
      <ul className="layers">
        {drawn.layers.map(({ layer, marks, value }) => (
          <li key={layer.id} className={off.has(layer.id) ? 'layer layer-off' : 'layer'}>
            <div className="layers-caption">
              <Checkbox label={layer.name} checked={!off.has(layer.id)} onChange={(on) => toggle(layer.id, on)} />
              <span className="numbers small">{selected ? value : ''}</span>
            </div>
            <SmallHeatmap
              marks={marks}
              name={text.layerPicture(layer.name, userName, itemName, value)}
              width={LAYER_WIDTH}
              height={LAYER_HEIGHT}
              selected={selected}
            />
          </li>
        ))}
      </ul>
      {(hidden > 0 || all) && (
        <button type="button" className="button understand-small-button" onClick={() => setAll(!all)}>
          {all ? text.layersFewer : text.layersMore(hidden)}
        </button>
      )}
      <p className="muted small numbers">
        {drawn.ofOthers === null
          ? text.layersScale(formatReadout(drawn.ofFactors))
          : text.layersScales(formatReadout(drawn.ofFactors), formatReadout(drawn.ofOthers))}
      </p>
    </>
  );
}
