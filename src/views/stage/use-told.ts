import { useApp, usePointer } from '../context.ts';
import { narrated } from './pointed-at.ts';

/** The rating whose update is being told, or null: draws again when it changes. */
export function useTold(): ReturnType<typeof narrated> {
  const selected = usePointer((pointer) => pointer.selected);
  return useApp((state) => narrated(state, selected));
}
