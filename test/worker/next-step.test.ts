import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelSettings, OptimizerSettings, Schedule } from '../../src/core/model.ts';
import { inVisitingOrder, turnOf } from '../../src/core/order.ts';
import { ratingsFrom } from '../../src/core/ratings.ts';
import { alphaAt } from '../../src/core/schedule.ts';
import { type AdamNumberTrace, traceAdam } from '../../src/core/trace-adam.ts';
import { traceAls } from '../../src/core/trace-als.ts';
import { traceMomentum } from '../../src/core/trace-momentum.ts';
import { traceUpdate } from '../../src/core/trace-update.ts';
import { type TrainingData, trainingData } from '../../src/core/training-data.ts';
import type { ParametersView } from '../../src/worker/protocol.ts';
import { datasetFromMatrix } from '../engines/from-fixture.ts';
import { converse, studyOf } from './conversation.ts';

/** What a page announces before the button is pressed: every "new" that stands there, by the name of its number. */
function announced(
  view: ParametersView,
  data: TrainingData,
  user: number,
  item: number,
  value: number,
  model: ModelSettings,
): Map<string, number> | null {
  const news = new Map<string, number>();
  const { adam, velocity } = view;
  const alpha = alphaAt(model, view.epoch);
  const row = (letter: 'p' | 'q', numbers: readonly number[]) =>
    numbers.forEach((number, f) => {
      news.set(`${letter}${f}`, number);
    });
  switch (model.optimizer.kind) {
    case 'sgd': {
      const trace = traceUpdate(view, user, item, value, model, alpha);
      if (!trace) return null;
      row(
        'p',
        trace.factors.map(({ newP }) => newP),
      );
      row(
        'q',
        trace.factors.map(({ newQ }) => newQ),
      );
      if (trace.userBias && trace.itemBias) news.set('bu', trace.userBias.after).set('bi', trace.itemBias.after);
      return news;
    }
    case 'momentum': {
      const trace = velocity ? traceMomentum(view, velocity, user, item, value, model, alpha) : null;
      if (!trace) return null;
      row(
        'p',
        trace.factors.map(({ p }) => p.after),
      );
      row(
        'q',
        trace.factors.map(({ q }) => q.after),
      );
      trace.factors.forEach(({ p, q }, f) => {
        news.set(`vp${f}`, p.newVelocity).set(`vq${f}`, q.newVelocity);
      });
      if (trace.userBias && trace.itemBias) {
        news.set('bu', trace.userBias.after).set('bi', trace.itemBias.after);
        news.set('vbu', trace.userBias.newVelocity).set('vbi', trace.itemBias.newVelocity);
      }
      return news;
    }
    case 'adam': {
      const columns = inVisitingOrder(data.training, model, view.epoch);
      const trace = adam ? traceAdam(view, adam, columns, user, item, model, alpha) : null;
      if (!trace) return null;
      const add = (name: string, number: AdamNumberTrace | null) => {
        if (number) news.set(name, number.after).set(`m${name}`, number.newM).set(`v${name}`, number.newV);
      };
      trace.factors.forEach(({ p, q }, f) => {
        add(`p${f}`, p);
        add(`q${f}`, q);
      });
      add('bu', trace.userBias);
      add('bi', trace.itemBias);
      news.set('t', trace.step).set('c1', trace.correction1).set('c2', trace.correction2);
      return news;
    }
    case 'als': {
      const trace = traceAls(view, data, turnOf(view.position, data.m), user, item, model);
      if (!trace?.ok) return null;
      const letter = trace.value.side === 'users' ? 'p' : 'q';
      const after = trace.value.numbers.map((number) => number.after);
      row(letter, after.slice(0, view.k));
      if (trace.value.hasBias) news.set(letter === 'p' ? 'bu' : 'bi', after[view.k] ?? Number.NaN);
      news.set('r̂', trace.value.newPredicted);
      return news;
    }
  }
}

/** The same numbers as they stand in a view. */
function standing(view: ParametersView, user: number, item: number, names: Iterable<string>): Map<string, number> {
  const { k, adam, velocity } = view;
  const read = (name: string): number => {
    const f = Number(name.slice(-1));
    const at = (group: Pick<ParametersView, 'P' | 'Q' | 'bu' | 'bi'> | null | undefined, of: string) =>
      (of === 'bu'
        ? group?.bu?.[user]
        : of === 'bi'
          ? group?.bi?.[item]
          : of.startsWith('p')
            ? group?.P[user * k + f]
            : group?.Q[item * k + f]) ?? Number.NaN;
    if (name === 't') return adam?.steps ?? Number.NaN;
    if (name === 'c1') return 1 - (adam?.beta1Power ?? Number.NaN);
    if (name === 'c2') return 1 - (adam?.beta2Power ?? Number.NaN);
    if (name === 'r̂') {
      let dot = 0;
      for (let g = 0; g < k; g += 1) dot += (view.P[user * k + g] ?? 0) * (view.Q[item * k + g] ?? 0);
      if (!view.bu || !view.bi) return dot;
      const [bu = 0, bi = 0] = [view.bu[user], view.bi[item]];
      return view.mu === null ? dot + bu + bi : view.mu + bu + bi + dot;
    }
    if (name.startsWith('m')) return at(adam?.m, name.slice(1));
    if (name.startsWith('v')) return at(velocity ?? adam?.v, name.slice(1));
    return at(view, name);
  };
  return new Map([...names].map((name) => [name, read(name)]));
}

