import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { sweepLine } from '../../charts/sweep-line.ts';
import {
  errorOverFolds,
  judgedByK,
  type OneStandardError,
  withinOneStandardError,
} from '../../core/experiment/one-standard-error.ts';
import type { SweepOverK } from '../../lessons/lesson.ts';
import { plannedRuns, summariesOf } from '../../store/experiment-select.ts';
import type { Sweep } from '../../store/experiment-state.ts';
import type { LessonSweepState } from '../../store/lesson-sweep.ts';
import { lessonSweep as words } from '../../strings/lesson-sweep.ts';
import { formatExact, formatTerm } from '../../strings/numbers.ts';
import { useHandle } from '../context.ts';
import { useSize } from '../loss/use-size.ts';
import { LessonSweepDrawing } from './LessonSweepDrawing.tsx';
import './lesson-sweep.css';

/** The sweep over k, where the step has one. */
export function LessonSweep() {
  const { sweep } = useHandle();
  return sweep ? <OfStep of={sweep} /> : null;
}

function OfStep({ of }: { readonly of: StoreApi<LessonSweepState> }) {
  const wanted = useStore(of, (state) => state.wanted);
  const sweep = useStore(of, (state) => state.sweep);
  // Whoever goes away does not wait for it.
  useEffect(() => () => of.getState().cancel(), [of]);
  return wanted && <Panel of={of} wanted={wanted} sweep={sweep} />;
}

/** What is known of each k by now, and once all of it is there the line of the rule. */
function useFigures({ k }: SweepOverK, sweep: Sweep | null) {
  return useMemo(() => {
    if (sweep === null)
      return {
        rule: null,
        figures: k.map((value, cell) => ({ k: value, cell, heldOut: null, error: null, seen: null })),
      };
    const runs = plannedRuns(sweep.plan);
    const summaries = summariesOf(sweep);
    return {
      rule: sweep.status === 'done' ? withinOneStandardError(judgedByK(runs, summaries)) : null,
      figures: k.map((value, cell) => {
        const summary = summaries[cell];
        const known = summary !== undefined && summary.diverged === 0 ? summary : null;
        return {
          k: value,
          cell,
          heldOut: known?.mean ?? null,
          error: known && errorOverFolds(runs, known),
          seen: known?.rmseSeen ?? null,
        };
      }),
    };
  }, [k, sweep]);
}

/** The errors around the line: some standard errors below the best and above the line. */
function nearTo({ best, limit }: OneStandardError): { readonly low: number; readonly high: number } | null {
  return best.error > 0 ? { low: Math.max(0, best.rmse - 3 * best.error), high: limit + 4 * best.error } : null;
}

function Panel({
  of,
  wanted,
  sweep,
}: {
  readonly of: StoreApi<LessonSweepState>;
  readonly wanted: SweepOverK;
  readonly sweep: Sweep | null;
}) {
  const { k, seeds, folds, epochs } = wanted;
  const { figures, rule } = useFigures(wanted, sweep);
  const place = useRef<HTMLDivElement>(null);
  const size = useSize(place);
  const closerPlace = useRef<HTMLDivElement>(null);
  const closerSize = useSize(closerPlace);
  const running = sweep?.status === 'running' || sweep?.status === 'planned';
  const marks = useMemo(
    () =>
      sweepLine(
        size,
        {
          axis: { setting: 'k', spacing: 'listed', values: k },
          values: figures.map(({ k: value, cell, heldOut, error, seen }) => ({
            cell,
            value,
            heldOut,
            spread: error,
            seen,
            diverged: false,
          })),
          levels: [],
          rule: rule && { value: rule.limit, label: words.rule(rule.limit) },
          names: words.names,
        },
        String,
      ),
    [size, k, figures, rule],
  );
  const closer = useMemo(
    () =>
      rule &&
      sweepLine(
        closerSize,
        {
          axis: { setting: 'k', spacing: 'listed', values: k },
          values: figures.map(({ k: value, cell, heldOut, error }) => ({
            cell,
            value,
            heldOut,
            spread: error,
            seen: null,
            diverged: false,
          })),
          levels: [],
          rule: { value: rule.limit, label: words.rule(rule.limit) },
          names: words.names,
          range: nearTo(rule),
        },
        String,
      ),
    [closerSize, k, figures, rule],
  );
  const number = (x: number | null) => (x === null ? words.nothing : formatTerm(x));
  const label = running
    ? words.cancel
    : sweep === null
      ? words.start(k)
      : sweep.status === 'done'
        ? words.again
        : words.goOn;
  return (
    <section className="lesson-sweep" data-panel="sweep" aria-label={words.region}>
      <div className="lesson-sweep-head">
        <h2 className="lesson-sweep-title">{words.title}</h2>
        <span className="small muted numbers">{words.plan(k.length, seeds.length, folds, epochs)}</span>
      </div>
      <div className="lesson-sweep-run">
        {/* One button that changes its name, so that the keyboard stays where it is. */}
        <button
          type="button"
          className={sweep === null ? 'button primary' : 'button'}
          onClick={() => (running ? of.getState().cancel() : void of.getState().start())}
        >
          {label}
        </button>
        <Progress sweep={sweep} running={running} />
      </div>
      <div className="lesson-sweep-figures">
        <div ref={place} className="lesson-sweep-plot">
          {size.width > 0 && (
            <LessonSweepDrawing
              marks={marks}
              label={words.picture(figures.filter(({ heldOut }) => heldOut !== null).length, k.length)}
            />
          )}
        </div>
        <div ref={closerPlace} className="lesson-sweep-plot">
          {closer ? (
            <LessonSweepDrawing marks={closer} label={words.closer} />
          ) : (
            <p className="lesson-sweep-later small muted">{words.closerLater}</p>
          )}
        </div>
        <table className="lesson-sweep-table numbers" aria-label={words.table} aria-busy={running}>
          <thead>
            <tr>
              <th scope="col">{words.columns.k}</th>
              <th scope="col">{words.columns.heldOut}</th>
              <th scope="col">{words.columns.error}</th>
              <th scope="col">{words.columns.seen}</th>
            </tr>
          </thead>
          <tbody>
            {figures.map((one) => (
              <tr key={one.k}>
                <th scope="row">{formatExact(one.k)}</th>
                <td className="heldOut">{number(one.heldOut)}</td>
                <td>{number(one.error)}</td>
                <td className="seen">{number(one.seen)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="lesson-sweep-rule numbers">
        {rule ? words.ruleIs(rule.best.k, rule.best.rmse, rule.best.error, rule.limit) : words.ruleLater}
      </p>
      <p className="small muted">{words.key}</p>
    </section>
  );
}

/** How far it is, and politely that it rests. */
function Progress({ sweep, running }: { readonly sweep: Sweep | null; readonly running: boolean }) {
  const { done = 0, total = 1, status = null, secondsLeft = null } = sweep ?? {};
  const rests =
    status === 'done'
      ? words.finished(total)
      : status === 'canceled'
        ? words.canceled(done, total)
        : status === 'failed'
          ? words.failed(done, total)
          : '';
  return (
    <>
      {running && (
        <>
          <progress
            className="lesson-sweep-bar"
            aria-label={words.progress}
            aria-valuetext={words.done(done, total)}
            value={done}
            max={total}
          />
          <span className="small numbers">
            {words.done(done, total)}
            {secondsLeft !== null && ` · ${words.left(secondsLeft)}`}
          </span>
        </>
      )}
      <span role="status" className="small numbers">
        {rests}
      </span>
    </>
  );
}
