import { useMemo, useState } from 'react';
import { explainByWeights, type OwnRating, type Weights } from '../../core/understand/weights.ts';
import { describeProblem, strings } from '../../strings/index.ts';
import { formatExact, formatFixed, formatTerm } from '../../strings/numbers.ts';
import { RadioGroup } from '../controls/RadioGroup.tsx';
import { Bar, type BarRange, barRange } from './Bars.tsx';
import { Influences } from './Influences.tsx';
import { type KnownModel, useKnownModel, useSelected, useTrainingData } from './known-model.ts';
import { decimalsFor, writtenAlone, writtenParts } from './written.ts';

const text = strings.understand;

type Side = 'users' | 'items';

/** The most own ratings that stand in the table one by one. */
const ROWS_SHOWN = 20;

const SIDES = [
  { value: 'users', label: text.sideUser },
  { value: 'items', label: text.sideItem },
] as const;

function WeightRow({
  name,
  own,
  adds,
  range,
  withRest,
}: {
  name: string;
  own: OwnRating;
  /** What it adds, written as its column is. */
  adds: string;
  range: BarRange;
  withRest: boolean;
}) {
  return (
    <tr>
      <th scope="row">
        <span className="understand-name">{name}</span>
        <Bar value={own.contribution} range={range} />
      </th>
      <td>{formatExact(own.value)}</td>
      {withRest && <td>{writtenAlone(own.value - own.rest)}</td>}
      <td>{formatTerm(own.weight)}</td>
      <td>{adds}</td>
    </tr>
  );
}

function SumRow({ label, value, span, strong }: { label: string; value: string; span: number; strong?: boolean }) {
  return (
    <tr className={strong ? 'understand-sum' : undefined}>
      <th scope="row" colSpan={span}>
        {label}
      </th>
      <td>{value}</td>
    </tr>
  );
}

/** What is left of a row that is solved is rounding, and no training is missing. */
function withoutRounding({ unfinished, predicted, ratings }: Weights): number {
  const size = ratings.reduce((sum, own) => sum + Math.abs(own.contribution), Math.abs(predicted));
  return Math.abs(unfinished) <= 1e-12 * size ? 0 : unfinished;
}

/** From here on what is missing is more than the last digit of r̂. */
const NOTED = 0.05;

/** Decimals of the column that adds up, at least. */
const LEAST_DECIMALS = 3;

/** The column of what is added, written so that it adds up as printed: to the sum, and that to r̂. */
function writtenColumn(weights: Weights, shown: readonly OwnRating[], ofHidden: number, withRest: boolean) {
  const contributions = shown.map((own) => own.contribution);
  const decimals = Math.max(LEAST_DECIMALS, decimalsFor(contributions));
  const { predicted } = weights;
  const [solved = '', unfinished = ''] = writtenParts([weights.ridge, withoutRounding(weights)], predicted, decimals);
  const parts = [withRest ? weights.rest : 0, ofHidden, ...contributions];
  const [rest = '', hidden = '', ...adds] = writtenParts(parts, Number(solved), decimals);
  return { rest, hidden, adds, solved, unfinished, predicted: formatFixed(predicted, decimals) };
}

function WeightsTable({ weights, names, side }: { weights: Weights; names: readonly string[]; side: Side }) {
  // What adds (or takes) most stands first; of many the rest is one number.
  const ranked = [...weights.ratings].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const shown = ranked.slice(0, ROWS_SHOWN);
  const hidden = ranked.slice(ROWS_SHOWN);
  const ofHidden = hidden.reduce((sum, own) => sum + own.contribution, 0);
  const range = barRange(shown.map((own) => own.contribution));
  const withRest = weights.rest !== 0 || weights.ratings.some((own) => own.rest !== 0);
  const span = withRest ? 4 : 3;
  const written = writtenColumn(weights, shown, ofHidden, withRest);
  return (
    <table className="understand-table numbers" aria-label={text.weightsTable}>
      <thead>
        <tr>
          <th scope="col">{side === 'users' ? text.ofItem : text.ofUser}</th>
          <th scope="col">{text.rating}</th>
          {withRest && <th scope="col">{text.restOff}</th>}
          <th scope="col">{text.weight}</th>
          <th scope="col">{text.contribution}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((own, place) => (
          <WeightRow
            key={own.partner}
            name={names[own.partner] ?? ''}
            own={own}
            adds={written.adds[place] ?? ''}
            range={range}
            withRest={withRest}
          />
        ))}
      </tbody>
      <tfoot>
        {hidden.length > 0 && <SumRow label={text.smaller(hidden.length)} value={written.hidden} span={span} />}
        {withRest && <SumRow label={text.rest} value={written.rest} span={span} />}
        <SumRow label={text.solved[side]} value={written.solved} span={span} strong />
        <SumRow label={text.unfinished[side]} value={written.unfinished} span={span} />
        <SumRow label={text.predictedNow} value={written.predicted} span={span} strong />
      </tfoot>
    </table>
  );
}

/** (a) What the weights say of one side: the user's own ratings, or the item's. */
function OwnWeights({ known }: { known: KnownModel }) {
  const [side, setSide] = useState<Side>('users');
  const { dataset, model, parameters } = known;
  const { training } = useTrainingData(dataset);
  const { user, item } = useSelected(dataset);
  const [row, partner] = side === 'users' ? [user, item] : [item, user];
  const weights = useMemo(
    () => explainByWeights(parameters, training, model, side, row, partner),
    [parameters, training, model, side, row, partner],
  );
  return (
    <>
      <RadioGroup label={text.side} value={side} options={SIDES} onChange={setSide} />
      <p className="muted small">
        {side === 'users' ? text.weightsUser(dataset.users[user] ?? '') : text.weightsItem(dataset.items[item] ?? '')}
      </p>
      {!weights.ok ? (
        <p className="small">{describeProblem(weights.problem)}</p>
      ) : weights.value.ratings.length === 0 ? (
        <p className="small">{text.noOwn}</p>
      ) : (
        <>
          <WeightsTable weights={weights.value} names={side === 'users' ? dataset.items : dataset.users} side={side} />
          {Math.abs(weights.value.unfinished) >= NOTED && <p className="muted small">{text.whyUnfinished[side]}</p>}
          <p className="muted small">{text.notTheEnd[side]}</p>
        </>
      )}
    </>
  );
}

/** Because of which ratings: the weights of own ratings, and the influence of every rating. */
export default function Because() {
  const known = useKnownModel();
  if (!known) return <p className="muted small">{text.noNumbers}</p>;
  return (
    <>
      <OwnWeights known={known} />
      <Influences />
    </>
  );
}
