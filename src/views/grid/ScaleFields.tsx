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
  const changed = (patch: Partial<Scale>) => {
    const { dataset } = store.getState().study;
    return setScale(dataset, { ...dataset.scale, ...patch });
  };
  const check = (patch: Partial<Scale>) => {
    const result = changed(patch);
    return result.ok ? null : result.problem;
  };
  const commit = (patch: Partial<Scale>) => {
    const result = changed(patch);
    if (!result.ok || result.value === store.getState().study.dataset) return;
    const { min, max, step } = result.value.scale;
    actions.changeDataset(result.value, text.markScale(formatExact(min), formatExact(max), formatExact(step)));
  };
  return (
    <div className="ratings-scale">
      <NumberField
        label={text.scaleMin}
        value={scale.min}
        step={scale.step}
        check={(min) => check({ min })}
        onCommit={(min) => commit({ min })}
      />
      <NumberField
        label={text.scaleMax}
        value={scale.max}
        step={scale.step}
        check={(max) => check({ max })}
        onCommit={(max) => commit({ max })}
      />
      <NumberField
        label={text.scaleStep}
        value={scale.step}
        exclusiveMin={0}
        step={0.5}
        check={(step) => check({ step })}
        onCommit={(step) => commit({ step })}
      />
    </div>
  );
}
