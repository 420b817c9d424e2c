import type { KeptExperiment, KeptSweep } from '../core/experiment/kept.ts';

/** What went on elsewhere is taken, unless something went on here. */
function mergeSweep(before: KeptSweep, ours: KeptSweep, theirs: KeptSweep): KeptSweep {
  const here = ours.version !== before.version || ours.status !== before.status || ours.plan !== before.plan;
  const there = theirs.version !== before.version || theirs.status !== before.status;
  return { ...(there && !here ? theirs : ours), name: ours.name === before.name ? theirs.name : ours.name };
}

/**
 * Entries by id: what was added on either side stays, what one side took away is gone, and what both have is `both`'s say. In the
 * order of theirs, ours after them.
 */
function mergeLists<T extends { readonly id: string }>(
  before: readonly T[],
  ours: readonly T[],
  theirs: readonly T[],
  both: (before: T | undefined, ours: T, theirs: T) => T,
): readonly T[] {
  const by = (list: readonly T[]) => new Map(list.map((one) => [one.id, one]));
  const [old, mine, other] = [by(before), by(ours), by(theirs)];
  const merged = theirs.flatMap((one) => {
    const own = mine.get(one.id);
    if (own !== undefined) return [both(old.get(one.id), own, one)];
    return old.has(one.id) ? [] : [one];
  });
  return [...merged, ...ours.filter(({ id }) => !other.has(id) && !old.has(id))];
}

function mergeIds(before: readonly string[], ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const added = ours.filter((id) => !before.includes(id) && !theirs.includes(id));
  const gone = new Set(before.filter((id) => !ours.includes(id)));
  return [...theirs.filter((id) => !gone.has(id)), ...added];
}

function mergeNames(
  before: KeptExperiment['names'],
  ours: KeptExperiment['names'],
  theirs: KeptExperiment['names'],
): KeptExperiment['names'] {
  const given = Object.entries(ours).filter(([id, name]) => before[id] !== name);
  return { ...theirs, ...Object.fromEntries(given) };
}

/**
 * Two tabs have one experiment. `before`: what this tab and the browser last had alike; `ours`: what this tab made of it;
 * `theirs`: what stands in the browser now. What both changed is as this tab has it, a run that was kept as it was first.
 */
export function mergeKept(before: KeptExperiment, ours: KeptExperiment, theirs: KeptExperiment): KeptExperiment {
  return {
    sweeps: mergeLists(before.sweeps, ours.sweeps, theirs.sweeps, (old, own, other) =>
      old === undefined ? own : mergeSweep(old, own, other),
    ),
    runs: mergeLists(before.runs, ours.runs, theirs.runs, (_, own) => own),
    names: mergeNames(before.names, ours.names, theirs.names),
    deleted: mergeIds(before.deleted, ours.deleted, theirs.deleted),
    pins: mergeIds(before.pins, ours.pins, theirs.pins),
    baseline: ours.baseline === before.baseline ? theirs.baseline : ours.baseline,
    // What is opened in Play is each tab's own.
    opened: ours.opened,
    numbers: {
      run: Math.max(ours.numbers.run, theirs.numbers.run),
      sweep: Math.max(ours.numbers.sweep, theirs.numbers.sweep),
    },
  };
}

export const NOTHING_KEPT: KeptExperiment = {
  sweeps: [],
  runs: [],
  names: {},
  deleted: [],
  pins: [],
  baseline: null,
  opened: null,
  numbers: { run: 0, sweep: 0 },
};
