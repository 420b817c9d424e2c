import type { Setting } from '../../core/experiment/axis.ts';
import type { SweepPlan } from '../../core/experiment/plan.ts';
import { optimizerOf } from '../../core/model.ts';
import { strings } from '../../strings/index.ts';
import { formatExact } from '../../strings/numbers.ts';
import { initNumbers } from '../panel/settings.ts';

const { panel } = strings;

/**
 * What a sweep does not vary, in one line: "k 2 · μ + P Qᵀ + biases · SGD, sequential · row by row · start N(0, 0.1)". Where it varies
 * the optimizer, with what any of them goes by, each as Play would have it.
 */
export function fixedSettings({ study, axes }: Pick<SweepPlan, 'study' | 'axes'>): string {
  const { model } = study;
  const { init, schedule } = model;
  const free = (setting: Setting) => axes.every((axis) => axis.setting !== setting);
  const swept = axes.flatMap((axis) => (axis.setting === 'optimizer' ? axis.values : []));
  const kinds = swept.length > 0 ? swept : [model.optimizer.kind];
  const used = kinds.map((kind) => optimizerOf(kind, model.optimizer));
  const steps = kinds.some((kind) => kind !== 'als');
  const updates = new Set(used.flatMap((optimizer) => ('update' in optimizer ? [optimizer.update] : [])));
  const adam = used.find((optimizer) => optimizer.kind === 'adam');
  const parts: (string | null)[] = [
    free('k') ? `${panel.symbols.k} ${model.k}` : null,
    free('alpha') && steps ? `${panel.symbols.alpha} ${formatExact(model.alpha)}` : null,
    free('beta') ? `${panel.symbols.beta} ${formatExact(model.beta)}` : null,
    free('prediction') ? panel.predictions[model.prediction] : null,
    free('optimizer') ? panel.optimizers[model.optimizer.kind] : null,
    ...(free('update') ? [...updates].map((update) => panel.updates[update]) : []),
    free('batch') && adam ? panel.batchIs(adam.batch) : null,
    schedule ? panel.schedules[schedule.kind] : null,
    model.nonNegative ? panel.nonNegativeIs : null,
    free('order') && steps ? panel.orders[model.order] : null,
    free('initScale') ? panel.start(init.kind, ...initNumbers(init)) : panel.initializations[init.kind],
  ];
  return parts.filter((part) => part !== null).join('\u00a0· ');
}
