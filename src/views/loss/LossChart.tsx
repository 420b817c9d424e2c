import { useId, useState } from 'react';
import { strings } from '../../strings/index.ts';
import { useActions, useApp } from '../context.ts';
import { Checkbox } from '../controls/Checkbox.tsx';
import { RadioGroup } from '../controls/RadioGroup.tsx';
import { LossNumbers } from './LossNumbers.tsx';
import { LossPlot } from './LossPlot.tsx';
import { PlayheadBar } from './PlayheadBar.tsx';
import './loss.css';

const LOSSES = (['rmse', 'mae', 'objective'] as const).map((value) => ({ value, label: strings.chart.loss[value] }));
const AXES = (['linear', 'log'] as const).map((value) => ({ value, label: strings.chart.axis[value] }));

/** What the chart shows, and on which axis. */
function Choices() {
  const actions = useActions();
  const loss = useApp((state) => state.view.lossShown);
  const axis = useApp((state) => state.view.lossAxis);
  const showBaselines = useApp((state) => state.view.showBaselines);
  return (
    <>
      <RadioGroup
        label={strings.chart.lossShown}
        value={loss}
        options={LOSSES}
        onChange={(lossShown) => actions.setView({ lossShown })}
      >
        {null}
      </RadioGroup>
      <RadioGroup
        label={strings.chart.lossAxis}
        value={axis}
        options={AXES}
        onChange={(lossAxis) => actions.setView({ lossAxis })}
      >
        {null}
      </RadioGroup>
      <Checkbox
        label={strings.chart.showBaselines}
        checked={showBaselines}
        onChange={(checked) => actions.setView({ showBaselines: checked })}
      />
    </>
  );
}

/** The loss chart, which is the timeline: curves by epoch, and a playhead that every matrix follows. */
export function LossChart() {
  const [numbers, setNumbers] = useState(false);
  const body = useId();
  return (
    <figure className="loss" aria-label={strings.chart.figure}>
      <PlayheadBar />
      <LossPlot />
      <div className="loss-foot">
        <button
          type="button"
          className="loss-numbers-button small"
          aria-expanded={numbers}
          aria-controls={body}
          onClick={() => setNumbers(!numbers)}
        >
          {strings.chart.numbers}
        </button>
        <Choices />
      </div>
      <div id={body}>{numbers && <LossNumbers />}</div>
    </figure>
  );
}
