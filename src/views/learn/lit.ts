import type { Index, Lights } from '../../lessons/math.ts';
import type { PointerState, Spot } from '../../store/pointer.ts';

type Selected = PointerState['selected'];

/** The row an index means, from 0; null for the letter k, which means all of them. */
function resolve(index: Index | undefined, letter: number): number | null {
  if (index === undefined || index === 'k') return null;
  return typeof index === 'number' ? index - 1 : letter;
}

/** The cells that a symbol stands for; null for settings and μ, which are no cells. */
export function spotOf(lights: Lights, selected: Selected): Spot | null {
  const { symbol } = lights;
  if (symbol === 'mu' || symbol === 'alpha' || symbol === 'beta') return null;
  return {
    user: lights.user === undefined ? null : resolve(lights.user, selected.user),
    item: lights.item === undefined ? null : resolve(lights.item, selected.item),
    factor: resolve(lights.factor, 0),
  };
}

/** Whether the symbol stands for (a part of) what is pointed at. */
export function isLit(lights: Lights, { hovered, selected }: Pick<PointerState, 'hovered' | 'selected'>): boolean {
  const own = spotOf(lights, selected);
  if (!own || !hovered) return false;
  const same = (mine: number | null, there: number | null) => mine === null || mine === there;
  switch (lights.symbol) {
    case 'p':
      // A cell of R̂ lights the whole row of P that makes it; a cell of P its own number.
      return same(own.user, hovered.user) && (hovered.factor === null || same(own.factor, hovered.factor));
    case 'q':
      return same(own.item, hovered.item) && (hovered.factor === null || same(own.factor, hovered.factor));
    case 'bu':
      return same(own.user, hovered.user) && hovered.factor === null;
    case 'bi':
      return same(own.item, hovered.item) && hovered.factor === null;
    default:
      return (
        hovered.user !== null &&
        hovered.item !== null &&
        hovered.factor === null &&
        same(own.user, hovered.user) &&
        same(own.item, hovered.item)
      );
  }
}
