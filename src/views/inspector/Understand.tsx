import { type ComponentType, useId, useState } from 'react';
import { strings } from '../../strings/index.ts';
import { useHandle } from '../context.ts';
import { fetched } from '../fetched.tsx';
import { useInspectorMemory } from './inspector-memory.ts';
import './understand.css';

const text = strings.understand;

const options = { waiting: <p className="muted small">{text.loading}</p> };
const HowSure = fetched(() => import('./HowSure.tsx'), options);
const Because = fetched(() => import('./Because.tsx'), options);
const Layers = fetched(() => import('./Layers.tsx'), options);
const Rotation = fetched(() => import('./Rotation.tsx'), options);

/**
 * Whether a question is unfolded, and how to change it. In Play that outlives a look at another tab; in a lesson each step has
 * its own.
 */
function useUnfolded(panel: string): readonly [boolean, (open: boolean) => void] {
  const { lesson } = useHandle();
  const [{ openPanels }, remember] = useInspectorMemory();
  const own = useState(false);
  if (lesson) return own;
  const change = (open: boolean) => {
    const others = openPanels.filter((other) => other !== panel);
    remember({ openPanels: open ? [...others, panel] : others });
  };
  return [openPanels.includes(panel), change];
}

/** A question about the selected cell that is asked one at a time: folded at first, and nothing is computed while it is. */
function Fold({ panel, title, Content }: { panel: string; title: string; Content: ComponentType }) {
  const [open, setOpen] = useUnfolded(panel);
  const id = useId();
  return (
    <section className="fold" aria-label={title} data-panel={panel}>
      <h3 className="fold-heading">
        <button
          type="button"
          className="fold-button"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => setOpen(!open)}
        >
          <span className="fold-mark" aria-hidden="true">
            {open ? '▾' : '▸'}
          </span>
          {title}
        </button>
      </h3>
      {open && (
        <div id={id} className="fold-content">
          <Content />
        </div>
      )}
    </section>
  );
}

/** Why this number, how sure, and what factors are and are not. */
export function Understand() {
  return (
    <div className="inspect-part folds">
      <Fold panel="ensemble" title={text.howSure} Content={HowSure} />
      <Fold panel="because" title={text.because} Content={Because} />
      <Fold panel="layers" title={text.layers} Content={Layers} />
      <Fold panel="rotation" title={text.rotation} Content={Rotation} />
    </div>
  );
}
