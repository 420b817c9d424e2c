import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import type { Problem } from '../../core/problem.ts';
import { describeProblem } from '../../strings/index.ts';

/** Where to go after the text was taken in. `away`: the person already went elsewhere. */
export type Leave = 'up' | 'down' | 'left' | 'right' | 'stay' | 'away';

export interface EditorHandle {
  /** Takes the text in as if Enter were pressed; false when it is wrong and the editor stays. */
  settle(): boolean;
}

export interface InlineEditorProps {
  readonly label: string;
  readonly initial: string;
  /** `overwrite`: opened by typing, so arrow keys move on; `edit`: opened to correct, so arrow keys move the caret. */
  readonly mode: 'overwrite' | 'edit';
  /** Takes a text in, or says what is wrong with it. */
  readonly commit: (typed: string) => Problem | null;
  readonly onLeave: (leave: Leave) => void;
  /** A remark on a text that is allowed. */
  readonly remark?: ((typed: string) => string | null) | undefined;
  readonly className: string;
  readonly fontSize: number;
  readonly ref: Ref<EditorHandle>;
}

const ARROWS: Readonly<Record<string, Leave>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/**
 * The field in which a rating or a name is typed in its place. Enter, Tab and (when overwriting) arrows take the text in and move on,
 * Esc lets it go, leaving the field takes it in. A wrong text stays where it is, marked and answered; nothing typed is lost.
 */
export function InlineEditor({
  label,
  initial,
  mode,
  commit,
  onLeave,
  remark,
  className,
  fontSize,
  ref,
}: InlineEditorProps) {
  const input = useRef<HTMLInputElement>(null);
  const left = useRef(false);
  const [typed, setTyped] = useState(initial);
  const [problem, setProblem] = useState<Problem | null>(null);
  const noteId = useId();

  useEffect(() => {
    const field = input.current;
    if (!field) return;
    field.focus();
    if (mode === 'edit') field.select();
    else field.setSelectionRange(field.value.length, field.value.length);
  }, [mode]);

  const settle = (leave: Leave): boolean => {
    if (left.current) return true;
    const wrong = commit(typed);
    setProblem(wrong);
    if (wrong) return false;
    left.current = true;
    onLeave(leave);
    return true;
  };
  useImperativeHandle(ref, () => ({ settle: () => (problem ? false : settle('away')) }));

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // The grid must not read what is typed into one of its cells.
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      left.current = true;
      onLeave('stay');
      return;
    }
    const arrow =
      mode === 'overwrite' && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey
        ? ARROWS[event.key]
        : undefined;
    const leave =
      event.key === 'Enter'
        ? event.shiftKey
          ? 'up'
          : 'down'
        : event.key === 'Tab'
          ? event.shiftKey
            ? 'left'
            : 'right'
          : arrow;
    if (!leave) return;
    event.preventDefault();
    settle(leave);
  };

  const note = problem ? describeProblem(problem) : (remark?.(typed) ?? null);
  return (
    <span className={`ratings-editor ${className}`} style={{ fontSize }}>
      <input
        ref={input}
        className="ratings-input"
        aria-label={label}
        aria-invalid={problem ? true : undefined}
        aria-describedby={note ? noteId : undefined}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="next"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setProblem(null);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          // Another window came to the front: the person will be back. A text that was answered already stays as it is.
          if (!document.hasFocus() || problem) return;
          settle('away');
        }}
      />
      {note && (
        <span id={noteId} className={problem ? 'ratings-note wrong' : 'ratings-note'}>
          {note}
        </span>
      )}
    </span>
  );
}
