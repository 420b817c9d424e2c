import { useCallback } from 'react';
import type { Lights } from '../../lessons/math.ts';
import { useHandle, usePointer } from '../context.ts';
import { isLit, spotOf } from './lit.ts';

/** Whether what it stands for is pointed at, and what makes pointing at it light the stage. */
export function useLights(lights: Lights): {
  readonly lit: boolean;
  readonly onPointerEnter: () => void;
  readonly onPointerLeave: () => void;
} {
  const { pointer } = useHandle();
  const lit = usePointer((state) => isLit(lights, state));
  const onPointerEnter = useCallback(() => {
    const { hover, selected } = pointer.getState();
    const spot = spotOf(lights, selected);
    if (spot) hover(spot);
  }, [lights, pointer]);
  const onPointerLeave = useCallback(() => pointer.getState().hover(null), [pointer]);
  return { lit, onPointerEnter, onPointerLeave };
}
