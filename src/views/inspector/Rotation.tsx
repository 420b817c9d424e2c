import { type ReactNode, useMemo, useState } from 'react';
import { measure } from '../../core/metrics.ts';
import type { Parameters } from '../../core/parameters.ts';
import { predict } from '../../core/predict.ts';
import { sharesOf } from '../../core/understand/layers.ts';
import { type Angle, angleOfPoint, anglesWithoutShare, NO_TURN, rotatePlane } from '../../core/understand/rotation.ts';
import { strings } from '../../strings/index.ts';
import { formatExact, formatTerm } from '../../strings/numbers.ts';
import { useHandle } from '../context.ts';
import { NumberField } from '../controls/NumberField.tsx';
import { PlainSlider } from '../controls/PlainSlider.tsx';
import { Bar, barRange } from './Bars.tsx';
import { type KnownModel, useKnownModel, useSelected, useTrainingData } from './known-model.ts';
import { writtenAlone } from './written.ts';

const text = strings.understand;

/** Digits behind the point that show two numbers agree to 1e-12. */
const DECIMALS = 13;
const HALF_TURN = 180;

/** Quarter turns are exact, so that a full turn is none. */
function angleOfDegrees(degrees: number): Angle {
  const quarters: Record<number, Angle> = {
    0: NO_TURN,
    90: { c: 0, s: 1 },
    180: { c: -1, s: 0 },
    [-90]: { c: 0, s: -1 },
    [-180]: { c: -1, s: 0 },
  };
  const radians = (degrees / HALF_TURN) * Math.PI;
  return quarters[degrees] ?? angleOfPoint(Math.cos(radians), Math.sin(radians));
}

function degreesOf({ c, s }: Angle): number {
  const degrees = (Math.atan2(s, c) / Math.PI) * HALF_TURN;
  return Number(degrees.toFixed(2)) + 0;
}

interface Turn {
  readonly first: number;
  readonly second: number;
  readonly angle: Angle;
  readonly degrees: number;
}

/** Which two factors turn; with two of them there is no choice. */
function PlaneChoice({
  k,
  turn,
  onChange,
}: {
  k: number;
  turn: Turn;
  onChange: (first: number, second: number) => void;
}) {
  if (k <= 2) return null;
  const { first, second } = turn;
  const options = (other: number): ReactNode =>
    Array.from({ length: k }, (_, f) => f)
      .filter((f) => f !== other)
      .map((f) => (
        <option key={f} value={f}>
          {f + 1}
        </option>
      ));
  return (
    <div className="rotation-plane">
      <label>
        {text.rotationFirst}{' '}
        <select
          className="field"
          value={first}
          onChange={(event) => onChange(Number(event.currentTarget.value), second)}
        >
          {options(second)}
        </select>
      </label>
      <label>
        {text.rotationSecond}{' '}
        <select
          className="field"
          value={second}
          onChange={(event) => onChange(first, Number(event.currentTarget.value))}
        >
          {options(first)}
        </select>
      </label>
    </div>
  );
}

