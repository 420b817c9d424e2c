import { baselineFigures } from '../core/baselines.ts';
import { lookAtHeldOut } from '../core/early-stopping.ts';
import type { History, Measures } from '../core/history.ts';
import { drawStart } from '../core/init.ts';
import { errorFigures, measure } from '../core/metrics.ts';
import { hasMean, type ModelSettings, unreachable } from '../core/model.ts';
import type { Parameters, TrainingState } from '../core/parameters.ts';
import { predict } from '../core/predict.ts';
import type { RateTest } from '../core/rate-finder.ts';
import type { Ratings } from '../core/ratings.ts';
import {
  epochUnderWay,
  type KeptBest,
  memoryOrNull,
  type RunMemory,
  sameSettings,
  stateUnderWay,
} from '../core/run-memory.ts';
import type { Study } from '../core/study.ts';
import { type RatingColumns, type TrainingData, trainingData } from '../core/training-data.ts';
import { type Angle, rotatePlane } from '../core/understand/rotation.ts';
import type { Engine } from '../engines/engine.ts';
import { stateAfterVisit } from './extra-visit.ts';
import { fitParameters, fitState, stateFits } from './fit-state.ts';
import { canLeaveOneOut, LeftOut } from './leave-one-out.ts';
import { copyState, type Layout, layoutOf, pack, sameBits, unpack } from './packed-state.ts';
import type { Baselines, EarlyStop, LearnedMatrix } from './protocol.ts';
import { testRates } from './rate-test.ts';
import {
  atEpochZero,
  drawnRow,
  Graveyard,
  type Keys,
  placesOf,
  type Row,
  remapState,
  type Side,
  sameKeys,
  takeRow,
} from './rows.ts';
import { SeenUntil } from './seen-until.ts';
import { stateOf, Timeline } from './timeline.ts';
import { advance, createTrainee, type Trainee, visitCost } from './trainee.ts';

/** A state put by, to fall back to or to look ahead from. */
interface PutBy {
  readonly epoch: number;
  readonly position: number;
  readonly layout: Layout;
  readonly numbers: Float64Array;
}

/** Above this many rating visits × factors, what is shown in mid-epoch is what was measured last. */
const MEASURE_LIMIT = 4e6;
/** A state is put by anew after so much work, or after eight times what copying it costs. */
const WORK_BETWEEN_COPIES = 1e6;

/**
 * A run: a study, how far it got, and its past. This file is what can be done to it while it stands; `train.ts` moves it.
 *
 * Settings that were changed in mid-epoch wait in `study.model`; `trainee.model` is what the epoch under way is run with.
 */
export class Run {
  readonly engine: Engine;
  readonly timeline = new Timeline();
  readonly seen = new SeenUntil();
  study: Study;
  trainee: Trainee;
  layout: Layout;
  /** The epoch that was looked through to its end and stays finite, whatever |e| says; 0 for none. */
  knownFinite = 0;
  /** The best epoch so far, with a copy of its state; null when it is to be looked for anew. */
  best: KeptBest | null = null;
  private start: Parameters;
  /** Null while init and seed draw the start; undefined when that is to be looked up. */
  private startToSave: Parameters | null | undefined;
  private readonly graveyard = new Graveyard();
  /** Where a look-ahead begins. */
  private base: PutBy | null = null;
  private workSinceBase = 0;
  /** The end of the last completed epoch, as far as it is known. */
  private completed: PutBy | null = null;
  private measured: Measures | null = null;
  private lastMeasured: Measures | null = null;
  private leftOut: LeftOut | null = null;
  private baselineCache: Baselines | null | undefined;

