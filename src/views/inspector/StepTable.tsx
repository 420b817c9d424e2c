import type { ReactNode } from 'react';

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
