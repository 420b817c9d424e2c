import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { type Box, type LabelRoom, type LabelWish, type MapLabel, placeMapLabels } from '../../charts/map-labels.ts';
import { MARK_RADIUS, type MapMark, marksInside, marksPath, nearestMark, projectOn } from '../../charts/map-marks.ts';
import { createMainPlane, factorPlane, type Plane, type PlaneAxis, placesIn } from '../../charts/map-plane.ts';
import { MAP_MARGIN, type MapScale, type MapSpan, mapScale, spanOf } from '../../charts/map-scale.ts';
import { gridFrame, tickBox, tickLabels } from '../../charts/map-ticks.ts';
import { windowOf } from '../../charts/stage-cells.ts';
import { dotProduct } from '../../core/predict.ts';
import { map as text } from '../../strings/map.ts';
import { useApp, useHandle } from '../context.ts';
import { RadioGroup } from '../controls/RadioGroup.tsx';
import { useSize } from '../loss/use-size.ts';
import { useInspectorMemory } from './inspector-memory.ts';
import { countRatings, useCalm, useSelected, useTrainingData } from './known-model.ts';
import { MapPicked, MapTable } from './map-table.tsx';
import type { ParametersView } from './selected-cell.ts';
import { TRUTH_ID, Truth } from './truth.tsx';
import './map.css';
import './tabs.css';

/** Beyond so many marks the map follows ten times a second. */
const EVERY_FRAME_LIMIT = 300;
/** A pointer this near to a mark means it (CSS px). */
const REACH = 14;
/** A pointer that moved farther than this while down draws a line around marks. */
const CLICK_SLACK = 5;
/** On a line, users lie above it and items below, this far (CSS px), so that both can be seen. */
const OFF_LINE = 9;

