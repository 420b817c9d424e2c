import { useEffect, useLayoutEffect, useRef } from 'react';

interface Props {
  /** CSS px, of the picture and of the element. */
  readonly width: number;
  readonly height: number;
  /** Where the element stands in its box. */
  readonly left: number;
  readonly top: number;
  /** What it shows. The numbers themselves stand in the grid over it, so the picture is hidden from assistive technology. */
  readonly label: string;
  /** Paints the whole picture in CSS px onto an empty canvas. A new function is a reason to paint. */
  readonly draw: (context: CanvasRenderingContext2D) => void;
  /** Calls back whenever there is something new to paint; returns how to stop. */
  readonly watch?: (changed: () => void) => () => void;
}

/** No side of a canvas may be longer, or browsers leave it blank. */
const LONGEST_SIDE = 16_000;

/**
 * The one place that knows about pixel ratios, sizes and frames. Paints in an animation frame, and only when something
 * changed: a new size, a new `draw`, a call from `watch`, another pixel ratio, fonts that came late.
 */
export function CanvasShell({ width, height, left, top, label, draw, watch }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painting = useRef({ draw, width, height });
  const frame = useRef(0);
  const request = useRef(() => {});

  useLayoutEffect(() => {
    painting.current = { draw, width, height };
    request.current();
  }, [draw, width, height]);

  useEffect(() => {
    const paint = () => {
      frame.current = 0;
      const element = canvas.current;
      const context = element?.getContext('2d');
      if (!element || !context) return;
      const now = painting.current;
      const longest = Math.max(now.width, now.height, 1);
      const ratio = Math.min(window.devicePixelRatio || 1, LONGEST_SIDE / longest);
      const pixelWidth = Math.max(1, Math.round(now.width * ratio));
      const pixelHeight = Math.max(1, Math.round(now.height * ratio));
      if (element.width !== pixelWidth || element.height !== pixelHeight) {
        element.width = pixelWidth;
        element.height = pixelHeight;
      }
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, pixelWidth, pixelHeight);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      now.draw(context);
    };
    request.current = () => {
      if (frame.current === 0) frame.current = requestAnimationFrame(paint);
    };
    const changed = () => request.current();
    changed();
    window.addEventListener('resize', changed);
    document.fonts?.addEventListener('loadingdone', changed);
    return () => {
      cancelAnimationFrame(frame.current);
      frame.current = 0;
      request.current = () => {};
      window.removeEventListener('resize', changed);
      document.fonts?.removeEventListener('loadingdone', changed);
    };
  }, []);

  useEffect(() => watch?.(() => request.current()), [watch]);

  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without tabindex takes no focus; its numbers are in the grid over it
    <canvas
      ref={canvas}
      className="stage-canvas"
      aria-hidden="true"
      aria-label={label}
      style={{ left, top, width, height }}
    />
  );
}
