import { memo, useMemo } from 'react';
import { correlateFactors } from '../../core/understand/factor-correlation.ts';
import { compareFactors, measureRecovery } from '../../core/understand/recovery.ts';
import { strings } from '../../strings/index.ts';
import { map as text } from '../../strings/map.ts';
import { formatPrediction, formatReadout } from '../../strings/numbers.ts';
import { Term } from '../controls/Term.tsx';
import { type KnownModel, useKnownModel, useTrainingData } from './known-model.ts';

/** Of its heading, so that the map can lead there. */
export const TRUTH_ID = 'map-truth';

/** Learned factors beside the planted ones, and the error in the gaps beside the noise: only a generated set knows them. */
export function Truth() {
  const known = useKnownModel();
  return known && <Recovered known={known} />;
}

const Recovered = memo(function Recovered({ known }: { known: KnownModel }) {
  const { dataset, parameters } = known;
  const data = useTrainingData(dataset);
  const { truth } = dataset;
  const found = useMemo(() => {
    if (!truth) return null;
    const factors = compareFactors(parameters, truth);
    return {
      factors,
      correlations: correlateFactors(factors).slice(0, truth.k),
      recovery: measureRecovery(parameters, truth, dataset.ratings, data.mean, null),
    };
  }, [truth, parameters, dataset.ratings, data.mean]);
  if (!found) return null;
  const { factors, correlations, recovery } = found;
  return (
    <section className="map-truth" aria-label={text.truth}>
      <h2 id={TRUTH_ID} tabIndex={-1} className="inspect-title">
        {text.truth}
      </h2>
      <p className="muted small">{text.truthWhat}</p>
      <table className="numbers small">
        <thead>
          <tr>
            <th scope="col">{text.truthFactor}</th>
            <th scope="col">{text.correlation}</th>
          </tr>
        </thead>
        <tbody>
          {correlations.map((correlation, f) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a factor is its place
            <tr key={f}>
              <th scope="row">{f + 1}</th>
              <td>{correlation === null ? strings.common.dash : formatPrediction(correlation)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small numbers">{text.truthError(factors.relativeError)}</p>
      {factors.samePrediction || <p className="muted small">{text.truthOther}</p>}
      <dl className="figures numbers small">
        <div>
          <dt>{text.onGaps(recovery.gaps)}</dt>
          <dd>{formatReadout(recovery.onGaps)}</dd>
        </div>
        <div>
          <dt>{text.onRatings}</dt>
          <dd>{formatReadout(recovery.onRatings)}</dd>
        </div>
        <div>
          <dt>{text.meanOnGaps}</dt>
          <dd>{formatReadout(recovery.meanOnGaps)}</dd>
        </div>
        <div>
          <dt>
            <Term term={text.noiseFloor} meaning={text.floorMeaning} />
          </dt>
          <dd>{formatReadout(recovery.noiseFloor)}</dd>
        </div>
      </dl>
    </section>
  );
});
