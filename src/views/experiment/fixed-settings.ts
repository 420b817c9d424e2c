import type { Setting } from '../../core/experiment/axis.ts';
import type { Study } from '../../core/study.ts';
import { strings } from '../../strings/index.ts';
import { formatExact } from '../../strings/numbers.ts';
import { initNumbers } from '../panel/settings.ts';

const { panel } = strings;

/** What a sweep does not vary, in one line: "k 2 · μ + P Qᵀ + biases · SGD, sequential · row by row · start N(0, 0.1)". */
export function fixedSettings({ model }: Study, varied: readonly Setting[]): string {
  const { optimizer, init, schedule } = model;
  const free = (setting: Setting) => !varied.includes(setting);
  const parts: (string | null)[] = [
    free('k') ? `${panel.symbols.k} ${model.k}` : null,
    free('alpha') && optimizer.kind !== 'als' ? `${panel.symbols.alpha} ${formatExact(model.alpha)}` : null,
    free('beta') ? `${panel.symbols.beta} ${formatExact(model.beta)}` : null,
    free('prediction') ? panel.predictions[model.prediction] : null,
    free('optimizer') ? panel.optimizers[optimizer.kind] : null,
    free('update') && 'update' in optimizer ? panel.updates[optimizer.update] : null,
    free('batch') && optimizer.kind === 'adam' ? panel.batchIs(optimizer.batch) : null,
    schedule ? panel.schedules[schedule.kind] : null,
    model.nonNegative ? panel.nonNegativeIs : null,
    free('order') && optimizer.kind !== 'als' ? panel.orders[model.order] : null,
    free('initScale') ? panel.start(init.kind, ...initNumbers(init)) : panel.initializations[init.kind],
  ];
  return parts.filter((part) => part !== null).join('\u00a0· ');
}
