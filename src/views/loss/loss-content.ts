import type { LossContent } from '../../charts/loss-chart.ts';
import type { RunSlice, ViewSlice } from '../../store/state.ts';
import { strings } from '../../strings/index.ts';

type Levels = LossContent['levels'];
type Points = LossContent['points'];

const NO_LEVELS: Levels = [];
const NO_POINTS: Points = [];

/**
 * The horizontal lines: what the two baselines reach on the ratings that the model has not seen. They belong to held-out
 * figures (or, where nothing is held out, to leave-one-out), so the objective has none.
 */
export function lossLevels(
  view: Pick<ViewSlice, 'lossShown' | 'showBaselines'>,
  run: Pick<RunSlice, 'baselines' | 'leaveOneOut'>,
  narrow: boolean,
): Levels {
  const names = narrow ? strings.chart.short : strings.chart;
  const { baselines, leaveOneOut } = run;
  if (!view.showBaselines || view.lossShown === 'objective') return NO_LEVELS;
  const level = (mean: number, biases: number): Levels => [
    { id: 'mean', name: names.meanAlone, value: mean },
    { id: 'biases', name: names.biasesOnly, value: biases },
  ];
  if (baselines) {
    return view.lossShown === 'rmse'
      ? level(baselines.rmseMean, baselines.rmseBiases)
      : level(baselines.maeMean, baselines.maeBiases);
  }
  if (leaveOneOut && view.lossShown === 'rmse') return level(leaveOneOut.baselineMean, leaveOneOut.baselineBiases);
  return NO_LEVELS;
}

/** The leave-one-out figure as a point at its epoch, where nothing is held out. */
export function lossPoints(
  view: Pick<ViewSlice, 'lossShown'>,
  run: Pick<RunSlice, 'baselines' | 'leaveOneOut'>,
  narrow: boolean,
): Points {
  const { baselines, leaveOneOut } = run;
  if (baselines || !leaveOneOut || view.lossShown === 'objective') return NO_POINTS;
  return [
    {
      id: 'leave-one-out',
      name: (narrow ? strings.chart.short : strings.chart).leaveOneOut,
      epoch: leaveOneOut.epoch,
      value: view.lossShown === 'rmse' ? leaveOneOut.rmse : leaveOneOut.mae,
    },
  ];
}
