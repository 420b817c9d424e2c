import { memo, useMemo } from 'react';
import { type BiasesOnly, fitBiasesOnly } from '../../core/baselines.ts';
import type { TrainingData } from '../../core/training-data.ts';
import { type Recommendation, recommendItems, recommendUsers } from '../../core/understand/recommend.ts';
import { explainByWeights, type OwnRating, type Weights } from '../../core/understand/weights.ts';
import { describeProblem } from '../../strings/index.ts';
import { formatFixed, formatPrediction } from '../../strings/numbers.ts';
import { recommend as text } from '../../strings/recommend.ts';
import { useApp, useHandle } from '../context.ts';
import { RadioGroup } from '../controls/RadioGroup.tsx';
import { useInspectorMemory } from './inspector-memory.ts';
import { countRatings, type KnownModel, useKnownModel, useSelected, useTrainingData } from './known-model.ts';
import { NewUser } from './new-user.tsx';
import { GapIntervals, IntervalsJob } from './recommend-intervals.tsx';
import { decimalsFor, writtenParts } from './written.ts';
import './recommend.css';
import './tabs.css';

/** Gaps that are listed, and reasons for each. */
const LISTED = 5;
const REASONS = 3;

/** What r̂ adds up from, written so that the column adds up as printed. */
interface Reckoning {
  readonly base: string | null;
  readonly reasons: readonly { readonly own: OwnRating; readonly adds: string }[];
  readonly others: { readonly count: number; readonly adds: string } | null;
  readonly unfinished: string;
  readonly predicted: string;
}

/** Base + the ratings that add most, of either sign + the others + what is not yet trained = r̂. */
export function reckon({ ratings, rest, unfinished, predicted }: Weights, withBase: boolean): Reckoning {
  const ranked = [...ratings].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const reasons = ranked.slice(0, REASONS);
  const others = ranked.slice(REASONS);
  const ofOthers = others.reduce((sum, { contribution }) => sum + contribution, 0);
  const adds = reasons.map(({ contribution }) => contribution);
  const decimals = decimalsFor(adds);
  const [base = '', left = '', unbrought = '', ...written] = writtenParts(
    [withBase ? rest : 0, ofOthers, unfinished, ...adds],
    predicted,
    decimals,
  );
  return {
    base: withBase ? base : null,
    reasons: reasons.map((own, at) => ({ own, adds: written[at] ?? '' })),
    others: others.length > 0 ? { count: others.length, adds: left } : null,
    unfinished: unbrought,
    predicted: formatFixed(predicted, decimals),
  };
}

function Line({ name, strong = false, children }: { name: string; strong?: boolean; children: string }) {
  return (
    <li className={strong ? 'recommend-sum' : undefined}>
      <span className="recommend-name" title={name}>
        {name}
      </span>
      <span className="numbers">{children}</span>
    </li>
  );
}

/** Which of the user's own ratings a prediction rests on. */
function Reasons(props: { known: KnownModel; data: TrainingData; user: number; item: number }) {
  const { known, data, user, item } = props;
  const { dataset, parameters, model } = known;
  const explained = useMemo(
    () => explainByWeights(parameters, data.training, model, 'users', user, item),
    [parameters, data, model, user, item],
  );
  if (!explained.ok) return <p className="muted small">{text.noReasons(describeProblem(explained.problem))}</p>;
  const withBase = parameters.bu !== null || parameters.mu !== null;
  const { base, reasons, others, unfinished, predicted } = reckon(explained.value, withBase);
  return (
    <ul className="recommend-reasons small" aria-label={text.reasonsOf(dataset.users[user] ?? '')}>
      {base !== null && <Line name={text.reasonBase}>{base}</Line>}
      {reasons.map(({ own: { partner, value, rest, weight }, adds }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places stay while the reasons that stand there change
        <Line key={place} name={dataset.items[partner] ?? ''}>
          {text.reason(value, rest, weight, adds)}
        </Line>
      ))}
      {others && <Line name={text.reasonOthers(others.count)}>{others.adds}</Line>}
      <Line name={text.reasonUnfinished}>{unfinished}</Line>
      <Line name={text.reasonSum} strong>
        {predicted}
      </Line>
    </ul>
  );
}