  /** Starts at `state` if it is given and fits, else at study.start, else at what init and seed draw. Shares nothing with them. */
  constructor(
    engine: Engine,
    study: Study,
    state: TrainingState | null,
    history: History | null,
    memory: RunMemory | null = null,
  ) {
    const data = trainingData(study.dataset);
    const { model } = study;
    const { m, n } = data;
    const given = state !== null && stateFits(state, model.k, m, n) ? copyState(state) : null;
    const startFits = study.start !== null && stateFits(atEpochZero(study.start), model.k, m, n);
    const resumed = given === null || memory === null ? null : resume(given, memory, model, data);
    const atZero = given !== null && given.epoch === 0 && given.position === 0 && resumed === null;
    const start = startFits ? study.start : atZero ? given.parameters : null;
    const inForce = resumed?.model ?? model;
    this.engine = engine;
    this.study = study;
    if (start === null) {
      this.start = drawStart(model, m, n, data.mean);
      this.startToSave = null;
    } else this.start = copyState(atEpochZero(fitParameters(start, model, m, n, data.mean))).parameters;
    const fitted = fitState(resumed?.state ?? given ?? copyState(atEpochZero(this.start)), inForce, m, n, data.mean);
    this.trainee = createTrainee(engine, inForce, data, fitted);
    fitted.position = Math.max(0, Math.min(fitted.position, this.trainee.total - 1));
    this.layout = layoutOf(fitted, this.keys);
    if (given !== null && history !== null) this.timeline.adopt(history, fitted.epoch);
    if (given !== null && memory !== null) this.seen.restore(memory, study.dataset, fitted);
    this.best = bestOf(memory?.best ?? null, fitted, model, data);
    if (fitted.position === 0) this.applyWaiting();
    if (fitted.position === 0) {
      if (this.timeline.has(fitted.epoch)) this.timeline.keepLatest(this.state, this.layout);
      else this.record();
    }
  }

  get keys(): Keys {
    return { users: this.study.dataset.userKeys, items: this.study.dataset.itemKeys };
  }

  get state(): TrainingState {
    return this.trainee.state;
  }

  get data(): TrainingData {
    return this.trainee.data;
  }

  /** Measured now, with parameters, ratings and settings as they stand. */
  measures(): Measures {
    if (this.measured !== null) return this.measured;
    const { state, data, model } = this.trainee;
    const costly = data.training.user.length * (model.k + 4) > MEASURE_LIMIT;
    if (state.position > 0 && costly && this.lastMeasured !== null) return this.lastMeasured;
    this.measured = measure(state.parameters, data, model);
    this.lastMeasured = this.measured;
    return this.measured;
  }

  /** Parameters or ratings changed: what was measured is of the past. */
  touched(): void {
    this.measured = null;
  }

  /** Writes the epoch that was just completed on the curve. */
  record(): void {
    this.timeline.record(this.state, this.layout, this.measures());
  }

  /** Baselines on the held-out ratings. */
  baselines(): Baselines | null {
    if (this.baselineCache === undefined) {
      const figures = baselineFigures(this.data);
      this.baselineCache = null;
      if (figures !== null) {
        const { mean, biases } = figures;
        if (mean.rmse !== null && mean.mae !== null && biases.rmse !== null && biases.mae !== null) {
          this.baselineCache = {
            rmseMean: mean.rmse,
            rmseBiases: biases.rmse,
            maeMean: mean.mae,
            maeBiases: biases.mae,
          };
        }
      }
    }
    return this.baselineCache;
  }

  /** The leave-one-out models as far as they got; null when there are none (yet), or the run went back behind them. */
  leaveOneOut(): LeftOut | null {
    return this.leftOut !== null && this.leftOut.epoch <= this.state.epoch ? this.leftOut : null;
  }

  /** As `leaveOneOut`, made when they can be. */
  beginLeaveOneOut(): LeftOut | null {
    if (this.leaveOneOut() === null) {
      const { model } = this.study;
      this.leftOut = canLeaveOneOut(this.data, model.k)
        ? new LeftOut(
            this.engine,
            model,
            this.data,
            fitParameters(this.start, model, this.data.m, this.data.n, this.data.mean),
          )
        : null;
    }
    return this.leftOut;
  }

  /** What learning rates do to a copy of this run, from its start. */
  testRates(): RateTest | null {
    const { model } = this.study;
    const { m, n, mean } = this.data;
    return testRates(this.engine, model, this.data, fitParameters(this.start, model, m, n, mean));
  }

  /** Whether nothing was learned yet. A visit whose rating was taken away again leaves epoch 0, position 0 with other numbers. */
  private standsAtStart(): boolean {
    const { epoch, position, parameters } = this.state;
    if (epoch > 0 || position > 0) return false;
    return sameBits(atEpochZero({ ...parameters, mu: this.start.mu }), atEpochZero(this.start), this.keys);
  }

