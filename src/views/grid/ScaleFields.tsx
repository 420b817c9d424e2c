import type { Scale } from '../../core/dataset.ts';
import { setScale } from '../../core/edit.ts';
import { strings } from '../../strings/index.ts';
import { formatExact } from '../../strings/numbers.ts';
import { useApp, useHandle } from '../context.ts';
import { NumberField } from '../controls/NumberField.tsx';
import './grid.css';

const text = strings.grid;

/** What a rating may be, for display, clipping and the color ramp. Ratings outside it stay as they are. */
export function ScaleFields() {
  const { store, actions } = useHandle();
  const scale = useApp((state) => state.study.dataset.scale);
  const commit = (patch: Partial<Scale>) => {
    const { dataset } = store.getState().study;
    const result = setScale(dataset, { ...dataset.scale, ...patch });
    const { min, max } = dataset.scale;
    if (!result.ok) return actions.report(result.problem, text.keptScale(formatExact(min), formatExact(max)));
    const next = result.value.scale;
    if (result.value !== dataset) {
      actions.changeDataset(
        result.value,
        text.markScale(formatExact(next.min), formatExact(next.max), formatExact(next.step)),
      );
    }
  };
  return (
    <div className="ratings-scale">
      <NumberField label={text.scaleMin} value={scale.min} step={scale.step} onCommit={(min) => commit({ min })} />
      <NumberField label={text.scaleMax} value={scale.max} step={scale.step} onCommit={(max) => commit({ max })} />
      <NumberField
        label={text.scaleStep}
        value={scale.step}
        exclusiveMin={0}
        step={0.5}
        onCommit={(step) => commit({ step })}
      />
    </div>
  );
}
