import { addressOf, type Lesson } from '../../lessons/lesson.ts';
import { learn } from '../../strings/learn.ts';
import { hrefOf } from './address.ts';
import { useLesson } from './guide.ts';

interface Props {
  readonly lesson: Lesson;
  readonly step: number;
  readonly before: string;
  readonly after: { readonly href: string; readonly label: string };
  /** Leads to what is said in the text about the task; not there where that is in sight anyway. */
  readonly word?: { readonly label: string; readonly broken: boolean; readonly show: () => void } | null;
}

/** A dot for each step, Back and Next. All are links: each step has its own address. */
export function LessonNav({ lesson, step, before, after, word }: Props) {
  const done = useLesson((state) => state.done);
  const { steps } = lesson;
  return (
    <div className="learn-nav">
      <nav aria-label={learn.steps}>
        <ol className="learn-dots">
          {steps.map((one, at) => {
            const isDone = done.has(addressOf(lesson, one));
            return (
              <li key={one.id}>
                <a
                  href={hrefOf(lesson, at)}
                  className="learn-dot"
                  aria-label={learn.stepName(at + 1, steps.length, isDone)}
                  title={learn.stepName(at + 1, steps.length, isDone)}
                  aria-current={at === step ? 'step' : undefined}
                  data-done={isDone || undefined}
                >
                  <span />
                </a>
              </li>
            );
          })}
        </ol>
      </nav>
      <div className="learn-ways">
        {word && (
          <button type="button" className="button learn-why" data-broken={word.broken || undefined} onClick={word.show}>
            {word.label}
          </button>
        )}
        <a className="button" href={before}>
          {learn.back}
        </a>
        <a className="button primary" href={after.href}>
          {after.label}
        </a>
      </div>
    </div>
  );
}
