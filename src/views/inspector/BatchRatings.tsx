import type { BatchRating } from '../../core/trace-adam.ts';
import { strings } from '../../strings/index.ts';
import { formatExact, formatTerm } from '../../strings/numbers.ts';
import { useApp } from '../context.ts';
import { IndexedLetter, ShowAll, useFirst } from './StepLines.tsx';
import { CellRow, StepTable } from './StepTable.tsx';

const text = strings.nextUpdate;

const FIRST_SHOWN = 6;
/** The most that stand in the table. */
const MOST_SHOWN = 200;

interface Chosen {
  readonly user: number;
  readonly item: number;
}

/** A rating of the batch. */
function Row({ rating: of, chosen }: { rating: BatchRating; chosen: Chosen }) {
  const { users, items } = useApp((state) => state.study.dataset);
  const { user, item, rating, error } = of;
  const itself = user === chosen.user && item === chosen.item;
  return (
    <CellRow user={user} item={item}>
      <th scope="row">
        {itself ? (
          <b>{strings.inspector.cell(users[user] ?? '', items[item] ?? '')}</b>
        ) : (
          strings.inspector.cell(users[user] ?? '', items[item] ?? '')
        )}
        {itself && <span className="muted"> {text.thisCell}</span>}
      </th>
      <td>{formatExact(rating)}</td>
      <td>{formatTerm(error)}</td>
      <td>
        {user === chosen.user && <IndexedLetter of="p" by="u" />}
        {itself && ', '}
        {item === chosen.item && <IndexedLetter of="q" by="i" />}
        {user !== chosen.user && item !== chosen.item && '—'}
      </td>
    </CellRow>
  );
}

/** The ratings of a batch: first those that the chosen p and q are part of, in visiting order. */
export function BatchRatings({ ratings, chosen }: { ratings: readonly BatchRating[]; chosen: Chosen }) {
  const touching = ratings.filter(({ user, item }) => user === chosen.user || item === chosen.item);
  const others = ratings.filter(({ user, item }) => user !== chosen.user && item !== chosen.item);
  const ordered = [...touching, ...others].slice(0, MOST_SHOWN);
  const first = useFirst(ordered.length, FIRST_SHOWN);
  return (
    <>
      <StepTable name={text.batchTable}>
        <thead>
          <tr>
            <th scope="col">{text.rating}</th>
            <th scope="col">
              <i className="symbol">r</i>
            </th>
            <th scope="col">
              <i className="symbol">e</i>
            </th>
            <th scope="col" className="step-wrap">
              {text.moves}
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.slice(0, first.shown).map((rating) => (
            <Row key={`${rating.user}/${rating.item}`} rating={rating} chosen={chosen} />
          ))}
        </tbody>
      </StepTable>
      <ShowAll of={first}>{text.showRatings(ordered.length)}</ShowAll>
      {first.open && ratings.length > MOST_SHOWN && (
        <p className="muted small">{text.capped(MOST_SHOWN, ratings.length)}</p>
      )}
    </>
  );
}
