import { type ReactNode, useId } from 'react';

export interface ChoiceOption<T extends string> {
  readonly value: T;
  readonly label: string;
  /** Why it cannot be taken now. */
  readonly disabled?: boolean;
}

export interface ChoiceProps<T extends string> {
  readonly label: string;
  /** What stands before the list; the label if left out. It is part of the label, which is the accessible name. */
  readonly shown?: string;
  readonly value: T;
  readonly options: readonly ChoiceOption<T>[];
  readonly onChange: (value: T) => void;
  readonly describedBy?: string | undefined;
  readonly className?: string;
  readonly children?: ReactNode;
}

/** One of a few, in a native list, so that it opens as each device is used to. */
export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { label, shown, value, options, onChange, describedBy, className, children } = props;
  const id = useId();
  return (
    <div className={className ? `choice ${className}` : 'choice'}>
      <label htmlFor={id}>{shown ?? label}</label>
      <select
        id={id}
        className="field"
        aria-label={shown === undefined ? undefined : label}
        aria-describedby={describedBy}
        aria-invalid={describedBy === undefined ? undefined : true}
        value={value}
        onChange={(event) => {
          const next = options.find((option) => option.value === event.currentTarget.value);
          if (next) onChange(next.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      {children}
    </div>
  );
}
