import { clipTo } from '../../charts/heatmap-marks.ts';
import { GAP, HELD_OUT, SEEN } from '../../charts/stage-cells.ts';
import { strings } from '../../strings/index.ts';
import type { PredictionKind } from '../../strings/stage.ts';
import type { Scene } from './scene.ts';

const words = strings.stage;

export function userName(scene: Scene, row: number): string {
  return scene.dataset.users[scene.cells.users[row] ?? -1] ?? '';
}

export function itemName(scene: Scene, column: number): string {
  return scene.dataset.items[scene.cells.items[column] ?? -1] ?? '';
}

/** What is known about the pair beside its prediction. */
export function predictionKind(scene: Scene, row: number, column: number): PredictionKind {
  const place = row * scene.cells.items.length + column;
  const kind = scene.cells.kinds[place];
  const rating = scene.cells.ratings[place] ?? 0;
  if (scene.cells.userWithoutData[row] === 1 || scene.cells.itemWithoutData[column] === 1) {
    return { kind: 'no-data', rating: kind === HELD_OUT ? rating : null };
  }
  if (kind === SEEN) return { kind: 'seen', rating };
  return kind === HELD_OUT ? { kind: 'held-out', rating } : { kind: 'gap' };
}

/** "Bo, Clue: 3.84, gap filled" */
export function predictionName(scene: Scene, row: number, column: number): string {
  const user = userName(scene, row);
  const item = itemName(scene, column);
  const place = row * scene.cells.items.length + column;
  const raw = scene.predicted?.[place];
  const kind = predictionKind(scene, row, column);
  if (kind.kind === 'no-data') return words.predictionCell(user, item, 0, kind);
  if (raw === undefined || !Number.isFinite(raw)) return words.pendingCell(user, item);
  const value = scene.clip ? clipTo(raw, scene.dataset.scale) : raw;
  const truth = kind.kind === 'gap' ? scene.truth?.[place] : undefined;
  return (
    words.predictionCell(user, item, value, kind) +
    (value === raw ? '' : words.clippedFrom(raw)) +
    (truth === undefined ? '' : words.truthInGap(truth, truth - value))
  );
}

function signed(value: number | undefined, write: (value: number) => string, pending: () => string): string {
  return value !== undefined && Number.isFinite(value) ? write(value) : pending();
}

/** "Ana, factor 1: 2.25" */
export function userFactorName(scene: Scene, row: number, factor: number): string {
  const name = userName(scene, row);
  return signed(
    scene.view?.P[row * scene.view.k + factor],
    (value) => words.factorCell(name, factor + 1, value),
    () => words.pendingCell(name, words.factor(factor + 1)),
  );
}

/** "Clue, factor 1: 0.89" */
export function itemFactorName(scene: Scene, factor: number, column: number): string {
  const name = itemName(scene, column);
  return signed(
    scene.view?.Q[column * scene.view.k + factor],
    (value) => words.factorCell(name, factor + 1, value),
    () => words.pendingCell(name, words.factor(factor + 1)),
  );
}

/** "Ana, bias: -0.12" */
export function userBiasName(scene: Scene, row: number): string {
  const name = userName(scene, row);
  return signed(
    scene.view?.bu?.[row],
    (value) => words.biasCell(name, value),
    () => words.pendingCell(name, words.userBias),
  );
}

export function itemBiasName(scene: Scene, column: number): string {
  const name = itemName(scene, column);
  return signed(
    scene.view?.bi?.[column],
    (value) => words.biasCell(name, value),
    () => words.pendingCell(name, words.itemBias),
  );
}

/** "Bo, Clue: gap", "Ana, Brazil: 3, held out": as the ratings grid says it. */
export function ratingName(scene: Scene, row: number, column: number): string {
  const place = row * scene.cells.items.length + column;
  const kind = scene.cells.kinds[place];
  const rating = kind === GAP ? null : (scene.cells.ratings[place] ?? 0);
  return words.ratingCell(userName(scene, row), itemName(scene, column), rating, kind === HELD_OUT);
}