/** The axes of the map: which two factors, or the main axes where there are more than two. */
function Axes({ k }: { k: number }) {
  const [memory, remember] = useInspectorMemory();
  if (k < 2) return null;
  const choose = (which: 'mapAcross' | 'mapUp', factor: number) => {
    const other = which === 'mapAcross' ? 'mapUp' : 'mapAcross';
    const swapped = memory[other] === factor ? { [other]: memory[which] } : {};
    remember({ ...swapped, [which]: factor });
  };
  const factors = Array.from({ length: k }, (_, factor) => factor);
  const select = (which: 'mapAcross' | 'mapUp') => (
    <label className="map-axis">
      <span>{which === 'mapAcross' ? text.across : text.up}</span>
      <select
        className="field"
        value={Math.min(memory[which], k - 1)}
        onChange={(event) => choose(which, Number(event.currentTarget.value))}
      >
        {factors.map((factor) => (
          <option key={factor} value={factor}>
            {text.factor(factor + 1)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div className="map-axes">
      {k > 2 && (
        <RadioGroup
          label={text.axes}
          value={memory.mapAxes}
          options={[
            { value: 'main', label: text.main },
            { value: 'factors', label: text.factors },
          ]}
          onChange={(mapAxes) => remember({ mapAxes })}
        />
      )}
      {k > 2 && memory.mapAxes === 'factors' && (
        <div className="map-factors">
          {select('mapAcross')}
          {select('mapUp')}
        </div>
      )}
      {k > 2 && memory.mapAxes === 'main' && <p className="map-factors muted small">{text.mainMeaning}</p>}
    </div>
  );
}

/** Everything the map draws. */
interface Drawing {
  readonly plane: Plane;
  readonly scale: MapScale;
  readonly marks: readonly MapMark[];
  readonly user: MapMark | null;
  readonly item: MapMark | null;
}

interface Rows {
  readonly users: readonly number[];
  readonly items: readonly number[];
  readonly userNames: readonly string[];
  readonly itemNames: readonly string[];
  /** Ratings that the model sees, by user and by item of the dataset. */
  readonly ofUser: Int32Array;
  readonly ofItem: Int32Array;
}

function marksOf(
  rows: Rows,
  plane: Plane,
  view: ParametersView,
  span: MapSpan,
  width: number,
  height: number,
): Drawing['marks'] {
  const scale = mapScale(span, width, height);
  const off = plane.axes.length === 1 ? OFF_LINE : 0;
  const users = placesIn(plane, view.P);
  const items = placesIn(plane, view.Q);
  const mark = (kind: MapMark['kind'], row: number, index: number, name: string, known: boolean): MapMark => {
    const places = kind === 'user' ? users : items;
    const across = places[2 * row] ?? 0;
    const up = places[2 * row + 1] ?? 0;
    const y = scale.y(up) + (kind === 'user' ? -off : off);
    return { id: `${kind}-${index}`, kind, row, index, name, across, up, x: scale.x(across), y, known };
  };
  return [
    ...rows.users.map((index, row) =>
      mark('user', row, index, rows.userNames[index] ?? '', (rows.ofUser[index] ?? 0) > 0),
    ),
    ...rows.items.map((index, row) =>
      mark('item', row, index, rows.itemNames[index] ?? '', (rows.ofItem[index] ?? 0) > 0),
    ),
  ];
}

/** What does not change with a frame: who is on the map. */
function useRows(): Rows {
  const dataset = useApp((state) => state.study.dataset);
  const window = useApp((state) => state.window);
  const { training } = useTrainingData(dataset);
  return useMemo(
    () => ({
      users: windowOf(window.users, dataset.users.length),
      items: windowOf(window.items, dataset.items.length),
      userNames: dataset.users,
      itemNames: dataset.items,
      ofUser: countRatings(training.user, dataset.users.length),
      ofItem: countRatings(training.item, dataset.items.length),
    }),
    [dataset, window, training],
  );
}

/** Remembers span and names of the last frame, so that the next one moves points and nothing else. */
function createMemory() {
  let span: MapSpan | null = null;
  let plane: unknown = null;
  let labels: readonly MapLabel[] = [];
  return {
    span(kind: string, places: readonly Float64Array[]): MapSpan {
      span = spanOf(places, plane === kind ? span : null);
      plane = kind;
      return span;
    },
    labels(wishes: readonly LabelWish[], room: LabelRoom, taken: readonly Box[]): readonly MapLabel[] {
      labels = placeMapLabels(wishes, room, taken, MARK_RADIUS, labels);
      return labels;
    },
  };
}

function axisName(axis: PlaneAxis | undefined, number: number): string {
  if (!axis) return '';
  return axis.factor === null ? text.mainAxis(number, axis.share ?? 0) : text.factor(axis.factor + 1);
}

/** From the origin to both chosen ones, and the shadow of the user's arrow on the item's. */
function Arrows({ drawing, line }: { drawing: Drawing; line: boolean }) {
  const { scale, user, item } = drawing;
  if (!user || !item) return null;
  const shadow = projectOn(user, item);
  const [x, y] = [scale.x(0), scale.y(0)];
  const foot = shadow && { x: scale.x(shadow.across), y: line ? user.y : scale.y(shadow.up) };
  const from = (mark: MapMark) => (line ? mark.y : y);
  return (
    <g>
      {foot && !line && <line className="map-carrier" x1={x} y1={y} x2={foot.x} y2={foot.y} />}
      {foot && <line className="map-drop" x1={user.x} y1={user.y} x2={foot.x} y2={foot.y} />}
      {foot && <line className="map-shadow" x1={x} y1={line ? item.y : y} x2={foot.x} y2={line ? item.y : foot.y} />}
      <line className="map-arrow" x1={x} y1={from(user)} x2={user.x} y2={user.y} />
      <line className="map-arrow" x1={x} y1={from(item)} x2={item.x} y2={item.y} />
    </g>
  );
}

function Grid({ drawing, height }: { drawing: Drawing; height: number }) {
  const { scale, plane } = drawing;
  const line = plane.axes.length === 1;
  const { left, right, top, bottom } = gridFrame(scale, line, height);
  return (
    <g className="map-grid">
      {scale.ticksX.map(({ at, value }) => (
        <line key={value} className={value === 0 ? 'map-zero' : undefined} x1={at} x2={at} y1={top} y2={bottom} />
      ))}
      {!line &&
        scale.ticksY.map(({ at, value }) => (
          <line key={value} className={value === 0 ? 'map-zero' : undefined} x1={left} x2={right} y1={at} y2={at} />
        ))}
      {tickLabels(scale, line, height).map((tick) => (
        <text key={`${tick.x} ${tick.y}`} x={tick.x} y={tick.y} textAnchor={tick.anchor}>
          {tick.text}
        </text>
      ))}
      {line && <line className="map-zero" x1={left} x2={right} y1={scale.y(0)} y2={scale.y(0)} />}
      <circle cx={scale.x(0)} cy={scale.y(0)} r={2.5} className="map-origin" />
    </g>
  );
}

function Names({ labels, chosen }: { labels: readonly MapLabel[]; chosen: ReadonlySet<string> }) {
  return (
    <g className="map-names">
      {labels.map(({ id, line }) => line && <line key={id} {...line} />)}
      {labels.map(({ id, name, x, y, height }) => (
        <text key={id} x={x} y={y + height - 3} className={chosen.has(id) ? 'chosen' : undefined}>
          {name}
        </text>
      ))}
    </g>
  );
}

/** What the arrows say, in the numbers that r̂ is made of. */
function Caption({ drawing, view }: { drawing: Drawing; view: ParametersView }) {
  const { user, item, plane } = drawing;
  if (!user || !item) return <p className="map-caption small muted">{text.outside}</p>;
  const shadow = projectOn(user, item);
  const whole = view.k <= plane.axes.length;
  return (
    <div className="map-caption small numbers">
      <p>{whole ? text.projection(user.name, item.name) : text.projectionInPlane(user.name, item.name)}</p>
      <p>{shadow ? text.product(shadow.shadow, shadow.length, shadow.product) : text.noProjection(item.name)}</p>
      <p>{whole ? text.whole : text.ofWhole(view.k, dotProduct(view, user.row, item.row))}</p>
      {view.bu !== null && <p>{text.biases}</p>}
    </div>
  );
}

function Legend({ unknown }: { unknown: boolean }) {
  return (
    <p className="map-legend small muted">
      <svg aria-hidden="true" width="12" height="12" viewBox="-6 -6 12 12">
        <circle r={4} className="map-user" />
      </svg>
      {text.legendUser}
      <svg aria-hidden="true" width="12" height="12" viewBox="-6 -6 12 12">
        <path d="M0-5.2L5.2,0 0,5.2-5.2,0z" className="map-item" />
      </svg>
      {text.legendItem}
      {unknown && (
        <>
          <svg aria-hidden="true" width="12" height="12" viewBox="-6 -6 12 12">
            <circle r={4} className="map-unknown" />
          </svg>
          {text.legendUnknown}
        </>
      )}
    </p>
  );
}

/** A line being drawn around marks. */
type Lasso = readonly (readonly [number, number])[];

function isDrawn(lasso: Lasso): boolean {
  const [first] = lasso;
  return first !== undefined && lasso.some(([x, y]) => Math.hypot(x - first[0], y - first[1]) > CLICK_SLACK);
}

function Plot({
  view,
  picked,
  pick,
}: {
  view: ParametersView;
  picked: ReadonlySet<string>;
  pick: (ids: ReadonlySet<string>) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(box);
  const { pointer } = useHandle();
  const [memory] = useInspectorMemory();
  const rows = useRows();
  const selected = useSelected(useApp((state) => state.study.dataset));
  const [mainPlane] = useState(createMainPlane);
  const [last] = useState(createMemory);
  const [hovered, setHovered] = useState<string | null>(null);
  const [lasso, setLasso] = useState<Lasso>([]);
  // Several moves may come before the next picture.
  const drawnSoFar = useRef<Lasso>([]);
  const main = view.k > 2 && memory.mapAxes === 'main';
  const across = view.k > 2 ? memory.mapAcross : 0;
  const up = view.k > 2 ? memory.mapUp : 1;

  const drawing = useMemo((): Drawing => {
    const plane = main ? mainPlane(view) : factorPlane(view.k, across, up);
    const span = last.span(main ? 'main' : `${view.k}: ${across}, ${up}`, [
      placesIn(plane, view.P),
      placesIn(plane, view.Q),
    ]);
    const marks = marksOf(rows, plane, view, span, width, height);
    const find = (id: string) => marks.find((mark) => mark.id === id) ?? null;
    return {
      plane,
      scale: mapScale(span, width, height),
      marks,
      user: find(`user-${selected.user}`),
      item: find(`item-${selected.item}`),
    };
  }, [view, main, across, up, rows, width, height, selected.user, selected.item, mainPlane, last]);

  const { marks, user, item, plane } = drawing;
  const line = plane.axes.length === 1;
  const chosen = useMemo(
    () => new Set([user?.id, item?.id, hovered].filter((id) => id !== undefined && id !== null)),
    [user?.id, item?.id, hovered],
  );
  // A line drawn around marks moves none of their names.
  const labels = useMemo(
    () =>
      width > 0
        ? last.labels(
            marks.map(({ id, name, x, y }) => ({ id, name, x, y, must: chosen.has(id) })),
            { left: line ? 2 : MAP_MARGIN.left - 2, top: 2, right: width - 2, bottom: height - MAP_MARGIN.bottom + 4 },
            tickLabels(drawing.scale, line, height).map(tickBox),
          )
        : [],
    [drawing.scale, marks, chosen, line, width, height, last],
  );

  useEffect(() => () => pointer.getState().hover(null), [pointer]);
  const placeOf = (event: PointerEvent<HTMLDivElement>): readonly [number, number] => {
    const frame = event.currentTarget.getBoundingClientRect();
    return [event.clientX - frame.left, event.clientY - frame.top];
  };
  const hover = (mark: MapMark | null) => {
    if ((mark?.id ?? null) === hovered) return;
    setHovered(mark?.id ?? null);
    pointer.getState().hover(
      mark && {
        user: mark.kind === 'user' ? mark.index : null,
        item: mark.kind === 'item' ? mark.index : null,
        factor: null,
      },
    );
  };
  const draw = (points: Lasso) => {
    drawnSoFar.current = points;
    setLasso(points);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || !event.isPrimary) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    draw([placeOf(event)]);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const at = placeOf(event);
    if (drawnSoFar.current.length > 0) draw([...drawnSoFar.current, at]);
    else hover(nearestMark(marks, at[0], at[1], REACH));
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    const points = drawnSoFar.current;
    if (points.length === 0) return;
    draw([]);
    if (isDrawn(points)) {
      pick(new Set(marksInside(marks, points).map(({ id }) => id)));
      return;
    }
    const [x, y] = placeOf(event);
    const mark = nearestMark(marks, x, y, REACH);
    if (!mark) return;
    pointer
      .getState()
      .select(mark.kind === 'user' ? mark.index : selected.user, mark.kind === 'item' ? mark.index : selected.item);
  };

  const others = marks.filter(({ id }) => !chosen.has(id) && !picked.has(id));
  const path = (kind: MapMark['kind'], known: boolean) =>
    marksPath(others.filter((mark) => mark.kind === kind && mark.known === known));
  return (
    <>
      <div>
        <div className="map-axis-names small muted">
          <span>{line ? '' : `↑ ${axisName(plane.axes[1], 2)}`}</span>
          <span>{`→ ${axisName(plane.axes[0], 1)}`}</span>
        </div>
        <div
          ref={box}
          className="map-plot"
          data-line={line || undefined}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={() => draw([])}
          onPointerLeave={() => hover(null)}
        >
          {width > 0 && (
            <svg aria-hidden="true" width={width} height={height}>
              <Grid drawing={drawing} height={height} />
              <path className="map-unknown" d={path('user', false) + path('item', false)} />
              <path className="map-item" d={path('item', true)} />
              <path className="map-user" d={path('user', true)} />
              <path
                className="map-picked"
                d={marksPath(
                  marks.filter(({ id }) => picked.has(id) && !chosen.has(id)),
                  5,
                )}
              />
              <Arrows drawing={drawing} line={line} />
              <path
                className="map-chosen"
                d={marksPath(
                  marks.filter(({ id }) => chosen.has(id)),
                  5.5,
                )}
              />
              <Names labels={labels} chosen={chosen} />
              {isDrawn(lasso) && <path className="map-lasso" d={`M${lasso.map(([x, y]) => `${x},${y}`).join('L')}z`} />}
            </svg>
          )}
        </div>
      </div>
      <div className="map-words">
        <Legend unknown={marks.some(({ known }) => !known)} />
        <Caption drawing={drawing} view={view} />
        <p className="muted small">{text.near}</p>
        <p className="muted small">{text.draw}</p>
        <MapPicked marks={marks} picked={picked} pick={pick} />
        <MapTable
          marks={marks}
          names={plane.axes.map((axis, at) => axisName(axis, at + 1))}
          picked={picked}
          pick={pick}
        />
      </div>
    </>
  );
}

/** The way down to what is known of planted factors, which stands below the map. */
function ToTruth() {
  return (
    <button
      type="button"
      className="inspector-link small"
      onClick={() => {
        const truth = document.getElementById(TRUTH_ID);
        truth?.scrollIntoView({ block: 'start' });
        truth?.focus({ preventScroll: true });
      }}
    >
      {text.toTruth}
    </button>
  );
}

const NOBODY: ReadonlySet<string> = new Set();

/** Users and items in factor space, as the run stands now. */
export default function FactorMap() {
  const dataset = useApp((state) => state.study.dataset);
  const window = useApp((state) => state.window);
  const latest = useApp((state) => state.run.view);
  const training = useApp((state) => state.run.status === 'training');
  const [picked, setPicked] = useState({ of: dataset, ids: NOBODY });
  const users = window.users?.length ?? dataset.users.length;
  const items = window.items?.length ?? dataset.items.length;
  const view = useCalm(latest, training && users + items > EVERY_FRAME_LIMIT, dataset, 100);
  // Numbers of other rows than these: an edit is ahead of the worker's answer.
  const fits = view !== null && view.P.length === view.k * users && view.Q.length === view.k * items;
  return (
    <div className="map">
      {fits ? (
        <>
          <Axes k={view.k} />
          {(window.users !== null || window.items !== null) && (
            <p className="muted small">{text.shownOf(users, dataset.users.length, items, dataset.items.length)}</p>
          )}
          {dataset.truth && <ToTruth />}
          <figure className="map-figure" aria-label={text.figure}>
            <Plot
              view={view}
              picked={picked.of === dataset ? picked.ids : NOBODY}
              pick={(ids) => setPicked({ of: dataset, ids })}
            />
          </figure>
          {dataset.truth && <Truth />}
        </>
      ) : (
        <p className="muted">{text.loading}</p>
      )}
    </div>
  );
}
