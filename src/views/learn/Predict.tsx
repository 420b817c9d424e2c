import { useId } from 'react';
import type { Question } from '../../lessons/lesson.ts';
import { learn } from '../../strings/learn.ts';
import { useBeginning, useGuide, useLesson } from './guide.ts';
import { LessonLine } from './Markup.tsx';
import { lineAsText } from './plain.ts';

/** A question asked before the run. Nothing here knows the answer: the guide computes it once the task is done. */
export function Predict({ question }: { readonly question: Question }) {
  const guide = useGuide();
  const name = useId();
  const beginning = useBeginning();
  const chosen = useLesson((state) => state.facts?.chosen ?? '');
  const done = useLesson((state) => state.met);
  const words = lineAsText(question.question, beginning);
  return (
    <div className="learn-predict">
      <p>
        <strong>{learn.predictFirst}:</strong> <LessonLine line={question.question} telling={beginning} />
      </p>
      <div className="learn-options" role="radiogroup" aria-label={words}>
        {question.options.map((option) => (
          <label key={option.id} className="learn-option">
            <input
              type="radio"
              name={name}
              value={option.id}
              checked={option.id === chosen}
              disabled={done}
              onChange={() => guide.choose(option.id)}
            />
            <span>
              <LessonLine line={option.text} telling={beginning} />
            </span>
          </label>
        ))}
      </div>
    </div>
  );
}

/** What became of it; nothing before the task is done. */
export function Verdict({ question }: { readonly question: Question }) {
  const answer = useLesson((state) => state.answer);
  const chosen = useLesson((state) => state.told?.chosen ?? null);
  const beginning = useBeginning();
  const text = (id: string | null) => {
    const option = question.options.find((one) => one.id === id);
    return option ? lineAsText(option.text, beginning) : null;
  };
  const said = text(chosen);
  const is = text(answer);
  if (is === null) return null;
  if (said === null) return <p>{learn.answerIs(is)}</p>;
  return (
    <p>
      {learn.youSaid(said)} {said === is ? learn.right : learn.itIs(is)}
    </p>
  );
}
