import type { Dataset } from '../../../core/dataset.ts';
import type { Assignment, Setting } from '../../../core/experiment/axis.ts';
import type { SweepPlan } from '../../../core/experiment/plan.ts';
import { type RunSettings, settingOf } from '../../../core/experiment/run-settings.ts';
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

/** Whether two data sets hold the same ratings, whatever they hold out and however they are called. */
export function sameRatings({ ratings: a, ...first }: Dataset, { ratings: b, ...second }: Dataset): boolean {
  if (a === b) return true;
  if (a.value.length !== b.value.length) return false;
  if (first.users.length !== second.users.length || first.items.length !== second.items.length) return false;
  const same = (one: ArrayLike<number>, other: ArrayLike<number>) => {
    for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
    return true;
  };
  return same(a.user, b.user) && same(a.item, b.item) && same(a.value, b.value);
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
