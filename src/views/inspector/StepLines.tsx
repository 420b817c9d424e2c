import type { ReactNode } from 'react';
import { useHandle, usePointer } from '../context.ts';

/** How many factors are spelled out. */
export const FACTORS_SHOWN = 4;

/** A letter with its index. */
export function IndexedLetter({ of, by }: { of: string; by: string | number }) {
  return (
    <span className="step-symbol">
      <i className="symbol">{of}</i>
      <sub className="symbol">{by}</sub>
    </span>
  );
}

/**
 * One number of the step, in its lines. `room`: the same at its widest. A `factor`'s step lights its cells in P and Qᵀ when
 * pointed at, and is lit when they are.
 */
export function Step(props: { symbol: ReactNode; children: ReactNode; room: string; factor?: number | null }) {
  const { symbol, children, room, factor = null } = props;
  const { pointer } = useHandle();
  const lit = usePointer((state) => factor !== null && state.hovered?.factor === factor);
  const { hover } = pointer.getState();
  return (
    <li
      className={lit ? 'step step-lit' : 'step'}
      onPointerEnter={() => factor !== null && hover({ ...pointer.getState().selected, factor })}
      onPointerLeave={() => factor !== null && hover(null)}
    >
      {symbol}
      <span className="step-sum numbers" data-room={room}>
        <span>{children}</span>
      </span>
    </li>
  );
}

/** A line of a step: what is reckoned, and what it makes. */
export function Line({ sum, is, strong = false }: { sum: string; is: string; strong?: boolean }) {
  return (
    <span className="step-line">
      {sum} = {strong ? <b>{is}</b> : is}
    </span>
  );
}
