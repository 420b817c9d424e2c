import { useId } from 'react';
import { isChoice, isWhole, type Setting } from '../../core/experiment/axis.ts';
import { NUMBER_LIMITS, VALUE_LIMIT } from '../../core/experiment/check-plan.ts';
import { CHOICES } from '../../core/experiment/settings.ts';
import type { Problem } from '../../core/problem.ts';
import { type RangeFields, SPACINGS } from '../../store/sweep-form.ts';
import { strings } from '../../strings/index.ts';
import { sweepForm as text } from '../../strings/sweep-form.ts';
import { Checkbox } from '../controls/Checkbox.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { Choice } from './Choice.tsx';
import { Trouble } from './Trouble.tsx';

export interface RangeFieldsetProps {
  readonly setting: Setting;
  readonly range: RangeFields;
  readonly problems: readonly Problem[];
  /** Of a search, which draws from the whole range: there is no number of values. */
  readonly drawn?: boolean;
  /** One click that puts the problem right. */
  readonly remedy?: { readonly label: string; run(): void } | null;
  readonly onChange: (range: RangeFields) => void;
}

function Chosen({ range, onChange, names }: RangeFieldsetProps & { readonly names: readonly string[] }) {
  return (
    <div className="plan-choices">
      {names.map((name) => (
        <Checkbox
          key={name}
          label={strings.experiment.value(name)}
          checked={range.choices.includes(name)}
          onChange={(checked) =>
            onChange({
              ...range,
              choices: names.filter((one) => (one === name ? checked : range.choices.includes(one))),
            })
          }
        />
      ))}
    </div>
  );
}

/** The values that one setting takes: from … to, so many, evenly or log spaced; or a list; or choices to tick. */
export function RangeFieldset(props: RangeFieldsetProps) {
  const { setting, range, problems, drawn = false, remedy = null, onChange } = props;
  const id = useId();
  const name = strings.experiment.settings[setting];
  const described = problems.length > 0 ? id : undefined;
  const trouble = (
    <>
      <Trouble id={id} problems={problems} />
      {remedy && (
        <button type="button" className="button plan-remedy" aria-describedby={described} onClick={remedy.run}>
          {remedy.label}
        </button>
      )}
    </>
  );
  if (isChoice(setting)) {
    return (
      <fieldset className="plan-range-set" aria-label={text.ofSetting(name, text.choices)} aria-describedby={described}>
        <Chosen {...props} names={CHOICES[setting]} />
        {trouble}
      </fieldset>
    );
  }
  const [min, max] = NUMBER_LIMITS[setting];
  const end = (field: 'from' | 'to') => (
    <NumberField
      className={`plan-${field}`}
      label={text.ofSetting(name, text[field])}
      symbol={text[field]}
      value={range[field]}
      {...(min > 0 && min < 1 ? { exclusiveMin: 0 } : { min })}
      max={max}
      integer={isWhole(setting)}
      step={range.spacing === 'log' ? 'log' : 1}
      describedBy={described}
      onCommit={(value) => onChange({ ...range, [field]: value })}
    >
      <span className="plan-small" aria-hidden="true">
        {text[field]}
      </span>
    </NumberField>
  );
  return (
    <fieldset className="plan-range-set" aria-label={name}>
      <div className="plan-range">
        {range.spacing === 'listed' ? (
          <label className="plan-list">
            <span className="plan-small">{text.list}</span>
            <input
              className="field"
              type="text"
              autoComplete="off"
              spellCheck={false}
              aria-label={text.ofSetting(name, text.list)}
              aria-invalid={problems.length > 0 || undefined}
              aria-describedby={described}
              value={range.list}
              onChange={(event) => onChange({ ...range, list: event.currentTarget.value })}
            />
          </label>
        ) : (
          <>
            {end('from')}
            {end('to')}
            {!drawn && (
              <NumberField
                className="plan-count"
                label={text.ofSetting(name, text.count)}
                symbol={text.count}
                value={range.count}
                min={2}
                max={VALUE_LIMIT}
                integer
                describedBy={described}
                onCommit={(count) => onChange({ ...range, count })}
              >
                <span className="plan-small" aria-hidden="true">
                  {text.count}
                </span>
              </NumberField>
            )}
          </>
        )}
        <Choice
          className="plan-spacing"
          label={text.ofSetting(name, text.spacing)}
          shown={text.spacing}
          value={range.spacing}
          options={SPACINGS.map((value) => ({ value, label: text.spacings[value] }))}
          onChange={(spacing) => onChange({ ...range, spacing })}
        />
      </div>
      {trouble}
    </fieldset>
  );
}
