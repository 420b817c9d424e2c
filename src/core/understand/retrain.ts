import { type BestEpoch, lookAtHeldOut } from '../early-stopping.ts';
import { drawStart } from '../init.ts';
import { errorFigures, measure } from '../metrics.ts';
import type { ModelSettings } from '../model.ts';
import type { Parameters } from '../parameters.ts';
import { predict } from '../predict.ts';
import type { Epoch } from '../ratings.ts';
import { type TrainingData, withoutTrainingRating } from '../training-data.ts';

/** A model in training. Core knows no engine, so whoever has one makes these. */
export interface Training {
  /** As they stand; the next call of `train` writes them. */
  readonly parameters: Parameters;
  /** Trains that many whole epochs; false when it diverged, and then the parameters are of no use. */
  train(epochs: number): boolean;
}

/** Begins to train at epoch 0. `start` is handed over: it may be written. */
export type Train = (model: ModelSettings, data: TrainingData, start: Parameters) => Training;

/** The run that is asked about: its settings, its ratings, and the parameters it had at epoch 0. */
export interface RunSetup {
  readonly model: ModelSettings;
  readonly data: TrainingData;
  readonly start: Parameters;
}

/** One retraining: as the run was; from another start and order; or without one training rating (its place in the columns). */
export type Member =
  | { readonly kind: 'whole' }
  | { readonly kind: 'seed'; readonly seed: number }
  | { readonly kind: 'without'; readonly rating: number };

/**
 * When a retraining is over: at `epochs`, or before that once the objective J stops improving:
 *
 *     (J(a) − J(e)) / J(a) < improvement,        a and e two looks in a row, e ≥ mark
 *
 * The first look is at epoch 0, and each of the others a `part` of its epochs after the one before, in multiples of `every`:
 * a 10th, say, so at 100, 200 … 1,000, 1,100, 1,200 … 2,000, 2,200 … It looks at epochs alone, so the result never depends
 * on how the work was sliced. `mark` is an epoch on the way at which the parameters are kept too (the run's own epoch: what
 * was unfinished there is told by comparing).
 *
 * A J that improves faster than between the two looks before goes on: a start near zero stands still at first, too.
 *
 * Why a part and not so many epochs: half the learning rate takes twice the epochs, and its looks then lie twice as far
 * apart, so both stop equally near to the end. Over a fixed number of epochs a slow run looks settled because it is slow.
 */
export interface StoppingRule {
  readonly epochs: Epoch;
  /** Null: at `epochs`, whatever J does. */
  readonly improvement: number | null;
  readonly every: number;
  readonly part: number;
  readonly mark: Epoch | null;
  /**
   * Stop early too: once RMSE held out has not improved for so many epochs (a whole number ≥ 1), with the parameters of the
   * best epoch. Absent, or without a held-out rating: never.
   */
  readonly patience?: number;
}

/** The rule in one sentence: J improves by less than one in 100,000 while a tenth more epochs are trained. */
const SETTLED = { improvement: 1e-5, every: 100, part: 10 } as const;

/** To exactly that epoch. */
export function stopAt(epochs: Epoch): StoppingRule {
  return { ...SETTLED, epochs, improvement: null, mark: null };
}

/** Until a tenth more epochs improve J by less than one in 100,000, `limit` epochs at most; kept at `mark` too (limit ≥ mark). */
export function stopWhenSettled(limit: Epoch, mark: Epoch | null): StoppingRule {
  return { ...SETTLED, epochs: limit, mark };
}

/** The epoch of the next look after the one at `epoch` (a multiple of `every`). */
export function nextLook(epoch: Epoch, { every, part }: Pick<StoppingRule, 'every' | 'part'>): Epoch {
  return epoch + every * Math.max(1, Math.ceil(epoch / (every * part)));
}

/** What a retraining came to. Plain data: a worker can send it. */
export interface Outcome {
  readonly member: Member;
  /** At the rule's mark; null without one, or when it diverged before. */
  readonly atMark: Parameters | null;
  /** At the end; null when it diverged. */
  readonly parameters: Parameters | null;
  /** Epochs that `parameters` were trained; of a member that stopped early, its best epoch. */
  readonly epochs: Epoch;
  readonly ended: 'settled' | 'limit' | 'stopped' | 'diverged';
  /** Of a member that stopped early: the epoch at which patience ran out. */
  readonly stoppedAt?: Epoch;
}

/** A copy that nobody else writes. */
export function copyParameters({ k, P, Q, bu, bi, mu }: Parameters): Parameters {
  return { k, P: P.slice(), Q: Q.slice(), bu: bu?.slice() ?? null, bi: bi?.slice() ?? null, mu };
}

/** What a member trains with. μ, where there is one, is the mean of the ratings that the member sees. */
export function setupOf({ model, data, start }: RunSetup, member: Member): RunSetup {
  if (member.kind === 'seed') {
    const reseeded = { ...model, seed: member.seed };
    return { model: reseeded, data, start: drawStart(reseeded, data.m, data.n, data.mean) };
  }
  // The others keep their order: what changes is the rating's doing and not that of another shuffle.
  const seen =
    member.kind === 'without' ? { ...withoutTrainingRating(data, member.rating), passedOver: member.rating } : data;
  return { model, data: seen, start: { ...copyParameters(start), mu: start.mu === null ? null : seen.mean } };
}

/**
 * Retrains a run once for every member, one after the other. Work comes in slices: call `step` until it returns false, with
 * as many epochs as there is time for; what is done stays in `outcomes`. To share the work, give each worker some members.
 */
