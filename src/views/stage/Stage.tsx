import { useEffect, useMemo, useRef } from 'react';
import { windowOf } from '../../charts/stage-cells.ts';
import { LABEL_SIZE, layoutStage, type StageLayout } from '../../charts/stage-layout.ts';
import { textWidth } from '../../charts/text-width.ts';
import { hasBiases, hasMean } from '../../core/model.ts';
import { strings } from '../../strings/index.ts';
import { useApp, useHandle } from '../context.ts';
import { Corner } from './Corner.tsx';
import { FoundLegend } from './FoundLegend.tsx';
import { GroupLines } from './GroupLines.tsx';
import { StageLabels } from './Labels.tsx';
import { Legend } from './Legend.tsx';
import { Links } from './Links.tsx';
import { Matrices } from './Matrices.tsx';
import { createStageHandle, type StageHandle } from './stage-handle.ts';
import './stage.css';
import { Tip } from './Tip.tsx';
import { Titles } from './Titles.tsx';
import { useRoom } from './useRoom.ts';

const words = strings.stage;

function labelWidths(names: readonly string[], bold = false): number[] {
  return names.map((name) => textWidth(name, LABEL_SIZE, bold));
}

/**
 * R | P | R̂ with Qᵀ above R̂, where the algebra puts them: pictures on canvases, grids over them for keyboard and assistive
 * technology, one prediction written out in the empty corner.
 */
export function Stage() {
  const { store } = useHandle();
  const handle = useMemo(() => createStageHandle(store), [store]);
  useEffect(() => handle.start(), [handle]);

  const dataset = useApp((state) => state.study.dataset);
  const shown = useApp((state) => state.window);
  const users = useMemo(() => windowOf(shown.users, dataset.users.length), [shown.users, dataset.users.length]);
  const items = useMemo(() => windowOf(shown.items, dataset.items.length), [shown.items, dataset.items.length]);
  const userNames = useMemo(() => users.map((user) => dataset.users[user] ?? ''), [users, dataset.users]);
  const itemNames = useMemo(() => items.map((item) => dataset.items[item] ?? ''), [items, dataset.items]);
  // What is shown decides: a changed prediction acts from the next epoch on, and its biases come with it.
  const k = useApp((state) => state.run.view?.k ?? state.study.model.k);
  const biases = useApp((state) =>
    state.run.view ? state.run.view.bu !== null : hasBiases(state.study.model.prediction),
  );
  const mean = useApp((state) => (state.run.view ? state.run.view.mu !== null : hasMean(state.study.model.prediction)));

  const container = useRef<HTMLElement>(null);
  const room = useRoom(container);
  const userLabel = useMemo(() => Math.max(0, ...labelWidths(userNames, true)), [userNames]);
  const itemLabels = useMemo(() => labelWidths(itemNames), [itemNames]);
  const layout = useMemo(
    () =>
      room && users.length > 0 && items.length > 0
        ? layoutStage({
            width: room.width,
            height: room.height,
            users: users.length,
            items: items.length,
            k,
            biases,
            mean,
            userLabel,
            itemLabels,
          })
        : null,
    [room, users.length, items.length, k, biases, mean, userLabel, itemLabels],
  );
  const part = shown.users !== null || shown.items !== null;

  return (
    <section ref={container} className="stage" aria-label={words.region}>
      {layout && (
        <>
          <Field
            layout={layout}
            handle={handle}
            users={users}
            items={items}
            userNames={userNames}
            itemNames={itemNames}
          />
          {part && (
            <p className="stage-caption muted small">
              {words.windowOf(users.length, items.length, dataset.users.length, dataset.items.length)}
            </p>
          )}
          <Legend layout={layout} handle={handle} />
          <FoundLegend layout={layout} />
        </>
      )}
    </section>
  );
}

interface FieldProps {
  readonly layout: StageLayout;
  readonly handle: StageHandle;
  readonly users: readonly number[];
  readonly items: readonly number[];
  readonly userNames: readonly string[];
  readonly itemNames: readonly string[];
}

/** The matrices at their places; scrolls inside itself only where cells would become too small to see. */
function Field({ layout, handle, users, items, userNames, itemNames }: FieldProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const scrolling = layout.scrolls
    ? { role: 'region', tabIndex: 0, 'aria-label': words.scrollRegion, className: 'stage-scroll' }
    : {};
  return (
    <div ref={scroller} {...scrolling}>
      <div className="stage-field" style={{ width: layout.width, height: layout.height }}>
        <StageLabels layout={layout} handle={handle} userNames={userNames} itemNames={itemNames} />
        <Corner layout={layout} handle={handle} />
        <Matrices
          layout={layout}
          handle={handle}
          users={users}
          items={items}
          userNames={userNames}
          itemNames={itemNames}
        />
        <GroupLines layout={layout} users={users} items={items} />
        <Links layout={layout} handle={handle} />
        {/* After the grids: their tab stops come first. */}
        <Titles layout={layout} />
        <Tip layout={layout} handle={handle} />
      </div>
    </div>
  );
}
