import { addressOf, type Lesson } from '../../lessons/lesson.ts';

/** What an address after `#/` asks for: the list, or a step of a lesson. Null: there is no such page. */
export type Place = { readonly list: true } | { readonly list: false; readonly lesson: Lesson; readonly step: number };

/** `learn`, `learn/<lesson>` (its first step) or `learn/<lesson>/<step>`. */
export function placeOf(route: string, find: (id: string) => Lesson | null): Place | null {
  const [view, lessonId, stepId, ...rest] = route.split('/');
  if (view !== 'learn' || rest.length > 0) return null;
  if (lessonId === undefined || lessonId === '') return { list: true };
  const lesson = find(lessonId);
  if (!lesson) return null;
  const step = stepId === undefined || stepId === '' ? 0 : lesson.steps.findIndex(({ id }) => id === stepId);
  return step < 0 ? null : { list: false, lesson, step };
}

/** The address of a step; that of the list where there is none. */
export function hrefOf(lesson: Lesson | null, step: number): string {
  const found = lesson?.steps[step];
  return lesson && found ? `#/learn/${addressOf(lesson, found)}` : '#/learn';
}

/** How many steps of a lesson were done. */
export function doneIn(lesson: Lesson, done: ReadonlySet<string>): number {
  return lesson.steps.filter((step) => done.has(addressOf(lesson, step))).length;
}
