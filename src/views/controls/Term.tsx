import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { strings } from '../../strings/index.ts';
import './controls.css';

export interface TermProps {
  /** The term as it is named: "Learning rate α". */
  readonly term: string;
  /** What it means, in one sentence. */
  readonly meaning: string;
  /** How the term is shown; the plain name if left out. It reads the same as the name. */
  readonly children?: ReactNode;
}

/** A word that a student may not know: tap it (or press Enter) for its meaning, Esc or a tap elsewhere closes it. */
export function Term({ term, meaning, children }: TermProps) {
  return (
    <Popover.Root>
      <Popover.Trigger className="term" aria-label={strings.common.meaningOf(term)}>
        {children ?? term}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="term-meaning"
          side="bottom"
          align="start"
          sideOffset={6}
          collisionPadding={12}
          aria-label={term}
        >
          {meaning}
          <Popover.Arrow className="term-arrow" width={12} height={6} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