const optimizers: fc.Arbitrary<OptimizerSettings> = fc.oneof(
  fc.record({
    kind: fc.constant('sgd' as const),
    update: fc.constantFrom('sequential' as const, 'simultaneous' as const),
  }),
  fc.record({
    kind: fc.constant('momentum' as const),
    update: fc.constantFrom('sequential' as const, 'simultaneous' as const),
    momentum: fc.constantFrom(0, 0.5, 0.9),
  }),
  fc.record({
    kind: fc.constant('adam' as const),
    batch: fc.integer({ min: 1, max: 9 }),
    beta1: fc.constantFrom(0, 0.9),
    beta2: fc.constantFrom(0.5, 0.999),
    epsilon: fc.constantFrom(1e-8, 0.1),
    decay: fc.constantFrom('coupled' as const, 'decoupled' as const),
  }),
  fc.constant({ kind: 'als' as const }),
);

const schedules: fc.Arbitrary<Schedule | undefined> = fc.constantFrom(
  undefined,
  { kind: 'inverse', half: 3 },
  { kind: 'step', factor: 0.5, every: 2 },
  { kind: 'cosine', epochs: 4, restarts: { period: 4, multiplier: 2 } },
);

const models: fc.Arbitrary<Partial<ModelSettings>> = fc
  .record({
    k: fc.integer({ min: 1, max: 4 }),
    prediction: fc.constantFrom('factors' as const, 'factors+biases' as const, 'mean+factors+biases' as const),
    optimizer: optimizers,
    alpha: fc.constantFrom(0.001, 0.01, 0.05),
    beta: fc.constantFrom(0, 0.02, 0.7),
    order: fc.constantFrom('row-major' as const, 'shuffled' as const),
    init: fc.constantFrom(
      { kind: 'uniform' as const, low: 0, high: 1 },
      { kind: 'normal' as const, mean: 0, std: 0.7 },
    ),
    seed: fc.nat(1e6),
    nonNegative: fc.boolean(),
    schedule: schedules,
  })
  .map(({ nonNegative, schedule, ...model }) => ({
    ...model,
    ...(nonNegative ? { nonNegative } : {}),
    ...(schedule ? { schedule } : {}),
  }));

const matrices = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 5 }))
  .chain(([m, n]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: n, maxLength: n }), { minLength: m, maxLength: m }),
  );

describe('the next step as a page writes it out', () => {
  it('is what the button makes, bit for bit: every optimizer, batch size, bias, schedule and sign, wherever the run stands', () => {
    const made = new Map<string, number>();
    fc.assert(
      fc.property(
        matrices,
        models,
        fc.nat(3),
        fc.nat(12),
        fc.nat(100),
        fc.option(models),
        (matrix, model, epochs, steps, chosen, later) => {
          const whole = datasetFromMatrix(matrix);
          const list = [...whole.ratings.user].map((user, at) => ({
            user,
            item: whole.ratings.item[at] ?? 0,
            value: whole.ratings.value[at] ?? 0,
            heldOut: at % 7 === 3,
          }));
          if (list.length < 2) return;
          const dataset = { ...whole, ratings: ratingsFrom(list) };
          const data = trainingData(dataset);
          const study = studyOf(dataset, model);
          const run = converse(study);
          if (run.trainTo(epochs).divergence) return;
          if (steps > 0 && run.step(steps).divergence) return;
          // Settings that change in mid-epoch wait: the step goes by those of the epoch under way.
          if (later)
            run.settings({
              ...study.model,
              alpha: later.alpha ?? 1,
              beta: later.beta ?? 0,
              optimizer: later.optimizer ?? study.model.optimizer,
            });
          const { view } = run.ask({ kind: 'report' });
          const changed = later && view.position === 0;
          const inForce: ModelSettings = changed
            ? {
                ...study.model,
                alpha: later.alpha ?? 1,
                beta: later.beta ?? 0,
                optimizer: later.optimizer ?? study.model.optimizer,
              }
            : study.model;
          const at = chosen % data.training.value.length;
          const user = data.training.user[at] ?? 0;
          const item = data.training.item[at] ?? 0;
          const news = announced(view, data, user, item, data.training.value[at] ?? 0, inForce);
          const { view: after, epoch, position } = run.ask({ kind: 'visit', user, item });
          expect([epoch, position]).toEqual([view.epoch, view.position]);
          if (news === null) {
            // ALS at β = 0 with too few ratings: refused, and nothing was written.
            expect(inForce.optimizer.kind).toBe('als');
            expect(after).toEqual(view);
            return;
          }
          const found = standing(after, user, item, news.keys());
          for (const [name, number] of news) expect(found.get(name), name).toBe(number);
          made.set(inForce.optimizer.kind, (made.get(inForce.optimizer.kind) ?? 0) + 1);
        },
      ),
      { numRuns: 600 },
    );
    // Of each kind there were many.
    for (const kind of ['sgd', 'momentum', 'adam', 'als']) expect(made.get(kind) ?? 0, kind).toBeGreaterThan(60);
  });
});
