import { lazy, type ReactNode, Suspense, useId, useMemo, useState } from 'react';
import { findBuiltin } from '../../core/builtin.ts';
import { countHeldOut } from '../../core/ratings.ts';
import { alphaAt } from '../../core/schedule.ts';
import { strings } from '../../strings/index.ts';
import { useActions, useApp } from '../context.ts';
import { LEARNING_RATE_STOPS, LogSlider, REGULARIZATION_STOPS } from '../controls/LogSlider.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { PlainSlider } from '../controls/PlainSlider.tsx';
import { Term } from '../controls/Term.tsx';
import { AboutModel } from './AboutModel.tsx';
import { MoreSettings } from './MoreSettings.tsx';
import { largestK, learnedNumbers, summarize } from './settings.ts';
import { UpdateRule } from './UpdateRule.tsx';
import './panel.css';

const text = strings.panel;

/** Few ask for it, so it comes when it is asked for. */
const RateFinder = lazy(() => import('./RateFinder.tsx'));

/** The end of the k slider; the field takes more. */
const SLIDER_K = 32;

/** A word and its symbol, as one label that tells its meaning. */
function SettingLabel({
  term,
  word,
  symbol,
  meaning,
}: {
  term: string;
  word: string;
  symbol: string;
  meaning: string;
}) {
  return (
    <Term term={term} meaning={meaning}>
      {word} <b className="symbol-bold">{symbol}</b>
    </Term>
  );
}

/** Field, slider, and what a change does: said before the control is used. */
function Setting({ children, note, noteId }: { children: ReactNode; note: string; noteId: string }) {
  return (
    <div className="setting">
      {children}
      <p id={noteId} className="setting-note muted small numbers">
        {note}
      </p>
    </div>
  );
}

function FactorsSetting() {
  const { dataset, model } = useApp((state) => state.study);
  const { changeModel } = useActions();
  const noteId = useId();
  const users = dataset.users.length;
  const items = dataset.items.length;
  const seen = useMemo(() => dataset.ratings.value.length - countHeldOut(dataset.ratings.heldOut), [dataset.ratings]);
  const most = largestK(users, items);
  const note = `${text.numbersForRatings(learnedNumbers(model, users, items), seen)} · ${text.restarts}`;
  return (
    <Setting note={note} noteId={noteId}>
      <NumberField
        label={text.factors}
        symbol={text.symbols.k}
        value={model.k}
        min={1}
        max={most}
        integer
        describedBy={noteId}
        onCommit={(k) => changeModel({ k })}
      >
        <SettingLabel
          term={text.factors}
          word={text.factorsWord}
          symbol={text.symbols.k}
          meaning={text.factorsMeaning}
        />
      </NumberField>
      <PlainSlider
        label={text.factors}
        value={model.k}
        min={1}
        max={Math.min(SLIDER_K, most)}
        describedBy={noteId}
        onChange={(k, mark) => changeModel({ k }, mark)}
      />
    </Setting>
  );
}

/** The button, and the test it asks for. */
function RateFinderPart() {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div className="setting">
      <button type="button" className="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {text.findRate}
      </button>
      <div id={id} hidden={!open}>
        {open && (
          <Suspense fallback={null}>
            <RateFinder />
          </Suspense>
        )}
      </div>
    </div>
  );
}

function LearningRateSetting() {
  const model = useApp((state) => state.study.model);
  const epoch = useApp((state) => (state.study.model.schedule ? state.run.epoch : 0));
  const { changeModel } = useActions();
  const noteId = useId();
  const { alpha } = model;
  const als = model.optimizer.kind === 'als';
  const falling = model.schedule ? `${text.alphaNow(alphaAt(model, epoch))} · ${text.nextEpoch}` : text.nextEpoch;
  return (
    <>
      <Setting note={als ? text.alsHasNoAlpha : falling} noteId={noteId}>
        <NumberField
          label={text.learningRate}
          symbol={text.symbols.alpha}
          value={alpha}
          disabled={als}
          exclusiveMin={0}
          step="log"
          describedBy={noteId}
          onCommit={(next) => changeModel({ alpha: next })}
        >
          <SettingLabel
            term={text.learningRate}
            word={text.learningRateWord}
            symbol={text.symbols.alpha}
            meaning={text.learningRateMeaning}
          />
        </NumberField>
        <LogSlider
          label={text.learningRate}
          value={alpha}
          disabled={als}
          stops={LEARNING_RATE_STOPS}
          describedBy={noteId}
          onChange={(next, mark) => changeModel({ alpha: next }, mark)}
        />
      </Setting>
      {!als && <RateFinderPart />}
    </>
  );
}

function RegularizationSetting() {
  const beta = useApp((state) => state.study.model.beta);
  const { changeModel } = useActions();
  const noteId = useId();
  return (
    <Setting note={text.nextEpoch} noteId={noteId}>
      <NumberField
        label={text.regularization}
        symbol={text.symbols.beta}
        value={beta}
        min={0}
        step="log"
        describedBy={noteId}
        onCommit={(next) => changeModel({ beta: next })}
      >
        <SettingLabel
          term={text.regularization}
          word={text.regularizationWord}
          symbol={text.symbols.beta}
          meaning={text.regularizationMeaning}
        />
      </NumberField>
      <LogSlider
        label={text.regularization}
        value={beta}
        stops={REGULARIZATION_STOPS}
        describedBy={noteId}
        onChange={(next, mark) => changeModel({ beta: next }, mark)}
      />
    </Setting>
  );
}

/** One line about the built-in set on the page; nothing for a file. */
function AboutDataset() {
  const id = useApp((state) => state.datasetId);
  const builtin = id === null ? null : findBuiltin(id);
  return builtin ? <p className="muted small">{builtin.description}</p> : null;
}

function Summary() {
  const study = useApp((state) => state.study);
  const clip = useApp((state) => state.view.clip);
  const heldOut = useMemo(() => countHeldOut(study.dataset.ratings.heldOut), [study.dataset.ratings]);
  return <p className="muted small numbers">{summarize(study.model, heldOut, clip)}</p>;
}

/** How R is modeled: k, α and β in sight, the rest under "More settings", and the rule that follows from it. */
export function ModelPanel() {
  const open = useApp((state) => state.view.moreSettings);
  const model = useApp((state) => state.study.model);
  const { setView } = useActions();
  const moreId = useId();
  return (
    <div className="panel">
      <div className="panel-part">
        <h2 className="panel-heading">{text.title}</h2>
        <AboutDataset />
      </div>
      <FactorsSetting />
      <LearningRateSetting />
      <RegularizationSetting />
      <div className="panel-part">
        <button
          type="button"
          className="button panel-more"
          aria-expanded={open}
          aria-controls={moreId}
          onClick={() => setView({ moreSettings: !open })}
        >
          <span className="panel-more-mark" aria-hidden="true">
            ▸
          </span>
          {text.more}
        </button>
        <div id={moreId} hidden={!open}>
          {open && <MoreSettings />}
        </div>
        <Summary />
      </div>
      <UpdateRule model={model} />
      <AboutModel />
    </div>
  );
}
