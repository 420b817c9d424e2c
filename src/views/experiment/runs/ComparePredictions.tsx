import { useMemo, useState } from 'react';
import {
  type CommonCells,
  cellsAt,
  commonCells,
  mostMoved,
  rowsThatMoved,
} from '../../../core/experiment/common-cells.ts';
import type { RunRecord } from '../../../core/experiment/run-record.ts';
import type { CompareModel } from '../../../store/experiment-compare.ts';
import { strings } from '../../../strings/index.ts';
import { formatExact, formatPrediction } from '../../../strings/numbers.ts';
import { RAMPS, ratingShade, signedShade } from '../../../theme/ramps.ts';
import { useTheme } from '../../stage/useTheme.ts';
import { ColorScale } from './ColorScale.tsx';
import { letterOf } from './letters.ts';
import { CELL_KINDS, MatrixTable } from './MatrixTable.tsx';

const text = strings.runs;

/** As many rows and columns as one can look through; of more, those that moved most. */
const SHOWN = { users: 20, items: 16 };
const MOVED_SHOWN = 10;

interface Pair {
  readonly before: number;
  readonly after: number;
}

/** The largest |x| that is finite. */
function boundOf(changes: Float64Array): number {
  let most = 0;
  for (const change of changes) if (Number.isFinite(change)) most = Math.max(most, Math.abs(change));
  return most;
}

