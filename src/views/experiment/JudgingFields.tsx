import { useId } from 'react';
import type { Problem } from '../../core/problem.ts';
import { JUDGES, type SweepForm } from '../../store/sweep-form.ts';
import { sweepForm as text } from '../../strings/sweep-form.ts';
import { useApp } from '../context.ts';
import { Checkbox } from '../controls/Checkbox.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { Choice } from './Choice.tsx';
import { Trouble } from './Trouble.tsx';

export interface FieldsProps {
  readonly form: SweepForm;
  readonly problems: readonly Problem[];
  readonly onChange: (patch: Partial<SweepForm>) => void;
}

/** What runs are judged by: ratings that they never see. */
export function JudgingFields({ form, problems, onChange }: FieldsProps) {
  const id = useId();
  const { judging, share, repeats, folds, nested, innerFolds } = form;
  const times = useApp(({ study }) => study.dataset.ratings.time !== null);
  const heldOut = useApp(({ study }) => study.dataset.ratings.heldOut.includes(1));
  const reasons = {
    'time-ordered': times ? null : text.noTimes,
    'held-out': heldOut ? null : text.nothingHeldOut,
    'hold-out': null,
    'k-fold': null,
    'leave-one-out': null,
  };
  const options = JUDGES.map((value) => {
    const reason = reasons[value];
    const label = text.judges[value];
    return { value, label: reason === null ? label : text.because(label, reason), disabled: reason !== null };
  });
  return (
    <>
      <Choice
        label={text.judging}
        value={judging}
        options={options}
        onChange={(value) => onChange({ judging: value })}
        describedBy={problems.length > 0 ? id : undefined}
      />
      {judging === 'hold-out' && (
        <>
          <NumberField
            className="plan-inner"
            label={text.share}
            value={share}
            min={1}
            max={90}
            onCommit={(value) => onChange({ share: value })}
          />
          <NumberField
            className="plan-inner"
            label={text.repeats}
            value={repeats}
            min={1}
            max={1000}
            integer
            onCommit={(value) => onChange({ repeats: value })}
          />
        </>
      )}
      {(judging === 'k-fold' || judging === 'time-ordered') && (
        <NumberField
          className="plan-inner"
          label={text.folds}
          value={folds}
          min={judging === 'k-fold' ? 2 : 1}
          max={1000}
          integer
          onCommit={(value) => onChange({ folds: value })}
        />
      )}
      <Checkbox
        label={text.nested}
        checked={nested}
        describedBy={`${id}-nested`}
        onChange={(checked) => onChange({ nested: checked })}
      />
      <span id={`${id}-nested`} className={nested ? 'plan-note small muted' : 'visually-hidden'}>
        {text.nestedNote}
      </span>
      {nested && (
        <NumberField
          className="plan-inner"
          label={text.innerFolds}
          value={innerFolds}
          min={2}
          max={100}
          integer
          onCommit={(value) => onChange({ innerFolds: value })}
        />
      )}
      <Trouble id={id} problems={problems} />
    </>
  );
}
