import type { ReactNode } from 'react';

/** The sentence under a control that it is described by. */
export function Note({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="setting-note muted small numbers">
      {children}
    </p>
  );
}