function RunSelect(props: { label: string; runs: readonly number[]; value: number; onChange: (run: number) => void }) {
  const { label, runs, value, onChange } = props;
  return (
    <label>
      {label}{' '}
      <select className="field" value={value} onChange={(event) => onChange(Number(event.currentTarget.value))}>
        {runs.map((run) => (
          <option key={run} value={run}>
            {letterOf(run)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface Moved {
  readonly user: string;
  readonly item: string;
  readonly before: number;
  readonly after: number;
  readonly change: number;
}

function MovedTable({ pair, moved }: { readonly pair: Pair; readonly moved: readonly Moved[] }) {
  const name = text.moved(letterOf(pair.before), letterOf(pair.after));
  if (moved.length === 0) return <p className="muted small">{text.nothingMoved}</p>;
  const signed = (x: number) => (x > 0 ? `+${formatPrediction(x)}` : formatPrediction(x).replace('-', '−'));
  return (
    <>
      <h3>{text.movedTitle}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a narrow screen, also by keys */}
      <section className="compare-scroll" aria-label={name} tabIndex={0}>
        <table className="compare-table numbers" aria-label={name}>
          <thead>
            <tr>
              <th scope="col">{text.user}</th>
              <th scope="col">{text.item}</th>
              <th scope="col">{text.before(letterOf(pair.before))}</th>
              <th scope="col">{text.after(letterOf(pair.after))}</th>
              <th scope="col">{text.change}</th>
            </tr>
          </thead>
          <tbody>
            {moved.map((one, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat; the table is made anew as a whole
              <tr key={at}>
                <th scope="row">{one.user}</th>
                <th scope="row">{one.item}</th>
                <td>{formatPrediction(one.before)}</td>
                <td>{formatPrediction(one.after)}</td>
                <td>{signed(one.change)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

interface Content {
  readonly common: CommonCells;
  /** By run, on the shared cells; null: it has none. */
  readonly predictions: readonly (Float64Array | null)[];
  /** By run, what each shared cell is to it: a place in `CELL_KINDS`. */
  readonly kinds: readonly Float64Array[];
}

/** Gaps, seen and held-out cells of a run, m × n. One that was judged on several folds was trained on all ratings for R̂. */
function kindsOf({ source, study: { dataset } }: RunRecord): Float64Array {
  const { user, item, heldOut } = dataset.ratings;
  const kinds = new Float64Array(dataset.users.length * dataset.items.length);
  const all = source.kind === 'sweep' && source.folds > 1;
  user.forEach((one, at) => {
    const place = one * dataset.items.length + (item[at] ?? 0);
    kinds[place] = CELL_KINDS.indexOf(!all && heldOut[at] === 1 ? 'heldOut' : 'seen');
  });
  return kinds;
}

/** R̂ of each run on the cells that all share. */
function contentOf(records: readonly RunRecord[], predictions: CompareModel['predictions']): Content {
  const common = commonCells(records.map((record) => record.study.dataset));
  return {
    common,
    predictions: predictions.map((all, run) => {
      const places = common.places[run];
      const n = records[run]?.study.dataset.items.length ?? 0;
      return all === null || places === undefined ? null : cellsAt(all, n, places);
    }),
    kinds: records.map((record, run) => {
      const places = common.places[run];
      return places === undefined
        ? new Float64Array(0)
        : cellsAt(kindsOf(record), record.study.dataset.items.length, places);
    }),
  };
}

function Matrices({ model, content }: { readonly model: CompareModel; readonly content: Content }) {
  const { records } = model;
  const { common, predictions, kinds } = content;
  const { rating, error } = RAMPS[useTheme()];
  const drawn = predictions.flatMap((values, run) => (values === null ? [] : [run]));
  const [chosen, setChosen] = useState<Pair>({ before: drawn[0] ?? 0, after: drawn[1] ?? 1 });
  const valid = drawn.includes(chosen.before) && drawn.includes(chosen.after);
  const pair = valid ? chosen : { before: drawn[0] ?? 0, after: drawn[1] ?? 1 };
  const m = common.users.length;
  const n = common.items.length;
  const changes = useMemo(() => {
    const before = predictions[pair.before];
    const after = predictions[pair.after];
    return before && after ? after.map((value, at) => value - (before[at] ?? 0)) : null;
  }, [predictions, pair.before, pair.after]);
  const seen = useMemo(() => {
    const all = changes ?? predictions.find((values) => values !== null) ?? new Float64Array(0);
    return rowsThatMoved(all, m, n, SHOWN);
  }, [changes, predictions, m, n]);
  // One scale for all: the same color is the same rating wherever it stands.
  const scale = useMemo(() => {
    const scales = records.map((record) => record.study.dataset.scale);
    return { min: Math.min(...scales.map(({ min }) => min)), max: Math.max(...scales.map(({ max }) => max)) };
  }, [records]);
  const ratingAt = useMemo(() => (value: number) => ratingShade(value, scale.min, scale.max), [scale]);
  const bound = useMemo(() => (changes === null ? 0 : boundOf(changes)), [changes]);
  const errorAt = useMemo(() => (value: number) => signedShade(value, bound), [bound]);
  const cut = useMemo(() => predictions.map((values) => values && cellsAt(values, n, seen)), [predictions, n, seen]);
  const cutKinds = useMemo(() => kinds.map((of) => cellsAt(of, n, seen)), [kinds, n, seen]);
  // Of the difference only what a cell is to both.
  const kindsOfBoth = useMemo(() => {
    const other = cutKinds[pair.after];
    return (cutKinds[pair.before] ?? new Float64Array(0)).map((kind, at) => (other?.[at] === kind ? kind : 0));
  }, [cutKinds, pair.before, pair.after]);
  const cutChanges = useMemo(() => changes && cellsAt(changes, n, seen), [changes, n, seen]);
  const users = useMemo(() => Array.from(seen.users, (user) => common.users[user] ?? ''), [seen, common]);
  const items = useMemo(() => Array.from(seen.items, (item) => common.items[item] ?? ''), [seen, common]);
  const moved = useMemo(
    () =>
      changes === null
        ? []
        : mostMoved(changes, MOVED_SHOWN).map((place) => ({
            user: common.users[Math.floor(place / n)] ?? '',
            item: common.items[place % n] ?? '',
            before: predictions[pair.before]?.[place] ?? 0,
            after: predictions[pair.after]?.[place] ?? 0,
            change: changes[place] ?? 0,
          })),
    [changes, common, n, predictions, pair.before, pair.after],
  );
  const [one, other] = [letterOf(pair.before), letterOf(pair.after)];
  const written = formatPrediction(bound);
  return (
    <>
      {(users.length < m || items.length < n) && (
        <p className="muted small">{text.windowed(users.length, m, items.length, n)}</p>
      )}
      {drawn.length > 2 && (
        <div className="compare-pair">
          <RunSelect
            label={text.differenceFrom}
            runs={drawn.filter((run) => run !== pair.after)}
            value={pair.before}
            onChange={(before) => setChosen({ ...pair, before })}
          />
          <RunSelect
            label={text.differenceTo}
            runs={drawn.filter((run) => run !== pair.before)}
            value={pair.after}
            onChange={(after) => setChosen({ ...pair, after })}
          />
        </div>
      )}
      <div className="compare-matrices">
        {records.map((record, run) => {
          const values = cut[run];
          const name = text.matrix(letterOf(run));
          return values ? (
            <MatrixTable
              key={record.id}
              name={name}
              users={users}
              items={items}
              values={values}
              ramp={rating}
              shade={ratingAt}
              signed={false}
              kinds={cutKinds[run] ?? kindsOfBoth}
            />
          ) : (
            <p key={record.id} className="muted small">
              {text.noPredictions(letterOf(run), record.ended === 'diverged')}
            </p>
          );
        })}
        {cutChanges && (
          <MatrixTable
            name={text.difference(one, other)}
            users={users}
            items={items}
            values={cutChanges}
            ramp={error}
            shade={errorAt}
            signed={true}
            kinds={kindsOfBoth}
          />
        )}
      </div>
      <p className="compare-kinds small muted">
        {CELL_KINDS.map((kind) => (
          <span key={kind}>
            <span className={`compare-cell ${kind}`} aria-hidden="true">
              0
            </span>{' '}
            {text.cellKinds[kind]}
          </span>
        ))}
      </p>
      <div className="compare-scales">
        <ColorScale
          ramp={rating}
          from={0}
          low={formatExact(scale.min)}
          high={formatExact(scale.max)}
          name={text.scaleOfPredictions(formatExact(scale.min), formatExact(scale.max))}
        />
        {changes && bound > 0 && (
          <ColorScale
            ramp={error}
            from={1}
            low={`−${written}`}
            middle="0"
            high={`+${written}`}
            name={text.scaleOfDifference(written)}
          />
        )}
      </div>
      {changes && <MovedTable pair={pair} moved={moved} />}
    </>
  );
}

/** R̂ of the runs side by side, their difference, and what moved most. */
export function ComparePredictions({ model }: { readonly model: CompareModel }) {
  const { records, predictions, sameCells, status } = model;
  const content = useMemo(() => contentOf(records, predictions), [records, predictions]);
  const { users, items } = content.common;
  const onAll = records.flatMap((record, run) =>
    record.source.kind === 'sweep' && record.source.folds > 1 ? [letterOf(run)] : [],
  );
  return (
    <>
      <h3>{text.predictionsTitle}</h3>
      <p role="status" className="small muted">
        {status === 'training' ? text.training : ''}
      </p>
      {status === 'failed' && (
        <p role="alert" className="small">
          {text.failed}
        </p>
      )}
      {onAll.length > 0 && <p className="muted small">{text.foldsTrainedOnAll(onAll.join(', '))}</p>}
      {!sameCells && users.length > 0 && items.length > 0 && (
        <p className="small">{text.otherCells(users.length, items.length)}</p>
      )}
      {users.length === 0 || items.length === 0 ? (
        <p className="small">{text.nothingShared}</p>
      ) : (
        status === 'done' && <Matrices model={model} content={content} />
      )}
    </>
  );
}
