import { useMemo, useState } from 'react';
import type { Dataset } from '../../core/dataset.ts';
import { plantedRating } from '../../core/planted.ts';
import { strings } from '../../strings/index.ts';
import { formatExact } from '../../strings/numbers.ts';
import { useApp, usePointer } from '../context.ts';
import { useMedia } from '../header/media.ts';
import { HonestyNote } from '../playback/HonestyNote.tsx';
import { Narration, useNarrated } from '../playback/Narration.tsx';
import { NextUpdate } from './NextUpdate.tsx';
import { Shares } from './Shares.tsx';
import { FACTORS_SHOWN, type SelectedCell, selectedCell, sharesOf } from './selected-cell.ts';
import { Understand } from './Understand.tsx';
import { writtenAlone } from './written.ts';

const text = strings.inspector;

/** r, r̂ and e of a cell that has a rating. */
function Figures({ cell, predicted }: { cell: SelectedCell; predicted: number }) {
  if (cell.rating === null) return null;
  return (
    <dl className="figures numbers">
      <div>
        <dt>
          {text.rating} <i className="symbol">r</i>
        </dt>
        <dd>{formatExact(cell.rating)}</dd>
      </div>
      <div>
        <dt>
          {text.error} <i className="symbol">e</i> = <i className="symbol">r</i> − <i className="symbol">r̂</i>
        </dt>
        <dd>{writtenAlone(cell.rating - predicted)}</dd>
      </div>
    </dl>
  );
}

/** The planted truth of a generated set, when it is to be shown. */
function TruthFigures({ dataset, cell, predicted }: { dataset: Dataset; cell: SelectedCell; predicted: number }) {
  const show = useApp((state) => state.view.showTruth);
  if (!show || !dataset.truth) return null;
  const truth = plantedRating(dataset.truth, cell.user, cell.item);
  if (truth === null) return null;
  return (
    <dl className="figures numbers">
      <div>
        <dt>{text.truth}</dt>
        <dd>{writtenAlone(truth)}</dd>
      </div>
      <div>
        <dt>{text.truthError}</dt>
        <dd>{writtenAlone(truth - predicted)}</dd>
      </div>
    </dl>
  );
}

/** What the scale does to a prediction that lies outside it, where people chose to clip. */
function ClipNote({ predicted, dataset }: { predicted: number; dataset: Dataset }) {
  const clip = useApp((state) => state.view.clip);
  const { min, max } = dataset.scale;
  if (!clip) return null;
  // The line keeps its room: a prediction may cross the scale's end with every step.
  const outside = predicted < min || predicted > max;
  return <p className="muted small inspect-clip">{outside && text.clipped(predicted < min ? min : max)}</p>;
}

function NoData({ cell, user, item }: { cell: SelectedCell; user: string; item: string }) {
  if (cell.userSeen && cell.itemSeen) return null;
  return (
    <p className="inspect-no-data small">
      {!cell.userSeen && text.noDataUser(user)} {!cell.itemSeen && text.noDataItem(item)}
    </p>
  );
}

const SAYS = { gap: text.gap, 'held-out': text.heldOut, seen: text.seen };

/** From here on the inspector is a column beside the stage, and the honest note stands in it. */
const BESIDE = '(min-width: 1100px)';

/** Whether the update being narrated stands first: while training runs, and at rest until another cell is asked for. */
function useNarrationFirst(): boolean {
  const trace = useNarrated();
  const training = useApp((state) => state.run.status === 'training');
  const selected = usePointer((state) => state.selected);
  const [asked, setAsked] = useState({ selected, trace });
  if (asked.selected !== selected) setAsked({ selected, trace });
  return trace !== null && (training || (asked.selected === selected && asked.trace !== trace));
}

/** One prediction, taken apart: what was given, what is predicted, what adds up to it, and what the next visit would change. */
export function Inspect() {
  const dataset = useApp((state) => state.study.dataset);
  const view = useApp((state) => state.run.view);
  const window = useApp((state) => state.window);
  const selected = usePointer((state) => state.selected);
  const cell = useMemo(() => selectedCell(dataset, view, window, selected), [dataset, view, window, selected]);
  const [allShares, setAllShares] = useState(false);
  const narrationFirst = useNarrationFirst();
  const beside = useMedia(BESIDE);
  const user = dataset.users[cell.user] ?? '';
  const item = dataset.items[cell.item] ?? '';
  const narration = (
    <div key="narration" className="inspect-part">
      <Narration />
    </div>
  );
  return (
    <div className="inspect">
      {narrationFirst && narration}
      <section className="inspect-part" aria-label={text.cell(user, item)}>
        <h2 className="inspect-title">{text.cell(user, item)}</h2>
        <p className="muted">{SAYS[cell.state]}</p>
        {cell.predicted === null ? (
          <p className="muted">{view === null ? text.loading : text.outside}</p>
        ) : (
          <>
            <p className={cell.state === 'seen' ? 'inspect-predicted seen numbers' : 'inspect-predicted numbers'}>
              {writtenAlone(cell.predicted)}
            </p>
            <NoData cell={cell} user={user} item={item} />
            <ClipNote predicted={cell.predicted} dataset={dataset} />
            <Figures cell={cell} predicted={cell.predicted} />
            <TruthFigures dataset={dataset} cell={cell} predicted={cell.predicted} />
          </>
        )}
      </section>
      {beside && <HonestyNote />}
      {view && cell.rows && cell.predicted !== null && (
        <Shares
          shares={sharesOf(view, cell.rows.user, cell.rows.item, allShares ? view.k : FACTORS_SHOWN)}
          sum={cell.predicted}
          {...(view.k > FACTORS_SHOWN && { all: { k: view.k, on: allShares, onChange: setAllShares } })}
        />
      )}
      {narrationFirst || narration}
      {view && <NextUpdate cell={cell} view={view} />}
      <Understand />
    </div>
  );
}
