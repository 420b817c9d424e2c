import type { Store } from '../store/store.ts';
import { strings } from '../strings/index.ts';

/** The views that exist; each has its own address, `#/play`. */
const VIEWS: readonly string[] = ['play'];

/** Follows the address bar. An address that is not known says so and shows Play. Returns how to stop. */
export function followAddress({ actions }: Pick<Store, 'actions'>): () => void {
  const follow = () => {
    const address = window.location.hash;
    const view = /^#\/([^/?]*)/.exec(address)?.[1] ?? '';
    if (VIEWS.includes(view) && address === `#/${view}`) {
      actions.setView({ route: view });
      return;
    }
    actions.setView({ route: 'play' });
    if (address !== '' && address !== '#' && address !== '#/') {
      actions.report({ code: 'unknown-address', got: readable(address) }, strings.store.showingPlay);
      window.history.replaceState(null, '', '#/play');
    }
  };
  follow();
  window.addEventListener('hashchange', follow);
  return () => window.removeEventListener('hashchange', follow);
}

function readable(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
