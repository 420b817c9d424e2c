import type { StageLinks } from '../../charts/stage-overlay.ts';
import type { PointerState } from '../../store/pointer.ts';
import { placeOnStage, type Scene } from './scene.ts';

/**
 * The pair that the stage is about right now: what is hovered or focused, filled up by the selection where that names only
 * a user or only an item. Null when it stands outside the window.
 */
export function pointedAt(scene: Pick<Scene, 'cells'>, { hovered, selected }: PointerState): StageLinks | null {
  const user = hovered?.user ?? selected.user;
  const item = hovered?.item ?? selected.item;
  const place = placeOnStage(scene, user, item) ?? placeOnStage(scene, selected.user, selected.item);
  return place && { ...place, factor: hovered?.factor ?? null };
}
