import { useMemo, useRef, useState } from 'react';
import type { RunRecord } from '../../../core/experiment/run-record.ts';
import { SETTING_NAMES, type SettingName } from '../../../core/experiment/run-settings.ts';
import { recordOf, settingText } from '../../../store/experiment-select.ts';
import type { RunRow } from '../../../store/sweep-row.ts';
import { strings } from '../../../strings/index.ts';
import { formatExact } from '../../../strings/numbers.ts';
import { useExperiment, useExperimentActions } from '../../context.ts';
import { NumberField } from '../../controls/NumberField.tsx';
import { stoppedInPlay } from './columns.ts';

const text = strings.runs;

interface Props {
  readonly id: string;
  readonly row: RunRow;
  readonly differing: ReadonlySet<SettingName>;
  readonly onRename: () => void;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}

/** Puts the run in Play and goes there. */
function useOpenInPlay(row: RunRow): (epoch?: number, fold?: number) => void {
  const actions = useExperimentActions();
  return (epoch, fold) => {
    actions.openInPlay(row.id, epoch, fold);
    window.location.hash = '#/play';
  };
}

function OpenInPlay({ row }: { readonly row: RunRow }) {
  const record = useExperiment((state) => recordOf(state, row.id));
  const open = useOpenInPlay(row);
  const [epoch, setEpoch] = useState(row.bestIsMean ? row.epochs : (row.bestEpoch ?? row.epochs));
  const [fold, setFold] = useState(1);
  const box = useRef<HTMLDivElement>(null);
  // A text that the field refused is not opened past: it must be put right first.
  const openAt = (): void => {
    const field = box.current?.querySelector('input');
    if (field && field.value !== formatExact(epoch)) field.focus();
    else open(epoch, place);
  };
  const standsAt = record?.standsAt ?? row.epochs;
  const changed = record?.changed ?? false;
  const place = row.folds > 1 ? fold - 1 : undefined;
  return (
    <fieldset className="runs-open">
      <legend>{text.openTitle}</legend>
      {row.folds > 1 && (
        <>
          <p className="small muted">{text.foldsNote(row.folds)}</p>
          <NumberField label={text.fold} value={fold} min={1} max={row.folds} integer onCommit={setFold} />
        </>
      )}
      <div className="runs-open-buttons">
        <button type="button" className="button primary runs-small" onClick={() => open(undefined, place)}>
          {row.folds > 1
            ? text.openEndOfFold
            : row.ended === 'diverged' && row.from !== 'play'
              ? text.openDiverged
              : text.openEnd(standsAt)}
        </button>
        {row.bestEpoch !== null && row.bestEpoch !== standsAt && row.folds === 1 && !changed && (
          <button
            type="button"
            className="button runs-small"
            onClick={() => row.bestEpoch !== null && open(row.bestEpoch, place)}
          >
            {text.openBest(row.bestEpoch)}
          </button>
        )}
      </div>
      {changed ? (
        <p className="small muted">{text.changedNote}</p>
      ) : (
        <div ref={box} className="runs-open-at">
          <NumberField
            label={text.openAt}
            value={epoch}
            min={0}
            max={row.epochs}
            integer
            step={10}
            onCommit={setEpoch}
          />
          <button type="button" className="button runs-small" onClick={openAt}>
            {text.open}
          </button>
        </div>
      )}
    </fieldset>
  );
}

/** The epoch of its leave-one-out figure, where that is an earlier one than the run's. */
function lagOf(record: RunRecord | null): number | null {
  const epoch = record?.leaveOneOut?.epoch;
  return epoch === undefined || epoch === record?.epochs ? null : epoch;
}

/** One run: its settings, and what can be done with it. */
export function RunDetails({ id, row, differing, onRename, onDelete, onClose }: Props) {
  const actions = useExperimentActions();
  const pinned = useExperiment((state) => state.pins.includes(row.id));
  const baseline = useExperiment((state) => state.baseline === row.id);
  const lag = useExperiment((state) => lagOf(recordOf(state, row.id)));
  const settings = useMemo(
    () => SETTING_NAMES.map((name) => ({ name, value: settingText(row, name) })).filter(({ value }) => value !== '—'),
    [row],
  );
  return (
    <section id={id} className="runs-details" aria-label={text.details(row.name)}>
      <div className="runs-details-head">
        <h3>{row.name}</h3>
        <button type="button" className="button runs-small" onClick={onClose}>
          {text.close}
        </button>
      </div>
      <dl className="runs-settings small">
        {settings.map(({ name, value }) => (
          <div key={name}>
            <dt>{strings.experiment.settingNames[name]}</dt>
            <dd className={differing.has(name) ? 'runs-differs' : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
      {lag !== null && <p className="small muted">{text.leaveOneOutAt(lag)}</p>}
      {stoppedInPlay(row) && <p className="small muted">{text.stoppedEarly}</p>}
      <OpenInPlay key={row.id} row={row} />
      <div className="runs-details-actions">
        <button type="button" className="button runs-small" onClick={onRename}>
          {text.rename}
        </button>
        <button type="button" className="button runs-small" onClick={() => actions.togglePin(row.id)}>
          {pinned ? text.unpin : text.pinIt}
        </button>
        <button
          type="button"
          className="button runs-small"
          onClick={() => actions.setBaseline(baseline ? null : row.id)}
        >
          {baseline ? text.noBaseline : text.makeBaseline}
        </button>
        <button type="button" className="button runs-small" onClick={onDelete}>
          {text.delete}
        </button>
      </div>
    </section>
  );
}
