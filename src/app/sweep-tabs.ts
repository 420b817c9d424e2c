import type { ExperimentTabs } from '../store/experiment.ts';

const TURN = 'factorscope-sweeps';
const WRITING = 'factorscope-experiment';

/**
 * What the tabs of this page agree on by the browser's locks: whose turn it is to run sweeps, and who writes. A lock goes with its
 * tab, so another one goes on when that is closed. Null where the browser has no locks: then each tab is by itself.
 */
export function createExperimentTabs(): ExperimentTabs | null {
  // Absent on pages that did not come over a safe connection.
  const locks: LockManager | undefined = navigator.locks;
  if (locks === undefined || typeof BroadcastChannel === 'undefined') return null;
  const channel = new BroadcastChannel(WRITING);
  return {
    takeTurn({ mine, others }) {
      const given = new AbortController();
      let end = () => given.abort();
      const hold = () =>
        new Promise<void>((done) => {
          end = done;
          if (given.signal.aborted) done();
          else mine();
        });
      const take = async () => {
        const free = await locks.request(TURN, { ifAvailable: true }, async (lock) => {
          if (lock !== null) await hold();
          return lock !== null;
        });
        if (free || given.signal.aborted) return;
        others();
        await locks.request(TURN, { signal: given.signal }, hold);
      };
      take().catch(() => {
        // Given back before it came; or no locks for this page after all.
        if (!given.signal.aborted) mine();
      });
      return () => end();
    },
    alone: async (work) => {
      let begun = false;
      try {
        await locks.request(WRITING, () => {
          begun = true;
          return work();
        });
      } catch (error) {
        // No locks for this page after all.
        if (begun) throw error;
        await work();
      }
    },
    told: () => channel.postMessage('written'),
    onTold(listener) {
      let missed = false;
      const look = () => {
        missed = document.visibilityState === 'hidden';
        if (!missed) listener();
      };
      channel.addEventListener('message', look);
      // Nobody sees a hidden page; it looks when somebody does.
      document.addEventListener('visibilitychange', () => {
        if (missed) look();
      });
    },
  };
}
