import { memo } from 'react';
import { sampleRows } from '../../charts/loss-chart.ts';
import { strings } from '../../strings/index.ts';
import { formatCount, formatReadout } from '../../strings/numbers.ts';
import { useApp } from '../context.ts';

const MOST_ROWS = 20;

interface RowProps {
  readonly epoch: number;
  readonly figures: readonly (number | null)[];
}

const Row = memo(
  function Row({ epoch, figures }: RowProps) {
    return (
      <tr>
        <th scope="row">{formatCount(epoch)}</th>
        {figures.map((figure, column) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the columns are fixed
          <td key={column}>{formatReadout(figure)}</td>
        ))}
      </tr>
    );
  },
  (old, now) => old.epoch === now.epoch && old.figures.every((figure, column) => figure === now.figures[column]),
);

/** The chart in words and numbers, for whoever does not see curves. */
export function LossNumbers() {
  const history = useApp((state) => state.run.history);
  const marks = useApp((state) => state.run.marks);
  const rows = sampleRows(history.epoch, MOST_ROWS);
  const { loss, seen, heldOut } = strings.chart;
  return (
    <div className="loss-numbers">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a narrow screen, also by keys */}
      <section className="loss-numbers-scroll" aria-label={strings.chart.numbers} tabIndex={0}>
        <table className="numbers">
          <caption>{strings.chart.table}</caption>
          <thead>
            <tr>
              <th scope="col">{strings.chart.epoch}</th>
              <th scope="col">{`${loss.rmse} ${seen}`}</th>
              <th scope="col">{`${loss.rmse} ${heldOut}`}</th>
              <th scope="col">{`${loss.mae} ${seen}`}</th>
              <th scope="col">{`${loss.mae} ${heldOut}`}</th>
              <th scope="col">{loss.objective}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row
                key={history.epoch[row]}
                epoch={history.epoch[row] ?? 0}
                figures={[
                  history.rmseSeen[row] ?? null,
                  history.rmseHeldOut[row] ?? null,
                  history.maeSeen[row] ?? null,
                  history.maeHeldOut[row] ?? null,
                  history.objective[row] ?? null,
                ]}
              />
            ))}
          </tbody>
        </table>
      </section>
      <p className="muted small">{strings.chart.tableOf(rows.length, history.epoch.length)}</p>
      <h3 className="small">{strings.chart.changes}</h3>
      {marks.length === 0 ? (
        <p className="muted small">{strings.chart.noChanges}</p>
      ) : (
        <ul className="small numbers" aria-label={strings.chart.changes}>
          {marks.map((mark, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: marks are only ever appended, and two may be alike
            <li key={at}>{strings.chart.change(mark.epoch, mark.label)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
