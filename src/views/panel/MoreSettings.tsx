import { useId, useMemo } from 'react';
import { type Initialization, type ModelSettings, SEED_LIMIT } from '../../core/model.ts';
import { countHeldOut } from '../../core/ratings.ts';
import { strings } from '../../strings/index.ts';
import { useActions, useApp } from '../context.ts';
import { Checkbox } from '../controls/Checkbox.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { RadioGroup } from '../controls/RadioGroup.tsx';
import { Term } from '../controls/Term.tsx';
import { ScaleFields } from '../grid/ScaleFields.tsx';
import { Note } from './Note.tsx';
import { OptimizerSetting } from './OptimizerSetting.tsx';
import { ScheduleSetting } from './ScheduleSetting.tsx';
import { StoppingSetting } from './StoppingSetting.tsx';
import { initNumbers } from './settings.ts';

const text = strings.panel;

/** How far from 0 the draws of an initialization may be asked to lie. */
const INIT_LIMIT = 1e6;

const UNIFORM: Initialization = { kind: 'uniform', low: 0, high: 1 };
const NORMAL: Initialization = { kind: 'normal', mean: 0, std: 0.1 };

function PredictionSetting({ model }: { model: ModelSettings }) {
  const { changeModel } = useActions();
  const noteId = useId();
  return (
    <div className="setting">
      <RadioGroup
        label={text.prediction}
        stacked
        value={model.prediction}
        describedBy={noteId}
        options={[
          { value: 'factors', label: text.predictions.factors },
          { value: 'factors+biases', label: text.predictions['factors+biases'] },
          { value: 'mean+factors+biases', label: text.predictions['mean+factors+biases'] },
        ]}
        onChange={(prediction) => changeModel({ prediction })}
      >
        <Term term={text.prediction} meaning={text.predictionMeaning} />
      </RadioGroup>
      <Note id={noteId}>{text.predictionNote}</Note>
    </div>
  );
}

function OrderSetting({ model }: { model: ModelSettings }) {
  const { changeModel } = useActions();
  const noteId = useId();
  return (
    <div className="setting">
      <RadioGroup
        label={text.order}
        value={model.order}
        describedBy={noteId}
        options={[
          { value: 'row-major', label: text.orders['row-major'] },
          { value: 'shuffled', label: text.orders.shuffled },
        ]}
        onChange={(order) => changeModel({ order })}
      >
        <Term term={text.order} meaning={text.orderMeaning} />
      </RadioGroup>
      <Note id={noteId}>{text.nextEpoch}</Note>
    </div>
  );
}

/** The two numbers of an initialization. */
function InitFields({ init, describedBy }: { init: Initialization; describedBy: string }) {
  const { changeModel } = useActions();
  const [first, second] = initNumbers(init);
  const uniform = init.kind === 'uniform';
  return (
    <div className="setting-pair">
      <NumberField
        label={uniform ? text.low : text.mean}
        value={first}
        min={-INIT_LIMIT}
        max={uniform ? second : INIT_LIMIT}
        step={0.1}
        describedBy={describedBy}
        onCommit={(next) => changeModel({ init: uniform ? { ...init, low: next } : { ...init, mean: next } })}
      />
      <NumberField
        label={uniform ? text.high : text.std}
        value={second}
        min={uniform ? first : 0}
        max={INIT_LIMIT}
        step={uniform ? 0.1 : 'log'}
        describedBy={describedBy}
        onCommit={(next) => changeModel({ init: uniform ? { ...init, high: next } : { ...init, std: next } })}
      />
    </div>
  );
}

function InitializationSetting({ model }: { model: ModelSettings }) {
  const { changeModel } = useActions();
  const noteId = useId();
  const { init } = model;
  return (
    <div className="setting">
      <RadioGroup
        label={text.initialization}
        value={init.kind}
        describedBy={noteId}
        options={[
          { value: 'uniform', label: text.initializations.uniform },
          { value: 'normal', label: text.initializations.normal },
        ]}
        onChange={(kind) => changeModel({ init: kind === 'uniform' ? UNIFORM : NORMAL })}
      >
        <Term term={text.initialization} meaning={text.initializationMeaning} />
      </RadioGroup>
      <InitFields key={init.kind} init={init} describedBy={noteId} />
      <Note id={noteId}>{text.restarts}</Note>
    </div>
  );
}

function SeedSetting({ model }: { model: ModelSettings }) {
  const { changeModel } = useActions();
  const noteId = useId();
  return (
    <div className="setting">
      <NumberField
        label={text.seed}
        value={model.seed}
        min={0}
        max={SEED_LIMIT}
        integer
        describedBy={noteId}
        onCommit={(seed) => changeModel({ seed })}
      >
        <Term term={text.seed} meaning={text.seedMeaning} />
      </NumberField>
      <Note id={noteId}>{text.restarts}</Note>
    </div>
  );
}

function HoldOutSetting() {
  const dataset = useApp((state) => state.study.dataset);
  const { holdOut } = useActions();
  const noteId = useId();
  const all = dataset.ratings.value.length;
  const heldOut = useMemo(() => countHeldOut(dataset.ratings.heldOut), [dataset.ratings]);
  // Ratings held out by hand have no share of their own: what they come to is shown.
  const share = dataset.holdOut?.share ?? (all === 0 ? 0 : Number(((100 * heldOut) / all).toPrecision(3)));
  return (
    <div className="setting">
      <NumberField label={text.holdOut} value={share} min={0} max={90} describedBy={noteId} onCommit={holdOut}>
        <Term term={text.holdOut} meaning={text.holdOutMeaning} />
      </NumberField>
      <Note id={noteId}>{text.holdOutNote(heldOut, all)}</Note>
    </div>
  );
}

function ShownSetting() {
  const clip = useApp((state) => state.view.clip);
  const showTruth = useApp((state) => state.view.showTruth);
  const planted = useApp((state) => state.study.dataset.truth !== null);
  const { setView } = useActions();
  const clipNote = useId();
  const truthNote = useId();
  return (
    <div className="setting">
      <Checkbox label={text.clip} checked={clip} describedBy={clipNote} onChange={(next) => setView({ clip: next })} />
      <Note id={clipNote}>{text.clipNote}</Note>
      {planted && (
        <>
          <Checkbox
            label={text.showTruth}
            checked={showTruth}
            describedBy={truthNote}
            onChange={(next) => setView({ showTruth: next })}
          />
          <Note id={truthNote}>{text.showTruthNote}</Note>
        </>
      )}
    </div>
  );
}

/** The rest of the model: what a first visit does not need. */
export function MoreSettings() {
  const model = useApp((state) => state.study.model);
  // ALS takes no steps: what is said of them is not there.
  const steps = model.optimizer.kind !== 'als';
  return (
    <div className="more-settings">
      <PredictionSetting model={model} />
      <OptimizerSetting model={model} />
      {steps && (
        <>
          <ScheduleSetting model={model} />
          <OrderSetting model={model} />
        </>
      )}
      <StoppingSetting model={model} />
      <HoldOutSetting />
      <InitializationSetting model={model} />
      <SeedSetting model={model} />
      <ShownSetting />
      <ScaleFields />
    </div>
  );
}
