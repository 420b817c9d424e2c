import { Tabs } from 'radix-ui';
import type { ComponentType } from 'react';
import { strings } from '../../strings/index.ts';
import { fetched } from '../fetched.tsx';
import { Inspect } from './Inspect.tsx';
import './inspector.css';
import './tabs.css';

const options = { waiting: <p className="muted">{strings.inspector.fetching}</p> };

/** The tabs that work. A new one is one more entry. */
const TABS: readonly { readonly id: string; readonly label: string; readonly Content: ComponentType }[] = [
  { id: 'inspect', label: strings.inspector.inspect, Content: Inspect },
  { id: 'map', label: strings.inspector.map, Content: fetched(() => import('./map.tsx'), options) },
  { id: 'similar', label: strings.inspector.similar, Content: fetched(() => import('./similar.tsx'), options) },
  { id: 'recommend', label: strings.inspector.recommend, Content: fetched(() => import('./recommend.tsx'), options) },
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
          <Content />
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
