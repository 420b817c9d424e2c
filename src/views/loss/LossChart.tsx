import { useId, useState } from 'react';
import { strings } from '../../strings/index.ts';
import { useActions, useApp } from '../context.ts';
import { Checkbox } from '../controls/Checkbox.tsx';
import { RadioGroup } from '../controls/RadioGroup.tsx';
import { Term } from '../controls/Term.tsx';
import { KeepRun } from './KeepRun.tsx';
import { LossNumbers } from './LossNumbers.tsx';
import { LossPlot } from './LossPlot.tsx';
import { PinnedRuns } from './PinnedRuns.tsx';
import { PlayheadBar, PlayheadNote } from './PlayheadBar.tsx';
import { RunCaption } from './RunCaption.tsx';
import { usePinned } from './use-pinned.ts';
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
    <div className="loss-choices">
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
  );
}

/** What the two horizontal lines are; their names stand at their ends. */
function BaselineTerms() {
  const drawn = useApp((state) => state.view.showBaselines && state.view.lossShown !== 'objective');
  const { chart, playback } = strings;
  return (
    <div className="loss-terms" data-away={!drawn || undefined}>
      <Term term={chart.meanAlone} meaning={playback.meanAloneMeaning} />
      <Term term={chart.biasesOnly} meaning={chart.biasesOnlyMeaning} />
    </div>
  );
}

/**
 * The loss chart, which is the timeline: curves by epoch, and a playhead that every matrix follows. `caption`: whether it says
 * how the run goes, which a lesson asks its reader.
 */
export function LossChart({ caption = false }: { readonly caption?: boolean }) {
  const [numbers, setNumbers] = useState(false);
  const body = useId();
  const note = useId();
  const pinned = usePinned();
  return (
    <figure className="loss" aria-label={strings.chart.figure}>
      <div className="loss-head">
        <PlayheadBar note={note} />
        <Choices />
      </div>
      <LossPlot pinned={pinned} />
      {caption && <RunCaption />}
      <div className="loss-foot small">
        <KeepRun />
        <button
          type="button"
          className="loss-numbers-button"
          aria-expanded={numbers}
          aria-controls={body}
          onClick={() => setNumbers(!numbers)}
        >
          {strings.chart.numbers}
        </button>
        <BaselineTerms />
        <PlayheadNote id={note} />
      </div>
      <PinnedRuns pinned={pinned} />
      <div id={body}>{numbers && <LossNumbers />}</div>
    </figure>
  );
}
