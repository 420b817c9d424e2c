/*
 * The scripts of workers, kept as text once the page is idle: a worker that begins (or begins again) later needs no network.
 */

const kept = new Map<string, string>();

/** A script that names others by their places can't stand alone. */
const NAMES_OTHERS = /\b(?:import|from)\s*\(?\s*["'`]/;

/** A worker of this script, from what was kept of it if it was. */
export function startWorker(script: string): Worker {
  return new Worker(kept.get(script) ?? script, { type: 'module' });
}

/** Keeps the script. Throws when it can't be fetched. */
export async function keepWorkerScript(script: string): Promise<void> {
  if (kept.has(script)) return;
  const answer = await fetch(script);
  if (!answer.ok) throw new Error(`${script}: ${answer.status}`);
  const text = await answer.text();
  if (NAMES_OTHERS.test(text)) return;
  kept.set(script, URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
}
