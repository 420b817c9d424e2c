import { useEffect } from 'react';
import { useExperimentActions } from '../../context.ts';
import './picture.css';

/** The α × β map of Play's study, live. It is computed while this is on the page. */
export function LiveMapPanel() {
  const { openLiveMap, closeLiveMap } = useExperimentActions();
  useEffect(() => {
    openLiveMap();
    return closeLiveMap;
  }, [openLiveMap, closeLiveMap]);
  return null;
}
