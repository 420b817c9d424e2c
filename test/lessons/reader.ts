import { setHeldOut, setRating } from '../../src/core/edit.ts';
import { judgedByK } from '../../src/core/experiment/one-standard-error.ts';
import type { TrainingState } from '../../src/core/parameters.ts';
import type { Result } from '../../src/core/problem.ts';
import { chooseHeldOut } from '../../src/core/split.ts';
import type { Study } from '../../src/core/study.ts';
import { trainingData } from '../../src/core/training-data.ts';
import { planOtherStarts } from '../../src/core/understand/ensemble.ts';
import { foldInUser } from '../../src/core/understand/fold-in.ts';
import { type Member, Retraining, stopWhenSettled } from '../../src/core/understand/retrain.ts';
import { type Angle, angleOfPoint, anglesWithoutShare, rotatePlane } from '../../src/core/understand/rotation.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import { amountNow, cellWhere } from '../../src/lessons/amount.ts';
import {
  chose,
  type Facts,
  happened,
  type Moment,
  observe,
  ranBeside,
  stageSet,
  stepBegins,
  typed,
} from '../../src/lessons/facts.ts';
import type { Action, Amount, Lesson, Stage, SweepOverK } from '../../src/lessons/lesson.ts';
import { changedModel, filledWith, prepareStudy, stageOf, sweepOf, sweepPlan } from '../../src/lessons/stage.ts';
import type { Answer } from '../../src/worker/protocol.ts';
import { setupOfStudy, trainWith } from '../../src/worker/task.ts';
import { runPlan } from '../core/experiment/run-plan.ts';
import { withoutEach } from '../fixtures/without-each.ts';
import { type Conversation, converse } from '../worker/conversation.ts';

/** What a reader does in a panel, which the actions of a lesson do not reach. */
export type PanelAction =
  | { readonly do: 'rotate'; readonly by: Angle }
  | { readonly do: 'other-starts'; readonly models: number }
  | { readonly do: 'one-rating-fewer' }
  | { readonly do: 'fold-in'; readonly ratings: readonly (readonly [item: number, value: number])[] }
  /** Types a number that a formula of the reader's comes to. */
  | { readonly do: 'work-out'; readonly value: (facts: Facts) => number }
  /** Types over an entry of P so that the prediction of [user, item] becomes `wanted` through that factor. */
  | {
      readonly do: 'solve-for';
      readonly user: number;
      readonly item: number;
      readonly factor: number;
      readonly wanted: number;
    };

export type Doing = Action | PanelAction;

/** A reader at a page without a page: the real session, and the facts that a view would keep. */
export interface Reader {
  readonly facts: Facts;
  act(doing: Doing): void;
  /** The next step begins on the stage as it stands. */
  goOn(): void;
}

