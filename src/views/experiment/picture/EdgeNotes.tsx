import { sweepPictures as words } from '../../../strings/sweep-pictures.ts';

/** The best lies on this edge of a map. */
export interface EdgeNote {
  readonly side: 'left' | 'right' | 'top' | 'bottom';
  /** What the button says; null where nothing lies beyond, or nobody listens. */
  readonly extend: { readonly label: string; readonly onClick: () => void } | null;
}

const ARROWS: Record<EdgeNote['side'], string> = { left: '←', right: '→', top: '↑', bottom: '↓' };

interface Props {
  readonly notes: readonly EdgeNote[];
  /** Where the cells begin, and how wide they are together. */
  readonly left: number;
  readonly width: number;
  /** Which of the notes: those over the cells (for the left, the right and the top edge), or under them. */
  readonly side: 'top' | 'bottom';
}

/** What stands beside an edge that the best lies on, with what extends it. */
export function EdgeNotes({ notes, left, width, side }: Props) {
  const shown = notes.filter((note) => (note.side === 'bottom') === (side === 'bottom'));
  if (shown.length === 0) return null;
  return (
    <div className="sweep-edges small" style={{ marginInlineStart: left, width }}>
      {shown.map((note) => (
        <div key={note.side} className="sweep-edge" data-side={note.side}>
          <span aria-hidden="true">{ARROWS[note.side]}</span> {words.bestOnEdge}
          {note.extend && (
            <button type="button" className="button" onClick={note.extend.onClick}>
              {note.extend.label}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