/** p and q of the two factors, before and after. */
function TurnedFactors(props: { turn: Turn; before: Parameters; after: Parameters; user: number; item: number }) {
  const { turn, before, after, user, item } = props;
  const { k } = before;
  const rows = [turn.first, turn.second].flatMap((f) => [
    { key: `p${f}`, letter: 'p', index: `u${f + 1}`, was: before.P[user * k + f] ?? 0, is: after.P[user * k + f] ?? 0 },
    { key: `q${f}`, letter: 'q', index: `i${f + 1}`, was: before.Q[item * k + f] ?? 0, is: after.Q[item * k + f] ?? 0 },
  ]);
  return (
    <table className="understand-table numbers" aria-label={text.turnedTable}>
      <thead>
        <tr>
          <td />
          <th scope="col">{text.before}</th>
          <th scope="col">{text.after}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, letter, index, was, is }) => (
          <tr key={key}>
            <th scope="row">
              <i className="symbol">{letter}</i>
              <sub className="symbol">{index}</sub>
            </th>
            <td>{formatTerm(was)}</td>
            <td>{formatTerm(is)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The shares of the two factors, turned; those of all others stay. */
function TurnedShares({ turn, before, after }: { turn: Turn; before: readonly number[]; after: readonly number[] }) {
  const both = [turn.first, turn.second];
  // Shares can grow while they cancel out: a range of both keeps the bars comparable.
  const range = barRange(both.flatMap((f) => [before[f] ?? 0, after[f] ?? 0]));
  return (
    <dl className="rotation-shares numbers">
      {both.map((f) => (
        <div key={f}>
          <dt>{text.shareOf(f + 1)}</dt>
          <dd>
            <Bar value={after[f] ?? 0} range={range} />
            <span className="rotation-share-value">{writtenAlone(after[f] ?? 0)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Same({ label, before, after }: { label: ReactNode; before: number; after: number }) {
  const written = (value: number) => (Math.abs(value) < 1e3 ? value.toFixed(DECIMALS) : value.toPrecision(15));
  return (
    <div className="rotation-same">
      <dt>{label}</dt>
      <dd>
        <span>
          <span className="muted">{text.before}</span> {written(before)}
        </span>
        <span>
          <span className="muted">{text.after}</span> {written(after)}
        </span>
        <span>
          <span className="muted">{text.difference}</span>{' '}
          {after === before ? '0' : Math.abs(after - before).toExponential(1)}
        </span>
      </dd>
    </div>
  );
}

function Dial({ known }: { known: KnownModel }) {
  const { dataset, model, parameters } = known;
  const { k } = parameters;
  const { user, item } = useSelected(dataset);
  const data = useTrainingData(dataset);
  const { actions, lesson } = useHandle();
  const [turn, setTurn] = useState<Turn>({ first: 0, second: 1, angle: NO_TURN, degrees: 0 });
  // Fewer factors than before: the plane that was chosen is gone.
  const valid = turn.first < k && turn.second < k ? turn : { ...turn, first: 0, second: 1 };
  const { first, second, angle, degrees } = valid;
  const after = useMemo(() => rotatePlane(parameters, first, second, angle), [parameters, first, second, angle]);
  const objectives = useMemo(
    () => [measure(parameters, data, model).objective, measure(after, data, model).objective] as const,
    [parameters, after, data, model],
  );
  const to = (value: number) => setTurn({ ...valid, angle: angleOfDegrees(value), degrees: value });
  const away = (factor: number) => {
    const [least] = anglesWithoutShare(parameters, factor, factor === first ? second : first, user, item);
    // The core turns `factor` first; seen from the other factor the same turn goes the other way.
    const found = factor === first ? least : { c: least.c, s: -least.s };
    setTurn({ ...valid, angle: found, degrees: degreesOf(found) });
  };
  const apply = () => {
    actions.rotate(first, second, angle, text.rotationMark(first + 1, second + 1, formatExact(degrees)));
    lesson?.did('rotate');
    setTurn({ ...valid, angle: NO_TURN, degrees: 0 });
  };
  const still = angle.c === 1;
  return (
    <>
      <p className="muted small">
        {text.rotationIntro}
        {/* A lesson asks what it does before it says so. */}
        {!lesson && ` ${text.rotationKeeps}`}
      </p>
      <PlaneChoice k={k} turn={valid} onChange={(f, g) => setTurn({ ...valid, first: f, second: g })} />
      <div className="rotation-dial">
        <NumberField
          label={text.angleField}
          value={degrees}
          min={-HALF_TURN}
          max={HALF_TURN}
          step={5}
          onCommit={to}
          symbol={text.angle}
        />
        <PlainSlider label={text.angle} value={degrees} min={-HALF_TURN} max={HALF_TURN} onChange={to} />
      </div>
      <div className="understand-buttons">
        {[first, second].map((f) => (
          <button key={f} type="button" className="button understand-small-button" onClick={() => away(f)}>
            {text.turnAway(f + 1)}
          </button>
        ))}
      </div>
      <TurnedFactors turn={valid} before={parameters} after={after} user={user} item={item} />
      <TurnedShares
        turn={valid}
        before={sharesOf(parameters, user, item).factors}
        after={sharesOf(after, user, item).factors}
      />
      <dl className="rotation-unchanged numbers small">
        <Same
          label={<i className="symbol">r̂</i>}
          before={predict(parameters, user, item)}
          after={predict(after, user, item)}
        />
        {objectives[0] !== null && objectives[1] !== null && (
          <Same label={text.objective} before={objectives[0]} after={objectives[1]} />
        )}
      </dl>
      {model.optimizer.kind === 'adam' && <p className="muted small">{text.adamNote}</p>}
      <div className="understand-buttons">
        <button
          type="button"
          className="button"
          aria-disabled={still}
          onClick={() => {
            if (!still) apply();
          }}
        >
          {text.apply}
        </button>
        <button type="button" className="button" aria-disabled={still} onClick={() => to(0)}>
          {text.turnBack}
        </button>
      </div>
    </>
  );
}

/** A dial that turns P and Q together: every factor changes, no prediction does. */
export default function Rotation() {
  const known = useKnownModel();
  if (!known) return <p className="muted small">{text.noNumbers}</p>;
  if (known.parameters.k < 2) return <p className="small">{text.onlyOneFactor}</p>;
  return <Dial known={known} />;
}
