import type { AlsTrace } from '../../core/trace-als.ts';
import { strings } from '../../strings/index.ts';
import { formatExact, formatTerm } from '../../strings/numbers.ts';
import { useApp } from '../context.ts';
import { Exact, IndexedLetter, ShowAll, useFirst } from './StepLines.tsx';
import { CellRow, StepTable } from './StepTable.tsx';

const text = strings.nextUpdate;

const FIRST_SHOWN = 6;
/** The most that stand in the table. */
const MOST_SHOWN = 200;

interface Props {
  readonly trace: AlsTrace;
  /** Which numbers of the row have a column, 0-based. */
  readonly columns: readonly number[];
}

/** One rating that the row is solved from. */
function Row({ trace, columns, at }: Props & { at: number }) {
  const { users, items } = useApp((state) => state.study.dataset);
  const { side, row, ratings, hasBias } = trace;
  const of = ratings[at];
  const other = of?.partner ?? 0;
  const user = side === 'users' ? row : other;
  const item = side === 'users' ? other : row;
  if (!of) return null;
  return (
    <CellRow user={user} item={item}>
      <th scope="row">{side === 'users' ? items[item] : users[user]}</th>
      <td>{formatExact(of.rating)}</td>
      <td>{formatTerm(of.predicted)}</td>
      <td>
        <b>
          <Exact value={of.newPredicted}>{formatTerm(of.newPredicted)}</Exact>
        </b>
      </td>
      {hasBias && <td>{formatTerm(of.target)}</td>}
      {columns.map((f) => (
        <td key={f}>{formatTerm(of.z[f] ?? 0)}</td>
      ))}
    </CellRow>
  );
}

/** r, r̂ before and after, what is left for the row to explain, and z of each rating of the row. */
export function AlsRatings({ trace, columns }: Props) {
  const { side, ratings, hasBias, numbers, hasMean } = trace;
  const listed = Math.min(ratings.length, MOST_SHOWN);
  const first = useFirst(listed, FIRST_SHOWN);
  const [letter, index] = side === 'users' ? ['q', 'i'] : ['p', 'u'];
  return (
    <>
      <StepTable name={text.alsRatings}>
        <thead>
          <tr>
            <th scope="col">{text.rating}</th>
            <th scope="col">
              <i className="symbol">r</i>
            </th>
            <th scope="col">
              <i className="symbol">r̂</i> {text.old}
            </th>
            <th scope="col">
              <i className="symbol">r̂</i> {text.new}
            </th>
            {hasBias && (
              <th scope="col">
                <i className="symbol">r</i> {hasMean && '− μ '}− <IndexedLetter of="b" by={index} />
              </th>
            )}
            {columns.map((f) => (
              <th key={f} scope="col">
                {hasBias && f === numbers.length - 1 ? '1' : <IndexedLetter of={letter} by={`${index}${f + 1}`} />}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ratings.slice(0, first.shown).map(({ partner }, at) => (
            <Row key={partner} trace={trace} columns={columns} at={at} />
          ))}
        </tbody>
      </StepTable>
      <ShowAll of={first}>{text.showRatings(listed)}</ShowAll>
      {first.open && ratings.length > listed && <p className="muted small">{text.capped(listed, ratings.length)}</p>}
    </>
  );
}
