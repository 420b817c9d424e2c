import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { parseNumber } from '../../core/parse-number.ts';
import { fail, ok, type Problem, type Result } from '../../core/problem.ts';
import { describeProblem, strings } from '../../strings/index.ts';
import { formatExact } from '../../strings/numbers.ts';
import './controls.css';
import { logStep } from './log-stops.ts';

export interface NumberFieldProps {
  /** The accessible name, and the visible label unless `hideLabel`. */
  readonly label: string;
  /** NaN: nothing was typed yet, and the field is empty. */
  readonly value: number;
  readonly min?: number;
  readonly max?: number;
  /** Allowed values lie above this one. */
  readonly exclusiveMin?: number | undefined;
  readonly integer?: boolean;
  /** What an arrow key adds (Page Up and Page Down ten times that); 'log': the next value of a logarithmic scale. */
  readonly step?: number | 'log';
  /** Where the arrow keys begin in an empty field. */
  readonly first?: number;
  readonly format?: (value: number) => string;
  /** What else speaks against a number, such as that another field holds a smaller one. */
  readonly check?: (value: number) => Problem | null;
  readonly onCommit: (value: number) => void;
  /** Enter does what the button beside the field does, with the number that then stands in it; a refused text does nothing. */
  readonly onEnter?: (value: number) => void;
  readonly describedBy?: string | undefined;
  /** The label stands elsewhere: it is the accessible name only. */
  readonly hideLabel?: boolean;
  readonly disabled?: boolean;
  /** What stays when a wrong text is refused: "k" says "k stays 3."; the label if left out. */
  readonly symbol?: string;
  /** What stands before the field instead of the plain label, which remains the accessible name. */
  readonly children?: ReactNode;
  readonly className?: string;
}

interface Limits {
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly exclusiveMin: number | undefined;
  readonly integer: boolean;
  readonly check: ((value: number) => Problem | null) | undefined;
}

/** The number that `text` says, if the field may hold it. */
function read(text: string, limits: Limits): Result<number> {
  const parsed = parseNumber(text);
  if (!parsed.ok) return parsed;
  const got = text.trim();
  const { value } = parsed;
  if (limits.integer && !Number.isInteger(value)) return fail({ code: 'not-an-integer', got });
  if (limits.exclusiveMin !== undefined && value <= limits.exclusiveMin) {
    return fail({ code: 'below-minimum', got, expected: strings.common.justAbove(formatExact(limits.exclusiveMin)) });
  }
  if (limits.min !== undefined && value < limits.min)
    return fail({ code: 'below-minimum', got, expected: formatExact(limits.min) });
  if (limits.max !== undefined && value > limits.max)
    return fail({ code: 'above-maximum', got, expected: formatExact(limits.max) });
  const problem = limits.check?.(value) ?? null;
  return problem ? fail(problem) : ok(value === 0 ? 0 : value);
}

/** `value` plus so many hundredths and the like, without the tail that binary fractions leave (0.1 + 0.2). */
function add(value: number, step: number): number {
  return Number((value + step).toPrecision(12));
}

/**
 * Runs a thing at once, or, while a pointer is held down, after it was let go: an answer that appears in the middle of a
 * click would move the page under it, and the click would miss. Watches the pointer while `watch`.
 */
function usePointerEnd(watch: boolean): (thing: () => void) => void {
  const down = useRef(false);
  useEffect(() => {
    if (!watch) return;
    const press = () => {
      down.current = true;
    };
    const release = () => {
      down.current = false;
    };
    window.addEventListener('pointerdown', press, true);
    window.addEventListener('pointerup', release, true);
    return () => {
      window.removeEventListener('pointerdown', press, true);
      window.removeEventListener('pointerup', release, true);
    };
  }, [watch]);
  return (thing) => {
    if (!down.current) return thing();
    down.current = false;
    let done = false;
    const once = () => {
      if (done) return;
      done = true;
      // The click follows the pointer's end; the answer follows the click.
      setTimeout(thing);
    };
    window.addEventListener('pointerup', once, { once: true });
    window.addEventListener('pointercancel', once, { once: true });
  };
}

