import type { ReactNode } from 'react';
import { useHandle, usePointer } from '../context.ts';

/** A table of a step; one that is wider than the panel scrolls by itself, by keyboard too. */
export function StepTable({ name, children }: { name: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached without a pointer
    <section className="step-scroll" aria-label={name} tabIndex={0}>
      <table className="understand-table step-table numbers" aria-label={name}>
        {children}
      </table>
    </section>
  );
}

/** The row of a rating: pointing at it lights its cell, and its cell lights it. */
export function CellRow({ user, item, children }: { user: number; item: number; children: ReactNode }) {
  const { hover } = useHandle().pointer.getState();
  const lit = usePointer(({ hovered }) => hovered?.user === user && hovered.item === item);
  return (
    <tr
      className={lit ? 'step-row-lit' : undefined}
      onPointerEnter={() => hover({ user, item, factor: null })}
      onPointerLeave={() => hover(null)}
    >
      {children}
    </tr>
  );
}