function right<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code} ${result.problem.where ?? ''} ${result.problem.got ?? ''}`);
  return result.value;
}

/** Sets the stage of a step, as an address opened in a fresh browser does, and brings it to where the step begins. */
export function openStep(lesson: Lesson, step: number): Reader {
  const stage = stageOf(lesson, step);
  if (stage === null) throw new Error(`No stage for step ${step} of ${lesson.id}`);
  const reader = sitDown(stage, lesson.steps[step]?.input?.fills === 'P', sweepOf(lesson, step));
  // A step that keeps the stage builds on what the steps before it show.
  let from = step;
  while (lesson.steps[from]?.stage === 'keep') from -= 1;
  for (const before of lesson.steps.slice(from, step)) {
    for (const action of before.show ?? []) reader.act(action);
    reader.goOn();
  }
  return reader;
}

/** What sweeps came to: a lesson is played often, and they are the same every time. */
const sweeps = new Map<string, NonNullable<Moment['panels']['sweep']>>();

function swept(study: Study, sweep: SweepOverK): NonNullable<Moment['panels']['sweep']> {
  const { dataset, model } = study;
  const name = JSON.stringify([dataset.name, [...dataset.ratings.value], { ...model, k: 0, seed: 0 }, sweep]);
  const known = sweeps.get(name);
  if (known) return known;
  const { runs, summaries } = runPlan(sweepPlan(study, sweep));
  const judged = judgedByK(runs, summaries);
  sweeps.set(name, judged);
  return judged;
}

function sitDown(stage: Stage, fills: boolean, sweep: SweepOverK | null): Reader {
  let study: Study = right(prepareStudy(stage));
  let run = 1;
  let talk: Conversation = converse(study);
  let panels: Moment['panels'] = { otherStarts: null, oneFewer: null, foldIn: null, sweep: null };
  let selected = { user: (stage.selected?.[0] ?? 1) - 1, item: (stage.selected?.[1] ?? 1) - 1 };
  let diverged = false;

  const momentOf = (answer: Answer): Moment => ({
    run,
    study,
    epoch: answer.epoch,
    position: answer.position,
    parameters: answer.view,
    measures: answer.measures,
    history: talk.history(),
    baselines: answer.baselines,
    leaveOneOut: answer.leaveOneOut?.epoch === answer.epoch ? answer.leaveOneOut : null,
    diverged,
    past: false,
    selected,
    panels,
  });
  const report = () => talk.ask({ kind: 'report' });
  let facts = stageSet(momentOf(report()));
  const see = (answer: Answer = report()) => {
    if (answer.divergence) diverged = true;
    facts = observe(facts, momentOf(answer));
  };

  const train = (to: number) => {
    diverged = false;
    // In slices, as answers come in.
    let answer = report();
    while (answer.epoch < to && !answer.divergence) {
      answer = talk.trainTo(Math.min(to, answer.epoch + 50));
      see(answer);
    }
  };
  const newRun = (next: Study, state: TrainingState | null = null) => {
    study = next;
    run += 1;
    diverged = false;
    talk = converse(study);
    if (state) talk.load(study, state);
    see();
  };
  const edit = (next: Study) => {
    study = next;
    see(talk.edit(study));
  };
  /** The run goes on from other numbers. */
  const typeOver = (parameters: Moment['parameters']) => {
    const state = talk.state();
    see(talk.load(study, { ...state, parameters }, talk.history()));
  };
  const retrain = (members: readonly Member[]) => {
    const rule = stopWhenSettled(20_000, facts.now.epoch);
    const retraining = new Retraining(setupOfStudy(study), members, rule, trainWith(createReferenceEngine()));
    while (retraining.step(1000));
    return retraining.outcomes;
  };

  /** What an amount of an action comes to; an action that has none is a mistake in the lesson. */
  const amount = (of: Amount): number => {
    const value = amountNow(of, facts);
    if (value === null) throw new Error(`${of} comes to nothing`);
    return value;
  };
  const orNone = (of: Amount | null) => (of === null ? null : amount(of));

  const foldIn = (ratings: readonly { readonly item: number; readonly value: number }[]) => {
    const sorted = [...ratings].sort((a, b) => a.item - b.item);
    const columns = {
      partner: Int32Array.from(sorted, ({ item }) => item),
      value: Float64Array.from(sorted, ({ value }) => value),
    };
    const ofAll = trainingData(study.dataset).training.value.length;
    const folded = right(foldInUser(facts.now.parameters, columns, study.model, ofAll));
    panels = { ...panels, foldIn: { ratings, predictions: folded.predictions } };
    see();
  };
  const turn = (first: number, second: number, by: Angle) => {
    typeOver(rotatePlane(facts.now.parameters, first, second, by));
    facts = happened(facts, 'rotate');
  };

  /** A number in the step's field; where it fills P, the stage moves with it. */
  const give = (value: number) => {
    facts = typed(facts, value);
    if (fills) newRun(filledWith(study, facts.now.parameters, value));
  };

  const act = (doing: Doing): void => {
    switch (doing.do) {
      case 'train':
        train(facts.now.epoch + doing.epochs);
        facts = happened(facts, 'train');
        break;
      case 'run-to':
        train(doing.epoch);
        facts = happened(facts, 'train');
        break;
      case 'step-rating':
        for (let n = 0; n < doing.times; n += 1) {
          see(talk.step(1));
          facts = happened(facts, 'step-rating');
        }
        break;
      case 'step-epoch':
        for (let n = 0; n < doing.times; n += 1) {
          see(talk.trainTo(facts.now.epoch + 1));
          facts = happened(facts, 'step-epoch');
        }
        break;
      case 'reset':
        diverged = false;
        see(talk.ask({ kind: 'rewind', epoch: 0 }));
        facts = happened(facts, 'reset');
        break;
      case 'rate':
        edit({
          ...study,
          dataset: right(setRating(study.dataset, amount(doing.user) - 1, amount(doing.item) - 1, orNone(doing.value))),
        });
        break;
      case 'hold-out': {
        const place = { users: [amount(doing.user) - 1], items: [amount(doing.item) - 1] };
        edit({ ...study, dataset: right(setHeldOut(study.dataset, place)) });
        break;
      }
      case 'hold-out-share':
        edit({ ...study, dataset: chooseHeldOut(study.dataset, doing.share, study.model.seed) });
        break;
      case 'set': {
        const model = changedModel(study.model, doing.model);
        if (doing.model.k !== undefined || doing.model.seed !== undefined || doing.model.init !== undefined) {
          newRun({ ...study, model });
        } else edit({ ...study, model });
        break;
      }
      case 'set-k':
        newRun({ ...study, model: changedModel(study.model, { k: amount(doing.k) }) });
        break;
      case 'select':
        selected = { user: amount(doing.user) - 1, item: amount(doing.item) - 1 };
        facts = happened(facts, 'select');
        see();
        break;
      case 'select-where': {
        const found = cellWhere(doing.where, facts);
        if (found === null) throw new Error(`No cell where ${doing.where}`);
        act({ do: 'select', user: found.user + 1, item: found.item + 1 });
        break;
      }
      case 'type':
        give(amount(doing.value));
        break;
      case 'work-out':
        give(doing.value(facts));
        break;
      case 'choose':
        facts = chose(facts, doing.option);
        break;
      case 'factor': {
        const { k } = facts.now.parameters;
        const numbers = facts.now.parameters[doing.matrix].slice();
        numbers[(amount(doing.row) - 1) * k + amount(doing.factor) - 1] = amount(doing.value);
        typeOver({ ...facts.now.parameters, [doing.matrix]: numbers });
        break;
      }
      case 'bias': {
        const numbers = facts.now.parameters[doing.matrix]?.slice();
        if (!numbers) throw new Error('There are no biases');
        numbers[amount(doing.row) - 1] = amount(doing.value);
        typeOver({ ...facts.now.parameters, [doing.matrix]: numbers });
        break;
      }
      case 'update':
        see(talk.ask({ kind: 'visit', user: amount(doing.user) - 1, item: amount(doing.item) - 1 }));
        break;
      case 'solve-for': {
        const { k, P, Q } = facts.now.parameters;
        const of = (at: number) => (P[(doing.user - 1) * k + at] ?? 0) * (Q[(doing.item - 1) * k + at] ?? 0);
        const others = Array.from({ length: k }, (_, at) => (at === doing.factor - 1 ? 0 : of(at)));
        const rest = others.reduce((sum, share) => sum + share, 0);
        const value = (doing.wanted - rest) / (Q[(doing.item - 1) * k + doing.factor - 1] ?? 0);
        act({ do: 'factor', matrix: 'P', row: doing.user, factor: doing.factor, value });
        break;
      }
      case 'rotate': {
        if ('by' in doing) {
          turn(0, 1, doing.by);
          break;
        }
        const radians = (amount(doing.degrees) / 180) * Math.PI;
        turn(doing.factors[0] - 1, doing.factors[1] - 1, angleOfPoint(Math.cos(radians), Math.sin(radians)));
        break;
      }
      case 'rotate-away': {
        const [first, second] = [doing.factors[0] - 1, doing.factors[1] - 1] as const;
        const [least] = anglesWithoutShare(facts.now.parameters, first, second, selected.user, selected.item);
        turn(first, second, least);
        break;
      }
      case 'layer':
        facts = happened(facts, 'layer');
        break;
      case 'other-starts':
        panels = { ...panels, otherStarts: retrain(planOtherStarts(doing.models, 1)) };
        see();
        break;
      case 'one-rating-fewer':
        panels = { ...panels, oneFewer: retrain(withoutEach(trainingData(study.dataset))) };
        see();
        break;
      case 'fold-in':
        foldIn(doing.ratings.map(([item, value]) => ({ item: item - 1, value })));
        break;
      case 'new-user': {
        const item = amount(doing.item) - 1;
        const value = orNone(doing.value);
        const others = (panels.foldIn?.ratings ?? []).filter((rating) => rating.item !== item);
        foldIn(value === null ? others : [...others, { item, value }]);
        break;
      }
      case 'strip': {
        // A whole run beside the stage, as far as the stage is to be run.
        const beside = { ...study, model: changedModel(study.model, { alpha: amount(doing.alpha) }) };
        const other = converse(beside);
        const answer = other.trainTo(stage.runTo ?? 200);
        const moment = { ...momentOf(answer), study: beside, history: other.history(), diverged: !!answer.divergence };
        facts = ranBeside(facts, moment);
        break;
      }
      case 'sweep':
        if (sweep === null) throw new Error('This step has no sweep');
        panels = { ...panels, sweep: swept(study, sweep) };
        see();
        break;
      case 'undo':
      case 'playhead':
      case 'influence':
        throw new Error(`${doing.do} needs the page: it is tested there`);
    }
  };
  if (stage.epoch) train(stage.epoch);
  facts = stepBegins(facts);
  return {
    get facts() {
      return facts;
    },
    act,
    goOn() {
      facts = stepBegins(facts);
    },
  };
}
