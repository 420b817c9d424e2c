import { useMemo } from 'react';
import type { Epoch } from '../../core/ratings.ts';
import { alphaAt, scheduleAhead } from '../../core/schedule.ts';
import { LEAST_EPOCHS, type RunRegime, regimeSoFar } from '../../core/understand/run-regime.ts';
import type { AppState } from '../../store/state.ts';
import { strings } from '../../strings/index.ts';
import { useActions, useApp } from '../context.ts';
import { RadioGroup } from '../controls/RadioGroup.tsx';
import { Term } from '../controls/Term.tsx';
import { extentOfEpoch } from './against.ts';

const text = strings.chart.caption;

const AGAINST = (['epochs', 'updates', 'time'] as const).map((value) => ({
  value,
  label: strings.runs.against[value],
}));

function sentence(regime: RunRegime): string {
  if (regime.name === 'oscillating') return text.oscillating(regime.givenBack);
  return regime.late === null ? text.still : text.late(regime.late);
}

/** What kind of run this is so far, with the number that says so. */
function Regime() {
  const history = useApp((state) => state.run.history);
  const changedAt = useApp((state) => state.run.marks.at(-1)?.epoch ?? null);
  const divergence = useApp((state) => state.run.divergence);
  const regime = useMemo(() => regimeSoFar(history, changedAt), [history, changedAt]);
  if (divergence !== null && divergence.cause.kind !== 'open-row') {
    return (
      <p className="loss-regime numbers">
        <Term term={text.names.diverged} meaning={text.meaning.diverged} /> {text.diverged(divergence.during)}
      </p>
    );
  }
  if (regime === null) {
    const later = (history.epoch.at(-1) ?? 0) - (changedAt ?? 0) > LEAST_EPOCHS;
    return (
      <p className="loss-regime muted numbers">
        {changedAt === null
          ? text.tooEarly(LEAST_EPOCHS)
          : later
            ? text.unchanged(changedAt)
            : text.changedLately(LEAST_EPOCHS, changedAt)}
      </p>
    );
  }
  return (
    <p className="loss-regime numbers">
      <Term term={text.names[regime.name]} meaning={text.meaning[regime.name]} />: {sentence(regime)}
    </p>
  );
}

/** α in force, and how it changes; null where it does not. */
function scheduleText({ study }: AppState, epoch: Epoch): string | null {
  const { model } = study;
  const { schedule } = model;
  if (schedule === undefined || model.optimizer.kind === 'als') return null;
  const { step, zero, restart } = scheduleAhead(schedule, epoch);
  const parts = [text.alpha(alphaAt(model, epoch))];
  if (schedule.kind === 'inverse') parts.push(text.inverse);
  if (schedule.kind === 'step' && step !== null) parts.push(text.step(schedule.factor, step));
  if (zero !== null) parts.push(text.zero(zero));
  if (restart !== null) parts.push(text.restart(restart));
  return parts.join('; ');
}

/** How much patience is left; null where nothing stops the run. */
function stoppingText({ study, run }: AppState): string | null {
  const { earlyStopping } = study.model;
  if (earlyStopping === undefined) return null;
  if (!study.dataset.ratings.heldOut.includes(1)) return text.nothingHeldOut;
  if (run.stopped) return text.stopped(run.stopped.at, run.stopped.best);
  const { best = null } = run;
  const { patience } = earlyStopping;
  if (best === null) return text.looks;
  if (best.since > best.epoch) return text.trainedOn(best.epoch, best.since + patience);
  return text.patience(best.epoch, run.epoch - best.since, patience);
}

/** What stands on the axis, where it is not epochs. */
function againstText({ run, view }: AppState): string | null {
  const { updates, milliseconds } = extentOfEpoch(run);
  if (view.lossAgainst === 'updates') return updates === null ? null : text.updates(updates);
  if (view.lossAgainst === 'time') return milliseconds === null ? text.noTime : text.time(milliseconds);
  return null;
}

function Parts() {
  const schedule = useApp((state) => scheduleText(state, state.run.epoch));
  const stopping = useApp(stoppingText);
  const against = useApp(againstText);
  const parts = [schedule, stopping, against].flatMap((part) => (part === null ? [] : [part]));
  if (parts.length === 0) return null;
  return (
    <p className="loss-parts muted numbers">
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: their order is fixed
        <span key={at}>{part}</span>
      ))}
    </p>
  );
}

/**
 * Under the chart: how the run goes, with its number; what it is drawn against; and, where they are set, the schedule and
 * early stopping. How many lines there are depends on settings alone, so nothing moves while a run goes on.
 */
export function RunCaption() {
  const actions = useActions();
  const against = useApp((state) => state.view.lossAgainst);
  return (
    <div className="loss-caption small">
      <div className="loss-caption-line">
        <Regime />
        <RadioGroup
          label={strings.runs.curvesAgainst}
          value={against}
          options={AGAINST}
          onChange={(lossAgainst) => actions.setView({ lossAgainst })}
        >
          <span className="muted" aria-hidden="true">
            {strings.runs.curvesAgainst}
          </span>
        </RadioGroup>
      </div>
      <Parts />
    </div>
  );
}