function useBaseline(data: TrainingData): BiasesOnly {
  return useMemo(() => fitBiasesOnly(data.training, data.m, data.n, data.mean), [data]);
}

const List = memo(function List({ known, side }: { known: KnownModel; side: 'user' | 'item' }) {
  const { dataset, parameters } = known;
  const { pointer } = useHandle();
  const data = useTrainingData(dataset);
  const baseline = useBaseline(data);
  const selected = useSelected(dataset);
  const forUser = side === 'user';
  const name = (forUser ? dataset.users[selected.user] : dataset.items[selected.item]) ?? '';
  const row = forUser ? selected.user : selected.item;
  const found = useMemo(
    () =>
      forUser
        ? recommendItems(parameters, dataset.ratings, baseline, row, Number.MAX_SAFE_INTEGER)
        : recommendUsers(parameters, dataset.ratings, baseline, row, Number.MAX_SAFE_INTEGER),
    [parameters, dataset.ratings, baseline, row, forUser],
  );
  const seen = useMemo(
    () => ({
      users: countRatings(data.training.user, data.m),
      items: countRatings(data.training.item, data.n),
    }),
    [data],
  );
  const own = (forUser ? seen.users : seen.items)[row] ?? 0;
  const leftOut = (forUser ? seen.items : seen.users).reduce((sum, count) => sum + (count === 0 ? 1 : 0), 0);
  const title = forUser ? text.itemsFor(name) : text.usersFor(name);
  const partner = ({ user, item }: Recommendation) => (forUser ? dataset.items[item] : dataset.users[user]) ?? '';
  return (
    <section className="recommend-part" aria-label={title}>
      <h2 className="inspect-title">{title}</h2>
      {own === 0 && <p className="inspect-no-data small">{forUser ? text.noDataUser(name) : text.noDataItem(name)}</p>}
      {own > 0 && found.length === 0 && (
        <p className="muted small">{forUser ? text.noGapUser(name) : text.noGapItem(name)}</p>
      )}
      <ol className="recommend-list">
        {found.slice(0, LISTED).map((gap, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: places stay while what stands there changes
          <li key={place} className="recommend-row">
            <button
              type="button"
              className="inspector-link recommend-name"
              title={partner(gap)}
              onClick={() => pointer.getState().select(gap.user, gap.item)}
            >
              {partner(gap)}
            </button>
            <span className="recommend-predicted numbers">{formatPrediction(gap.predicted)}</span>
            <span className="recommend-baseline muted small numbers">{text.baseline(gap.baseline)}</span>
            <GapIntervals user={gap.user} item={gap.item} predicted={gap.predicted} />
            <Reasons known={known} data={data} user={gap.user} item={gap.item} />
          </li>
        ))}
      </ol>
      {found.length > LISTED && <p className="muted small">{text.more(found.length - LISTED)}</p>}
      {found.length > 0 && <IntervalsJob />}
      {own > 0 && leftOut > 0 && (
        <p className="muted small">{forUser ? text.leftOutItems(leftOut) : text.leftOutUsers(leftOut)}</p>
      )}
      {found.length > 0 && (
        <p className="muted small">{parameters.bu === null ? text.reasonsWhat : text.reasonsWhatBiases}</p>
      )}
    </section>
  );
});

/** Which gaps are worth filling, and why; and what a person who is not in R would get. */
export default function Recommend() {
  const known = useKnownModel();
  const whole = useApp((state) => state.window.users === null && state.window.items === null);
  const [{ offerTo }, remember] = useInspectorMemory();
  return (
    <div className="recommend">
      <RadioGroup
        label={text.for}
        value={offerTo}
        options={(['user', 'item'] as const).map((value) => ({ value, label: text.side[value] }))}
        onChange={(chosen) => remember({ offerTo: chosen })}
      />
      {known ? (
        <>
          {whole || <p className="muted small">{text.asOf(known.epoch)}</p>}
          <List known={known} side={offerTo} />
          <NewUser known={known} />
        </>
      ) : (
        <p className="muted">{text.loading}</p>
      )}
    </div>
  );
}
