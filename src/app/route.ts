import type { Store } from '../store/store.ts';
import { strings } from '../strings/index.ts';

/** The views that exist, by their addresses: `#/play`; `#/learn`, `#/learn/<lesson>` and `#/learn/<lesson>/<step>`; `#/experiment`. */
const VIEWS: readonly RegExp[] = [/^play$/, /^experiment$/, /^learn(?:\/[a-z0-9-]+){0,2}$/];

/** Follows the address bar. An address that is not known says so and shows Play. Returns how to stop. */
export function followAddress({ actions }: Pick<Store, 'actions'>): () => void {
  const follow = () => {
    const address = window.location.hash;
    const view = address.startsWith('#/') ? address.slice(2) : '';
    if (VIEWS.some((known) => known.test(view))) {
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
