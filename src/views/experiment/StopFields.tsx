import { useId } from 'react';
import { STOPS, WATCHED } from '../../store/sweep-form.ts';
import { sweepForm as text } from '../../strings/sweep-form.ts';
import { NumberField } from '../controls/NumberField.tsx';
import { Choice } from './Choice.tsx';
import type { FieldsProps } from './JudgingFields.tsx';
import { Trouble } from './Trouble.tsx';

const MOST_EPOCHS = 100_000_000;

/** When a run is over: after the same epochs for all, by the same rule for all, or early. */
export function StopFields({ form, problems, onChange }: FieldsProps) {
  const id = useId();
  const { stop, epochs, limit, patience, watched, watchShare } = form;
  const described = problems.length > 0 ? id : undefined;
  return (
    <>
      <Choice
        label={text.stop}
        value={stop}
        options={STOPS.map((value) => ({ value, label: text.stops[value] }))}
        onChange={(value) => onChange({ stop: value })}
        describedBy={described}
      />
      {stop === 'epochs' ? (
        <NumberField
          className="plan-inner"
          label={text.epochs}
          value={epochs}
          min={1}
          max={MOST_EPOCHS}
          integer
          step={100}
          onCommit={(value) => onChange({ epochs: value })}
        />
      ) : (
        <NumberField
          className="plan-inner"
          label={text.limit}
          value={limit}
          min={1}
          max={MOST_EPOCHS}
          integer
          step={100}
          onCommit={(value) => onChange({ limit: value })}
        />
      )}
      {stop === 'settled' && <p className="plan-note small muted">{text.settledNote}</p>}
      {stop === 'early' && (
        <>
          <NumberField
            className="plan-inner"
            label={text.patience}
            value={patience}
            min={1}
            max={1_000_000}
            integer
            describedBy={`${id}-patience`}
            onCommit={(value) => onChange({ patience: value })}
          />
          <p id={`${id}-patience`} className="plan-note small muted">
            {text.patienceNote}
          </p>
          <Choice
            className="plan-inner"
            label={text.watched}
            value={watched}
            options={WATCHED.map((value) => ({ value, label: text.watchedOptions[value] }))}
            onChange={(value) => onChange({ watched: value })}
          />
          {watched === 'share' && (
            <NumberField
              className="plan-inner"
              label={text.watchShare}
              value={watchShare}
              min={1}
              max={90}
              integer
              onCommit={(value) => onChange({ watchShare: value })}
            />
          )}
        </>
      )}
      <Trouble id={id} problems={problems} />
    </>
  );
}
