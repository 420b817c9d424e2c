import { useId } from 'react';
import { type ModelSettings, type Schedule, unreachable, type WarmRestarts } from '../../core/model.ts';
import { strings } from '../../strings/index.ts';
import { useActions } from '../context.ts';
import { Checkbox } from '../controls/Checkbox.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { RadioGroup } from '../controls/RadioGroup.tsx';
import { Term } from '../controls/Term.tsx';
import { Note } from './Note.tsx';

const text = strings.panel;

/** Epochs that a field may ask for. */
const MOST_EPOCHS = 1_000_000;

const BEGINNINGS: Readonly<Record<Schedule['kind'], Schedule>> = {
  inverse: { kind: 'inverse', half: 100 },
  step: { kind: 'step', factor: 0.5, every: 100 },
  cosine: { kind: 'cosine', epochs: 1000 },
};

function Epochs({ label, value, onCommit }: { label: string; value: number; onCommit: (value: number) => void }) {
  return <NumberField label={label} value={value} min={1} max={MOST_EPOCHS} integer onCommit={onCommit} />;
}

/** The numbers of a schedule. */
function ScheduleFields({ schedule }: { schedule: Schedule }) {
  const { changeModel } = useActions();
  switch (schedule.kind) {
    case 'inverse':
      return (
        <Epochs
          label={text.halvesAfter}
          value={schedule.half}
          onCommit={(half) => changeModel({ schedule: { ...schedule, half } })}
        />
      );
    case 'step':
      return (
        <div className="setting-pair">
          <NumberField
            label={text.stepFactor}
            value={schedule.factor}
            exclusiveMin={0}
            max={1}
            step={0.1}
            onCommit={(factor) => changeModel({ schedule: { ...schedule, factor } })}
          />
          <Epochs
            label={text.stepEvery}
            value={schedule.every}
            onCommit={(every) => changeModel({ schedule: { ...schedule, every } })}
          />
        </div>
      );
    case 'cosine':
      return (
        <Epochs
          label={text.cosineEpochs}
          value={schedule.epochs}
          onCommit={(epochs) => changeModel({ schedule: { ...schedule, epochs } })}
        />
      );
    default:
      return unreachable(schedule);
  }
}

function withoutRestarts(schedule: Schedule): Schedule {
  const { restarts: _, ...rest } = schedule;
  return rest;
}

/** The first cycle is one whole cosine, or as long as the schedule's own step. */
function firstRestarts(schedule: Schedule): WarmRestarts {
  const period = schedule.kind === 'cosine' ? schedule.epochs : schedule.kind === 'step' ? schedule.every * 4 : 200;
  return { period, multiplier: 2 };
}

function RestartFields({ schedule, restarts }: { schedule: Schedule; restarts: WarmRestarts }) {
  const { changeModel } = useActions();
  return (
    <div className="setting-pair">
      <Epochs
        label={text.restartPeriod}
        value={restarts.period}
        onCommit={(period) => changeModel({ schedule: { ...schedule, restarts: { ...restarts, period } } })}
      />
      <NumberField
        label={text.restartMultiplier}
        value={restarts.multiplier}
        min={1}
        max={100}
        integer
        onCommit={(multiplier) => changeModel({ schedule: { ...schedule, restarts: { ...restarts, multiplier } } })}
      />
    </div>
  );
}

/** How α falls from epoch to epoch. */
export function ScheduleSetting({ model }: { model: ModelSettings }) {
  const { changeModel } = useActions();
  const noteId = useId();
  const { schedule } = model;
  return (
    <div className="setting">
      <RadioGroup
        label={text.schedule}
        value={schedule?.kind ?? 'constant'}
        describedBy={noteId}
        options={[
          { value: 'constant', label: text.schedules.constant },
          { value: 'inverse', label: text.schedules.inverse },
          { value: 'step', label: text.schedules.step },
          { value: 'cosine', label: text.schedules.cosine },
        ]}
        onChange={(kind) => changeModel({ schedule: kind === 'constant' ? null : BEGINNINGS[kind] })}
      >
        <Term term={text.schedule} meaning={text.scheduleMeaning} />
      </RadioGroup>
      <Note id={noteId}>{text.scheduleNotes[schedule?.kind ?? 'constant']}</Note>
      {schedule && (
        <>
          <ScheduleFields key={schedule.kind} schedule={schedule} />
          <Checkbox
            label={text.warmRestarts}
            checked={schedule.restarts !== undefined}
            onChange={(next) =>
              changeModel({
                schedule: next ? { ...schedule, restarts: firstRestarts(schedule) } : withoutRestarts(schedule),
              })
            }
          />
          {schedule.restarts && <RestartFields schedule={schedule} restarts={schedule.restarts} />}
        </>
      )}
    </div>
  );
}
