import { useEffect, useId, useMemo, useState } from 'react';
import { heatMarks } from '../../../charts/sweep-heatmap.ts';
import { placeAmong } from '../../../charts/sweep-positions.ts';
import { errorScale } from '../../../charts/sweep-scale.ts';
import { canLiveMap, type LiveMapFigure } from '../../../core/experiment/live-map.ts';
import { optimizerOf } from '../../../core/model.ts';
import type { Study } from '../../../core/study.ts';
import type { LiveMap } from '../../../store/experiment-state.ts';
import { LIVE_MAP_DEFAULTS } from '../../../store/live-map.ts';
import { sweepPictures } from '../../../strings/sweep-pictures.ts';
import { RAMPS } from '../../../theme/ramps.ts';
import { useActions, useApp, useExperiment, useExperimentActions } from '../../context.ts';
import { RadioGroup } from '../../controls/RadioGroup.tsx';
import { useTheme } from '../../stage/useTheme.ts';
import { scaleRule } from './ColorScale.tsx';
import { HeatLegend } from './HeatLegend.tsx';
import { HeatPlane } from './HeatPlane.tsx';
import './picture.css';

const words = sweepPictures.liveMap;
const { size: SIZE, epochs: EPOCHS } = LIVE_MAP_DEFAULTS;
const HEIGHT = 480;
/** What a larger study may be mapped with, the most first. */
const FEWER = [500, 200, 100, 50, 20, 10] as const;

const FIGURES = [
  { value: 'rmseHeldOut', label: words.figures.rmseHeldOut },
  { value: 'rmseSeen', label: words.figures.rmseSeen },
] as const;

/** What there is to say of the place where Play stands. */
function useHereWords(map: LiveMap): string {
  const changed = useApp(({ run }) => run.marks.length > 0);
  const stops = useApp(({ study }) => study.model.earlyStopping !== undefined);
  const { here, alphas, betas, status } = map;
  if (here !== null) {
    const inside = placeAmong(alphas, here.alpha) !== null && placeAmong(betas, here.beta) !== null;
    return inside ? words.here(here.alpha, here.beta) : words.hereBeyond(here.alpha, here.beta);
  }
  if (changed) return words.notHere.changed;
  if (stops) return words.notHere.stopping;
  return status === 'late' ? words.notHere.late : words.notHere.otherwise;
}

/** Whether that is the first or the last of the values. */
function isEnd(at: number, { length }: readonly number[]): boolean {
  return at === 0 || at === length - 1;
}

function progressOf({ status, done, total, milliseconds }: LiveMap): string {
  switch (status) {
    case 'training':
      return words.computing(done, total);
    case 'late':
      return words.late;
    case 'failed':
      return words.failed;
    case 'done':
      return words.done(total, milliseconds);
  }
}

function MapPicture({ map, told }: { readonly map: LiveMap; readonly told: string }) {
  const { takeLiveMapCell, openLiveMap } = useExperimentActions();
  const ramps = RAMPS[useTheme()];
  const here = useHereWords(map);
  const { alphas, betas, figure, values, exact, best, settings, status } = map;
  const columns = useMemo(() => alphas.map(sweepPictures.value), [alphas]);
  const rows = useMemo(() => betas.map(sweepPictures.value), [betas]);
  const { marks, scale } = useMemo(() => {
    const cells = Array.from(values, (value, cell) => ({
      value: Number.isFinite(value) ? value : null,
      diverged: value === Number.POSITIVE_INFINITY,
      partly: exact[cell] !== 1,
    }));
    const of = errorScale(
      cells.map(({ value }) => value),
      figure === 'rmseHeldOut' ? 'linear' : 'log',
    );
    const first = map.here && placeAmong(alphas, map.here.alpha);
    const second = map.here && placeAmong(betas, map.here.beta);
    const dot = first !== null && second !== null ? { first, second } : null;
    return { scale: of, marks: heatMarks(cells, alphas.length, of, { best, here: dot }) };
  }, [values, exact, figure, alphas, betas, best, map.here]);

  const at = (cell: number) => {
    const column = cell % alphas.length;
    return [alphas[column] ?? 0, betas[(cell - column) / alphas.length] ?? 0] as const;
  };
  const least = best === null ? '' : words.best(...at(best), figure, values[best] ?? 0);
  const edge = best !== null && (isEnd(best % alphas.length, alphas) || isEnd(Math.floor(best / alphas.length), betas));
  const judges = useMemo(() => map.study.dataset.ratings.heldOut.reduce((sum, one) => sum + one, 0), [map.study]);
  const beside = best === null ? '' : words.besideBest(edge, figure === 'rmseHeldOut' ? judges : null);
  return (
    <>
      <p className="sweep-live-progress small muted numbers">
        {progressOf(map)}
        {status === 'failed' && (
          <button type="button" className="button" onClick={() => openLiveMap()}>
            {words.again}
          </button>
        )}
      </p>
      <HeatPlane
        name={words.grid(figure)}
        columns={columns}
        rows={rows}
        columnAxis={sweepPictures.axisAlong('alpha', true)}
        rowAxis={sweepPictures.axisAlong('beta', true)}
        marks={marks}
        scale={scale}
        scaleName={sweepPictures.scaleOf(figure)}
        ramp={figure === 'rmseHeldOut' ? ramps.unseen : ramps.rating}
        resting={status === 'done'}
        maxHeight={HEIGHT}
        cellName={(cell) => words.cell(...at(cell), figure, values[cell] ?? Number.NaN, exact[cell] === 1)}
        figures={(cell) => {
          const value = values[cell] ?? Number.NaN;
          const told = Number.isNaN(value)
            ? words.notYet
            : value === Number.POSITIVE_INFINITY
              ? words.diverged
              : words.figure(value);
          const after = [words.after(settings.epochs), exact[cell] === 1 ? '' : words.about] as const;
          return { title: words.where(...at(cell)), rows: [[sweepPictures.scaleOf(figure), told], after] };
        }}
        onOpen={takeLiveMapCell}
      />
      <p id={told} className="sweep-told numbers">
        {least} {beside} {here}
      </p>
      <HeatLegend marks={marks} hint={words.hint} tapHint={words.tapHint}>
        {null}
      </HeatLegend>
      <p className="small muted">{scaleRule(scale)}</p>
    </>
  );
}

