import { type ReactNode, type RefObject, useCallback, useEffect, useId, useRef, useState } from 'react';
import type { Lesson, Step } from '../../lessons/lesson.ts';
import { describeProblem, strings } from '../../strings/index.ts';
import { learn } from '../../strings/learn.ts';
import { useApp, useHandle } from '../context.ts';
import { useMedia } from '../header/media.ts';
import { Inspector } from '../inspector/Inspector.tsx';
import { LossChart } from '../loss/LossChart.tsx';
import { ModelPanel } from '../panel/ModelPanel.tsx';
import { DivergenceBanner } from '../playback/DivergenceBanner.tsx';
import { PlaybackBar } from '../playback/PlaybackBar.tsx';
import { Stage } from '../stage/Stage.tsx';
import { Answer } from './Answer.tsx';
import { hrefOf } from './address.ts';
import {
  focusableIn,
  focusName,
  focusTargets,
  isOfChart,
  isOfInspector,
  isOfStrip,
  isOfSweep,
  openPanel,
  settingChangedBy,
  settingOf,
} from './focus-target.ts';
import { useBeginning, useGuide, useLesson, useToldOf } from './guide.ts';
import { Here } from './Here.tsx';
import { LessonNav } from './LessonNav.tsx';
import { LessonSweep } from './LessonSweep.tsx';
import { LessonLine, LessonText } from './Markup.tsx';
import { Predict, Verdict } from './Predict.tsx';
import { lineAsText, textAsText } from './plain.ts';
import { RateStrip } from './RateStrip.tsx';
import { useLessonKeys } from './use-lesson-keys.ts';

/** Up to here everything is one column, read from the top; nothing scrolls by itself. */
const ONE_COLUMN = '(max-width: 719px)';

/** Steps whose numbers are on the curve show it at once. */
const OF_THE_CURVE = /\b(rmse|mae|lowest|rises|leaveOneOut|diverged|objective|least)/i;

/** From here on the panel is a column of its own (learn.css). */
const PANEL_BESIDE = '(min-width: 1280px)';
/** Until an opened panel has its content, mostly (milliseconds). */
const PANEL_ARRIVES = 500;

/** How long a panel that has to be fetched is waited for (milliseconds). */
const PANEL_PATIENCE = 5_000;

/** The share of the window from which on a target counts as tall. */
const TALL = 0.6;

/** Jobs whose findings stand in a panel one below the other. */
const JOBS = ['starts', 'fewer'] as const;

interface Props {
  readonly lesson: Lesson;
  readonly step: number;
  readonly lessons: readonly Lesson[];
}

function neighbors(lesson: Lesson, step: number, lessons: readonly Lesson[]) {
  const at = lessons.findIndex((one) => one.id === lesson.id);
  const previous = lessons[at - 1] ?? null;
  const following = at < 0 ? null : (lessons[at + 1] ?? null);
  return {
    before: step > 0 ? hrefOf(lesson, step - 1) : hrefOf(previous, (previous?.steps.length ?? 0) - 1),
    after:
      step + 1 < lesson.steps.length
        ? { href: hrefOf(lesson, step + 1), label: learn.next }
        : following
          ? { href: hrefOf(following, 0), label: learn.nextLesson }
          : { href: hrefOf(null, 0), label: learn.allLessons },
  };
}

