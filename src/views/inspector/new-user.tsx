import { memo, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Dataset } from '../../core/dataset.ts';
import { setBlock } from '../../core/edit.ts';
import type { Result } from '../../core/problem.ts';
import { type FoldedUser, foldInUser } from '../../core/understand/fold-in.ts';
import { describeProblem, strings } from '../../strings/index.ts';
import { formatPrediction } from '../../strings/numbers.ts';
import { recommend as text } from '../../strings/recommend.ts';
import { useHandle } from '../context.ts';
import { NumberField } from '../controls/NumberField.tsx';
import { type InspectorMemory, useInspectorMemory, useSetOf } from './inspector-memory.ts';
import { countRatings, type KnownModel, useTrainingData } from './known-model.ts';

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

/** An item that was chosen, with what was typed for it, or nothing yet. */
interface Chosen {
  readonly item: number;
  readonly itemKey: number;
  readonly value: number | null;
}

/** What the form holds: what was typed, or what was added to R and taken back. */
function draftOf(dataset: Dataset, { ratings, added }: InspectorMemory['newUser']): typeof ratings {
  const takenBack = added !== null && ratings.length === 0 && !dataset.userKeys.includes(added.userKey);
  return takenBack ? added.ratings : ratings;
}

/** What was chosen of items that are still there. Another dataset is another new user. */
function chosenIn(dataset: Dataset, set: number, draft: InspectorMemory['newUser']): readonly Chosen[] {
  if (draft.set !== set) return [];
  return draftOf(dataset, draft).flatMap(({ itemKey, value }) => {
    const item = dataset.itemKeys.indexOf(itemKey);
    return item < 0 ? [] : [{ item, itemKey, value }];
  });
}

/** Of those the ones that have a rating: nobody's opinion is made up for them. */
function givenOf(chosen: readonly Chosen[]): readonly Given[] {
  return chosen.flatMap(({ item, itemKey, value }) => (value === null ? [] : [{ item, itemKey, value }]));
}

/** The row that these ratings ask for, with Q as it stands. */
function useFolded({ dataset, parameters, model }: KnownModel, given: readonly Given[]): Result<FoldedUser> {
  const { training, n } = useTrainingData(dataset);
  return useMemo(() => {
    const seen = countRatings(training.item, n);
    // What nobody rated has factors by chance: it can say nothing about a person.
    const ratings = given.filter(({ item }) => (seen[item] ?? 0) > 0).sort((a, b) => a.item - b.item);
    return foldInUser(
      parameters,
      {
        partner: Int32Array.from(ratings, ({ item }) => item),
        value: Float64Array.from(ratings, ({ value }) => value),
      },
      model,
      training.value.length,
    );
  }, [parameters, given, model, training, n]);
}

/** The middle of the scale, on a step of it: where the arrow keys begin. */
function middleOf({ min, max, step }: Dataset['scale']): number {
  return Number((min + Math.round((max - min) / 2 / step) * step).toPrecision(12));
}

function Predictions(props: { known: KnownModel; given: readonly Given[]; folded: Result<FoldedUser> }) {
  const { known, given, folded } = props;
  const { dataset, parameters } = known;
  const { training, n } = useTrainingData(dataset);
  const seen = useMemo(() => countRatings(training.item, n), [training, n]);
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
  const setOf = useSetOf();
  const set = setOf(dataset);
  const title = useId();
  const chosen = useMemo(() => chosenIn(dataset, set, newUser), [dataset, set, newUser]);
  const given = useMemo(() => givenOf(chosen), [chosen]);
  const folded = useFolded(known, given);
  const list = useRef<HTMLUListElement>(null);
  const [justChosen, setJustChosen] = useState<number | null>(null);
  // Who chose an item is about to rate it.
  useEffect(() => {
    if (justChosen === null) return;
    list.current?.querySelector<HTMLInputElement>(`[data-item="${justChosen}"] input`)?.focus();
    setJustChosen(null);
  }, [justChosen]);
  const setRatings = (ratings: InspectorMemory['newUser']['ratings']) =>
    remember({ newUser: { set, ratings, added: null } });
  const taken = new Set(chosen.map(({ item }) => item));
  const drafts = chosen.map(({ itemKey, value }) => ({ itemKey, value }));
  const change = (itemKey: number, value: number) =>
    setRatings(drafts.map((draft) => (draft.itemKey === itemKey ? { itemKey, value } : draft)));

  const addToR = () => {
    const now = store.getState().study.dataset;
    const user = now.users.length;
    const place = givenOf(chosenIn(now, setOf(now), newUser));
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
    const undo = { label: strings.store.undo, run: () => actions.undo() };
    if (folded.ok) actions.addUser(added.value, text.markAdded(name), folded.value);
    else actions.changeDataset(added.value, text.markAdded(name));
    // Empty from now on, or the next press would add them again; undone, what was typed is back.
    const userKey = added.value.userKeys[user];
    if (userKey !== undefined) remember({ newUser: { set, ratings: [], added: { userKey, ratings: drafts } } });
    pointer.getState().select(user, pointer.getState().selected.item);
    actions.say(folded.ok ? text.added(name, place.length) : text.addedAtRandom(name, place.length), undo);
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
        disabled={taken.size === dataset.items.length}
        onChange={(event) => {
          const itemKey = dataset.itemKeys[Number(event.currentTarget.value)];
          if (itemKey === undefined) return;
          setRatings([...drafts, { itemKey, value: null }]);
          setJustChosen(itemKey);
        }}
      >
        <option value="" disabled>
          {text.choosePlaceholder}
        </option>
        {dataset.items.map((item, at) =>
          taken.has(at) ? null : (
            <option key={dataset.itemKeys[at]} value={at}>
              {item}
            </option>
          ),
        )}
      </select>
      <ul ref={list} className="recommend-given" aria-label={text.ratings}>
        {chosen.map(({ item, itemKey, value }) => (
          <li key={itemKey} data-item={itemKey}>
            <NumberField
              label={dataset.items[item] ?? ''}
              value={value ?? Number.NaN}
              first={middleOf(dataset.scale)}
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
      {given.map(({ item, itemKey, value }) =>
        value < dataset.scale.min || value > dataset.scale.max ? (
          <p key={itemKey} className="muted small" role="status">
            {text.outsideScale(dataset.items[item] ?? '', dataset.scale.min, dataset.scale.max)}
          </p>
        ) : null,
      )}
      {given.length < chosen.length && <p className="muted small">{text.unrated(chosen.length - given.length)}</p>}
      <Predictions known={known} given={given} folded={folded} />
      <button type="button" className="button" disabled={given.length === 0} onClick={addToR}>
        {text.add}
      </button>
    </section>
  );
});
