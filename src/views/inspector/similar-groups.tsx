import { memo, useId, useMemo, useRef } from 'react';
import { treeLines } from '../../charts/tree-lines.ts';
import { arrange, type Side } from '../../core/edit-rows.ts';
import { SEED_LIMIT } from '../../core/model.ts';
import { averageLinkage, type Dendrogram } from '../../core/understand/dendrogram.ts';
import { kMeans } from '../../core/understand/k-means.ts';
import { distancesBetween, isSignOnly } from '../../core/understand/similar.ts';
import { strings } from '../../strings/index.ts';
import { similar as text } from '../../strings/similar.ts';
import { useActions, useHandle } from '../context.ts';
import { NumberField } from '../controls/NumberField.tsx';
import { useSize } from '../loss/use-size.ts';
import { groupBorders, NO_GROUP } from './group-borders.ts';
import { useInspectorMemory, useSetOf } from './inspector-memory.ts';
import { countRatings, type KnownModel, useTrainingData } from './known-model.ts';

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

/**
 * Rows by group, within a group as `leaves` (the tree's, or as they stood); those in no group come last. order[new place] = row.
 */
export function orderByGroup(group: Int32Array, leaves: readonly number[] | null): number[] {
  const rank = (row: number) => {
    const number = group[row] ?? NO_GROUP;
    return number === NO_GROUP ? Number.MAX_SAFE_INTEGER : number;
  };
  const grouped = leaves ?? Array.from(group, (_, row) => row);
  const there = new Set(grouped);
  const others = Array.from(group, (_, row) => row).filter((row) => !there.has(row));
  return [...grouped, ...others]
    .map((row, place) => ({ row, place }))
    .sort((a, b) => rank(a.row) - rank(b.row) || a.place - b.place)
    .map(({ row }) => row);
}

/** The rows that have a training rating: factors of the others are chance, and belong to no group. */
function useGroupedRows(known: KnownModel, side: Side): readonly number[] {
  const { training } = useTrainingData(known.dataset);
  const count = known.dataset[side].length;
  return useMemo(() => {
    const ratings = countRatings(side === 'users' ? training.user : training.item, count);
    return Array.from(ratings, (_, row) => row).filter((row) => (ratings[row] ?? 0) > 0);
  }, [training, side, count]);
}

/** k-means of these rows alone; the others are in no group. */
function groupRows(X: Float64Array, k: number, rows: readonly number[], wanted: number, seed: number) {
  const Y = new Float64Array(rows.length * k);
  rows.forEach((row, place) => {
    Y.set(X.subarray(row * k, (row + 1) * k), place * k);
  });
  const found = kMeans(Y, k, wanted, seed);
  const group = new Int32Array(X.length / k).fill(NO_GROUP);
  rows.forEach((row, place) => {
    group[row] = found.group[place] ?? NO_GROUP;
  });
  return { ...found, group };
}

