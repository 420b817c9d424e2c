import { useId } from 'react';
import {
  type AdamSettings,
  type ModelSettings,
  type MomentumSettings,
  type OptimizerSettings,
  optimizerOf,
  type SgdSettings,
  unreachable,
} from '../../core/model.ts';
import { strings } from '../../strings/index.ts';
import { useActions } from '../context.ts';
import { Checkbox } from '../controls/Checkbox.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { RadioGroup } from '../controls/RadioGroup.tsx';
import { Term } from '../controls/Term.tsx';
import { Note } from './Note.tsx';

const text = strings.panel;

function UpdateSetting({ optimizer }: { optimizer: SgdSettings | MomentumSettings }) {
  const { changeModel } = useActions();
  return (
    <RadioGroup
      label={text.update}
      value={optimizer.update}
      options={[
        { value: 'sequential', label: text.updates.sequential },
        { value: 'simultaneous', label: text.updates.simultaneous },
      ]}
      onChange={(update) => changeModel({ optimizer: { ...optimizer, update } })}
    >
      <Term term={text.update} meaning={text.updateMeaning} />
    </RadioGroup>
  );
}

function MomentumFields({ optimizer }: { optimizer: MomentumSettings }) {
  const { changeModel } = useActions();
  const noteId = useId();
  return (
    <>
      <NumberField
        label={text.momentum}
        value={optimizer.momentum}
        min={0}
        max={0.999}
        step={0.05}
        describedBy={noteId}
        onCommit={(momentum) => changeModel({ optimizer: { ...optimizer, momentum } })}
      >
        <Term term={text.momentum} meaning={text.momentumMeaning} />
      </NumberField>
      <Note id={noteId}>{text.momentumNote(1 / (1 - optimizer.momentum))}</Note>
    </>
  );
}

function AdamFields({ optimizer }: { optimizer: AdamSettings }) {
  const { changeModel } = useActions();
  const { decay = 'coupled', ...rest } = optimizer;
  return (
    <>
      <NumberField
        label={text.batch}
        value={optimizer.batch}
        min={1}
        max={1_000_000}
        integer
        onCommit={(batch) => changeModel({ optimizer: { ...optimizer, batch } })}
      >
        <Term term={text.batch} meaning={text.batchMeaning} />
      </NumberField>
      <RadioGroup
        label={text.decay}
        value={decay}
        options={[
          { value: 'coupled', label: text.decays.coupled },
          { value: 'decoupled', label: text.decays.decoupled },
        ]}
        // Coupled is what a session of the first version has: it is said by saying nothing.
        onChange={(next) => changeModel({ optimizer: next === 'coupled' ? rest : { ...rest, decay: next } })}
      >
        <Term term={text.decay} meaning={text.decayMeaning} />
      </RadioGroup>
    </>
  );
}

/** What an optimizer has beside its name. */
function OptimizerFields({ optimizer }: { optimizer: OptimizerSettings }) {
  switch (optimizer.kind) {
    case 'sgd':
      return <UpdateSetting optimizer={optimizer} />;
    case 'momentum':
      return (
        <>
          <UpdateSetting optimizer={optimizer} />
          <MomentumFields optimizer={optimizer} />
        </>
      );
    case 'adam':
      return <AdamFields optimizer={optimizer} />;
    case 'als':
      return <p className="muted small">{text.alsNote}</p>;
    default:
      return unreachable(optimizer);
  }
}

/** Which optimizer, what it has of its own, and whether factors stay non-negative. */
export function OptimizerSetting({ model }: { model: ModelSettings }) {
  const { changeModel } = useActions();
  const noteId = useId();
  const signsId = useId();
  const { optimizer, nonNegative = false } = model;
  return (
    <div className="setting">
      <RadioGroup
        label={text.optimizer}
        stacked
        value={optimizer.kind}
        describedBy={noteId}
        options={[
          { value: 'sgd', label: text.optimizers.sgd },
          { value: 'adam', label: text.optimizers.adam },
          { value: 'als', label: text.optimizers.als },
          { value: 'momentum', label: text.optimizers.momentum },
        ]}
        onChange={(kind) => changeModel({ optimizer: optimizerOf(kind, optimizer) })}
      >
        <Term term={text.optimizer} meaning={text.optimizerMeaning} />
      </RadioGroup>
      <Note id={noteId}>
        {text.nextEpoch}. {text.objectiveChanges}
      </Note>
      <OptimizerFields optimizer={optimizer} />
      <Checkbox
        label={text.nonNegative}
        checked={nonNegative}
        describedBy={signsId}
        onChange={(next) => changeModel({ nonNegative: next ? true : null })}
      />
      <Note id={signsId}>{text.nonNegativeNote}</Note>
    </div>
  );
}
