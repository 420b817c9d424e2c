import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { placeAt, rateCurve, stripFrame, stripMarker, stripMarks } from '../../charts/rate-strip-marks.ts';
import { bestOf, endOf, regimeOf, regimeRanges, STRIP_RATES } from '../../core/understand/rate-strip.ts';
import type { RateStripState } from '../../store/rate-strip.ts';
import { formatExact, formatReadout } from '../../strings/numbers.ts';
import { rateStrip as words } from '../../strings/rate-strip.ts';
import { useHandle } from '../context.ts';
import { useSize } from '../loss/use-size.ts';
import { CurveDrawing, StripDrawing } from './RateStripDrawing.tsx';
import './rate-strip.css';

/** The place that a key leads to from `alpha`, which may stand between two; null: no key of the slider. Page keys are a clicker's. */
function placeAfterKey(key: string, alpha: number): number | null {
  const last = STRIP_RATES.length - 1;
  const above = STRIP_RATES.findIndex((rate) => rate > alpha);
  const below = STRIP_RATES.findLastIndex((rate) => rate < alpha);
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return above < 0 ? last : above;
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, below);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** The strip of learning rates, where there is one: in Learn. */
export function RateStrip() {
  const { strip } = useHandle();
  return strip ? <Strip strip={strip} /> : null;
}

/** Moves the marker there before the audience's eyes, one place a frame, and lets it go. */
async function glide(strip: StoreApi<RateStripState>, alpha: number, goesOn: () => boolean): Promise<void> {
  const from = strip.getState().alpha;
  const way = STRIP_RATES.filter((rate) => (rate - from) * (rate - alpha) < 0);
  if (from > alpha) way.reverse();
  if (!window.matchMedia('(prefers-reduced-motion: reduce)').matches && !document.hidden) {
    for (const rate of way) {
      if (!goesOn()) return;
      strip.getState().drag(rate);
      await new Promise((shown) => requestAnimationFrame(shown));
    }
  }
  if (!goesOn()) return;
  strip.getState().drag(alpha);
  await strip.getState().release();
}