export class Retraining {
  readonly outcomes: Outcome[] = [];
  private readonly setup: RunSetup;
  private readonly members: readonly Member[];
  private readonly rule: StoppingRule;
  private readonly begin: Train;
  private current: Current | null = null;

  constructor(setup: RunSetup, members: readonly Member[], rule: StoppingRule, train: Train) {
    this.setup = setup;
    this.members = members;
    this.rule = rule;
    this.begin = train;
  }

  /** 0 … 1; a member that settles early jumps to its end. */
  get progress(): number {
    if (this.members.length === 0) return 1;
    const under = this.current === null ? 0 : this.current.epoch / Math.max(1, this.rule.epochs);
    return (this.outcomes.length + under) / this.members.length;
  }

  /** Trains up to `epochs` epochs more (≥ 1); false when every member has its outcome. */
  step(epochs: number): boolean {
    let left = Math.max(1, epochs);
    while (left > 0) {
      const member = this.members[this.outcomes.length];
      if (member === undefined) return false;
      const current = this.current ?? this.start(member);
      this.current = current;
      left -= this.advance(member, current, left);
    }
    return this.outcomes.length < this.members.length;
  }

  private start(member: Member): Current {
    const { model, data, start } = setupOf(this.setup, member);
    const objective = measure(start, data, model).objective;
    const look = nextLook(0, this.rule);
    const current: Current = {
      model,
      data,
      training: this.begin(model, data, start),
      epoch: 0,
      atMark: null,
      objective,
      pace: null,
      looked: 0,
      look,
      best: null,
      kept: null,
    };
    this.ranOutOfPatience(current);
    return current;
  }

  /** One stretch of a member, up to the next epoch at which something has to be looked at. Returns the epochs it took. */
  private advance(member: Member, current: Current, left: number): number {
    const { epochs, improvement, mark } = this.rule;
    if (current.epoch === mark && current.atMark === null) current.atMark = copyParameters(current.training.parameters);
    if (current.epoch >= epochs) {
      this.finish(member, current, 'limit');
      return 0;
    }
    let next = Math.min(epochs, current.epoch + left);
    if (mark !== null && current.epoch < mark) next = Math.min(next, mark);
    if (improvement !== null) next = Math.min(next, current.look);
    if (this.looksEarly(current)) next = Math.min(next, current.epoch + 1);
    const made = next - current.epoch;
    const healthy = current.training.train(made);
    current.epoch = next;
    if (next === mark) current.atMark = copyParameters(current.training.parameters);
    const ended = healthy ? this.look(current) : 'diverged';
    if (ended !== null) this.finish(member, current, ended);
    return made;
  }

  /** Whether a healthy member has come to its end; compares J with that of the look before. */
  private look(current: Current): Outcome['ended'] | null {
    const { epochs, improvement, mark } = this.rule;
    if (this.ranOutOfPatience(current)) return 'stopped';
    if (improvement !== null && current.epoch === current.look) {
      current.look = nextLook(current.epoch, this.rule);
      const before = current.objective;
      const { objective } = measure(current.training.parameters, current.data, current.model);
      current.objective = objective;
      if (objective === null) return 'diverged';
      // J = 0 cannot improve: it has settled, as has a J that rises.
      const improved = before === null ? 0 : before - objective;
      const pace = improved / (current.epoch - current.looked);
      const faster = pace > 0 && (current.pace === null || pace > current.pace);
      current.pace = pace;
      current.looked = current.epoch;
      const negligible = before === null || before <= 0 || improved < improvement * before;
      if (negligible && !faster && current.epoch >= (mark ?? 0)) return 'settled';
    }
    return current.epoch >= epochs ? 'limit' : null;
  }

  private looksEarly({ data }: Current): boolean {
    return this.rule.patience !== undefined && data.heldOut.value.length > 0;
  }

  /** Looks at RMSE held out, keeps the best parameters, and says whether it has not improved for too long. */
  private ranOutOfPatience(current: Current): boolean {
    const { patience } = this.rule;
    if (patience === undefined || !this.looksEarly(current)) return false;
    const { parameters } = current.training;
    const { rmse } = errorFigures(current.data.heldOut, (user, item) => predict(parameters, user, item));
    const { best, verdict } = lookAtHeldOut(current.best, current.epoch, rmse, { patience });
    current.best = best;
    if (verdict === 'improved') current.kept = copyParameters(parameters);
    return verdict === 'stop';
  }

  private finish(member: Member, current: Current, ended: Outcome['ended']): void {
    this.current = null;
    const { atMark, training, epoch, best, kept } = current;
    if (ended === 'stopped' && best !== null) {
      this.outcomes.push({ member, atMark, parameters: kept, epochs: best.epoch, ended, stoppedAt: epoch });
      return;
    }
    const parameters = ended === 'diverged' ? null : copyParameters(training.parameters);
    this.outcomes.push({ member, atMark, parameters, epochs: epoch, ended });
  }
}

/** The member under way. */
interface Current {
  readonly model: ModelSettings;
  readonly data: TrainingData;
  readonly training: Training;
  epoch: Epoch;
  atMark: Parameters | null;
  /** J at the last look. */
  objective: number | null;
  /** By how much it improved an epoch, between the last two looks. */
  pace: number | null;
  /** The epoch of the last look, and of the next one. */
  looked: Epoch;
  look: Epoch;
  /** With patience: the best epoch so far, and a copy of its parameters. */
  best: BestEpoch | null;
  kept: Parameters | null;
}