/** A part that is out of the way until it is wanted. */
function Fold({
  label,
  open,
  children,
}: {
  readonly label: string;
  readonly open: boolean;
  readonly children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(open);
  const id = useId();
  // Opened for what happens in there; whoever looked closes it.
  const [wasWanted, setWasWanted] = useState(open);
  if (open !== wasWanted) {
    setWasWanted(open);
    if (open) setOpen(true);
  }
  return (
    <div className="learn-fold">
      <button
        type="button"
        className="button learn-fold-button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="learn-fold-mark" aria-hidden="true">
          ▸
        </span>
        {label}
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </div>
  );
}

/** Whether the task is to find a cell: whoever selects another one hears that. */
function asksForCell({ show }: Step): boolean {
  return show?.every((action) => action.do === 'select' || action.do === 'select-where') ?? false;
}

/** The cell that was tried last, while it is not the one. */
function Tried() {
  const { users, items } = useApp((state) => state.study.dataset);
  const tried = useLesson(({ facts, met, showing }) => {
    if (met || showing || !facts?.events.select) return null;
    const { user, item } = facts.now.selected;
    return learn.notYet(learn.cell(users[user] ?? '', items[item] ?? ''));
  });
  return tried && <p className="small">{tried}</p>;
}

/** What is to be done, and how to find it. */
function Task({ step, root }: { readonly step: Step; readonly root: RefObject<HTMLElement | null> }) {
  const guide = useGuide();
  const { store } = useHandle();
  const beginning = useBeginning();
  const done = useLesson((state) => state.met);
  const showing = useLesson((state) => state.showing);
  const ready = useLesson((state) => state.phase === 'ready');
  const underWay = useLesson((state) => state.phase === 'setting' || state.phase === 'away');
  const broken = useLesson((state) => (state.showing ? null : state.broken));
  const study = useApp((state) => state.study);
  const goThere = () => {
    if (!root.current) return;
    const targets = focusTargets(step.focus, root.current, store.getState().window);
    const [target] = targets;
    // What is taller than the window is read from its top.
    const tall = target && target.offsetHeight > TALL * window.innerHeight;
    target?.scrollIntoView({ block: tall ? 'start' : 'center', inline: 'center' });
    focusableIn(targets)?.focus({ preventScroll: true });
  };
  return (
    <section className="learn-task" aria-label={learn.tryIt} data-done={done || undefined}>
      <p>
        <strong>{learn.tryIt}</strong> <LessonLine line={step.ask} telling={beginning} />
      </p>
      {step.input && <Answer key={step.id} input={step.input} />}
      {asksForCell(step) && <Tried />}
      <p role="status" className="learn-broken">
        {broken && learn.broken[broken]}
      </p>
      <p className="learn-where small muted">
        {underWay ? learn.setting : `${learn.where} ${focusName(step.focus, study)}`}
        {!underWay && settingOf(step.focus) !== null && learn.inSettings}
      </p>
      <div className="learn-task-ways">
        <button type="button" className="button" onClick={goThere}>
          {learn.goThere}
        </button>
        {step.show && (
          <button type="button" className="button" disabled={!ready || showing} onClick={() => guide.show()}>
            {showing ? learn.showing : learn.showMe}
          </button>
        )}
        <button type="button" className="button" disabled={!ready} onClick={() => guide.again()}>
          {learn.again}
        </button>
      </div>
    </section>
  );
}

function Done({ step }: { readonly step: Step }) {
  // As things stood when it was done: whoever plays on does not change what was said.
  const told = useToldOf();
  return (
    <section className="learn-done" aria-label={learn.done}>
      <p>
        <strong>{learn.done}</strong>
      </p>
      {step.predict && <Verdict question={step.predict} />}
      <LessonText text={step.why} telling={told} />
      {step.footnote && (
        <p className="small muted">
          <LessonLine line={step.footnote} telling={told} />
        </p>
      )}
    </section>
  );
}

/** Says where the reader is, and that the task is done: once each, politely. */
function Announcer({ lesson, step }: { readonly lesson: Lesson; readonly step: number }) {
  // Until the guide is there too, what is known is of the step before.
  const ready = useLesson((state) => state.phase === 'ready' && state.lesson === lesson && state.step === step);
  const done = useLesson((state) => state.met);
  const beginning = useBeginning();
  const told = useToldOf();
  const current = lesson.steps[step];
  const [said, setSaid] = useState({ for: '', text: '' });
  const now = ready && current ? `${step}/${done}` : '';
  // The numbers are those of the moment: what is said does not change under who listens. A stage that is set anew is told anew.
  if (said.for !== now) {
    const words = (about: Step) =>
      done
        ? learn.announceDone(textAsText(about.why, told))
        : learn.announceStep(step + 1, lesson.steps.length, lineAsText(about.ask, beginning));
    setSaid({ for: now, text: ready && current ? words(current) : '' });
  }
  return (
    <p className="visually-hidden" role="status">
      {said.text}
    </p>
  );
}

function StepText({ lesson, step, lessons, root }: Props & { readonly root: RefObject<HTMLElement | null> }) {
  const oneColumn = useMedia(ONE_COLUMN);
  const beginning = useBeginning();
  const phase = useLesson((state) => state.phase);
  const problem = useLesson((state) => state.problem);
  const metAtStart = useLesson((state) => state.metAtStart);
  const done = useLesson((state) => state.met);
  const broken = useLesson((state) => state.broken !== null && !state.showing);
  const acting = useLesson((state) => settingChangedBy(state.acting) !== null);
  const current = lesson.steps[step];
  const scroller = useRef<HTMLDivElement>(null);
  const { before, after } = neighbors(lesson, step, lessons);
  const address = hrefOf(lesson, step);
  const doneRef = useRef<HTMLDivElement>(null);
  const taskRef = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step is read from its top
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    if (window.matchMedia(ONE_COLUMN).matches) window.scrollTo({ top: 0 });
  }, [address]);
  useEffect(() => {
    if (done && !window.matchMedia(ONE_COLUMN).matches) doneRef.current?.scrollIntoView({ block: 'nearest' });
  }, [done]);
  if (!current) return null;
  const setting = settingOf(current.focus);
  const nav = (
    <LessonNav
      lesson={lesson}
      step={step}
      before={before}
      after={after}
      // In one column the reader is far from the text when the task is done, or can't be.
      word={
        oneColumn && (done || broken)
          ? {
              label: done ? learn.why : learn.brokenShort,
              broken: !done,
              show: () => (done ? doneRef : taskRef).current?.scrollIntoView({ block: 'start' }),
            }
          : null
      }
    />
  );
  return (
    <>
      {oneColumn && nav}
      <div ref={scroller} className="learn-scroll">
        <p className="muted small learn-place">
          <span className="numbers">{learn.place(lesson.number, lessons.length, step + 1, lesson.steps.length)}</span>
          <a href="#/learn">{learn.allLessons}</a>
        </p>
        <h1 className="learn-title">
          <LessonLine line={lesson.title} telling={beginning} />
        </h1>
        <div className="learn-text" aria-busy={phase === 'setting'}>
          <LessonText text={current.text} telling={beginning} />
        </div>
        {phase === 'stuck' && problem && (
          <p role="alert" className="learn-stuck">
            {learn.stuck(describeProblem(problem))}
          </p>
        )}
        {metAtStart && (
          <p role="alert" className="learn-stuck">
            {learn.metAtStart(step + 1)}
          </p>
        )}
        {current.predict && <Predict key={current.id} question={current.predict} />}
        <div ref={taskRef}>
          <Task step={current} root={root} />
        </div>
        <div ref={doneRef}>{done && <Done step={current} />}</div>
        <Fold key={`${address} ${setting !== null}`} label={learn.model} open={setting !== null || acting}>
          <ModelPanel />
        </Fold>
        <p className="small muted">{learn.kept}</p>
      </div>
      {oneColumn || nav}
      <Announcer lesson={lesson} step={step} />
    </>
  );
}

