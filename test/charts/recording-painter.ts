import type { Painter, Scratch } from '../../src/charts/heatmap-draw.ts';

/** One thing that was painted, with what the brush was like: `op` as the context calls it. */
export interface Stroke {
  readonly op: string;
  readonly args: readonly unknown[];
  readonly fill: string;
  readonly stroke: string;
  readonly dash: readonly number[];
  readonly font: string;
  readonly width: number;
}

/** A 2d context that paints nothing and writes everything down; numbers that are no numbers are mistakes. */
export function recordingPainter(): { readonly painter: Painter; readonly strokes: Stroke[] } {
  const strokes: Stroke[] = [];
  let dash: readonly number[] = [];
  const record =
    (op: string) =>
    (...args: unknown[]) => {
      for (const arg of args) {
        if (typeof arg === 'number' && !Number.isFinite(arg)) throw new Error(`${op} was given ${arg}`);
      }
      strokes.push({
        op,
        args,
        fill: String(painter.fillStyle),
        stroke: String(painter.strokeStyle),
        dash,
        font: painter.font,
        width: painter.lineWidth,
      });
    };
  const painter: Painter = {
    fillStyle: '#000000',
    strokeStyle: '#000000',
    lineWidth: 1,
    lineCap: 'butt',
    lineJoin: 'miter',
    globalAlpha: 1,
    font: '',
    textAlign: 'start',
    textBaseline: 'alphabetic',
    imageSmoothingEnabled: true,
    fillRect: record('fillRect'),
    strokeRect: record('strokeRect'),
    beginPath: record('beginPath'),
    moveTo: record('moveTo'),
    lineTo: record('lineTo'),
    closePath: record('closePath'),
    arc: record('arc'),
    roundRect: record('roundRect'),
    fill: record('fill'),
    stroke: record('stroke'),
    fillText: record('fillText'),
    drawImage: record('drawImage'),
    setLineDash: (segments: Iterable<number>) => {
      dash = [...segments];
    },
  };
  return { painter, strokes };
}

/** A scratch surface that keeps what was put on it. */
export function recordingScratch(image: CanvasImageSource): Scratch & { readonly last: () => Uint32Array } {
  let last = new Uint32Array(0);
  return {
    image,
    put(pixels) {
      last = pixels.slice();
    },
    last: () => last,
  };
}
