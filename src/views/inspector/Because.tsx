import { useMemo, useState } from 'react';
import { explainByWeights, type OwnRating, type Weights } from '../../core/understand/weights.ts';
import { describeProblem, strings } from '../../strings/index.ts';
import { formatExact, formatTerm } from '../../strings/numbers.ts';
import { RadioGroup } from '../controls/RadioGroup.tsx';
import { Bar, type BarRange, barRange } from './Bars.tsx';
import { Influences } from './Influences.tsx';
import { type KnownModel, useKnownModel, useSelected, useTrainingData } from './known-model.ts';
import { writtenAlone } from './written.ts';

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
  range,
  withRest,
}: {
  name: string;
  own: OwnRating;
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
      <td>{formatTerm(own.contribution)}</td>
    </tr>
  );
}

function SumRow({ label, value, span, strong }: { label: string; value: number; span: number; strong?: boolean }) {
  return (
    <tr className={strong ? 'understand-sum' : undefined}>
      <th scope="row" colSpan={span}>
        {label}
      </th>
      <td>{formatTerm(value)}</td>
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

function WeightsTable({ weights, names, side }: { weights: Weights; names: readonly string[]; side: Side }) {
  // What adds (or takes) most stands first; of many the rest is one number.
  const ranked = [...weights.ratings].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const shown = ranked.slice(0, ROWS_SHOWN);
  const hidden = ranked.slice(ROWS_SHOWN);
  const ofHidden = hidden.reduce((sum, own) => sum + own.contribution, 0);
  const range = barRange(shown.map((own) => own.contribution));
  const withRest = weights.rest !== 0 || weights.ratings.some((own) => own.rest !== 0);
  const span = withRest ? 4 : 3;
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
        {shown.map((own) => (
          <WeightRow key={own.partner} name={names[own.partner] ?? ''} own={own} range={range} withRest={withRest} />
        ))}
      </tbody>
      <tfoot>
        {hidden.length > 0 && <SumRow label={text.smaller(hidden.length)} value={ofHidden} span={span} />}
        {withRest && <SumRow label={text.rest} value={weights.rest} span={span} />}
        <SumRow label={text.solved} value={weights.ridge} span={span} strong />
        <SumRow label={text.unfinished} value={withoutRounding(weights)} span={span} />
        <SumRow label={text.predictedNow} value={weights.predicted} span={span} strong />
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
          {Math.abs(weights.value.unfinished) >= NOTED && (
            <p className="muted small">{side === 'users' ? text.unfinishedUser : text.unfinishedItem}</p>
          )}
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
