import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { readLesson } from '../io/read-lesson.ts';
import type { Lesson } from '../lessons/lesson.ts';
import { findLesson, LESSONS } from '../lessons/lessons.ts';
import { learn } from '../strings/learn.ts';
import { HandleContext } from '../views/context.ts';
import { Header } from '../views/header/Header.tsx';
import { hrefOf, placeOf } from '../views/learn/address.ts';
import { Learn } from '../views/learn/Learn.tsx';
import { Messages } from '../views/messages/Messages.tsx';
import type { Booted } from './boot.ts';
import { DropTarget } from './DropTarget.tsx';
import { saveText } from './export-file.ts';
import { listenForCommands } from './keyboard.ts';
import { learnRoom } from './learn-room.ts';
import { OWN_LESSON_ID } from './own-lesson.ts';

interface Props {
  readonly booted: Booted;
  /** The address after `#/`. */
  readonly route: string;
}

/** The lesson opened from a file; its own id and number mean nothing here. */
function useOwnLesson({ ownLesson }: Booted): { readonly text: string | null; readonly lesson: Lesson | null } {
  const text = useStore(ownLesson.store, (state) => state.text);
  const lesson = useMemo(() => {
    const read = text === null ? null : readLesson(text);
    return read?.ok ? { ...read.value, id: OWN_LESSON_ID, number: 0 } : null;
  }, [text]);
  return { text, lesson };
}

/** Learn: the lessons on a store of their own. */
export default function LearnRoute({ booted, route }: Props) {
  const { app, guide, handle } = learnRoom(booted);
  const own = useOwnLesson(booted);
  const place = useMemo(
    () => placeOf(route, (id) => (id === OWN_LESSON_ID ? own.lesson : findLesson(id))),
    [route, own.lesson],
  );
  useEffect(() => listenForCommands(handle), [handle]);
  // The reader's own run rests while they are away; nothing else of it changes.
  useEffect(() => {
    booted.app.actions.pause();
    return () => guide.leave();
  }, [booted, guide]);
  useEffect(() => {
    if (place === null) {
      app.actions.report({ code: 'unknown-address', got: `#/${route}` }, learn.unknownLesson);
      window.location.replace('#/learn');
    } else if (!place.list) {
      const address = hrefOf(place.lesson, place.step);
      if (address !== `#/${route}`) window.history.replaceState(null, '', address);
    } else guide.leave();
  }, [app, guide, place, route]);
  // Another file opened while one is on the stage asks for the address that stands here already, and for its first step.
  useEffect(() => {
    if (place === null || place.list) return;
    const address = hrefOf(place.lesson, place.step);
    const put = () => {
      if (window.location.hash === `#/${route}` && window.location.hash !== address)
        window.history.replaceState(null, '', address);
    };
    window.addEventListener('hashchange', put);
    return () => window.removeEventListener('hashchange', put);
  }, [place, route]);
  const onOpen = (file: File) => booted.open(file, handle);
  return (
    <HandleContext value={handle}>
      <div className="shell learn-shell">
        <Header
          experiment={booted.app.experiment}
          onOpen={onOpen}
          onExport={(kind) => booted.save(kind, app)}
          matrices={place?.list === false}
        />
        <main className="learn-main">
          <Learn
            guide={guide}
            lessons={LESSONS}
            own={own.lesson}
            place={place ?? { list: true }}
            onSaveOwn={() => own.text !== null && saveText('lesson.json', 'application/json', own.text)}
          />
        </main>
        <Messages />
      </div>
      <DropTarget onOpen={onOpen} />
    </HandleContext>
  );
}
