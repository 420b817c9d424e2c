import type { Dataset } from '../core/dataset.ts';
import type { Study } from '../core/study.ts';
import type { Divergence } from '../worker/protocol.ts';
import type { AppState } from './state.ts';

/** What the divergence banner's one button does, and whether the run then goes on from where it fell back to or starts over. */
export type Mend =
  | { readonly kind: 'setting'; readonly setting: 'alpha' | 'beta'; readonly value: number; readonly goesOn: boolean }
  | { readonly kind: 'gaps'; readonly goesOn: boolean }
  | { readonly kind: 'start'; readonly goesOn: false };

/**
 * The mend for the divergence on show; null when there is none. A run that went well with another α (or β) gets that value
 * back and goes on from where it fell back to; a run that never went well starts over with a value that was tried. Making
 * gaps of ratings typed in mid-run goes on too.
 */
export function mendFor({ run, study, undo }: Pick<AppState, 'run' | 'study' | 'undo'>): Mend | null {
  const cause = run.divergence?.cause;
  if (!cause) return null;
  if (cause.kind === 'start') return { kind: 'start', goesOn: false };
  // No number blew up: the run stands where it was, and goes on from there.
  if (cause.kind === 'open-row') return { kind: 'setting', setting: 'beta', value: cause.suggested, goesOn: true };
  const wentWell = run.epoch > 0 || run.position > 0;
  if (cause.kind === 'rating' || cause.kind === 'ratings') {
    return { kind: 'gaps', goesOn: wentWell && run.divergence?.goesOn === true };
  }
  const setting = cause.kind;
  if (wentWell) {
    for (const entry of undo.toReversed()) {
      const value = entry.study.model[setting];
      if (value < study.model[setting]) return { kind: 'setting', setting, value, goesOn: true };
      // Before this step it was another run.
      if (entry.restart) break;
    }
  }
  return { kind: 'setting', setting, value: cause.suggested, goesOn: false };
}

/** The study after the mend. */
export function mended(study: Study, cause: Divergence['cause'], mend: Mend): Study {
  if (mend.kind === 'setting') return { ...study, model: { ...study.model, [mend.setting]: mend.value } };
  if (cause.kind === 'start') return { ...study, model: { ...study.model, init: cause.suggested }, start: null };
  if (cause.kind === 'rating') {
    const { user, item } = cause;
    return {
      ...study,
      dataset: keepRatings(study.dataset, (at, { ratings }) => ratings.user[at] !== user || ratings.item[at] !== item),
    };
  }
  if (cause.kind === 'ratings') {
    const { magnitude } = cause;
    return {
      ...study,
      dataset: keepRatings(study.dataset, (at, { ratings }) => Math.abs(ratings.value[at] ?? 0) <= magnitude),
    };
  }
  return study;
}

function keepRatings(dataset: Dataset, keeps: (at: number, dataset: Dataset) => boolean): Dataset {
  const { ratings } = dataset;
  const kept = (_: number, at: number) => keeps(at, dataset);
  return {
    ...dataset,
    ratings: {
      user: ratings.user.filter(kept),
      item: ratings.item.filter(kept),
      value: ratings.value.filter(kept),
      heldOut: ratings.heldOut.filter(kept),
      time: ratings.time?.filter(kept) ?? null,
    },
  };
}
