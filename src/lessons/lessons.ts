import { lesson as gapIsNotZero } from './01-a-gap-is-not-a-zero.ts';
import { lesson as errorAndRmse } from './02-error-and-rmse.ts';
import { lesson as twoThinMatrices } from './03-two-thin-matrices.ts';
import { lesson as dotProduct } from './04-a-dot-product-predicts.ts';
import { lesson as downhill } from './05-downhill.ts';
import { lesson as oneUpdate } from './06-one-update-by-hand.ts';
import { lesson as anEpoch } from './07-an-epoch.ts';
import { lesson as randomStarts } from './08-random-starts.ts';
import { lesson as learningRate } from './09-learning-rate.ts';
import { lesson as holdOut } from './10-hold-out.ts';
import { lesson as overfitting } from './11-overfitting.ts';
import { lesson as biases } from './12-biases.ts';
import { lesson as choosingK } from './13-choosing-k.ts';
import { lesson as rotation } from './14-rotation.ts';
import { lesson as howSure } from './15-how-sure.ts';
import { lesson as alikeAndRecommended } from './16-alike-and-recommended.ts';
import { lesson as coldStart } from './17-cold-start.ts';
import { lesson as optimizers } from './18-optimizers.ts';
import type { Lesson } from './lesson.ts';

/** The course, in the order of a lecture. */
export const LESSONS: readonly Lesson[] = [
  gapIsNotZero,
  errorAndRmse,
  twoThinMatrices,
  dotProduct,
  downhill,
  oneUpdate,
  anEpoch,
  randomStarts,
  learningRate,
  holdOut,
  overfitting,
  biases,
  choosingK,
  rotation,
  howSure,
  alikeAndRecommended,
  coldStart,
  optimizers,
];

/** The lesson of that id, or null. */
export function findLesson(id: string): Lesson | null {
  return LESSONS.find((lesson) => lesson.id === id) ?? null;
}
