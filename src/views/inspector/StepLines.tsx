import { type ReactNode, useState } from 'react';
import { strings } from '../../strings/index.ts';
import { useHandle, usePointer } from '../context.ts';

/** How many factors are spelled out at first. */
export const FACTORS_SHOWN = 4;

/** A sentence about the step. */
export function Note({ children }: { children: string }) {
  return <p className="muted small">{children}</p>;
}

/** A letter with its index. */
export function IndexedLetter({ of, by }: { of: string; by: string | number }) {
  return (
    <span className="step-symbol">
      <i className="symbol">{of}</i>
      <sub className="symbol">{by}</sub>
    </span>
  );
}

/** Whether something of this factor is pointed at, and what makes it so; null is of no factor. */
export function usePointedFactor(factor: number | null) {
  const { pointer } = useHandle();
  const lit = usePointer((state) => factor !== null && state.hovered?.factor === factor);
  const { hover } = pointer.getState();
  return {
    lit,
    onPointerEnter: () => factor !== null && hover({ ...pointer.getState().selected, factor }),
    onPointerLeave: () => factor !== null && hover(null),
  };
}

/**
 * One number of the step, in its lines. `room`: the same at its widest, where numbers change while they are looked at. A `factor`'s
 * step lights its cells in P and Qᵀ when pointed at, and is lit when they are.
 */
export function Step(props: { symbol: ReactNode; children: ReactNode; room?: string; factor?: number | null }) {
  const { symbol, children, room, factor = null } = props;
  const { lit, ...events } = usePointedFactor(factor);
  return (
    <li className={lit ? 'step step-lit' : 'step'} {...events}>
      {symbol}
      <span className="step-sum numbers" data-room={room}>
        <span>{children}</span>
      </span>
    </li>
  );
}

/**
 * A line of a step: what is reckoned, and what it makes. `name`: the letter of what it makes. A strong line ends with the number that
 * the button writes; `exact` is all of its digits.
 */
export function Line(props: { name?: ReactNode; sum: ReactNode; is: string; strong?: boolean; exact?: number }) {
  const { name, sum, is, strong = false, exact } = props;
  return (
    <span className="step-line">
      {name !== undefined && <>{name} = </>}
      {sum !== null && <>{sum} = </>}
      {strong ? <b>{exact === undefined ? is : <Exact value={exact}>{is}</Exact>}</b> : is}
    </span>
  );
}

/** A number as it is printed, with all its digits for whoever reads the page by machine. */
export function Exact({ value, children }: { value: number; children: string }) {
  return <data value={String(value)}>{children}</data>;
}

/** The first of many, until all are asked for. */
export function useFirst(all: number, first = FACTORS_SHOWN) {
  const [open, setOpen] = useState(false);
  return { shown: open ? all : Math.min(all, first), more: all > first, open, toggle: () => setOpen(!open) };
}

/** Shows all of what `useFirst` shortens, and the first again; nothing where there are no more. */
export function ShowAll({ of, children }: { of: ReturnType<typeof useFirst>; children: string }) {
  if (!of.more) return null;
  return (
    <button type="button" className="show-all" aria-expanded={of.open} onClick={of.toggle}>
      {of.open ? strings.nextUpdate.showFewer : children}
    </button>
  );
}
