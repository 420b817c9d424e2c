import { useEffect, useId, useMemo } from 'react';
import { factorMarks } from '../../charts/heatmap-marks.ts';
import { windowOf } from '../../charts/stage-cells.ts';
import { predict } from '../../core/predict.ts';
import type { InfluenceFound } from '../../store/ensemble.ts';
import { strings } from '../../strings/index.ts';
import { RAMPS } from '../../theme/ramps.ts';
import { useApp, useJobs } from '../context.ts';
import { Checkbox } from '../controls/Checkbox.tsx';
import { useTheme } from '../stage/useTheme.ts';
import { Bar, barRange } from './Bars.tsx';
import { JobControls, useTold } from './JobControls.tsx';
import { useKnownModel, useSelected } from './known-model.ts';
import { SmallHeatmap } from './SmallHeatmap.tsx';
import { writtenAlone } from './written.ts';

const text = strings.understand;

/** The most ratings that are listed. */
const LISTED = 20;
const MAP_WIDTH = 240;
const MAP_HEIGHT = 168;

/** The influence of each rating in its place of R; gaps, and ratings that were not asked, are empty. */
function InfluenceMap({ found }: { found: InfluenceFound }) {
  const { dataset } = useApp((state) => state.study);
  const window = useApp((state) => state.window);
  const ramps = RAMPS[useTheme()];
  const { ranked, user, item } = found;
  const users = useMemo(() => windowOf(window.users, dataset.users.length), [window.users, dataset.users.length]);
  const items = useMemo(() => windowOf(window.items, dataset.items.length), [window.items, dataset.items.length]);
  const marks = useMemo(() => {
    const values = new Float64Array(users.length * items.length).fill(Number.NaN);
    for (const one of ranked) {
      const row = users.indexOf(one.user);
      const column = items.indexOf(one.item);
      if (row >= 0 && column >= 0) values[row * items.length + column] = one.change;
    }
    const bound = Math.max(Math.abs(ranked[0]?.change ?? 0), 1e-300);
    // In the colors that the same influence has on R.
    const colors = { ...ramps, factor: ramps.error };
    return { ...factorMarks(values, users.length, items.length, false, bound, colors), bound: null };
  }, [ranked, users, items, ramps]);
  const row = users.indexOf(user);
  const column = items.indexOf(item);
  const selected = useMemo(() => (row >= 0 && column >= 0 ? { row, column } : null), [row, column]);
  const [first] = ranked;
  if (!first) return null;
  const name = text.influenceMap(dataset.users[first.user] ?? '', dataset.items[first.item] ?? '', first.change);
  return <SmallHeatmap marks={marks} name={name} width={MAP_WIDTH} height={MAP_HEIGHT} selected={selected} />;
}

function InfluenceList({ found }: { found: InfluenceFound }) {
  const { dataset } = useApp((state) => state.study);
  const { ranked } = found;
  const shown = ranked.slice(0, LISTED);
  const range = barRange(shown.map(({ change }) => change));
  return (
    <>
      <table className="understand-table numbers" aria-label={text.influenceList}>
        <thead>
          <tr>
            <th scope="col">{text.rating}</th>
            <th scope="col">{text.influenceWithout}</th>
            <th scope="col">{text.influenceChange}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={one.rating}>
              <th scope="row">
                <span className="understand-name">
                  {text.influenceRow(dataset.users[one.user] ?? '', dataset.items[one.item] ?? '', one.value)}
                </span>
                <Bar value={one.change} range={range} />
              </th>
              <td>{writtenAlone(one.without)}</td>
              <td>{text.signed(one.change)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {ranked.length > shown.length && (
        <p className="muted small">{text.influenceFirst(shown.length, ranked.length)}</p>
      )}
    </>
  );
}

/** (b) Influence of every rating on the chosen prediction, by retraining without it from the same start. */
export function Influences() {
  const epoch = useApp((state) => state.run.epoch);
  const dataset = useApp((state) => state.study.dataset);
  const { user, item } = useSelected(dataset);
  const jobs = useJobs((state) => state);
  const { influence, progress } = jobs;
  const id = useId();
  // Another cell of what was asked already costs nothing.
  const exact = influence !== null && influence.stale === null && influence.asked > influence.ratings;
  useTold(`${user}/${item}`, () => {
    if (influence && exact && (influence.user !== user || influence.item !== item)) jobs.influenceOn(user, item);
  });
  // On R for as long as this panel is open.
  const { draw } = jobs;
  useEffect(() => {
    draw({ influence: true });
    return () => draw({ influence: false });
  }, [draw]);
  const found = influence?.user === user && influence.item === item ? influence : null;
  const stale = found?.stale === 'study' ? text.outdated : found?.stale === 'epoch' ? text.asked(found.mark) : null;
  const note = epoch === 0 ? text.influenceAtStart : stale;
  const asked = found ? found.asked - 1 : 0;
  const known = useKnownModel();
  const now = known ? predict(known.parameters, user, item) : null;
  // The same start and the same epochs come to the same r̂, unless something was changed on the way.
  const changed =
    found?.complete === true && found.stale === null && found.predicted !== null && now !== null
      ? Math.abs(found.predicted - now) >= 0.005
      : false;
  const elsewhere = changed && now !== null ? text.influenceElsewhere(now) : null;
  return (
    <section className="question" aria-labelledby={id}>
      <h4 id={id} className="question-heading">
        {text.influence}
      </h4>
      <p className="muted small">{text.influenceAsks}</p>
      <p className="muted small">{text.influenceBridge}</p>
      <JobControls
        label={text.influenceRun}
        progress={progress.influence}
        note={note}
        blocked={epoch === 0}
        onStart={() => jobs.influenceOn(user, item)}
        onCancel={() => jobs.cancel('influence')}
      />
      {found && (
        <>
          <p className="muted small">
            {asked < found.ratings
              ? text.influenceSample(asked, found.ratings, found.mark)
              : text.influenceAll(found.ratings, found.mark)}{' '}
            {found.predicted !== null && text.influenceWhole(found.predicted)}
          </p>
          {elsewhere !== null && <p className="influence-elsewhere small">{elsewhere}</p>}
          {found.ranked.length > 0 && (
            <>
              <Checkbox
                label={text.influenceOnR}
                checked={jobs.drawn.influence}
                onChange={(influence) => draw({ influence })}
              />
              <InfluenceMap found={found} />
              <InfluenceList found={found} />
            </>
          )}
        </>
      )}
    </section>
  );
}
