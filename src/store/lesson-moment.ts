import type { Moment, Panels } from '../lessons/facts.ts';
import type { PointerState } from './pointer.ts';
import type { AppState } from './state.ts';

/**
 * The store as lessons see it. Null while an answer is on its way that will change it: between an edit and that answer,
 * ratings and predictions belong to different moments.
 */
export function momentOf(state: AppState, selected: PointerState['selected'], panels: Panels): Moment | null {
  const { run, study, window } = state;
  const { view } = run;
  if (run.status === 'loading' || view === null) return null;
  if (run.state !== null && run.stateStudy !== study) return null;
  const whole = window.users === null && window.items === null;
  const parameters = whole ? view : run.state?.parameters;
  if (!parameters || parameters.k !== study.model.k) return null;
  const past = run.playhead !== null;
  const { baselines, leaveOneOut } = run;
  return {
    run: run.id,
    study,
    epoch: past ? view.epoch : run.epoch,
    position: past ? view.position : run.position,
    parameters: {
      k: parameters.k,
      P: parameters.P,
      Q: parameters.Q,
      bu: parameters.bu,
      bi: parameters.bi,
      mu: parameters.mu,
    },
    measures: run.measures,
    history: run.history,
    baselines: baselines && { rmseMean: baselines.rmseMean, rmseBiases: baselines.rmseBiases },
    leaveOneOut:
      leaveOneOut?.epoch === run.epoch ? { rmse: leaveOneOut.rmse, baselineMean: leaveOneOut.baselineMean } : null,
    diverged: run.divergence !== null,
    past,
    selected,
    panels,
  };
}
