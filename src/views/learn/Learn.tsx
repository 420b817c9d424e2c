import type { Lesson } from '../../lessons/lesson.ts';
import type { Guide } from '../../store/lesson.ts';
import type { Place } from './address.ts';
import { GuideContext } from './guide.ts';
import './learn.css';
import { LessonList } from './LessonList.tsx';
import { LessonStep } from './LessonStep.tsx';

interface Props {
  readonly guide: Guide;
  readonly lessons: readonly Lesson[];
  /** The lesson that was opened from a file. */
  readonly own: Lesson | null;
  readonly place: Place;
  readonly onSaveOwn: () => void;
}

/** The lessons: their list, or one step beside the live stage. */
export function Learn({ guide, lessons, own, place, onSaveOwn }: Props) {
  return (
    <GuideContext value={guide}>
      {place.list ? (
        <LessonList lessons={lessons} own={own} onSaveOwn={onSaveOwn} />
      ) : (
        <LessonStep lesson={place.lesson} step={place.step} lessons={lessons} />
      )}
    </GuideContext>
  );
}
