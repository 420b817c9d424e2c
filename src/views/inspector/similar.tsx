import { memo, useMemo } from 'react';
import type { Dataset } from '../../core/dataset.ts';
import type { Side } from '../../core/edit-rows.ts';
import type { Parameters } from '../../core/parameters.ts';
import { predict } from '../../core/predict.ts';
import { isSignOnly, meanApart, nearestRows } from '../../core/understand/similar.ts';
import { formatPrediction } from '../../strings/numbers.ts';
import { similar as text } from '../../strings/similar.ts';
import { useApp, useHandle } from '../context.ts';
import { Checkbox } from '../controls/Checkbox.tsx';
import { RadioGroup } from '../controls/RadioGroup.tsx';
import { useInspectorMemory } from './inspector-memory.ts';
import { countRatings, type KnownModel, useKnownModel, useSelected, useTrainingData } from './known-model.ts';
import { Groups } from './similar-groups.tsx';
import { Strip } from './similar-strip.tsx';
import './similar.css';
import './tabs.css';

/** Rows that are listed. */
const LISTED = 8;
/** With fewer shared ratings than this, a likeness says little. */
const ENOUGH_SHARED = 2;

/** Two that rate by chance differ by a third of the scale on average: from there on they are not alike, whatever is learned. */
const STRANGERS = 1 / 3;

/** What is compared, and how. */
function Choices() {
  const [memory, remember] = useInspectorMemory();
  const { side, likeness, centered } = memory;
  return (
    <div className="similar-choices">
      <RadioGroup
        label={text.compare}
        value={side}
        options={(['users', 'items'] as const).map((value) => ({ value, label: text.side[value] }))}
        onChange={(chosen) => remember({ side: chosen })}
      />
      <RadioGroup
        label={text.likeness}
        value={likeness}
        options={(['cosine', 'distance', 'correlation'] as const).map((value) => ({ value, label: text.by[value] }))}
        onChange={(chosen) => remember({ likeness: chosen })}
      />
      <p className="similar-meaning muted small">
        {likeness === 'correlation' && side === 'items' ? text.meaningItems : text.meaning[likeness]}
      </p>
      <div className="similar-centered" data-away={likeness !== 'cosine' || undefined}>
        <Checkbox
          label={`${text.centered}: ${text.centeredMeaning}`}
          checked={centered}
          onChange={(checked) => remember({ centered: checked })}
        />
      </div>
    </div>
  );
}

/** r̂ of a user with every listed item, or of an item with every listed user. */
function lineOf(parameters: Parameters, side: Side, row: number, partners: readonly number[]): Float64Array {
  return Float64Array.from(partners, (partner) =>
    side === 'users' ? predict(parameters, row, partner) : predict(parameters, partner, row),
  );
}

/** The items (users) whose predictions a strip shows: those on the stage. */
function usePartners(dataset: Dataset, side: Side): readonly number[] {
  const window = useApp((state) => state.window);
  return useMemo(() => {
    const shown = side === 'users' ? window.items : window.users;
    const count = side === 'users' ? dataset.items.length : dataset.users.length;
    return shown ? Array.from(shown) : Array.from({ length: count }, (_, at) => at);
  }, [window, side, dataset]);
}

/** Whether the factors shown are those that the run begins with. */
function useUntrained(): boolean {
  return useApp(({ run }) => (run.view?.epoch ?? run.epoch) === 0 && (run.view?.position ?? run.position) === 0);
}

const Nearest = memo(function Nearest({ known, side }: { known: KnownModel; side: Side }) {
  const [{ likeness, centered }, remember] = useInspectorMemory();
  const { pointer } = useHandle();
  const { dataset, parameters } = known;
  const { training } = useTrainingData(dataset);
  const selected = useSelected(dataset);
  const row = side === 'users' ? selected.user : selected.item;
  const names = dataset[side];
  const signOnly = isSignOnly(parameters, likeness);
  const partners = usePartners(dataset, side);
  const counts = useMemo(
    () => countRatings(side === 'users' ? training.user : training.item, names.length),
    [training, side, names.length],
  );
  const neighbors = useMemo(
    () =>
      nearestRows(parameters, training, side, row, { by: likeness, centered }, names.length).filter(
        (neighbor) => (counts[neighbor.row] ?? 0) > 0,
      ),
    [parameters, training, side, row, likeness, centered, names.length, counts],
  );
  const apart = useMemo(() => meanApart(training, side, row, names.length), [training, side, row, names.length]);
  const untrained = useUntrained();
  const name = names[row] ?? '';
  const { min, max } = dataset.scale;
  const isFar = (other: number) => (apart[other] ?? 0) >= STRANGERS * (max - min);
  const choose = (other: number) =>
    pointer.getState().select(side === 'users' ? other : selected.user, side === 'users' ? selected.item : other);
  const strip = (other: number) => (
    <Strip name={names[other] ?? ''} values={lineOf(parameters, side, other, partners)} min={min} max={max} />
  );
  const leftOut = names.length - 1 - neighbors.length;
  if ((counts[row] ?? 0) === 0) {
    return (
      <section aria-label={text.nearest(name)} className="similar-part">
        <h2 className="inspect-title">{text.nearest(name)}</h2>
        <p className="inspect-no-data small">{text.noData(name)}</p>
      </section>
    );
  }
  return (
    <section aria-label={text.nearest(name)} className="similar-part">
      <h2 className="inspect-title">{text.nearest(name)}</h2>
      {signOnly && likeness !== 'distance' && (
        <>
          <p className="small">{text.signOnly[likeness]}</p>
          <button type="button" className="button" onClick={() => remember({ likeness: 'distance' })}>
            {text.useDistance}
          </button>
        </>
      )}
      {strip(row)}
      {neighbors.length === 0 && <p className="muted small">{side === 'users' ? text.none : text.noneItems}</p>}
      <ol className="similar-list">
        {neighbors.slice(0, LISTED).map((neighbor, place) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: places stay while those who stand there change
            key={place}
            className={
              neighbor.shared < ENOUGH_SHARED || signOnly || untrained || isFar(neighbor.row)
                ? 'similar-row weak'
                : 'similar-row'
            }
          >
            <button
              type="button"
              className="inspector-link"
              title={names[neighbor.row]}
              onClick={() => choose(neighbor.row)}
            >
              {names[neighbor.row]}
            </button>
            <span className="similar-value numbers">
              {neighbor.value === null ? text.cannotTell : formatPrediction(neighbor.value)}
            </span>
            {strip(neighbor.row)}
            <span className="similar-shared small numbers">
              {text.shared(neighbor.shared, apart[neighbor.row] ?? 0, isFar(neighbor.row))}
            </span>
          </li>
        ))}
      </ol>
      {neighbors.some(({ shared }) => shared > 0) && <p className="muted small">{text.sharedMeaning}</p>}
      {leftOut > 0 && <p className="muted small">{text.leftOut(leftOut)}</p>}
    </section>
  );
});

/** Who is like the chosen user, what like the chosen item; and groups of them. */
export default function Similar() {
  const known = useKnownModel();
  const whole = useApp((state) => state.window.users === null && state.window.items === null);
  const [{ side }] = useInspectorMemory();
  const untrained = useUntrained();
  return (
    <div className="similar">
      <Choices />
      {known ? (
        <>
          {whole || <p className="muted small">{text.asOf(known.epoch)}</p>}
          {untrained && <p className="small">{text.untrained}</p>}
          <Nearest known={known} side={side} />
          <Groups known={known} side={side} />
        </>
      ) : (
        <p className="muted">{text.loading}</p>
      )}
    </div>
  );
}
