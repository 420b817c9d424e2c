import type { Assignment, Setting } from '../../../core/experiment/axis.ts';
import type { SweepPlan } from '../../../core/experiment/plan.ts';
import { type RunSettings, settingOf } from '../../../core/experiment/run-settings.ts';
import { sameRatings } from '../../../core/experiment/same-ratings.ts';
import { withAssignments } from '../../../core/experiment/settings.ts';
import type { Study } from '../../../core/study.ts';

function valueIn({ model, dataset }: Study, setting: Setting): Assignment | null {
  const settings: RunSettings = {
    model,
    dataset,
    // Play trains on all that it does not hold out.
    seen: 100,
    holdOut: dataset.holdOut?.share ?? null,
    judging: null,
    stop: null,
  };
  const value = settingOf(settings, setting);
  return value === null ? null : { setting, value };
}

/**
 * What Play has for the settings of a sweep. Null where it differs in others too: then no point of the picture is its own. Its
 * seed may be another, and what it holds out: a sweep has several of both.
 */
export function playOnSweep({ study, axes }: SweepPlan, play: Study): readonly Assignment[] | null {
  const assignments = axes.flatMap(({ setting }) => valueIn(play, setting) ?? []);
  if (assignments.length < axes.length) return null;
  const rest = ({ model }: Study) => JSON.stringify(withAssignments(model, assignments, 0));
  return sameRatings(study.dataset, play.dataset) && rest(study) === rest(play) ? assignments : null;
}