  /** The start, copied, when neither `init` and `seed` nor the state at epoch 0 say what it was. */
  savedStart(): Parameters | null {
    const { epoch, position } = this.state;
    if (epoch === 0 && position === 0 && !this.standsAtStart()) return copyState(atEpochZero(this.start)).parameters;
    if (this.startToSave === undefined) {
      const { m, n, mean } = this.data;
      const drawn = fitParameters(drawStart(this.trainee.model, m, n, mean), this.trainee.model, m, n, mean);
      const same = sameBits(atEpochZero({ ...drawn, mu: this.start.mu }), atEpochZero(this.start), this.keys);
      this.startToSave = same ? null : this.start;
    }
    return this.startToSave === null ? null : copyState(atEpochZero(this.startToSave)).parameters;
  }

  /** The state as a file or another worker takes it: settings that wait are already fitted in. */
  savedState(): TrainingState {
    const { m, n, mean } = this.data;
    return copyState(fitState(this.state, this.study.model, m, n, mean));
  }

  /** What else is to be saved with `savedState`. */
  savedMemory(): RunMemory | null {
    const waits = this.state.position > 0 && !sameSettings(this.trainee.model, this.study.model);
    return memoryOrNull({
      underWay: waits ? epochUnderWay(copyState(this.state), this.trainee.model, this.study.model) : null,
      ...this.seen.memory(this.study.dataset),
      best: this.savedBest(),
    });
  }

  /** Its state is not saved twice where the run stands at it. */
  private savedBest(): KeptBest | null {
    if (this.best === null || !this.mayStopEarly) return null;
    const { best, state } = this.best;
    const itself = this.state.epoch === best.epoch && this.state.position === 0;
    return { best, state: itself || state === null ? null : copyState(state) };
  }

  // —— early stopping ——

  /** Whether every epoch's RMSE held out is looked at. */
  get mayStopEarly(): boolean {
    return this.study.model.earlyStopping !== undefined && this.data.heldOut.value.length > 0;
  }

  /**
   * Between epochs, when the run may stop early: looks at RMSE held out. When it has not improved for too long the run goes
   * back to its best epoch and says so; whoever trains on gets as many epochs more.
   */
  lookForBest(): EarlyStop | null {
    const { earlyStopping } = this.study.model;
    const { state, data } = this;
    if (earlyStopping === undefined || !this.mayStopEarly || state.position > 0) return null;
    const { rmse } = errorFigures(data.heldOut, (user, item) => predict(state.parameters, user, item));
    const { best, verdict } = lookAtHeldOut(this.best?.best ?? null, state.epoch, rmse, earlyStopping);
    if (verdict === 'improved' && best !== null) this.best = { best, state: copyState(state) };
    const kept = this.best?.state ?? null;
    if (verdict !== 'stop' || best === null || kept === null) return null;
    const at = state.epoch;
    if (!this.timeline.has(at)) this.record();
    const after = this.timeline.after(best.epoch);
    this.stand(copyState(kept));
    this.best = { best: { ...best, since: at }, state: kept };
    return { at, best: best.epoch, rmse: best.rmse, rmseAt: rmse, after };
  }

  // —— what is put by, to fall back to ——

  private putBy(): PutBy {
    const numbers = new Float64Array(this.layout.size);
    pack(this.state, numbers, 0);
    return { epoch: this.state.epoch, position: this.state.position, layout: this.layout, numbers };
  }

  /** Notes that visits were made; `visits` of them. */
  worked(visits: number): void {
    this.workSinceBase += visits * visitCost(this.trainee);
    this.measured = null;
  }

  /** Makes sure that a look-ahead has somewhere near to begin. The state must be finite. */
  putByWhenDue(): void {
    const due = this.workSinceBase >= Math.max(WORK_BETWEEN_COPIES, 8 * this.layout.size);
    if (this.base !== null && !due) return;
    this.knowCompleted();
    this.base = this.putBy();
    this.workSinceBase = 0;
    if (this.base.position === 0) this.completed = this.base;
  }

  /** Whether an epoch costs more than a copy of the state does, so that its end is put by at once. */
  get epochIsLong(): boolean {
    return this.trainee.total * visitCost(this.trainee) >= Math.max(WORK_BETWEEN_COPIES / 64, 8 * this.layout.size);
  }

  putByCompleted(): void {
    this.completed = this.putBy();
  }

  /** In mid-epoch: makes sure that the end of the epoch before is known, if it still can be. */
  private knowCompleted(): void {
    const { epoch, position } = this.state;
    if (position === 0 || this.completed?.epoch === epoch || this.base === null || this.base.epoch >= epoch) return;
    const again = this.lookAhead();
    if (again === null) return;
    while (again.state.epoch < epoch) if (advance(again, again.total, Number.POSITIVE_INFINITY) === 0) return;
    const numbers = new Float64Array(this.layout.size);
    pack(again.state, numbers, 0);
    this.completed = { epoch, position: 0, layout: this.layout, numbers };
  }

