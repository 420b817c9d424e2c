import { memo, useId, useMemo, useRef } from 'react';
import { treeLines } from '../../charts/tree-lines.ts';
import { arrange, type Side } from '../../core/edit-rows.ts';
import { SEED_LIMIT } from '../../core/model.ts';
import { averageLinkage, type Dendrogram } from '../../core/understand/dendrogram.ts';
import { kMeans } from '../../core/understand/k-means.ts';
import { distancesBetween } from '../../core/understand/similar.ts';
import { strings } from '../../strings/index.ts';
import { useActions, useHandle } from '../context.ts';
import { NumberField } from '../controls/NumberField.tsx';
import { useSize } from '../loss/use-size.ts';
import { useInspectorMemory } from './inspector-memory.ts';
import type { KnownModel } from './known-model.ts';

const text = strings.similar;

/** Beyond so many rows a tree cannot be read, and their distances would cost every frame. */
const TREE_LIMIT = 60;
/** CSS px. */
const ROW_HEIGHT = 22;
const MOST_GROUPS = 20;
/** Members of a group that are named where there is no tree. */
const NAMED = 6;

/** The tree's names and group numbers, with its lines beside them. */
function Tree(props: { tree: Dendrogram; names: readonly string[]; group: Int32Array; choose: (row: number) => void }) {
  const { tree, names, group, choose } = props;
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const height = names.length * ROW_HEIGHT;
  const lines = useMemo(() => treeLines(tree, Math.max(1, width - 2), ROW_HEIGHT), [tree, width]);
  return (
    <figure className="similar-tree" aria-label={text.tree}>
      <ol>
        {Array.from(tree.order, (row, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: places stay while those who stand there change
          <li key={place} style={{ height: ROW_HEIGHT }}>
            <button type="button" className="inspector-link" title={names[row]} onClick={() => choose(row)}>
              {names[row]}
            </button>
            <span className="similar-group numbers">
              <span className="visually-hidden">{text.group((group[row] ?? 0) + 1)}</span>
              <span aria-hidden="true">{(group[row] ?? 0) + 1}</span>
            </span>
          </li>
        ))}
      </ol>
      <div ref={box}>
        {width > 0 && (
          <svg aria-hidden="true" width={width} height={height}>
            <path d={lines.path} />
          </svg>
        )}
      </div>
    </figure>
  );
}

function Members({ names, group, count }: { names: readonly string[]; group: Int32Array; count: number }) {
  return (
    <ul className="similar-members small">
      {Array.from({ length: count }, (_, number) => {
        const rows: string[] = [];
        for (let row = 0; row < group.length && rows.length < NAMED; row += 1) {
          if (group[row] === number) rows.push(names[row] ?? '');
        }
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its number
          <li key={number}>
            <b>{text.group(number + 1)}</b> {text.members(rows)}
          </li>
        );
      })}
    </ul>
  );
}

/** Rows by group, within a group as the tree (or, without one, as they stood). order[new place] = row. */
export function orderByGroup(group: Int32Array, tree: Dendrogram | null): number[] {
  const rows = tree ? Array.from(tree.order) : Array.from(group, (_, row) => row);
  return rows
    .map((row, place) => ({ row, place }))
    .sort((a, b) => (group[a.row] ?? 0) - (group[b.row] ?? 0) || a.place - b.place)
    .map(({ row }) => row);
}

/** Groups of alike users or items: k-means with a stated seed, the tree, and the stage in their order. */
export const Groups = memo(function Groups({ known, side }: { known: KnownModel; side: Side }) {
  const [memory, remember] = useInspectorMemory();
  const { likeness, centered } = memory;
  const { pointer, store } = useHandle();
  const actions = useActions();
  const title = useId();
  const { dataset, parameters, model } = known;
  const names = dataset[side];
  const most = Math.min(MOST_GROUPS, names.length);
  const wanted = Math.min(memory.groups, most);
  const seed = memory.groupSeed ?? model.seed;
  const groups = useMemo(
    () => kMeans(side === 'users' ? parameters.P : parameters.Q, parameters.k, wanted, seed),
    [parameters, side, wanted, seed],
  );
  const tree = useMemo(() => {
    if (names.length > TREE_LIMIT) return null;
    const found = averageLinkage(distancesBetween(parameters, side, { by: likeness, centered }), names.length);
    return found.ok ? found.value : null;
  }, [parameters, side, likeness, centered, names.length]);
  const choose = (row: number) => {
    const { selected, select } = pointer.getState();
    select(side === 'users' ? row : selected.user, side === 'users' ? selected.item : row);
  };
  const keys = side === 'users' ? dataset.userKeys : dataset.itemKeys;
  const inFirstOrder = keys.every((key, place) => place === 0 || (keys[place - 1] ?? 0) < key);
  const backToFirst = () => {
    if (inFirstOrder || store.getState().study.dataset !== dataset) return;
    const rows = keys.map((key, row) => ({ key, row })).sort((a, b) => a.key - b.key);
    actions.changeDataset(
      arrange(
        dataset,
        side,
        rows.map(({ row }) => row),
      ),
      text.markFirstOrder[side],
    );
    actions.say(text.firstOrderAgain[side], { label: strings.store.undo, run: () => actions.undo() });
  };
  const order = () => {
    const rows = orderByGroup(groups.group, tree);
    // Between two looks at a run under way rows may have come or gone.
    if (store.getState().study.dataset !== dataset) return;
    if (rows.every((row, place) => row === place)) {
      actions.say(text.inOrder);
      return;
    }
    actions.changeDataset(arrange(dataset, side, rows), text.markOrdered[side]);
    actions.say(text.ordered[side], { label: strings.store.undo, run: () => actions.undo() });
  };
  return (
    <section className="similar-part" aria-labelledby={title}>
      <h2 id={title} className="inspect-title">
        {text.groupsWhat[side]}
      </h2>
      <div className="similar-fields">
        <NumberField
          label={text.groups}
          value={wanted}
          min={1}
          max={most}
          integer
          onCommit={(count) => remember({ groups: count })}
        />
        <NumberField
          label={text.seed}
          value={seed}
          min={0}
          max={SEED_LIMIT}
          integer
          onCommit={(chosen) => remember({ groupSeed: chosen })}
        />
      </div>
      <p className="muted small">{text.kMeans}</p>
      <p className="small numbers similar-sizes">{text.sizes(Array.from(groups.sizes))}</p>
      <div className="similar-buttons">
        <button type="button" className="button" onClick={order}>
          {text.order[side]}
        </button>
        <button type="button" className="button" aria-disabled={inFirstOrder} onClick={backToFirst}>
          {text.firstOrder}
        </button>
      </div>
      {tree ? (
        <>
          <Tree tree={tree} names={names} group={groups.group} choose={choose} />
          <p className="muted small">{text.treeWhat}</p>
        </>
      ) : (
        <>
          <Members names={names} group={groups.group} count={groups.count} />
          <p className="muted small">{text.treeTooLarge(TREE_LIMIT)}</p>
        </>
      )}
    </section>
  );
});
