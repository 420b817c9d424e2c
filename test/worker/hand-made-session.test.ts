import { describe, expect, it } from 'vitest';
import type { ModelSettings } from '../../src/core/model.ts';
import type { Session } from '../../src/core/session.ts';
import { readSession } from '../../src/io/read-session.ts';
import { writeSession } from '../../src/io/write-session.ts';
import { differingBits, notebookModel, type ReferenceRun, readFixture } from '../engines/from-fixture.ts';
import { converse } from './conversation.ts';

/** A session file as somebody writes it who has a matrix, a start and settings, and no Adam, no biases and no μ to tell of. */
function byHand(run: ReferenceRun, model: ModelSettings, more: object = {}): string {
  return JSON.stringify({
    format: 'factorscope-session',
    version: 1,
    dataset: {
      name: 'By hand',
      users: run.R.map((_, u) => `u${u}`),
      items: run.R[0]?.map((_, i) => `i${i}`),
      scale: { min: 1, max: 5, step: 1 },
      ratings: run.R.flatMap((row, u) => row.flatMap((value, i) => (value === 0 ? [] : [[u, i, value]]))),
      heldOut: [],
    },
    model,
    state: { epoch: 0, position: 0, P: run.P0, Q: run.Q0, ...more },
  });
}

function opened(text: string): Session {
  const read = readSession(text);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

/** Opens a session as the page does and trains it. */
function trained(text: string, epochs: number) {
  const { study, state, history } = opened(text);
  const talk = converse(study);
  talk.load(study, state, history);
  talk.trainTo(epochs);
  return talk.state().parameters;
}

const biasedSgd = readFixture('biased_sgd_20x15_k4');
const sgdModel = notebookModel({
  k: biasedSgd.K,
  prediction: 'mean+factors+biases',
  optimizer: { kind: 'sgd', update: 'simultaneous' },
  alpha: biasedSgd.lr / 2,
  beta: 2 * biasedSgd.reg,
});
const biasedAdam = readFixture('biased_adam_torch_20x15_k4_wd');
const adamModel = notebookModel({
  k: biasedAdam.K,
  prediction: 'factors+biases',
  optimizer: { kind: 'adam', batch: biasedAdam.batch, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  alpha: biasedAdam.lr,
  beta: biasedAdam.wd,
});

/** Adam over row-major batches as the formulas say it, one parameter at a time: [P, Q, b_u, b_i] after so many epochs. */
function adamByHand(run: ReferenceRun, bu0: number[], bi0: number[], epochs: number): number[][] {
  const { K, batch, lr, wd } = run;
  const triples = run.R.flatMap((row, u) => row.flatMap((r, i) => (r === 0 ? [] : [{ u, i, r }])));
  const groups = [run.P0.flat(), run.Q0.flat(), [...bu0], [...bi0]];
  const m = groups.map((group) => group.map(() => 0));
  const v = groups.map((group) => group.map(() => 0));
  const at = (list: number[][], group: number, index: number) => list[group]?.[index] ?? Number.NaN;
  let power1 = 1;
  let power2 = 1;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (let from = 0; from < triples.length; from += batch) {
      const part = triples.slice(from, from + batch);
      const sums = groups.map((group) => group.map(() => 0));
      const add = (group: number, index: number, x: number) => {
        const sum = sums[group];
        if (sum) sum[index] = (sum[index] ?? 0) + x;
      };
      for (const { u, i, r } of part) {
        let dot = 0;
        for (let f = 0; f < K; f += 1) dot += at(groups, 0, u * K + f) * at(groups, 1, i * K + f);
        const off = dot + at(groups, 2, u) + at(groups, 3, i) - r;
        for (let f = 0; f < K; f += 1) {
          add(0, u * K + f, off * at(groups, 1, i * K + f));
          add(1, i * K + f, off * at(groups, 0, u * K + f));
        }
        add(2, u, off);
        add(3, i, off);
      }
      power1 *= 0.9;
      power2 *= 0.999;
      groups.forEach((group, g) => {
        group.forEach((w, index) => {
          const gradient = at(sums, g, index) / part.length + wd * w;
          const mean = 0.9 * at(m, g, index) + (1 - 0.9) * gradient;
          const square = 0.999 * at(v, g, index) + (1 - 0.999) * (gradient * gradient);
          m[g]?.splice(index, 1, mean);
          v[g]?.splice(index, 1, square);
          group[index] = w - (lr / (1 - power1)) * (mean / (Math.sqrt(square) / Math.sqrt(1 - power2) + 1e-8));
        });
      });
    }
  }
  return groups;
}

describe('a session made by hand', () => {
  it('needs no b_u, b_i and μ to train as the reference does, bit for bit', () => {
    const { P, Q, bu, bi, mu } = trained(byHand(biasedSgd, sgdModel), biasedSgd.epochs);
    expect(differingBits(P, biasedSgd.P.flat())).toBe(0);
    expect(differingBits(Q, biasedSgd.Q.flat())).toBe(0);
    expect(differingBits(bu ?? [], biasedSgd.bu)).toBe(0);
    expect(differingBits(bi ?? [], biasedSgd.bi)).toBe(0);
    expect(mu).toBe(biasedSgd.mu);
  });

  it('needs no memory of Adam, with biases or without', () => {
    const zeros = (list: unknown[]) => list.map(() => 0);
    for (const [more, bu0, bi0] of [
      [{}, zeros(biasedAdam.P0), zeros(biasedAdam.Q0)],
      [{ bu: biasedAdam.bu0, bi: biasedAdam.bi0 }, biasedAdam.bu0, biasedAdam.bi0],
      [{ bi: biasedAdam.bi0 }, zeros(biasedAdam.P0), biasedAdam.bi0],
    ] as const) {
      const { P, Q, bu, bi } = trained(byHand(biasedAdam, adamModel, more), 30);
      const [p = [], q = [], b = [], c = []] = adamByHand(biasedAdam, [...bu0], [...bi0], 30);
      expect(differingBits(P, p)).toBe(0);
      expect(differingBits(Q, q)).toBe(0);
      expect(differingBits(bu ?? [], b)).toBe(0);
      expect(differingBits(bi ?? [], c)).toBe(0);
    }
  });

  it('of the notebook trains as the notebook does, bit for bit', () => {
    const run = readFixture('seed6x4_k3');
    const { P, Q } = trained(byHand(run, notebookModel({ k: run.K, alpha: run.alpha, beta: run.beta })), run.steps);
    expect(differingBits(P, run.P.flat())).toBe(0);
    expect(differingBits(Q, run.Q.flat())).toBe(0);
  });

  it('begins with zero moments, no steps, products of 1, zero biases and the mean of what is trained on', () => {
    const model: ModelSettings = { ...adamModel, prediction: 'mean+factors+biases' };
    const file = JSON.parse(byHand(biasedAdam, model));
    file.dataset.heldOut = [file.dataset.ratings[0].slice(0, 2)];
    const { state } = opened(JSON.stringify(file));
    const training = file.dataset.ratings.slice(1).map((rating: number[]) => rating[2]);
    expect(state?.parameters.mu).toBe(training.reduce((a: number, b: number) => a + b, 0) / training.length);
    expect(state?.parameters.bi).toEqual(new Float64Array(15));
    const moments = {
      P: new Float64Array(80),
      Q: new Float64Array(60),
      bu: new Float64Array(20),
      bi: new Float64Array(15),
    };
    expect(state?.adam).toEqual({ steps: 0, beta1Power: 1, beta2Power: 1, m: moments, v: moments });
  });

  it('is saved with all of it, and opens to the same', () => {
    const session = opened(byHand(biasedAdam, { ...adamModel, prediction: 'mean+factors+biases' }));
    expect(opened(writeSession(session))).toEqual(session);
  });

  it('must have all of it in a later state', () => {
    const without = (text: string, later: object) => {
      const file = JSON.parse(text);
      const read = readSession(JSON.stringify({ ...file, state: { ...file.state, ...later } }));
      return read.ok ? null : read.problem;
    };
    const biases = { bu: biasedSgd.bu0, bi: biasedSgd.bi0 };
    const sgd = byHand(biasedSgd, sgdModel);
    expect(without(sgd, { epoch: 1, ...biases })).toEqual({ code: 'missing-key', expected: 'state.mu' });
    expect(without(sgd, { position: 1, mu: 3 })).toEqual({ code: 'missing-key', expected: 'state.bu' });
    expect(without(sgd, { epoch: 1, mu: 3, bu: biasedSgd.bu0 })).toEqual({ code: 'missing-key', expected: 'state.bi' });
    const adam = byHand(biasedAdam, adamModel);
    expect(without(adam, { epoch: 1, ...biases })).toEqual({ code: 'missing-key', expected: 'state.adam' });
    expect(without(byHand(biasedSgd, { ...sgdModel, prediction: 'factors' }), biases)).toEqual({
      code: 'unknown-key',
      where: 'state, with prediction factors',
      got: 'bu',
    });
  });
});

describe('parameters of any size that opens', () => {
  it.each([
    ['state.P[1][0]', { P: [[1], [1.1e150]] }, '1.1e+150'],
    ['state.Q[0][0]', { Q: [[-1e308]] }, '-1e+308'],
    ['state.bu[0]', { bu: [1e200, 0] }, '1e+200'],
    ['state.bi[0]', { bi: [-1e151] }, '-1e+151'],
  ])('are refused beyond 1e150: %s', (where, change, got) => {
    const run = { ...biasedSgd, R: [[5], [3]], P0: [[1], [1]], Q0: [[1]] };
    const text = byHand(run, { ...sgdModel, k: 1 }, change);
    const problem = { code: 'out-of-range', where, got, expected: '-1e+150 to 1e+150' };
    expect(readSession(text)).toEqual({ ok: false, problem });
  });

  it('predict something finite, however many factors they have, and can be trained and saved', () => {
    const k = 512;
    const row = (size: number) => new Array<number>(k).fill(size);
    const run = { ...biasedSgd, R: [[5], [3]], P0: [row(1e150), row(-1e150)], Q0: [row(1e150)] };
    const session = opened(byHand(run, { ...sgdModel, k }, { bu: [1e150, 1e150], bi: [-1e150], mu: 1e150 }));
    expect(readSession(writeSession(session)).ok).toBe(true);
    const talk = converse(session.study);
    // Fails where an answer holds a number that is not finite.
    talk.load(session.study, session.state);
    expect(talk.trainTo(3).divergence?.cause.kind).toBe('start');
  });
});