/**
 * A number that is typed: a text input with role `spinbutton`, because a native number field cannot report "3,5". What is
 * typed is free until Enter or leaving the field; a text that is wrong stays as it is, is answered beside the field, and
 * changes nothing. Esc brings the number back.
 */
export function NumberField(props: NumberFieldProps) {
  const { label, value, min, max, exclusiveMin, integer = false, step = 1, first = 0 } = props;
  const empty = Number.isNaN(value);
  const format = empty ? () => '' : (props.format ?? formatExact);
  const {
    check,
    onCommit,
    onEnter,
    describedBy,
    hideLabel = false,
    disabled = false,
    symbol = label,
    children,
    className,
  } = props;
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [known, setKnown] = useState(value);
  const [focused, setFocused] = useState(false);
  const afterPointer = usePointerEnd(focused);
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  });

  // The number was changed from elsewhere (slider, undo): what is left of a mistake is out of date, a text being typed is not.
  if (!Object.is(known, value)) {
    setKnown(value);
    if (problem || !focused) {
      setDraft(null);
      setProblem(null);
    }
  }

  const limits: Limits = { min, max, exclusiveMin, integer, check };

  const settle = (next: number) => {
    setDraft(null);
    setProblem(null);
    if (!Object.is(next, value)) onCommit(next);
  };

  /** Takes the text if it is right; else `refuse` says when the answer is shown. The number that stands then; null: refused. */
  const commit = (refuse: (answer: () => void) => void): number | null => {
    if (draft === null || draft === format(value)) {
      setDraft(null);
      setProblem(null);
      return value;
    }
    const result = read(draft, limits);
    if (result.ok) {
      settle(result.value);
      return result.value;
    }
    refuse(() => {
      if (latest.current === draft) setProblem(result.problem);
    });
    return null;
  };

  const stepBy = (up: boolean, far: boolean) => {
    const typed = draft === null ? null : read(draft, limits);
    const from = typed?.ok ? typed.value : value;
    const stepped = () => (step === 'log' ? logStep(from, up, far) : add(from, (up ? 1 : -1) * step * (far ? 10 : 1)));
    const next = Number.isNaN(from) ? first : stepped();
    const least = min ?? Number.NEGATIVE_INFINITY;
    const most = max ?? Number.POSITIVE_INFINITY;
    const bounded = Math.min(Math.max(next, least), most);
    if ((exclusiveMin !== undefined && bounded <= exclusiveMin) || check?.(bounded)) return;
    settle(bounded);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case 'Enter': {
        const taken = commit((answer) => answer());
        if (taken !== null && !Number.isNaN(taken)) onEnter?.(taken);
        break;
      }
      case 'Escape':
        if (draft === null && !problem) return;
        event.stopPropagation();
        setDraft(null);
        setProblem(null);
        break;
      case 'ArrowUp':
      case 'ArrowDown':
        stepBy(event.key === 'ArrowUp', false);
        break;
      case 'PageUp':
      case 'PageDown':
        stepBy(event.key === 'PageUp', true);
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  const messageId = `${id}-message`;
  const described = [problem ? messageId : null, describedBy].filter(Boolean).join(' ');
  return (
    <div className={className ? `number-field ${className}` : 'number-field'}>
      {children}
      {!hideLabel && !children && <label htmlFor={id}>{label}</label>}
      <input
        id={id}
        className="field"
        type="text"
        inputMode={integer && (min ?? -1) >= 0 ? 'numeric' : 'decimal'}
        role="spinbutton"
        autoComplete="off"
        spellCheck={false}
        disabled={disabled}
        value={draft ?? format(value)}
        aria-label={hideLabel || children ? label : undefined}
        aria-valuenow={empty ? undefined : value}
        aria-valuemin={min ?? exclusiveMin}
        aria-valuemax={max}
        aria-valuetext={empty ? undefined : format(value)}
        aria-invalid={problem ? true : undefined}
        aria-describedby={described || undefined}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          commit(afterPointer);
        }}
      />
      {problem && (
        <p id={messageId} role="alert" className="number-field-message small">
          {describeProblem(problem)} {!empty && strings.common.stays(symbol, format(value))}
        </p>
      )}
    </div>
  );
}