  /** A copy of the run's model as it stood a while ago, to be trained again. */
  lookAhead(): Trainee | null {
    const { base } = this;
    if (base === null) return null;
    const state = unpack(base.layout, base.numbers, 0, base.epoch, base.position);
    return createTrainee(this.engine, this.trainee.model, this.data, state);
  }

  private forgetBase(): void {
    this.base = null;
    this.workSinceBase = 0;
    this.knownFinite = 0;
  }

  // —— the past ——

  private startState(): TrainingState {
    return copyState(atEpochZero(this.start));
  }

  private rowFor(epoch: number): (side: Side, key: number) => Row {
    const start = atEpochZero(this.start);
    return (side, key) => {
      const index = this.keys[side].indexOf(key);
      return (
        this.graveyard.find(side, key, epoch) ??
        (index >= 0 ? takeRow(start, side, index) : drawnRow(this.study.model, side, key))
      );
    };
  }

  /** A state of the past with the rows of today, in today's order. */
  private withRowsOfToday(state: TrainingState, keys: Keys): TrainingState {
    return sameKeys(keys, this.keys) ? state : remapState(state, keys, this.keys, this.rowFor(state.epoch));
  }

  /** Epochs that can be shown, ascending. */
  shownEpochs(): number[] {
    const epochs = this.timeline.epochs();
    if ((epochs.at(-1) ?? 0) < this.state.epoch) epochs.push(this.state.epoch);
    return epochs;
  }

  private nearest(epoch: number): number {
    let best = 0;
    for (const kept of this.shownEpochs()) if (Math.abs(kept - epoch) < Math.abs(best - epoch)) best = kept;
    return best;
  }

  /** The state at the shown epoch nearest to `epoch`, a copy, and whose rows it had then. */
  private stateNear(epoch: number): { readonly state: TrainingState; readonly keys: Keys } {
    const nearest = this.nearest(epoch);
    if (nearest === this.state.epoch && this.state.position === 0)
      return { state: copyState(this.state), keys: this.keys };
    if (nearest === 0) return { state: this.startState(), keys: this.keys };
    const snapshot = this.timeline.at(nearest);
    if (snapshot !== null) return { state: stateOf(snapshot), keys: snapshot.layout.keys };
    this.knowCompleted();
    const { completed } = this;
    if (completed !== null && completed.epoch === nearest) {
      return { state: unpack(completed.layout, completed.numbers, 0, nearest, 0), keys: completed.layout.keys };
    }
    return { state: copyState(this.state), keys: this.keys };
  }

  /** What the shown epoch nearest to `epoch` was like, and what was measured then. */
  past(epoch: number): { readonly state: TrainingState; readonly measures: Measures } {
    const { state, keys } = this.stateNear(epoch);
    const shown = this.withRowsOfToday(state, keys);
    const measures = shown.position === 0 ? this.timeline.measuresAt(shown.epoch) : null;
    return { state: shown, measures: measures ?? measure(shown.parameters, this.data, this.trainee.model) };
  }

  /** Goes back to the shown epoch nearest to `epoch` and lets what came after it go. */
  rewind(epoch: number): void {
    // At epoch 0 too, the start is not always where the run stands: a number may have been typed over.
    const { state, keys } =
      this.nearest(epoch) === 0 ? { state: this.startState(), keys: this.keys } : this.stateNear(epoch);
    this.graveyard.rewind(state.epoch);
    // Whoever was there then and is not today rests as it was then.
    for (const side of ['users', 'items'] as const) {
      const places = placesOf(this.keys[side], keys[side]);
      keys[side].forEach((key, index) => {
        if ((places[index] ?? -1) >= 0) return;
        this.graveyard.bury(
          side,
          key,
          state.epoch,
          takeRow(state, side, index),
          this.graveyard.startOf(side, key) ?? drawnRow(this.study.model, side, key),
        );
      });
    }
    this.stand(this.withRowsOfToday(state, keys));
  }

  /** Falls back to `good` (its rows are today's), or, when it is not known, to the last known state up to `epoch`. */
  fallBack(good: TrainingState | null, epoch: number): void {
    if (good === null) this.knowCompleted();
    this.stand(good ?? this.lastKnown(epoch));
  }