/** What became of a whole run for every α, and the curve of one of them, which follows the hand. */
function Strip({ strip }: { readonly strip: StoreApi<RateStripState> }) {
  const { runs, complete, alpha, shown, epochs } = useStore(strip);
  const { lesson } = useHandle();
  useEffect(() => strip.getState().look(), [strip]);
  useEffect(() => {
    let here = true;
    const end = lesson?.serve('strip', (action) => {
      if (action.do === 'strip') return glide(strip, action.alpha, () => here);
    });
    return () => {
      here = false;
      end?.();
    };
  }, [lesson, strip]);

  const outcome = useMemo(() => {
    const list = STRIP_RATES.map((rate) => runs.get(rate));
    const best = bestOf(list.filter((run) => run !== undefined));
    const ends = list.map((run) => (run ? endOf(run) : { seen: null, heldOut: null }));
    const ranges = regimeRanges(list.map((run) => (run ? regimeOf(run, best) : null)));
    return { best, ends, ranges, known: list.filter((run) => run !== undefined).length };
  }, [runs]);
  const { best, ends, ranges, known } = outcome;

  const stripBox = useRef<HTMLDivElement>(null);
  const curveBox = useRef<HTMLDivElement>(null);
  const stripSize = useSize(stripBox);
  const curveSize = useSize(curveBox);
  const start = shown?.curve.rmseSeen[0] ?? null;
  const least = best ? endOf(best).seen : null;
  const frame = useMemo(() => stripFrame(stripSize, { start, best: least }), [stripSize, start, least]);
  const curveFrame = useMemo(() => stripFrame(curveSize, { start, best: least }), [curveSize, start, least]);

  // While the run of a new α is under way, nothing is said of it.
  const run = shown?.alpha === alpha ? shown : null;
  const end = run ? endOf(run) : { seen: null, heldOut: null };
  const regime = run ? regimeOf(run, best) : null;
  const marks = useMemo(() => stripMarks(frame, STRIP_RATES, ends, ranges, words.names), [frame, ends, ranges]);
  const marker = stripMarker(frame, STRIP_RATES, marks.xTicks, alpha, end.seen);
  const curve = useMemo(() => (shown ? rateCurve(curveFrame, shown, epochs) : null), [curveFrame, shown, epochs]);
  const hasHeldOut = marks.heldOutPath !== '';

  const moved = useRef(false);
  const drag = (place: number): void => {
    const rate = STRIP_RATES[place];
    if (rate === undefined) return;
    moved.current = true;
    strip.getState().drag(rate);
  };
  const release = (): void => {
    if (!moved.current) return;
    moved.current = false;
    void strip.getState().release();
  };
  const under = (event: PointerEvent<HTMLDivElement>): number =>
    placeAt(frame, STRIP_RATES, event.clientX - event.currentTarget.getBoundingClientRect().left);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || !event.isPrimary) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.querySelector<HTMLElement>('[role="slider"]')?.focus({ preventScroll: true });
    drag(under(event));
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(under(event));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const place = placeAfterKey(event.key, alpha);
    if (place === null) return;
    event.preventDefault();
    drag(place);
  };

  const id = useId();
  return (
    <section className="rate-strip" data-panel="strip" aria-label={words.region}>
      <div className="rate-strip-head">
        <h2 className="rate-strip-title">{words.title}</h2>
        <span className="small muted">{words.axes}</span>
      </div>
      <div className="rate-strip-charts" aria-busy={!complete}>
        <div
          ref={stripBox}
          className="rate-strip-plot rate-strip-alphas"
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={release}
          onPointerCancel={release}
        >
          {stripSize.width > 0 && (
            <>
              <svg role="img" aria-label={words.strip} width={frame.width} height={frame.height}>
                <StripDrawing frame={frame} marks={marks} marker={marker} hatch={`${id}-hatch`} />
              </svg>
              <div
                role="slider"
                tabIndex={0}
                className="rate-strip-marker numbers"
                aria-label={words.slider}
                aria-orientation="horizontal"
                aria-valuemin={STRIP_RATES[0] ?? 0}
                aria-valuemax={STRIP_RATES.at(-1) ?? 1}
                aria-valuenow={alpha}
                aria-valuetext={words.at(alpha, epochs, end.seen, end.heldOut, regime)}
                aria-describedby={`${id}-rule`}
                style={{ left: marker.x, top: frame.plot.bottom + 7 }}
                onKeyDown={onKeyDown}
                onKeyUp={release}
                onBlur={release}
              >
                {marker.flag}
              </div>
            </>
          )}
        </div>
        <div ref={curveBox} className="rate-strip-plot">
          {curveSize.width > 0 && curve && shown && (
            <svg
              role="img"
              aria-label={words.curve(shown.alpha, epochs)}
              width={curveFrame.width}
              height={curveFrame.height}
            >
              <CurveDrawing frame={curveFrame} curve={curve} />
            </svg>
          )}
        </div>
      </div>
      <dl className="rate-strip-told numbers" aria-busy={run === null}>
        <div>
          <dt>{words.alpha}</dt>
          <dd data-wide>{formatExact(alpha)}</dd>
        </div>
        <div>
          <dt>{words.rmseSeen}</dt>
          <dd className="seen">{formatReadout(end.seen)}</dd>
        </div>
        {hasHeldOut && (
          <div>
            <dt>{words.rmseHeldOut}</dt>
            <dd className="heldOut">{formatReadout(end.heldOut)}</dd>
          </div>
        )}
        <div className="rate-strip-regime">
          <dt>{words.after(epochs)}</dt>
          <dd>{regime === null ? words.nothing : words.told(regime)}</dd>
        </div>
      </dl>
      <p className="rate-strip-ranges numbers">
        {known === STRIP_RATES.length ? words.ranges(ranges, STRIP_RATES) : words.computed(known, STRIP_RATES.length)}
      </p>
      <p className="small muted">{words.hint}</p>
      <p id={`${id}-rule`} className="small muted">
        {words.rule}
      </p>
    </section>
  );
}
