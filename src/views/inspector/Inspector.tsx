import { Tabs } from 'radix-ui';
import { type ComponentType, lazy, Suspense } from 'react';
import { strings } from '../../strings/index.ts';
import { Inspect } from './Inspect.tsx';
import './inspector.css';
import './tabs.css';

/** What stands in a tab whose part of the page did not come. */
function NotLoaded() {
  return <p role="alert">{strings.inspector.notLoaded}</p>;
}

/** A tab that is fetched when it is first opened: the page itself stays small. */
function tab(load: () => Promise<{ default: ComponentType }>): ComponentType {
  return lazy(() => load().catch(() => ({ default: NotLoaded })));
}

/** The tabs that work. A new one is one more entry. */
const TABS: readonly { readonly id: string; readonly label: string; readonly Content: ComponentType }[] = [
  { id: 'inspect', label: strings.inspector.inspect, Content: Inspect },
  { id: 'map', label: strings.map.tab, Content: tab(() => import('./map.tsx')) },
  { id: 'similar', label: strings.similar.tab, Content: tab(() => import('./similar.tsx')) },
  { id: 'recommend', label: strings.recommend.tab, Content: tab(() => import('./recommend.tsx')) },
];

/** Why a gap was filled with that number. */
export function Inspector() {
  return (
    <Tabs.Root className="inspector" defaultValue="inspect">
      <Tabs.List className="inspector-tabs" aria-label={strings.inspector.tabs}>
        {TABS.map(({ id, label }) => (
          <Tabs.Trigger key={id} value={id} className="inspector-tab">
            <span data-label={label}>{label}</span>
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {TABS.map(({ id, Content }) => (
        <Tabs.Content key={id} value={id}>
          <Suspense fallback={<p className="muted">{strings.inspector.fetching}</p>}>
            <Content />
          </Suspense>
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
