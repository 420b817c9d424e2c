import { EMPTY_HISTORY } from '../core/history.ts';
import { presetFor } from '../core/presets.ts';
import { chooseHeldOut } from '../core/split.ts';
import { readFile } from '../io/reader.ts';
import { SPEEDS } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import { describeProblem, strings } from '../strings/index.ts';

/** Reads a file in a worker and puts what it holds in the place of the study; a wrong file says why and changes nothing. */
export async function openFile({ actions }: Pick<Store, 'actions'>, file: File): Promise<void> {
  const label = strings.app.reading(file.name);
  actions.setBusy({ label, share: null });
  const spawn = () => new Worker(new URL('../io/reader-entry.ts', import.meta.url), { type: 'module' });
  const read = await readFile(file, spawn, (share) => actions.setBusy({ label, share }));
  actions.setBusy(null);
  if (!read.ok) {
    actions.report(
      { ...read.problem, where: read.problem.where ? `${file.name}, ${read.problem.where}` : file.name },
      strings.app.nothingOpened,
    );
    return;
  }
  if (read.value.kind === 'session') {
    actions.openSession(read.value.session, file.name);
    return;
  }
  const { dataset, skipped, skippedTotal } = read.value.ratings;
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
  const note = first ? ` ${strings.app.skipped(skippedTotal, first.line, describeProblem(first.reason))}` : '';
  actions.say(opened + note, { label: strings.store.undo, run: () => actions.undo() });
}