/** The most epochs with which the map can follow; null where even the fewest are too many. */
function feasible(study: Study): number | null {
  return FEWER.find((epochs) => canLiveMap(study, SIZE, epochs)) ?? null;
}

/** Why there is no map, and what can be done. */
function NoMap({
  study,
  epochs,
  onFewer,
}: {
  readonly study: Study;
  readonly epochs: number;
  readonly onFewer: (epochs: number) => void;
}) {
  const { changeModel } = useActions();
  const { optimizer } = study.model;
  const fewer = feasible(study);
  if (optimizer.kind === 'als') {
    return (
      <div className="sweep-none">
        <p>{words.noAlpha}</p>
        <button
          type="button"
          className="button"
          onClick={() => changeModel({ optimizer: optimizerOf('sgd', optimizer) })}
        >
          {words.useSgd}
        </button>
      </div>
    );
  }
  return (
    <div className="sweep-none">
      <p>{words.tooLarge(SIZE * SIZE, epochs, study.dataset.ratings.value.length, study.model.k)}</p>
      {fewer !== null && (
        <button type="button" className="button" onClick={() => onFewer(fewer)}>
          {words.fewer(fewer)}
        </button>
      )}
    </div>
  );
}

/**
 * The α × β map of Play's study, live: it is computed anew as anything else changes, coarse first. It runs while this is on the
 * page.
 */
export function LiveMapPanel() {
  const { openLiveMap, closeLiveMap } = useExperimentActions();
  const map = useExperiment((state) => state.liveMap);
  const study = useApp((state) => state.study);
  const [epochs, setEpochs] = useState<number>(EPOCHS);
  const [figure, setFigure] = useState<LiveMapFigure | null>(null);
  const told = useId();
  const heldOut = useMemo(() => study.dataset.ratings.heldOut.includes(1), [study.dataset.ratings]);
  const can = canLiveMap(study, SIZE, epochs);
  // What is chosen holds while it can be shown.
  const asked = heldOut ? figure : null;
  useEffect(() => {
    openLiveMap({ epochs, figure: asked });
  }, [openLiveMap, epochs, asked]);
  useEffect(
    () => () => {
      closeLiveMap();
    },
    [closeLiveMap],
  );
  const shown = asked ?? (heldOut ? 'rmseHeldOut' : 'rmseSeen');
  return (
    <figure className="sweep-live" aria-label={words.region} aria-describedby={map && can ? told : undefined}>
      <figcaption>
        <span className="sweep-title">{words.title}</span>
        <span className="small muted">{words.intro(SIZE * SIZE, epochs)}</span>
      </figcaption>
      <div className="sweep-live-choices">
        {heldOut && (
          <RadioGroup
            label={words.shown}
            value={shown === 'rmseSeen' ? 'rmseSeen' : 'rmseHeldOut'}
            options={FIGURES}
            onChange={setFigure}
          >
            {null}
          </RadioGroup>
        )}
        {can && epochs !== EPOCHS && canLiveMap(study, SIZE, EPOCHS) && (
          <button type="button" className="button" onClick={() => setEpochs(EPOCHS)}>
            {words.back(EPOCHS)}
          </button>
        )}
      </div>
      {!heldOut && <p className="small">{words.seenOnly}</p>}
      {can && map && <MapPicture map={map} told={told} />}
      {!can && <NoMap study={study} epochs={epochs} onFewer={setEpochs} />}
    </figure>
  );
}
