import { type ReactNode, useId } from 'react';
import { Term } from '../controls/Term.tsx';

interface Props {
  /** The accessible name, and the visible label; tapped, it tells its meaning. */
  readonly label: string;
  readonly meaning: string;
  /** What stands beside the label but not in the name: "(2)". */
  readonly aside?: string | null;
  /** The number alone. */
  readonly text: string;
  readonly kind: 'epoch' | 'seen' | 'heldOut';
  /** While numbers run they are not read out; at rest a new one is. */
  readonly running: boolean;
  /** Small print under the number; its lines are kept free when empty. */
  readonly children?: ReactNode;
}

/** Longer numbers are set smaller, to keep to their place. */
const LONG = 7;
const VERY_LONG = 10;

function length(text: string): 'long' | 'very' | undefined {
  return text.length > VERY_LONG ? 'very' : text.length > LONG ? 'long' : undefined;
}

/** A number that changes while one looks at it: fixed width, tabular figures, a status of its own. */
export function Readout({ label, meaning, aside = null, text, kind, running, children }: Props) {
  const id = useId();
  return (
    <div className={`readout ${kind}`}>
      <div className="readout-label small">
        <Term term={label} meaning={meaning}>
          {/* The status is named by the word, not by the button around it. */}
          <span id={id}>{label}</span>
        </Term>
        {aside && <span> {aside}</span>}
      </div>
      <div
        className="readout-number numbers"
        data-length={length(text)}
        role="status"
        aria-live={running ? 'off' : 'polite'}
        aria-labelledby={id}
      >
        {text}
      </div>
      <div className="readout-notes numbers">{children}</div>
    </div>
  );
}
