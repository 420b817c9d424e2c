import { useCallback, useMemo } from 'react';
import { drawHeatmap } from '../../charts/heatmap-draw.ts';
import type { HeatmapMarks } from '../../charts/heatmap-marks.ts';
import { cellRect, type MatrixBox } from '../../charts/stage-layout.ts';
import { TOKENS } from '../../theme/tokens.ts';
import { CanvasShell } from '../stage/CanvasShell.tsx';
import { useTheme } from '../stage/useTheme.ts';

interface Props {
  readonly marks: HeatmapMarks;
  /** Says what the picture says of the selected cell. */
  readonly name: string;
  /** The most it may be wide and high, CSS px. */
  readonly width: number;
  readonly height: number;
  /** The cell that is outlined, in rows and columns of the picture. */
  readonly selected: { readonly row: number; readonly column: number } | null;
}

/** Numbers are written from this width on. */
const NUMBER_WIDTH = 26;

/** Cells as large as they may be, at most 44 × 24. */
function boxOf({ rows, columns }: HeatmapMarks, width: number, height: number): MatrixBox {
  const columnWidth = Math.min(44, width / Math.max(1, columns));
  const rowHeight = Math.min(24, height / Math.max(1, rows));
  const small = Math.min(columnWidth, rowHeight);
  return {
    x: 0,
    y: 0,
    rows,
    columns,
    columnWidth,
    rowHeight,
    gap: small >= 12 ? 2 : small >= 6 ? 1 : 0,
    radius: small >= 12 ? 2 : 0,
    fontSize: columnWidth >= NUMBER_WIDTH && rowHeight >= 14 ? 10 : 0,
    decimals: 1,
  };
}

/** A matrix as a small picture; who cannot see it reads its name. */
export function SmallHeatmap({ marks, name, width, height, selected }: Props) {
  const theme = useTheme();
  const { rows, columns } = marks;
  const box = useMemo(() => boxOf(marks, width, height), [marks, width, height]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      const tokens = TOKENS[theme];
      drawHeatmap(context, marks, box, tokens, null);
      if (!selected) return;
      const rect = cellRect(box, selected.row, selected.column);
      context.strokeStyle = tokens.ink;
      context.lineWidth = 2;
      context.strokeRect(rect.x + 1, rect.y + 1, Math.max(1, rect.width - 2), Math.max(1, rect.height - 2));
    },
    [marks, box, theme, selected],
  );
  const size = { width: columns * box.columnWidth, height: rows * box.rowHeight };
  return (
    <div className="small-heatmap" role="img" aria-label={name} style={size}>
      <CanvasShell {...size} left={0} top={0} label={name} draw={draw} />
    </div>
  );
}