/** Something is to be trained, so there will be a curve. */
const TRAINS = /\b(?:trained|epoch)\s*>|\bran\(/;

/** Whether the step's numbers or its target are on the curve. */
function needsChart({ focus, expect, predict, why }: Step): boolean {
  if (isOfChart(focus)) return true;
  if (isOfStrip(focus) || isOfSweep(focus)) return false;
  const asked = predict ? [predict.question, ...predict.options.map(({ when }) => when)] : [];
  return (
    OF_THE_CURVE.test(expect) || (TRAINS.test(expect) && [...asked, why].flat().some((text) => OF_THE_CURVE.test(text)))
  );
}

/** One step: its text beside the live stage. */
export function LessonStep({ lesson, step, lessons }: Props) {
  const guide = useGuide();
  const { actions, store, jobs } = useHandle();
  const root = useRef<HTMLDivElement>(null);
  const ready = useLesson((state) => state.phase === 'ready');
  const oneColumn = useMedia(ONE_COLUMN);
  const current = lesson.steps[step] ?? null;
  const { before, after } = neighbors(lesson, step, lessons);
  useEffect(() => {
    guide.enter(lesson, step);
  }, [guide, lesson, step]);
  // Pressed again while the task is shown: first it is done, then the lesson goes on. A third time it goes on at once.
  const goesOn = useRef(false);
  useEffect(() => {
    goesOn.current = false;
    return guide.store.subscribe((now, before) => {
      if (now.showing || !before.showing || !goesOn.current) return;
      goesOn.current = false;
      // With the task noted as done, which comes next.
      if (now.phase === 'ready') queueMicrotask(() => (window.location.hash = after.href));
    });
  }, [guide, after.href]);
  const forward = useCallback(() => {
    const { met, phase, showing } = guide.store.getState();
    // Pressed too early, it would skip what was not seen yet.
    if (phase === 'setting' && current?.show) return;
    // A clicker has no other way to do the task; who presses again goes on.
    if (phase === 'ready' && !met && !showing && current?.show) guide.show();
    else if (showing && !met && !goesOn.current) goesOn.current = true;
    else window.location.hash = after.href;
  }, [guide, current, after.href]);
  const back = useCallback(() => {
    window.location.hash = before;
  }, [before]);
  useLessonKeys(forward, back);

  useEffect(() => {
    if (!current || !ready) return;
    if (settingOf(current.focus) === 'more' && !store.getState().view.moreSettings)
      actions.setView({ moreSettings: true });
  }, [current, ready, actions, store]);
  // What was found may stand below what was found before it.
  useEffect(
    () =>
      jobs.subscribe(({ progress }, before) => {
        const ended = JOBS.find((kind) => before.progress[kind] !== null && progress[kind] === null);
        if (!ended || oneColumn) return;
        requestAnimationFrame(() =>
          root.current?.querySelector(`.learn-panel [data-job="${ended}"]`)?.scrollIntoView({ block: 'nearest' }),
        );
      }),
    [jobs, oneColumn],
  );
  // A new user's predictions grow below the ratings that are typed.
  const folded = useLesson((state) => state.facts?.now.panels.foldIn ?? null);
  useEffect(() => {
    if (!current || !folded || !window.matchMedia(PANEL_BESIDE).matches) return;
    const { focus } = current;
    if (!('panel' in focus) || focus.panel !== 'fold-in') return;
    const soon = requestAnimationFrame(() => {
      if (root.current)
        focusTargets(focus, root.current, store.getState().window)[0]?.scrollIntoView({ block: 'nearest' });
    });
    return () => cancelAnimationFrame(soon);
  }, [folded, current, store]);
  // What the app changes by itself is seen changing: settings stand below the text.
  const acting = useLesson((state) => state.acting);
  useEffect(() => {
    const setting = settingChangedBy(acting);
    if (!setting) return;
    if (settingOf(setting) === 'more' && !store.getState().view.moreSettings) actions.setView({ moreSettings: true });
    // In one column the way there leads past the stage, which is what changes.
    if (oneColumn) return;
    // Its fold opens with this.
    const soon = requestAnimationFrame(() => {
      if (root.current)
        focusTargets(setting, root.current, store.getState().window)[0]?.scrollIntoView({ block: 'nearest' });
    });
    return () => cancelAnimationFrame(soon);
  }, [acting, oneColumn, actions, store]);
  useEffect(() => {
    if (!current || !ready) return;
    const { focus } = current;
    const begun = performance.now();
    let later = 0;
    // Panels are fetched when they are first opened.
    const bring = () => {
      const frame = root.current;
      if (!frame) return;
      // A tab that opens takes the keyboard for a moment, and the page would follow it away from the text.
      const { scrollX, scrollY } = window;
      const open = !('panel' in focus) || openPanel(focus.panel, frame);
      if (oneColumn) window.scrollTo(scrollX, scrollY);
      if (!open && performance.now() - begun < PANEL_PATIENCE) {
        later = window.setTimeout(bring, 100);
        return;
      }
      // In one column the text comes first; "Go there" leads on.
      if (oneColumn) return;
      const target = focusTargets(focus, frame, store.getState().window)[0];
      // Settings stand below the text, which is read first.
      if (target?.closest('.learn-column')) return;
      const panel = isOfInspector(focus) && window.matchMedia(PANEL_BESIDE).matches;
      target?.scrollIntoView({ block: panel ? 'start' : 'nearest' });
      // What a panel or the chart holds may still be on its way, and there was no room to scroll.
      if (panel || isOfChart(focus)) {
        later = window.setTimeout(() => target?.scrollIntoView({ block: panel ? 'start' : 'nearest' }), PANEL_ARRIVES);
      }
    };
    later = window.setTimeout(bring);
    return () => clearTimeout(later);
  }, [current, ready, oneColumn, store]);

  if (!current) return null;
  const { focus } = current;
  const panel = 'panel' in focus && isOfInspector(focus) && (
    // Tabs and folds are those of this step: the one before may have opened others.
    <section
      key={`${lesson.id}/${step}`}
      className="learn-panel"
      aria-label={learn.panelRegion}
      data-wanted={focus.panel}
    >
      <Inspector />
    </section>
  );
  return (
    <div ref={root} className="learn-page">
      <section className="learn-column" aria-label={learn.textRegion}>
        <StepText lesson={lesson} step={step} lessons={lessons} root={root} />
      </section>
      <div className="learn-right">
        {oneColumn && panel}
        <section className="shell-stage learn-stage" aria-label={strings.app.stageRegion}>
          <PlaybackBar />
          <DivergenceBanner />
          {isOfStrip(current.focus) && <RateStrip />}
          <LessonSweep />
          <Stage />
          <Fold key={`${lesson.id}/${step}`} label={learn.loss} open={needsChart(current)}>
            <LossChart />
          </Fold>
        </section>
        {oneColumn || panel}
      </div>
      {ready && <Here focus={current.focus} root={root} />}
    </div>
  );
}
