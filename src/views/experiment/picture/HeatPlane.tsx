import {
  type FocusEvent,
  type PointerEvent,
  useCallback,
  useId,
  useInsertionEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { cellRect } from '../../../charts/stage-layout.ts';
import { cellAt, drawHeat, type HeatMarks, heatFrame, rowAndColumn } from '../../../charts/sweep-heatmap.ts';
import type { ErrorScale } from '../../../charts/sweep-scale.ts';
import type { Ramp } from '../../../theme/ramps.ts';
import { TOKENS } from '../../../theme/tokens.ts';
import { useSize } from '../../loss/use-size.ts';
import { CanvasShell } from '../../stage/CanvasShell.tsx';
import { CellGrid } from '../../stage/CellGrid.tsx';
import { useTheme } from '../../stage/useTheme.ts';
import { ColorScale } from './ColorScale.tsx';
import { type EdgeNote, EdgeNotes } from './EdgeNotes.tsx';
import { type Figures, FigureTip } from './FigureTip.tsx';
import { useNameClock } from './use-name-clock.ts';
import '../../stage/stage.css';
import './picture.css';

interface Props {
  /** Of the grid. */
  readonly name: string;
  /** Labels of the first setting from left to right, of the second one from the bottom up. Stable while they are the same. */
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  readonly columnAxis: string;
  readonly rowAxis: string;
  readonly marks: HeatMarks;
  readonly scale: ErrorScale | null;
  readonly scaleName: string;
  /** What predicting the mean alone comes to, for the scale; null where it is not known. */
  readonly mean?: number | null;
  readonly ramp: Ramp;
  /** Nothing more lands for now: names are exact. */
  readonly resting: boolean;
  /** Pixels that the cells and axes may take up and down. */
  readonly maxHeight: number;
  readonly cellName: (cell: number) => string;
  readonly figures: (cell: number) => Figures;
  readonly onOpen: (cell: number) => void;
  readonly edges?: readonly EdgeNote[];
}

/** Room around the cells on the canvas, for the ring and the dot at an edge. */
const MARGIN = 10;
/** The color scale stands beside the cells from here on, else under them. */
const BESIDE = 440;
const SCALE_WIDTH = 100;
/** Room for what is said beside an edge. */
const LEAST_MAP = 340;

/** What is newest, for functions that never change. */
function useLatest<T>(value: T): { readonly current: T } {
  const latest = useRef(value);
  // Before layout effects: those of the grid inside read names.
  useInsertionEffect(() => {
    latest.current = value;
  });
  return latest;
}

/**
 * A map of cells over two settings: the picture on a canvas, and over it a grid of named cells that arrows walk over. Sixty
 * times a second only the canvas is painted; names follow four times a second.
 */
export function HeatPlane(props: Props) {
  const {
    name,
    columns,
    rows,
    columnAxis,
    rowAxis,
    marks,
    scale,
    scaleName,
    ramp,
    resting,
    maxHeight,
    edges = [],
  } = props;
  const place = useRef<HTMLDivElement>(null);
  const { width } = useSize(place);
  const theme = useTheme();
  const tipId = useId();
  const [pointed, setPointed] = useState<number | null>(null);
  const clock = useNameClock(marks, resting);
  const latest = useLatest(props);
  const touched = useRef<number | null>(null);
  const pointedAt = useLatest(pointed);

  const beside = width >= BESIDE;
  const room = beside ? width - SCALE_WIDTH : width;
  const frame = useMemo(
    () => heatFrame({ width: room, height: maxHeight }, columns, rows),
    [room, maxHeight, columns, rows],
  );
  const { box } = frame;
  const across = box.columns * box.columnWidth;
  const down = box.rows * box.rowHeight;
  // Few columns do not fill the room: the scale stands beside them, not beyond it.
  const mapWidth = beside ? Math.min(frame.width, Math.max(box.x + across + MARGIN, LEAST_MAP)) : frame.width;
  const notesWidth = Math.max(across, Math.min(LEAST_MAP, mapWidth) - box.x);

  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      context.translate(MARGIN, MARGIN);
      drawHeat(context, marks, box, ramp, TOKENS[theme]);
    },
    [marks, box, ramp, theme],
  );

  const rowNames = useMemo(() => rows.toReversed(), [rows]);
  const cellName = useCallback(
    (row: number, column: number) =>
      latest.current.cellName(cellAt(row, column, latest.current.columns.length, latest.current.rows.length)),
    [latest],
  );
  const onPoint = useCallback(
    (row: number | null, column: number | null) => {
      const { columns: across, rows: down } = latest.current;
      setPointed(row === null || column === null ? null : cellAt(row, column, across.length, down.length));
    },
    [latest],
  );
  const onSelect = useCallback(
    (row: number, column: number) => {
      const cell = cellAt(row, column, latest.current.columns.length, latest.current.rows.length);
      // A finger cannot hover: its first tap tells the figures, the second one on the same cell opens.
      const before = touched.current;
      touched.current = null;
      if (before === null || before === cell) latest.current.onOpen(cell);
      else setPointed(cell);
    },
    [latest],
  );

  const at =
    pointed === null || pointed >= columns.length * rows.length
      ? null
      : rowAndColumn(pointed, columns.length, rows.length);
  const rect = at && cellRect(box, at.row, at.column);
  const describe = (event: FocusEvent, id: string | null) => {
    if (!(event.target instanceof HTMLElement) || event.target.role !== 'gridcell') return;
    if (id === null) event.target.removeAttribute('aria-describedby');
    else event.target.setAttribute('aria-describedby', id);
  };
  return (
    <div className="sweep-plane" ref={place}>
      {width > 0 && (
        <div className="sweep-plane-row" data-beside={beside || undefined}>
          <div className="sweep-plane-map" style={{ width: mapWidth }}>
            <EdgeNotes notes={edges} left={box.x} width={notesWidth} side="top" />
            <div
              className="sweep-plane-cells"
              style={{ height: frame.height }}
              onPointerDownCapture={(event: PointerEvent) => {
                touched.current = event.pointerType === 'touch' ? (pointedAt.current ?? -1) : null;
              }}
              onFocusCapture={(event) => describe(event, tipId)}
              onBlurCapture={(event) => describe(event, null)}
            >
              <CanvasShell
                width={across + 2 * MARGIN}
                height={down + 2 * MARGIN}
                left={box.x - MARGIN}
                top={box.y - MARGIN}
                label={name}
                draw={draw}
              />
              <svg className="sweep-axes" width={frame.width} height={frame.height} aria-hidden="true">
                {frame.yTicks.map((tick) => (
                  <text key={tick.label} x={box.x - 10} y={tick.at} dy="0.35em" textAnchor="end">
                    {tick.label}
                  </text>
                ))}
                {frame.xTicks.map((tick) => (
                  <text key={tick.label} x={tick.at} y={box.y + down + 19} textAnchor="middle">
                    {tick.label}
                  </text>
                ))}
                <text className="sweep-axis-name" x={frame.middle.x} y={box.y + down + 38} textAnchor="middle">
                  {columnAxis}
                </text>
                <text
                  className="sweep-axis-name"
                  transform={`translate(12 ${frame.middle.y}) rotate(-90)`}
                  textAnchor="middle"
                >
                  {rowAxis}
                </text>
                {edges.map(({ side }) => (
                  <EdgeLine key={side} side={side} x={box.x} y={box.y} width={across} height={down} />
                ))}
              </svg>
              <CellGrid
                name={name}
                box={box}
                rowNames={rowNames}
                columnNames={columns}
                cellName={cellName}
                clock={clock}
                onPoint={onPoint}
                onSelect={onSelect}
              />
              {rect && pointed !== null && (
                <FigureTip
                  id={tipId}
                  figures={props.figures(pointed)}
                  at={{ x: box.x + rect.x, y: box.y + rect.y, width: rect.width, height: rect.height }}
                  width={width}
                />
              )}
            </div>
            <EdgeNotes notes={edges} left={box.x} width={notesWidth} side="bottom" />
          </div>
          <ColorScale
            scale={scale}
            ramp={ramp}
            name={scaleName}
            upright={beside}
            height={Math.max(150, Math.min(down, 320))}
            mean={props.mean ?? null}
          />
        </div>
      )}
    </div>
  );
}

/** A line along the edge that the best lies on. */
function EdgeLine({
  side,
  x,
  y,
  width,
  height,
}: {
  readonly side: EdgeNote['side'];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}) {
  const off = 4;
  const line = {
    left: { x1: x - off, x2: x - off, y1: y, y2: y + height },
    right: { x1: x + width + off, x2: x + width + off, y1: y, y2: y + height },
    top: { x1: x, x2: x + width, y1: y - off, y2: y - off },
    bottom: { x1: x, x2: x + width, y1: y + height + off, y2: y + height + off },
  }[side];
  return <line className="sweep-edge-line" {...line} />;
}
