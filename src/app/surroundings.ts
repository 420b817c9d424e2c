import type { Surroundings } from '../store/trainer.ts';

/**
 * The browser's clock and frames. In a hidden tab there are no animation frames, so the callback comes at once and training
 * is driven by the worker's answers alone.
 */
export const browserSurroundings: Surroundings = {
  now: () => performance.now(),
  nextFrame(callback) {
    if (document.visibilityState === 'hidden') {
      queueMicrotask(callback);
      return;
    }
    let done = false;
    const once = () => {
      if (done) return;
      done = true;
      document.removeEventListener('visibilitychange', once);
      callback();
    };
    requestAnimationFrame(once);
    // A tab that is hidden between asking and drawing would wait for ever.
    document.addEventListener('visibilitychange', once);
  },
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};
