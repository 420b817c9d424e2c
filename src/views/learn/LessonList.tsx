import type { Lesson } from '../../lessons/lesson.ts';
import { addressOf } from '../../lessons/lesson.ts';
import { learn } from '../../strings/learn.ts';
import { doneIn, hrefOf } from './address.ts';
import { useLesson } from './guide.ts';
import { LessonLine } from './Markup.tsx';

interface Props {
  readonly lessons: readonly Lesson[];
  readonly own: Lesson | null;
  /** Writes the reader's own lesson to a file again. */
  readonly onSaveOwn: () => void;
}

/** The first step that was not done; the first of all when every one was. */
function nextStep(lesson: Lesson, done: ReadonlySet<string>): number {
  return Math.max(
    0,
    lesson.steps.findIndex((step) => !done.has(addressOf(lesson, step))),
  );
}

function Entry({ lesson, done }: { readonly lesson: Lesson; readonly done: ReadonlySet<string> }) {
  const count = doneIn(lesson, done);
  const all = lesson.steps.length;
  return (
    <li className="learn-entry">
      <a href={hrefOf(lesson, nextStep(lesson, done))}>
        {lesson.number > 0 && <span className="learn-entry-number numbers">{lesson.number}</span>}
        <span className="learn-entry-title">
          <LessonLine line={lesson.title} telling={null} />
        </span>
      </a>
      <p className="learn-entry-idea">
        <LessonLine line={lesson.idea} telling={null} />
      </p>
      <p className="learn-entry-progress muted small numbers" data-done={count === all || undefined}>
        {learn.progress(count, all)}
      </p>
    </li>
  );
}

/** Every lesson with how far it was done. */
export function LessonList({ lessons, own, onSaveOwn }: Props) {
  const done = useLesson((state) => state.done);
  const next = lessons.find((lesson) => doneIn(lesson, done) < lesson.steps.length) ?? lessons[0];
  return (
    <div className="learn-list">
      <h1>{learn.title}</h1>
      <p className="learn-intro">{learn.intro}</p>
      <p className="muted">{learn.keys}</p>
      {next && (
        <p>
          <a className="button primary" href={hrefOf(next, nextStep(next, done))}>
            {done.size === 0 ? learn.begin : learn.goOn}
          </a>
        </p>
      )}
      <h2>{learn.course}</h2>
      <ol className="learn-entries-list">
        {lessons.map((lesson) => (
          <Entry key={lesson.id} lesson={lesson} done={done} />
        ))}
      </ol>
      <h2>{learn.ownLessons}</h2>
      {own ? (
        <>
          <ul className="learn-entries-list">
            <Entry lesson={own} done={done} />
          </ul>
          <p>
            <button type="button" className="button" onClick={onSaveOwn}>
              {learn.saveOwn}
            </button>
          </p>
        </>
      ) : (
        <p className="muted">{learn.notOpened}</p>
      )}
    </div>
  );
}
