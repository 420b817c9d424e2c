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

/** The loss chart, which is the timeline: curves by epoch, and a playhead that every matrix follows. */
export function LossChart() {
  const actions = useActions();
  const loss = useApp((state) => state.view.lossShown);
  const axis = useApp((state) => state.view.lossAxis);
  const showBaselines = useApp((state) => state.view.showBaselines);
  return (
    <figure className="loss" aria-label={strings.chart.figure}>
      <div className="loss-head">
        <h2 className="loss-title">{strings.chart.title(loss)}</h2>
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
      </div>
      <PlayheadBar />
      <LossPlot />
      <LossNumbers />
    </figure>
  );
}
