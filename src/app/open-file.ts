import type { Dataset } from '../core/dataset.ts';
import { clearZeros } from '../core/edit.ts';
import { EMPTY_HISTORY } from '../core/history.ts';
import { presetFor } from '../core/presets.ts';
import { chooseHeldOut } from '../core/split.ts';
import { readFile } from '../io/reader.ts';
import { SPEEDS } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import { describeProblem, strings } from '../strings/index.ts';

/** Reads a file in a worker and puts what it holds in the place of the study; a wrong file says why and changes nothing. */
export async function openFile(app: Pick<Store, 'store' | 'actions'>, file: File): Promise<void> {
  const { actions } = app;
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

/** A dense matrix may write 0 where nothing was rated, as the notebook does; it is read so only when the person says so. */
function withoutZeros({ store }: Pick<Store, 'store'>): Dataset {
  const { dataset } = store.getState().study;
  return clearZeros(dataset, { users: [...dataset.users.keys()], items: [...dataset.items.keys()] });
}
