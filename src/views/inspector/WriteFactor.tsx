import { useRef, useState } from 'react';
import type { MatrixBox } from '../../charts/stage-layout.ts';
import { parseNumber } from '../../core/parse-number.ts';
import { type LearnedPlace, problemWithWrite } from '../../store/write.ts';
import { strings } from '../../strings/index.ts';
import { formatExact } from '../../strings/numbers.ts';
import { useHandle } from '../context.ts';
import { type EditorHandle, InlineEditor } from '../grid/InlineEditor.tsx';
import './write-factor.css';

const text = strings.understand;

/** The least room for typing a number, CSS px. */
const LEAST_WIDTH = 84;
const LEAST_HEIGHT = 26;

/** A learned number that is being typed over: where it stands on the stage, and what opened it. */
export interface Writing {
  readonly row: number;
  readonly column: number;
  /** What was typed to open it; null to correct what stands there. */
  readonly typed: string | null;
  /** Where the focus returns to. */
  readonly cell: HTMLElement;
}

interface Props {
  readonly writing: Writing;
  readonly box: MatrixBox;
  readonly place: LearnedPlace;
  /** "Ana, factor 1" */
  readonly name: string;
  readonly value: number;
  readonly onDone: () => void;
}

/** The field in which a number of P, Q or the biases is typed over in its cell: a hypothesis, from which training goes on. */
export function WriteFactor({ writing, box, place, name, value, onDone }: Props) {
  const { store, actions } = useHandle();
  const editor = useRef<EditorHandle>(null);
  const { row, column, typed, cell } = writing;
  // What stood there when it was opened; training may have gone on.
  const [initial] = useState(typed ?? formatExact(value));
  const width = Math.max(box.columnWidth, LEAST_WIDTH);
  const middle = box.x + (column + 0.5) * box.columnWidth;
  return (
    <div
      className="write-factor"
      style={{
        left: Math.max(0, middle - width / 2),
        top: box.y + row * box.rowHeight + Math.min(0, (box.rowHeight - LEAST_HEIGHT) / 2),
        width,
        height: Math.max(box.rowHeight, LEAST_HEIGHT),
      }}
    >
      <InlineEditor
        ref={editor}
        label={text.writeLabel(name)}
        initial={initial}
        mode={typed === null ? 'edit' : 'overwrite'}
        className="write-factor-editor"
        fontSize={13}
        commit={(written) => {
          if (typed === null && written === initial) return null;
          const parsed = parseNumber(written);
          if (!parsed.ok) return parsed.problem;
          const problem = problemWithWrite(store.getState().study, place, parsed.value);
          if (problem === null) actions.writeParameter(place.matrix, place.row, place.factor, parsed.value);
          return problem;
        }}
        onLeave={(leave) => {
          onDone();
          if (leave !== 'away') cell.focus();
        }}
      />
    </div>
  );
}
