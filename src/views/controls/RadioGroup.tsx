import { type ReactNode, useId } from 'react';
import './controls.css';

export interface RadioOption<T extends string> {
  readonly value: T;
  /** The option's accessible name and what it shows. */
  readonly label: string;
}

export interface RadioGroupProps<T extends string> {
  /** The accessible name of the group. */
  readonly label: string;
  readonly value: T;
  readonly options: readonly RadioOption<T>[];
  readonly onChange: (value: T) => void;
  /** Options below each other, where their names are long. */
  readonly stacked?: boolean;
  readonly describedBy?: string | undefined;
  /** What stands above the group instead of the plain label; null where the label stands elsewhere. */
  readonly children?: ReactNode;
}

/** One of a few: native radio buttons (so arrow keys work as everywhere) that look like one segmented control. */
export function RadioGroup<T extends string>(props: RadioGroupProps<T>) {
  const { label, value, options, onChange, stacked = false, describedBy, children } = props;
  const name = useId();
  return (
    <div className="radio-group">
      {children === undefined ? (
        <div className="radio-group-label" aria-hidden="true">
          {label}
        </div>
      ) : (
        children
      )}
      <div
        className={stacked ? 'segments stacked' : 'segments'}
        role="radiogroup"
        aria-label={label}
        aria-describedby={describedBy}
      >
        {options.map((option) => (
          <label key={option.value} className="segment">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </div>
  );
}