/** Groups of alike users or items: k-means with a stated seed, the tree, and the stage in their order. */
export const Groups = memo(function Groups({ known, side }: { known: KnownModel; side: Side }) {
  const [memory, remember] = useInspectorMemory();
  const { likeness, centered } = memory;
  const { pointer, store } = useHandle();
  const setOf = useSetOf();
  const actions = useActions();
  const title = useId();
  const { dataset, parameters, model } = known;
  const names = dataset[side];
  const rows = useGroupedRows(known, side);
  const most = Math.max(1, Math.min(MOST_GROUPS, rows.length));
  const wanted = Math.min(memory.groups, most);
  const seed = memory.groupSeed ?? model.seed;
  const groups = useMemo(
    () => groupRows(side === 'users' ? parameters.P : parameters.Q, parameters.k, rows, wanted, seed),
    [parameters, side, rows, wanted, seed],
  );
  // A likeness that is 1 or −1 would part the rows in two heaps.
  const signOnly = isSignOnly(parameters, likeness);
  const by = signOnly ? 'distance' : likeness;
  const tree = useMemo(() => {
    if (rows.length > TREE_LIMIT) return null;
    const all = distancesBetween(parameters, side, { by, centered });
    const count = side === 'users' ? parameters.P.length / parameters.k : parameters.Q.length / parameters.k;
    const among = Float64Array.from({ length: rows.length * rows.length }, (_, at) => {
      const row = rows[Math.floor(at / rows.length)] ?? 0;
      return all[row * count + (rows[at % rows.length] ?? 0)] ?? 0;
    });
    const found = averageLinkage(among, rows.length);
    return found.ok ? found.value : null;
  }, [parameters, side, by, centered, rows]);
  const groupedNames = useMemo(() => rows.map((row) => names[row] ?? ''), [rows, names]);
  const groupOfGrouped = useMemo(() => Int32Array.from(rows, (row) => groups.group[row] ?? NO_GROUP), [rows, groups]);
  const choose = (row: number) => {
    const { selected, select } = pointer.getState();
    select(side === 'users' ? row : selected.user, side === 'users' ? selected.item : row);
  };
  const keys = side === 'users' ? dataset.userKeys : dataset.itemKeys;
  const inFirstOrder = keys.every((key, place) => place === 0 || (keys[place - 1] ?? 0) < key);
  const backToFirst = () => {
    if (inFirstOrder || store.getState().study.dataset !== dataset) return;
    const first = keys.map((key, row) => ({ key, row })).sort((a, b) => a.key - b.key);
    actions.changeDataset(
      arrange(
        dataset,
        side,
        first.map(({ row }) => row),
      ),
      text.markFirstOrder[side],
    );
    actions.say(text.firstOrderAgain[side], { label: strings.store.undo, run: () => actions.undo() });
  };
  const set = setOf(dataset);
  const remembered = memory.orderedGroups;
  const shown = remembered?.side === side && remembered.set === set ? remembered : null;
  const borders = shown && groupBorders(keys, shown.groupOfKey);
  const moved =
    shown !== null && keys.some((key, row) => (shown.groupOfKey.get(key) ?? NO_GROUP) !== groups.group[row]);
  const lines = borders && borders.length > 0 ? `${text.lines}${moved ? ` ${text.linesOld}` : ''}` : null;
  const order = () => {
    const ordered = orderByGroup(groups.group, tree ? Array.from(tree.order, (leaf) => rows[leaf] ?? 0) : null);
    // Between two looks at a run under way rows may have come or gone.
    if (store.getState().study.dataset !== dataset) return;
    const groupOfKey = new Map(keys.map((key, row) => [key, groups.group[row] ?? NO_GROUP]));
    remember({ orderedGroups: { set, side, groupOfKey } });
    if (ordered.every((row, place) => row === place)) {
      actions.say(text.inOrder);
      return;
    }
    actions.changeDataset(arrange(dataset, side, ordered), text.markOrdered[side]);
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
      <p className="muted small">{text.kMeans(groups.starts)}</p>
      <p className="small numbers similar-sizes">{text.sizes(Array.from(groups.sizes))}</p>
      <div className="similar-buttons">
        <button type="button" className="button" onClick={order}>
          {text.order[side]}
        </button>
        <button type="button" className="button" aria-disabled={inFirstOrder} onClick={backToFirst}>
          {text.firstOrder}
        </button>
      </div>
      {rows.length < names.length && <p className="muted small">{text.notGrouped(names.length - rows.length)}</p>}
      {(lines || !inFirstOrder) && <p className="muted small">{lines ?? text.otherOrder[side]}</p>}
      {tree ? (
        <>
          <Tree tree={tree} names={groupedNames} group={groupOfGrouped} choose={(leaf) => choose(rows[leaf] ?? 0)} />
          <p className="muted small">{signOnly ? text.treeByDistance : text.treeWhat}</p>
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
