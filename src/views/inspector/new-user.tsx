import { memo, useEffect, useId, useMemo } from 'react';
import type { Dataset } from '../../core/dataset.ts';
import { setBlock } from '../../core/edit.ts';
import { foldInUser } from '../../core/understand/fold-in.ts';
import { describeProblem, strings } from '../../strings/index.ts';
import { formatPrediction } from '../../strings/numbers.ts';
import { useHandle } from '../context.ts';
import { NumberField } from '../controls/NumberField.tsx';
import { type InspectorMemory, useInspectorMemory } from './inspector-memory.ts';
import { countRatings, type KnownModel, useTrainingData } from './known-model.ts';

const text = strings.recommend;

/** Predictions that are listed. */
const LISTED = 8;
/** No rating that is tried out may be farther from zero. */
const VALUE_LIMIT = 1_000_000;

/** A rating of the new user: of which item of the dataset. */
interface Given {
  readonly item: number;
  readonly itemKey: number;
  readonly value: number;
}

/** What was typed for items that are still there. Another dataset is another new user. */
function givenIn(dataset: Dataset, draft: InspectorMemory['newUser']): readonly Given[] {
  if (draft.dataset !== dataset.name) return [];
  return draft.ratings.flatMap(({ itemKey, value }) => {
    const item = dataset.itemKeys.indexOf(itemKey);
    return item < 0 ? [] : [{ item, itemKey, value }];
  });
}

/** The middle of the scale, on a step of it: a rating to begin with. */
function middleOf({ min, max, step }: Dataset['scale']): number {
  return Number((min + Math.round((max - min) / 2 / step) * step).toPrecision(12));
}

function Predictions({ known, given }: { known: KnownModel; given: readonly Given[] }) {
  const { dataset, parameters, model } = known;
  const { training, n } = useTrainingData(dataset);
  const seen = useMemo(() => countRatings(training.item, n), [training, n]);
  const folded = useMemo(() => {
    // What nobody rated has factors by chance: it can say nothing about a person.
    const ratings = [...given].filter(({ item }) => (seen[item] ?? 0) > 0).sort((a, b) => a.item - b.item);
    return foldInUser(
      parameters,
      {
        partner: Int32Array.from(ratings, ({ item }) => item),
        value: Float64Array.from(ratings, ({ value }) => value),
      },
      model,
      training.value.length,
    );
  }, [parameters, given, model, training, seen]);
  const { lesson } = useHandle();
  useEffect(() => {
    const ratings = given.map(({ item, value }) => ({ item, value }));
    lesson?.computed({ foldIn: folded.ok ? { ratings, predictions: folded.value.predictions } : null });
  }, [lesson, given, folded]);
  if (!folded.ok) return <p className="inspect-no-data small">{text.noFold(describeProblem(folded.problem))}</p>;
  const rated = new Set(given.map(({ item }) => item));
  const { predictions } = folded.value;
  const open = Array.from(predictions, (predicted, item) => ({ predicted, item }))
    .filter(({ item }) => !rated.has(item) && (seen[item] ?? 0) > 0)
    .sort((a, b) => b.predicted - a.predicted);
  const leftOut = seen.reduce((sum, count) => sum + (count === 0 ? 1 : 0), 0);
  // Without biases nobody is anybody: a list of zeros would say nothing.
  const nothing = given.length === 0 && parameters.bi === null;
  return (
    <>
      {given.length === 0 && (
        <p className="muted small">{parameters.bi === null ? text.noRatingsFactors : text.noRatings}</p>
      )}
      {open.length === 0 && <p className="muted small">{text.allRated}</p>}
      <ol className="recommend-folded" aria-label={text.predictions}>
        {(nothing ? [] : open).slice(0, LISTED).map(({ item, predicted }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: places stay while what stands there changes
          <li key={place}>
            <span className="recommend-name" title={dataset.items[item]}>
              {dataset.items[item]}
            </span>
            <span className="recommend-predicted numbers">{formatPrediction(predicted)}</span>
          </li>
        ))}
      </ol>
      {!nothing && open.length > LISTED && <p className="muted small">{text.more(open.length - LISTED)}</p>}
      {leftOut > 0 && <p className="muted small">{text.leftOutItems(leftOut)}</p>}
    </>
  );
}

/** Cold start: what somebody who is not in R would get, from a few ratings and Q as it stands. */
export const NewUser = memo(function NewUser({ known }: { known: KnownModel }) {
  const { dataset } = known;
  const { store, pointer, actions } = useHandle();
  const [{ newUser }, remember] = useInspectorMemory();
  const title = useId();
  const given = useMemo(() => givenIn(dataset, newUser), [dataset, newUser]);
  const setRatings = (ratings: InspectorMemory['newUser']['ratings']) =>
    remember({ newUser: { dataset: dataset.name, ratings } });
  const rated = new Set(given.map(({ item }) => item));
  const drafts = given.map(({ itemKey, value }) => ({ itemKey, value }));
  const change = (itemKey: number, value: number) =>
    setRatings(drafts.map((draft) => (draft.itemKey === itemKey ? { itemKey, value } : draft)));

  const addToR = () => {
    const now = store.getState().study.dataset;
    const user = now.users.length;
    const place = givenIn(now, newUser);
    const added = setBlock(
      now,
      { users: [user], items: place.map(({ item }) => item) },
      { values: [place.map(({ value }) => value)], userNames: null, itemNames: null },
    );
    if (!added.ok) {
      actions.report(added.problem);
      return;
    }
    const name = added.value.users[user] ?? '';
    actions.changeDataset(added.value, text.markAdded(name));
    pointer.getState().select(user, pointer.getState().selected.item);
    actions.say(text.added(name, place.length), { label: strings.store.undo, run: () => actions.undo() });
  };

  return (
    <section className="recommend-part" aria-labelledby={title}>
      <h2 id={title} className="inspect-title">
        {text.newUser}
      </h2>
      <p className="muted small">{text.newUserWhat}</p>
      <select
        className="field recommend-choose"
        aria-label={text.chooseItem}
        value=""
        disabled={rated.size === dataset.items.length}
        onChange={(event) => {
          const itemKey = dataset.itemKeys[Number(event.currentTarget.value)];
          if (itemKey !== undefined) setRatings([...drafts, { itemKey, value: middleOf(dataset.scale) }]);
        }}
      >
        <option value="" disabled>
          {text.choosePlaceholder}
        </option>
        {dataset.items.map((item, at) =>
          rated.has(at) ? null : (
            <option key={dataset.itemKeys[at]} value={at}>
              {item}
            </option>
          ),
        )}
      </select>
      <ul className="recommend-given" aria-label={text.ratings}>
        {given.map(({ item, itemKey, value }) => (
          <li key={itemKey}>
            <NumberField
              label={dataset.items[item] ?? ''}
              value={value}
              min={-VALUE_LIMIT}
              max={VALUE_LIMIT}
              step={dataset.scale.step}
              onCommit={(next) => change(itemKey, next)}
            />
            <button
              type="button"
              className="recommend-remove"
              aria-label={text.remove(dataset.items[item] ?? '')}
              onClick={() => setRatings(drafts.filter((draft) => draft.itemKey !== itemKey))}
            >
              <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
      <Predictions known={known} given={given} />
      <button type="button" className="button" disabled={given.length === 0} onClick={addToR}>
        {text.add}
      </button>
    </section>
  );
});
