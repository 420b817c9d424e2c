import { useEffect, useMemo, useRef, useState } from 'react';
import type { Dataset } from '../../core/dataset.ts';
import type { ModelSettings } from '../../core/model.ts';
import type { Parameters } from '../../core/parameters.ts';
import { type TrainingData, trainingData } from '../../core/training-data.ts';
import { shapeChanged } from '../../store/changes.ts';
import type { AppState } from '../../store/state.ts';
import { useApp, usePointer } from '../context.ts';

/** Everything that is known of every user and item at one moment: numbers and the ratings that they belong to. */
export interface KnownModel {
  readonly dataset: Dataset;
  readonly model: ModelSettings;
  readonly parameters: Parameters;
  /** Which epoch the numbers are of. */
  readonly epoch: number;
}

/** How often lists follow while training goes on: read at leisure, they must not churn. */
export const CALM_MILLISECONDS = 250;

/**
 * What is shown, where the stage shows every row; on larger sets the last whole state of the run, which comes every two
 * seconds and at rest. Null while there is none that belongs to these users and items.
 */
export function knownModel({ study, window, run }: Pick<AppState, 'study' | 'window' | 'run'>): KnownModel | null {
  const { dataset, model } = study;
  const whole = window.users === null && window.items === null;
  if (!whole && (run.stateStudy === null || shapeChanged(run.stateStudy.dataset, dataset))) return null;
  const parameters = whole ? run.view : (run.state?.parameters ?? null);
  if (parameters === null) return null;
  const { k, P, Q } = parameters;
  if (P.length !== k * dataset.users.length || Q.length !== k * dataset.items.length) return null;
  return { dataset, model, parameters, epoch: whole ? (run.view?.epoch ?? 0) : (run.state?.epoch ?? 0) };
}

/** A value that changes with every frame of training, followed every `milliseconds`; at once while `calm` is off, or when `key` changed. */
export function useCalm<T>(value: T, calm: boolean, key: unknown, milliseconds = CALM_MILLISECONDS): T {
  const [held, setHeld] = useState({ value, key });
  const latest = useRef({ value, key });
  useEffect(() => {
    latest.current = { value, key };
  });
  useEffect(() => {
    if (!calm) return;
    const timer = setInterval(() => setHeld(latest.current), milliseconds);
    return () => clearInterval(timer);
  }, [calm, milliseconds]);
  if (calm && held.key === key) return held.value;
  if (held.value !== value || held.key !== key) setHeld({ value, key });
  return value;
}

/** The known model, calm while training; null until there is one. */
export function useKnownModel(milliseconds = CALM_MILLISECONDS): KnownModel | null {
  const study = useApp((state) => state.study);
  const window = useApp((state) => state.window);
  const run = useApp((state) => state.run);
  const { view, state, stateStudy } = run;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the run only these three are read
  const known = useMemo(() => knownModel({ study, window, run }), [study, window, view, state, stateStudy]);
  const calm = useCalm(known, run.status === 'training' && known !== null, study, milliseconds);
  // What was held when rows came or went is of other rows.
  return calm !== null && calm.dataset === study.dataset ? calm : known;
}

/** The dataset's ratings, parted; made once for each dataset. */
export function useTrainingData(dataset: Dataset): TrainingData {
  return useMemo(() => trainingData(dataset), [dataset]);
}

/** The selected user and item; where an edit left the selection outside, the last ones. */
export function useSelected(dataset: Dataset): { readonly user: number; readonly item: number } {
  const selected = usePointer((state) => state.selected);
  return {
    user: Math.min(selected.user, dataset.users.length - 1),
    item: Math.min(selected.item, dataset.items.length - 1),
  };
}

/** How many of the ratings each of `rows` users (or items) has. */
export function countRatings(rowOfRating: Int32Array, rows: number): Int32Array {
  const counts = new Int32Array(rows);
  for (const row of rowOfRating) counts[row] = (counts[row] ?? 0) + 1;
  return counts;
}
