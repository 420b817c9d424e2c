import { useEffect } from 'react';
import { COMMANDS, type Command } from '../store/commands.ts';
import { redoInExperiment, type UndoPlaces, undoInExperiment } from '../store/experiment-undo.ts';
import { Experiment } from '../views/experiment/Experiment.tsx';
import { Header } from '../views/header/Header.tsx';
import { Messages } from '../views/messages/Messages.tsx';
import type { Booted } from './boot.ts';
import { DropTarget } from './DropTarget.tsx';
import { exportRuns } from './experimenting.ts';
import { saveText } from './export-file.ts';
import { keepSweepForm } from './keep-sweep-form.ts';
import { listenForCommands } from './keyboard.ts';
import { warmSweeps } from './warm-sweeps.ts';

const TYPES = { csv: 'text/csv', json: 'application/json' } as const;

/** Nobody sees Play's run here, so no key starts it, and what was deleted here comes back before a step of Play does. */
function commandsHere(places: UndoPlaces): readonly Command[] {
  const deleted = () => places.experiment.store.getState().undoLabel !== null;
  return COMMANDS.flatMap((command): readonly Command[] => {
    if (command.id === 'train-or-pause') return [];
    if (command.id === 'redo') return [{ ...command, run: () => redoInExperiment(places) }];
    if (command.id !== 'undo') return [command];
    return [
      {
        ...command,
        enabled: (state) => deleted() || command.enabled(state),
        run: () => undoInExperiment(places),
      },
    ];
  });
}

interface Props {
  readonly booted: Booted;
}

/** Experiment: sweeps of Play's study. Play's run rests meanwhile; sweeps have workers of their own. */
export default function ExperimentRoute({ booted }: Props) {
  const { app, texts, open, save } = booted;
  keepSweepForm(app.store, texts);
  useEffect(() => listenForCommands(app, commandsHere(app)), [app]);
  useEffect(() => app.actions.pause(), [app]);
  useEffect(() => warmSweeps(app), [app]);
  const onOpen = (file: File) => open(file, app);
  return (
    <>
      <div className="shell">
        <Header onOpen={onOpen} onExport={(kind) => save(kind, app)} />
        <Experiment onExport={(kind) => saveText(`runs.${kind}`, TYPES[kind], exportRuns(kind, app.experiment))} />
        <Messages />
      </div>
      <DropTarget onOpen={onOpen} />
    </>
  );
}
