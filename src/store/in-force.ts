import type { ModelSettings } from '../core/model.ts';
import type { AppState } from './state.ts';

/**
 * The settings that a visit made now goes by: those of the epoch under way, which changed ones wait for the end of. Of an epoch of
 * the past, and between epochs, the study's.
 */
export function modelInForce({ study, run }: Pick<AppState, 'study' | 'run'>): ModelSettings {
  const { epoch, position, playhead, memory, state, stateStudy } = run;
  if (playhead !== null || position === 0) return study.model;
  const underWay = memory?.underWay ?? null;
  if (underWay !== null && underWay.epoch === epoch) return underWay.model;
  // The answer to a change of settings is still on its way.
  if (stateStudy !== null && state !== null && state.epoch === epoch && state.position > 0) return stateStudy.model;
  return study.model;
}
