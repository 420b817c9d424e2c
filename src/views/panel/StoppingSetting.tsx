import { useId } from 'react';
import type { ModelSettings } from '../../core/model.ts';
import { strings } from '../../strings/index.ts';
import { useActions, useApp } from '../context.ts';
import { Checkbox } from '../controls/Checkbox.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { Term } from '../controls/Term.tsx';
import { Note } from './Note.tsx';

const text = strings.panel;

/** Epochs without a better RMSE held out, to begin with. */
const FIRST_PATIENCE = 50;

/** Whether training stops when RMSE held out gets no better, and how long it waits. */
export function StoppingSetting({ model }: { model: ModelSettings }) {
  const anyHeldOut = useApp((state) => state.study.dataset.ratings.heldOut.includes(1));
  const { changeModel } = useActions();
  const noteId = useId();
  const { earlyStopping } = model;
  return (
    <div className="setting">
      <Checkbox
        label={text.stopEarly}
        checked={earlyStopping !== undefined}
        describedBy={noteId}
        onChange={(next) => changeModel({ earlyStopping: next ? { patience: FIRST_PATIENCE } : null })}
      />
      {earlyStopping && (
        <NumberField
          label={text.patience}
          value={earlyStopping.patience}
          min={1}
          max={1_000_000}
          integer
          describedBy={noteId}
          onCommit={(patience) => changeModel({ earlyStopping: { patience } })}
        >
          <Term term={text.patience} meaning={text.patienceMeaning} />
        </NumberField>
      )}
      <Note id={noteId}>{anyHeldOut ? text.stopEarlyNote : text.nothingHeldOut}</Note>
    </div>
  );
}