  private lastKnown(epoch: number): TrainingState {
    const { completed } = this;
    if (completed !== null && completed.epoch === epoch) {
      return this.withRowsOfToday(unpack(completed.layout, completed.numbers, 0, epoch, 0), completed.layout.keys);
    }
    const snapshot = this.timeline.before(epoch);
    return snapshot === null ? this.startState() : this.withRowsOfToday(stateOf(snapshot), snapshot.layout.keys);
  }

  /** Stands between epochs at `state`; everything later is let go, settings that waited apply. */
  private stand(state: TrainingState): void {
    const { model, dataset } = this.study;
    const { m, n, mean } = this.data;
    const fitted = fitState({ ...state, position: 0 }, model, m, n, mean);
    if (fitted.epoch === 0 && hasMean(model.prediction)) fitted.parameters.mu = mean;
    this.start = fitParameters(this.start, model, m, n, mean);
    this.startToSave = this.startToSave === null ? null : undefined;
    this.trainee = createTrainee(this.engine, model, this.data, fitted);
    this.layout = layoutOf(fitted, this.keys);
    this.forgetBase();
    this.completed = null;
    this.touched();
    if (this.best !== null) {
      const { best, state: kept } = this.best;
      const since = best.since > fitted.epoch ? best.epoch : best.since;
      this.best = best.epoch > fitted.epoch ? null : { best: { ...best, since }, state: kept };
    }
    this.seen.rewind(fitted.epoch, dataset);
    this.timeline.truncate(fitted.epoch);
    if (!this.timeline.has(fitted.epoch)) this.record();
    else if (fitted.epoch === 0) this.timeline.rewrite(0, this.measures());
  }

  // —— changes in mid-run ——

  /** Between epochs: settings that waited apply now. */
  applyWaiting(): void {
    if (this.study.model !== this.trainee.model) this.use(this.study.model, this.data, this.state);
  }

  private use(model: ModelSettings, data: TrainingData, state: TrainingState): void {
    const { m, n, mean } = data;
    const fitted = fitState(forgetWhenItsMemoryIsOther(state, this.trainee.model, model), model, m, n, mean);
    this.start = fitParameters(this.start, model, m, n, mean);
    this.startToSave = this.startToSave === null ? null : undefined;
    this.trainee = createTrainee(this.engine, model, data, fitted);
    this.layout = layoutOf(fitted, this.keys);
    this.forgetBase();
    this.touched();
  }

  /** Settings changed while the run stands: they apply at the next epoch, which is now when none is under way. */
  settings(model: ModelSettings): void {
    this.edit({ ...this.study, model });
  }

  /**
   * The study changed while the run stands. Ratings take effect before the next visit; settings at the next epoch, which
   * is now when none is under way. Returns whether the change completed the epoch under way (nothing was left to visit).
   */
  edit(study: Study): boolean {
    const before = this.study;
    const keysBefore = this.keys;
    const atStart = this.standsAtStart();
    this.knowCompleted();
    const ratingsChanged =
      !sameRatings(before.dataset.ratings, study.dataset.ratings) ||
      !sameKeys(keysBefore, { users: study.dataset.userKeys, items: study.dataset.itemKeys });
    // A renamed row is no reason to train the left-out models again.
    if (ratingsChanged || before.model !== study.model) this.leftOut = null;
    // What was best was best of another study.
    if (ratingsChanged || !sameSettings(before.model, study.model)) this.best = null;
    if (ratingsChanged) {
      this.seen.change(before.dataset, study.dataset, this.trainee);
      this.baselineCache = undefined;
    }
    const next = ratingsChanged ? this.nextVisit(study) : null;
    this.study = study;
    const state = this.moveRows(keysBefore);
    const data = ratingsChanged ? trainingData(study.dataset) : this.data;
    const underWay = state.position > 0 && data.training.user.length > 0;
    if (!underWay) state.position = 0;
    this.use(underWay ? this.trainee.model : study.model, data, state);

    if (underWay && next !== null) this.state.position = next(data);
    const ended = underWay && this.state.position >= this.trainee.total;
    if (ended) {
      this.state.epoch += 1;
      this.state.position = 0;
    } else if (this.state.position === 0) this.applyWaiting();
    const { trainee } = this;
    const current = this.state;
    if (current.position === 0 && hasMean(trainee.model.prediction)) current.parameters.mu = data.mean;
    if (ratingsChanged) this.seen.arrivals(before.dataset, study.dataset, trainee);
    if (atStart) {
      this.start = copyState(current).parameters;
      this.timeline.rewrite(0, this.measures());
    }
    return ended;
  }

