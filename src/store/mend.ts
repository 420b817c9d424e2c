import type { AppState } from './state.ts';

/** What the divergence banner's one button does, and whether the run then goes on from where it fell back to or starts over. */
export type Mend =
  | { readonly kind: 'setting'; readonly setting: 'alpha' | 'beta'; readonly value: number; readonly goesOn: boolean }
  | { readonly kind: 'gaps'; readonly goesOn: boolean };

/**
 * The mend for the divergence on show; null when there is none. A run that went well with another α (or β) gets that value
 * back and goes on from where it fell back to; a run that never went well starts over with a value that was tried. Making
 * gaps of ratings typed in mid-run goes on too.
 */
export function mendFor({ run, study, undo }: Pick<AppState, 'run' | 'study' | 'undo'>): Mend | null {
  const cause = run.divergence?.cause;
  if (!cause) return null;
  const wentWell = run.epoch > 0 || run.position > 0;
  if (cause.kind !== 'alpha' && cause.kind !== 'beta') return { kind: 'gaps', goesOn: wentWell };
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
