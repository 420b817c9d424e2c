import { factorsCsv, predictionsCsv, ratingsCsv } from '../io/export-csv.ts';
import { writeSession } from '../io/write-session.ts';
import type { Store } from '../store/store.ts';
import type { ExportKind } from '../views/header/FileMenus.tsx';

export type { ExportKind };

/** The most pairs a file of predictions holds; beyond, it holds what the stage shows. */
const PAIRS_LIMIT = 1_000_000;

/** Writes the session or a table of it and hands it to the browser as a download. The writers came with the page, so an export never needs the network. */
export function exportFile(app: Pick<Store, 'store' | 'session'>, kind: ExportKind): void {
  const session = app.session();
  const { dataset } = session.study;
  const name = fileName(dataset.name);
  if (kind === 'session') {
    saveText(`${name}.json`, 'application/json', writeSession(session));
    return;
  }
  if (kind === 'ratings') saveText(`${name} ratings.csv`, 'text/csv', ratingsCsv(dataset));
  if (!session.state) return;
  const { parameters } = session.state;
  if (kind === 'factors') saveText(`${name} factors.csv`, 'text/csv', factorsCsv(dataset, parameters));
  if (kind === 'predictions') {
    const all = dataset.users.length * dataset.items.length <= PAIRS_LIMIT;
    const choice = all ? { users: null, items: null } : app.store.getState().window;
    saveText(`${name} predictions.csv`, 'text/csv', predictionsCsv(dataset, parameters, choice));
  }
}

/** A name that every file system takes. */
function fileName(name: string): string {
  const plain = name
    .replace(/[^\p{L}\p{N} ._-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.slice(0, 60) || 'factorscope';
}

/** Hands a text to the browser as a download. */
export function saveText(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the address once the click is handled; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
