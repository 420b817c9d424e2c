import type { Setting } from '../../core/experiment/axis.ts';
import type { OptimizerSettings } from '../../core/model.ts';
import type { Problem } from '../../core/problem.ts';
import { type SweepForm, variedSettings } from '../../store/sweep-form.ts';
import { sweepForm as text } from '../../strings/sweep-form.ts';

/** One click that makes a setting count which would do nothing: in the form, in Play, or both. */
export interface PutRight {
  readonly label: string;
  readonly form?: Partial<SweepForm>;
  /** What Play is to train with. */
  readonly optimizer?: OptimizerSettings['kind'];
}

/** The form without a setting that it varies. */
function without(setting: Setting, { way, across, down, searched }: SweepForm): Partial<SweepForm> {
  if (way !== 'grid') return { searched: searched.filter((one) => one !== setting) };
  return across === setting && down !== null ? { across: down, down: null } : { down: null };
}

function ticked(form: SweepForm, choices: readonly string[]): Partial<SweepForm> {
  return { ranges: { ...form.ranges, optimizer: { ...form.ranges.optimizer, choices } } };
}

/** What would put a problem right; null where that is for the person to say. */
export function putRight({ code, where }: Problem, form: SweepForm): PutRight | null {
  if (code !== 'axis-unused') return null;
  const words = text.putRight;
  const swept = variedSettings(form).includes('optimizer');
  switch (where) {
    case 'holdOut':
      return { label: words.holdOut, form: { judging: 'hold-out' } };
    case 'batch':
      return swept
        ? { label: words.adamAlone, optimizer: 'adam', form: without('optimizer', form) }
        : { label: words.adam, optimizer: 'adam' };
    case 'update':
      return swept
        ? { label: words.sgdAndMomentum, form: ticked(form, ['sgd', 'momentum']) }
        : { label: words.sgd, optimizer: 'sgd' };
    case 'alpha':
      return swept ? null : { label: words.sgd, optimizer: 'sgd' };
    default:
      return null;
  }
}
