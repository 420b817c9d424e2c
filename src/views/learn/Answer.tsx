import { useId, useState } from 'react';
import { parseNumber } from '../../core/parse-number.ts';
import { fail, type Result } from '../../core/problem.ts';
import type { NumberInput } from '../../lessons/lesson.ts';
import { describeProblem, strings } from '../../strings/index.ts';
import { learn } from '../../strings/learn.ts';
import { formatExact } from '../../strings/numbers.ts';
import { Range } from '../controls/Range.tsx';
import { useGuide, useLesson } from './guide.ts';
import { LessonLine } from './Markup.tsx';

/** The step's decimals, so that a slider's stops are numbers as people write them. */
function stopAt(low: number, step: number, position: number): number {
  return Number((low + position * step).toPrecision(12));
}

/** Groups of three digits, as texts write them: 240,000. */
const GROUPED = /^[+\-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;

/** A number as a person answers it. Problems: those of `parseNumber`; 'out-of-range' beyond the ends that the field has. */
function readAnswer(text: string, { range }: NumberInput): Result<number> {
  const trimmed = text.trim();
  const number = parseNumber(GROUPED.test(trimmed) ? trimmed.replaceAll(',', '') : trimmed);
  if (!number.ok || !range || (number.value >= range.low && number.value <= range.high)) return number;
  const expected = learn.between(formatExact(range.low), formatExact(range.high));
  return fail({ code: 'out-of-range', got: trimmed, expected });
}

function Slider({ input, value }: { readonly input: NumberInput; readonly value: number | null }) {
  const guide = useGuide();
  if (!input.range) return null;
  const { low, high, step } = input.range;
  const last = Math.round((high - low) / step);
  const position = Math.min(last, Math.max(0, Math.round(((value ?? low) - low) / step)));
  return (
    <Range
      label={input.label}
      position={position}
      min={0}
      max={last}
      text={value === null ? learn.nothing : formatExact(value)}
      onMove={(next) => guide.type(stopAt(low, step, next))}
    />
  );
}

/**
 * The number that a step asks for, given by Enter or the button; a wrong text is answered and kept. Empty at first, but where
 * it fills P: there the stage has a number already.
 */
export function Answer({ input }: { readonly input: NumberInput }) {
  const guide = useGuide();
  const id = useId();
  const given = useLesson((state) => state.facts?.typed ?? null);
  const filled = useLesson((state) => (input.fills === 'P' ? (state.facts?.now.parameters.P[0] ?? null) : null));
  const typed = given ?? filled;
  const done = useLesson((state) => state.met);
  const ready = useLesson((state) => state.phase === 'ready');
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const give = () => {
    if (draft === null) return;
    const number = readAnswer(draft, input);
    if (!number.ok) {
      setProblem(describeProblem(number.problem));
      return;
    }
    setProblem(null);
    setDraft(null);
    guide.type(number.value);
  };
  const said =
    problem ?? (given !== null && !done && draft === null && !input.range ? learn.notYet(formatExact(given)) : '');
  return (
    <form
      className="learn-answer"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        give();
      }}
    >
      <label htmlFor={id}>
        <LessonLine line={input.label} telling={null} />
      </label>
      <div className="learn-answer-line">
        <input
          id={id}
          className="field"
          type="text"
          inputMode="text"
          role="spinbutton"
          autoComplete="off"
          spellCheck={false}
          disabled={!ready}
          value={draft ?? (typed === null ? '' : formatExact(typed))}
          aria-valuenow={typed ?? undefined}
          aria-valuemin={input.range?.low}
          aria-valuemax={input.range?.high}
          aria-valuetext={typed === null ? strings.common.dash : formatExact(typed)}
          aria-invalid={problem !== null || undefined}
          aria-describedby={`${id}-said`}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={() => {
            if (draft !== null && draft.trim() === '') setDraft(null);
          }}
        />
        <button type="submit" className="button" disabled={!ready}>
          {input.fills ? learn.set : learn.check}
        </button>
      </div>
      <Slider input={input} value={typed} />
      <p id={`${id}-said`} role="status" className="learn-answer-said small">
        {said}
      </p>
    </form>
  );
}
