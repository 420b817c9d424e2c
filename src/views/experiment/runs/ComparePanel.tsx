import { useEffect, useRef } from 'react';
import { comparisonOf } from '../../../store/experiment-compare.ts';
import { strings } from '../../../strings/index.ts';
import { useExperiment, useExperimentActions } from '../../context.ts';
import { CompareCurves } from './CompareCurves.tsx';
import { ComparePredictions } from './ComparePredictions.tsx';
import { CompareSettings } from './CompareSettings.tsx';
import './compare.css';

const text = strings.runs;

/** Runs side by side: settings that differ, curves over each other, predictions and what moved. */
export function ComparePanel() {
  const actions = useExperimentActions();
  const model = useExperiment(comparisonOf);
  const asked = useExperiment((state) => state.comparison?.ids ?? null);
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(asked);
  // Whoever asked for a comparison is taken to it; one that was there before stays where it is.
  useEffect(() => {
    const begun = asked !== null && asked !== before.current;
    before.current = asked;
    if (!begun) return;
    // What is around it may have to come into sight first.
    const frame = requestAnimationFrame(() => {
      heading.current?.scrollIntoView({ block: 'nearest' });
      heading.current?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [asked]);
  return (
    <section className="compare" aria-label={text.comparison}>
      <div className="compare-head">
        <h2 ref={heading} tabIndex={-1}>
          {text.comparison}
        </h2>
        {model && (
          <button type="button" className="button runs-small" onClick={() => actions.compare(null)}>
            {text.closeComparison}
          </button>
        )}
      </div>
      {model === null ? (
        <p className="muted">{text.notComparing}</p>
      ) : (
        <>
          <CompareSettings model={model} />
          <CompareCurves records={model.records} />
          <ComparePredictions model={model} />
        </>
      )}
    </section>
  );
}
