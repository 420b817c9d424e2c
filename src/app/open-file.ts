import type { Dataset } from '../core/dataset.ts';
import { clearZeros } from '../core/edit.ts';
import { EMPTY_HISTORY } from '../core/history.ts';
import { presetFor } from '../core/presets.ts';
import type { Problem } from '../core/problem.ts';
import { chooseHeldOut } from '../core/split.ts';
import { readFile } from '../io/reader.ts';
import readerEntry from '../io/reader-entry.ts?worker&url';
import type { Actions } from '../store/actions.ts';
import { SPEEDS } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import { describeProblem, strings } from '../strings/index.ts';
import { LARGEST_LESSON, looksLikeLesson, OWN_LESSON_ADDRESS } from './own-lesson.ts';
import { startWorker } from './worker-scripts.ts';

/**
 * Reads a file in a worker and puts what it holds in the place of the study, in Play; a lesson is opened in Learn. A wrong
 * file says why and changes nothing. `teller` belongs to the view that is open.
 */
export async function openFile(
  app: Pick<Store, 'store' | 'actions'>,
  file: File,
  teller: Pick<Actions, 'setBusy' | 'report'>,
  openLesson: (text: string) => Promise<Problem | null>,
): Promise<void> {
  const { actions } = app;
  const lesson = await lessonText(file);
  if (lesson !== null) {
    const problem = await openLesson(lesson);
    if (problem) {
      teller.report(
        { ...problem, where: problem.where ? `${file.name}, ${problem.where}` : file.name },
        strings.app.nothingOpened,
      );
    } else window.location.hash = OWN_LESSON_ADDRESS;
    return;
  }
  const label = strings.app.reading(file.name);
  teller.setBusy({ label, share: null });
  const read = await readFile(
    file,
    () => startWorker(readerEntry),
    (share) => teller.setBusy({ label, share }),
  );
  teller.setBusy(null);
  if (!read.ok) {
    teller.report(
      { ...read.problem, where: read.problem.where ? `${file.name}, ${read.problem.where}` : file.name },
      strings.app.nothingOpened,
    );
    return;
  }
  // What is opened is the reader's own study, wherever they opened it from.
  if (app.store.getState().view.route !== 'play') window.location.hash = '#/play';
  if (read.value.kind === 'session') {
    actions.openSession(read.value.session, file.name);
    return;
  }
  const { dataset, layout, header, withTimes, skipped, skippedTotal, zeros } = read.value.ratings;
  const { model, holdOut, runTo } = presetFor(dataset);
  const study = { dataset: chooseHeldOut(dataset, holdOut, model.seed), model, start: null };
  actions.setView({ runTo, speed: SPEEDS.length - 1 });
  actions.openSession({ study, state: null, history: EMPTY_HISTORY, marks: [], extensions: {} }, file.name);
  const first = skipped[0];
  const opened = strings.app.openedRatings(
    file.name,
    dataset.ratings.value.length,
    dataset.users.length,
    dataset.items.length,
  );
  const readAs = layout === 'list' && !header ? ` ${strings.app.readAs(withTimes)}` : '';
  const zeroNote = zeros > 0 ? ` ${strings.app.zerosRead(zeros)}` : '';
  const note = first ? ` ${strings.app.skipped(skippedTotal, first.line, describeProblem(first.reason))}` : '';
  actions.say(
    opened + readAs + note + zeroNote,
    zeros === 0
      ? { label: strings.store.bringBack, run: () => actions.undo() }
      : {
          label: strings.app.zerosAsGaps,
          run: () => actions.changeDataset(withoutZeros(app), strings.app.zerosAsGaps),
        },
  );
}

/** The text of a lesson file; null for any other. */
async function lessonText(file: File): Promise<string | null> {
  if (file.size > LARGEST_LESSON) return null;
  try {
    const text = await file.text();
    return looksLikeLesson(text) ? text : null;
  } catch {
    // The reader says what is wrong with a file that cannot be read.
    return null;
  }
}

/** A dense matrix may write 0 where nothing was rated, as the notebook does; it is read so only when the person says so. */
function withoutZeros({ store }: Pick<Store, 'store'>): Dataset {
  const { dataset } = store.getState().study;
  return clearZeros(dataset, { users: [...dataset.users.keys()], items: [...dataset.items.keys()] });
}
