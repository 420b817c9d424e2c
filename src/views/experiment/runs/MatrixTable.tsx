import { memo } from 'react';
import { strings } from '../../../strings/index.ts';
import { formatCell } from '../../../strings/numbers.ts';
import type { Ramp } from '../../../theme/ramps.ts';

interface Props {
  readonly name: string;
  readonly users: readonly string[];
  readonly items: readonly string[];
  /** users × items, row by row; what is not finite is not there. */
  readonly values: Float64Array;
  readonly ramp: Ramp;
  readonly shade: (value: number) => number;
  /** Writes + before what is positive. */
  readonly signed: boolean;
  /** Of each cell whether a rating stands there (`CELL_KINDS`), and whether the run saw it. */
  readonly kinds: Float64Array;
}

/** What a cell is to a run. The first is marked by nothing. */
export const CELL_KINDS = ['gap', 'seen', 'heldOut'] as const;

/** A matrix as a table of colored cells with their numbers. */
export const MatrixTable = memo(function MatrixTable(props: Props) {
  const { name, users, items, values, ramp, shade, signed, kinds } = props;
  const written = (value: number): string => {
    const text = formatCell(value, 2);
    return signed && value > 0 && Number(text) !== 0 ? `+${text}` : text.replace(/^-/, '−');
  };
  return (
    <figure className="compare-matrix">
      <figcaption className="small">{name}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where it does not fit, also by keys */}
      <section className="compare-scroll" aria-label={name} tabIndex={0}>
        <table className="compare-cells numbers" aria-label={name}>
          <thead>
            <tr>
              <td />
              {items.map((item, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two items may have one name
                <th key={at} scope="col" title={item}>
                  <span>{item}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {users.map((user, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two users may have one name
              <tr key={row}>
                <th scope="row" title={user}>
                  <span>{user}</span>
                </th>
                {items.map((_, column) => {
                  const value = values[row * items.length + column] ?? Number.NaN;
                  const at = shade(value);
                  const kind = CELL_KINDS[kinds[row * items.length + column] ?? 0] ?? 'gap';
                  const title = strings.runs.cellKinds[kind];
                  const colors = { background: ramp.css[at], color: ramp.text[at] };
                  return Number.isFinite(value) ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                    <td key={column} title={title} style={colors}>
                      <span className={`compare-cell ${kind}`}>{written(value)}</span>
                    </td>
                  ) : (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                    <td key={column}>{strings.runs.noNumber}</td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </figure>
  );
});