  /**
   * Types one learned number over where the run stands. The curve keeps what was measured, the past what was kept; a run that
   * blows up later falls back to what was typed, if no epoch was completed since. Ignored where there is no such number.
   */
  write(matrix: LearnedMatrix, row: number, factor: number, value: number): void {
    const { parameters } = this.state;
    const numbers = parameters[matrix];
    const isBias = matrix === 'bu' || matrix === 'bi';
    const width = isBias ? 1 : parameters.k;
    const column = isBias ? 0 : factor;
    const at = row * width + column;
    if (numbers === null || column < 0 || column >= width || at < 0 || at >= numbers.length) return;
    this.rewrite(() => {
      numbers[at] = value;
    });
  }

  /** Writes a user's row of P, and b_u where the prediction has one, as `write`. Ignored where it is not such a row. */
  writeUser(user: number, factors: Float64Array, bias: number | null): void {
    const { k, P, bu } = this.state.parameters;
    if (user < 0 || (user + 1) * k > P.length || factors.length !== k || !factors.every(Number.isFinite)) return;
    this.rewrite(() => {
      P.set(factors, user * k);
      if (bu !== null && bias !== null && Number.isFinite(bias)) bu[user] = bias;
    });
  }

  /** Turns P and Q together in the plane of two factors: no prediction changes. Ignored where there are no two such factors. */
  rotate(first: number, second: number, angle: Angle): void {
    const { parameters } = this.state;
    const isFactor = (factor: number) => Number.isInteger(factor) && factor >= 0 && factor < parameters.k;
    if (first === second || !isFactor(first) || !isFactor(second)) return;
    const { P, Q } = rotatePlane(parameters, first, second, angle);
    this.rewrite(() => {
      parameters.P.set(P);
      parameters.Q.set(Q);
    });
  }

  /**
   * One more visit (`extra-visit.ts` says which), with the settings of the epoch under way. The place in the order is left as it
   * is, so the epoch still visits everything that it would have. The optimizer's memory changes with it.
   */
  visit(user: number, item: number): void {
    const { engine, trainee } = this;
    const after = stateAfterVisit(trainee, user, item);
    if (after === null) return;
    this.rewrite(() => {
      this.trainee = createTrainee(engine, trainee.model, trainee.data, after);
    });
  }

  /** Numbers of the run are changed by hand: the curve and the past stay, a fall goes back to what was written. */
  private rewrite(write: () => void): void {
    this.knowCompleted();
    write();
    this.best = null;
    this.forgetBase();
    this.touched();
    if (this.state.position === 0) this.putByCompleted();
  }

  /**
   * Where an epoch under way goes on after the ratings have changed, as a place in the new epoch; null where it goes on at the
   * same place: a shuffled order is another one then, and batches have no rating of their own.
   */
  private nextVisit(study: Study): ((data: TrainingData) => number) | null {
    const { state, model } = this.trainee;
    if (state.position === 0) return null;
    const { optimizer } = model;
    switch (optimizer.kind) {
      case 'sgd':
      case 'momentum': {
        if (model.order !== 'row-major') return null;
        const { user, item } = this.nextPair(study);
        return ({ training }) => firstNotBefore(training, user, item);
      }
      case 'adam':
        return null;
      case 'als': {
        const row = this.nextRow(study);
        return () => row;
      }
      default:
        return unreachable(optimizer);
    }
  }

  /** Under ALS: the next row to visit that is still there, as a visit of the new study. */
  private nextRow(study: Study): number {
    const { position } = this.state;
    const { users, items } = this.keys;
    const { userKeys, itemKeys } = study.dataset;
    for (let at = position; at < users.length; at += 1) {
      const user = userKeys.indexOf(users[at] ?? -1);
      if (user >= 0) return user;
    }
    for (let at = Math.max(position, users.length); at < users.length + items.length; at += 1) {
      const item = itemKeys.indexOf(items[at - users.length] ?? -1);
      if (item >= 0) return userKeys.length + item;
    }
    return userKeys.length + itemKeys.length;
  }

