import { useMemo } from 'react';
import { countHeldOut } from '../../core/ratings.ts';
import { NARRATED_SPEEDS } from '../../store/state.ts';
import { strings } from '../../strings/index.ts';
import { formatCount, formatExact, formatReadout } from '../../strings/numbers.ts';
import { useApp } from '../context.ts';
import { Term } from '../controls/Term.tsx';
import { Readout } from './Readout.tsx';
import { unseenFigure } from './unseen-figure.ts';

/** What one visit of an epoch is about. */
const VISITS = { sgd: 'rating', momentum: 'rating', adam: 'batch', als: 'row' } as const;

/** Epoch, RMSE seen, RMSE held out: what every matrix shows, in three numbers. */
export function Readouts() {
  const words = strings.playback;
  const run = useApp((state) => state.run);
  const flags = useApp((state) => state.study.dataset.ratings.heldOut);
  const visit = useApp((state) => VISITS[state.study.model.optimizer.kind]);
  const slow = useApp((state) => state.view.speed < NARRATED_SPEEDS);
  const heldOut = useMemo(() => countHeldOut(flags), [flags]);
  const running = run.status === 'training';
  const epoch = run.view?.epoch ?? run.epoch;
  const position = run.view?.position ?? run.position;
  const unseen = unseenFigure(run, heldOut);
  const said = unseen !== null && (unseen.lag === 'none' || unseen.lag === 'behind');
  return (
    <div className="playback-readouts">
      <Readout
        kind="epoch"
        label={words.epoch}
        meaning={words.epochMeaning}
        text={formatExact(epoch)}
        running={running}
      >
        {position > 0 && (slow || !running) && <span>{words.within(position, run.stepsPerEpoch, visit)}</span>}
      </Readout>
      <Readout
        kind="seen"
        label={words.rmseSeen}
        meaning={words.rmseSeenMeaning}
        text={formatReadout(run.measures.rmseSeen)}
        running={running}
      />
      <Readout
        kind="heldOut"
        label={words.rmseHeldOut}
        meaning={words.rmseHeldOutMeaning}
        aside={heldOut > 0 ? `(${formatCount(heldOut)})` : null}
        text={formatReadout(said ? unseen.rmse : null)}
        running={running}
      >
        {unseen?.kind === 'leave-one-out' && (
          <span>
            <Term term={words.leaveOneOut} meaning={words.leaveOneOutMeaning} />
            {unseen.lag === 'untrained'
              ? words.onceTrained
              : unseen.lag === 'stale' && running
                ? words.whenPaused
                : words.leaveOneOutOf(unseen.ratings, run.marks.length > 0)}
          </span>
        )}
        {unseen?.mean != null && (
          <span>
            {unseen.lag === 'behind' && `${words.atEpoch(unseen.epoch)} · `}
            <Term term={words.meanAlone} meaning={words.meanAloneMeaning} /> {words.meanAloneFigure(unseen.mean)}
          </span>
        )}
        {heldOut > 0 && run.seenUntil.length > 0 && (
          <span>
            <Term term={words.seenBefore(run.seenUntil.length)} meaning={words.seenBeforeMeaning} />
          </span>
        )}
      </Readout>
    </div>
  );
}