  /** In a row-major epoch: the next pair to visit, by its place in the new study; past the end of the list if none is left. */
  private nextPair(study: Study): { readonly user: number; readonly item: number } {
    const { state, data } = this.trainee;
    const users = placesOf(study.dataset.userKeys, this.keys.users);
    const items = placesOf(study.dataset.itemKeys, this.keys.items);
    for (let at = state.position; at < data.training.user.length; at += 1) {
      const user = users[data.training.user[at] ?? -1] ?? -1;
      const item = items[data.training.item[at] ?? -1] ?? -1;
      if (user >= 0 && item >= 0) return { user, item };
    }
    // Nobody that was still to come is left: past the end of the list.
    return { user: study.dataset.users.length, item: 0 };
  }

  /** Buries the rows that went, finds or draws those that came, and keeps everybody else's numbers. */
  private moveRows(from: Keys): TrainingState {
    const { state } = this;
    const to = this.keys;
    if (sameKeys(from, to)) return state;
    const start = atEpochZero(this.start);
    for (const side of ['users', 'items'] as const) {
      const places = placesOf(to[side], from[side]);
      from[side].forEach((key, index) => {
        if ((places[index] ?? -1) >= 0) return;
        this.graveyard.bury(side, key, state.epoch, takeRow(state, side, index), takeRow(start, side, index));
      });
    }
    const { model } = this.study;
    this.startToSave = undefined;
    this.start = remapState(
      start,
      from,
      to,
      (side, key) => this.graveyard.startOf(side, key) ?? drawnRow(model, side, key),
    ).parameters;
    return remapState(
      state,
      from,
      to,
      (side, key) => this.graveyard.find(side, key, state.epoch) ?? drawnRow(model, side, key),
    );
  }
}

/** A study that was posted is a copy: its ratings are compared, not who they are. */
function sameRatings(a: Ratings, b: Ratings): boolean {
  if (a === b) return true;
  if (a.user.length !== b.user.length) return false;
  for (let at = 0; at < a.user.length; at += 1) {
    if (a.user[at] !== b.user[at] || a.item[at] !== b.item[at] || a.heldOut[at] !== b.heldOut[at]) return false;
    if (!Object.is(a.value[at], b.value[at])) return false;
  }
  return true;
}

/** A velocity belongs to momentum; moments and running products belong to Adam's β1 and β2: other ones begin anew. */
function forgetWhenItsMemoryIsOther(state: TrainingState, before: ModelSettings, after: ModelSettings): TrainingState {
  const old = before.optimizer;
  const next = after.optimizer;
  const same = old.kind === 'adam' && next.kind === 'adam' && old.beta1 === next.beta1 && old.beta2 === next.beta2;
  const { epoch, position, parameters, adam, velocity } = state;
  const keeps = velocity && old.kind === 'momentum' && next.kind === 'momentum';
  return { epoch, position, parameters, adam: same ? adam : null, ...(keeps ? { velocity } : {}) };
}

/** The best epoch that a run remembers, with its state; null where that is not of these settings and this run. */
function bestOf(
  kept: KeptBest | null,
  standing: TrainingState,
  model: ModelSettings,
  { m, n, mean }: TrainingData,
): KeptBest | null {
  if (kept === null || kept.best.epoch > standing.epoch) return null;
  const itself = kept.best.epoch === standing.epoch && standing.position === 0;
  const state = kept.state ?? (itself ? standing : null);
  if (state === null || !stateFits(state, model.k, m, n)) return null;
  return { best: kept.best, state: copyState(fitState(state, model, m, n, mean)) };
}

/** The epoch under way as `memory` says it was run; null where that belongs to another state or does not fit. */
function resume(
  given: TrainingState,
  memory: RunMemory,
  next: ModelSettings,
  { m, n }: TrainingData,
): { readonly model: ModelSettings; readonly state: TrainingState } | null {
  const { underWay } = memory;
  if (underWay === null || underWay.epoch !== given.epoch) return null;
  const model = { ...underWay.model, k: next.k, init: next.init, seed: next.seed };
  const state = stateUnderWay(given, underWay);
  return stateFits(state, next.k, m, n) ? { model, state: copyState(state) } : null;
}

/** Place of the first training rating that is not before (user, item) in row-major order. */
function firstNotBefore(training: RatingColumns, user: number, item: number): number {
  let low = 0;
  let high = training.user.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const u = training.user[middle] ?? 0;
    if (u < user || (u === user && (training.item[middle] ?? 0) < item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
