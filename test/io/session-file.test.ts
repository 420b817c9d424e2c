import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange } from '../../src/core/edit-rows.ts';
import { drawStart } from '../../src/core/init.ts';
import type { Problem } from '../../src/core/problem.ts';
import type { Session } from '../../src/core/session.ts';
import { readSession } from '../../src/io/read-session.ts';
import { SESSION_BYTES_LIMIT } from '../../src/io/session-format.ts';
import { upgrade } from '../../src/io/session-upgrade.ts';
import { writeSession } from '../../src/io/write-session.ts';
import { anySession, example } from './sessions.ts';

function opened(text: string): Session {
  const read = readSession(text);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

/** What reading the example says after `change`, given as text (so that texts JSON cannot hold can be tried too). */
function refused(change: (text: string) => string): Problem {
  const before = JSON.stringify(example());
  const after = change(before);
  expect(after).not.toBe(before);
  const read = readSession(after);
  if (read.ok) throw new Error('was accepted');
  return read.problem;
}

const replace = (from: string, to: string) => (text: string) => text.replace(from, () => to);
/** The same in a state that is past its start. */
const later = (from: string, to: string) => (text: string) =>
  replace(from, to)(text).replace('"state":{"epoch":0', '"state":{"epoch":1');

describe('writeSession and readSession', () => {
  it('gives the example back byte for byte', () => {
    const text = JSON.stringify(example());
    expect(writeSession(opened(text))).toBe(text);
  });

  it('keeps the order in which rows and columns came, where they were put in another', () => {
    const before = opened(JSON.stringify(example()));
    const users = arrange(before.study.dataset, 'users', [1, 0]);
    const dataset = arrange(users, 'items', [2, 0, 1]);
    const text = writeSession({ ...before, study: { ...before.study, dataset } });
    const { factorscope } = JSON.parse(text).extensions;
    expect([factorscope.firstUsers, factorscope.firstItems]).toEqual([
      [1, 0],
      [2, 0, 1],
    ]);
    const { study, extensions } = opened(text);
    expect([study.dataset.userKeys, study.dataset.itemKeys, extensions]).toEqual([[1, 0], [2, 0, 1], {}]);
    expect(study.dataset.users).toEqual(['Bo', 'Ana']);
    expect(writeSession(opened(text))).toBe(text);
    // Keys are ranked: who was removed leaves no hole. Rows that stand as they came need no list.
    const fewer = { ...dataset, userKeys: [9, 4], itemKeys: [1, 5, 7] };
    const ranked = JSON.parse(writeSession({ ...before, study: { ...before.study, dataset: fewer } })).extensions;
    expect(ranked).toEqual({ factorscope: { firstUsers: [1, 0] } });
    const wrong = (list: string) => {
      const read = readSession(text.replace('"firstUsers":[1,0]', `"firstUsers":${list}`));
      return read.ok ? null : [read.problem.code, read.problem.where];
    };
    expect(wrong('[1]')).toEqual(['wrong-length', 'extensions.factorscope.firstUsers']);
    expect(wrong('[1,1]')).toEqual(['out-of-range', 'extensions.factorscope.firstUsers[1]']);
    expect(wrong('[2,0]')).toEqual(['out-of-range', 'extensions.factorscope.firstUsers[0]']);
    expect(wrong('[0.5,0]')).toEqual(['not-an-integer', 'extensions.factorscope.firstUsers[0]']);
  });

  it('lets a file leave out the curve and the extensions', () => {
    const { history: _history, extensions: _extensions, ...rest } = example();
    const { history, extensions, state } = opened(JSON.stringify(rest));
    expect(history.epoch).toEqual([]);
    expect(extensions).toEqual({});
    expect(state?.epoch).toBe(0);
  });

  it('reads the example as what it says', () => {
    const { study, state, history, marks, extensions } = opened(JSON.stringify(example(), null, 2));
    expect(study.dataset.users).toEqual(['Ana', 'Bo']);
    expect(study.dataset.userKeys).toEqual([0, 1]);
    expect(study.dataset.itemKeys).toEqual([0, 1, 2]);
    expect(study.dataset.ratings).toEqual({
      user: Int32Array.of(0, 0, 1),
      item: Int32Array.of(0, 1, 0),
      value: Float64Array.of(5, 3, 4),
      heldOut: Uint8Array.of(0, 1, 0),
      time: null,
    });
    expect(study.model).toEqual(example().model);
    const P = Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
    const Q = Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9);
    const parameters = { k: 3, P, Q, bu: null, bi: null, mu: null };
    expect(state).toEqual({ epoch: 0, position: 0, parameters, adam: null });
    expect(study.start).toEqual(parameters);
    expect(history).toEqual({
      epoch: [0],
      rmseSeen: [4.310568407994473],
      rmseHeldOut: [2.68],
      maeSeen: [null],
      maeHeldOut: [null],
      objective: [37.1739],
    });
    expect(marks).toEqual([]);
    expect(extensions).toEqual({});
  });

  it('saves, opens and saves every session to the same bytes, and loses nothing', () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const saved = writeSession(session);
        const again = opened(saved);
        expect(writeSession(again)).toBe(saved);
        expect(again.study.dataset).toEqual(session.study.dataset);
        expect(again.study.model).toEqual(session.study.model);
        expect(again.state).toEqual(session.state);
        expect(again.history).toEqual(session.history);
        expect(again.marks).toEqual(session.marks);
        expect(again.memory).toEqual(session.memory);
        expect(again.extensions).toEqual(session.extensions);
        if (session.study.start && !again.study.start) throw new Error('the start was lost');
      }),
      { numRuns: 150 },
    );
  });

  it('opens files whose keys stand in another order, with white space, to the same session', () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, entry]) => [key, shuffled(entry)]),
      );
    };
    fc.assert(
      fc.property(anySession, (session) => {
        const saved = writeSession(session);
        // −0 is lost by JSON.stringify, so compare from there on.
        const plain = writeSession(opened(JSON.stringify(JSON.parse(saved))));
        const other = JSON.stringify(shuffled(JSON.parse(saved)), null, 1);
        expect(JSON.parse(writeSession(opened(other)))).toEqual(JSON.parse(plain));
      }),
    );
  });

  it('leaves state and start out when there are none, and writes a start that was left behind', () => {
    const { state: _, ...rest } = example();
    const text = JSON.stringify({ ...rest, history: { epoch: [], rmseSeen: [], rmseHeldOut: [], objective: [] } });
    const session = opened(text);
    expect(session.state).toBe(null);
    expect(session.study.start).toBe(null);
    expect(writeSession(session)).toBe(text);

    const begun = opened(JSON.stringify(example()));
    if (!begun.state || !begun.study.start) throw new Error('the example has a state');
    const later = { ...begun, state: { ...begun.state, epoch: 7 } };
    const saved = writeSession(later);
    expect(JSON.parse(saved).start).toEqual({ P: example().state.P, Q: example().state.Q });
    expect(opened(saved).study.start).toEqual(begun.study.start);
  });

  it('needs no start where init and seed draw the numbers that are given', () => {
    const begun = opened(JSON.stringify(example()));
    const parameters = drawStart(begun.study.model, 2, 3, 0);
    const drawn = { epoch: 0, position: 0, parameters, adam: null };
    const saved = writeSession({ ...begun, study: { ...begun.study, start: null }, state: drawn });
    expect(opened(saved).study.start).toBe(null);
    expect(opened(saved).state).toEqual(drawn);
  });

  it('saves in mid-epoch what fits settings that were changed meanwhile', () => {
    const begun = opened(JSON.stringify({ ...example(), dataset: { ...example().dataset, heldOut: [] } }));
    if (!begun.state) throw new Error('the example has a state');
    const model = {
      ...begun.study.model,
      prediction: 'factors+biases' as const,
      optimizer: { kind: 'adam' as const, batch: 2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    };
    const state = { ...begun.state, epoch: 4, position: 2 };
    const again = opened(writeSession({ ...begun, study: { ...begun.study, model }, state }));
    // Two batches an epoch: a run can stand before the first or before the second.
    expect([again.state?.epoch, again.state?.position]).toEqual([4, 1]);
    expect(again.study.start?.P).toEqual(begun.study.start?.P);
    expect(again.study.start?.bu).toEqual(Float64Array.of(0, 0));
  });

  it('keeps `__proto__` and markup as the plain names that they are', () => {
    const file = example();
    file.dataset.users = ['__proto__', '<img src=x onerror=alert(1)>'];
    file.dataset.items = ['constructor', 'toString', '</script>'];
    const session = opened(JSON.stringify(file));
    expect(session.study.dataset.users).toEqual(['__proto__', '<img src=x onerror=alert(1)>']);
    expect(writeSession(session)).toBe(JSON.stringify(file));
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('keeps marks, MAE columns and what others wrote in extensions', () => {
    const text = JSON.stringify({
      ...example(),
      extensions: {
        factorscope: {
          marks: [{ epoch: 3, label: 'Bo, Clue: 4' }],
          maeSeen: [1.5],
          maeHeldOut: [null],
          later: [1, { x: -1 }],
        },
        'other app': { 10: 'a', notes: ['b', null, true] },
      },
    });
    const session = opened(text);
    expect(session.marks).toEqual([{ epoch: 3, label: 'Bo, Clue: 4' }]);
    expect(session.history.maeSeen).toEqual([1.5]);
    expect(session.extensions).toEqual({
      factorscope: { later: [1, { x: -1 }] },
      'other app': { 10: 'a', notes: ['b', null, true] },
    });
    expect(writeSession(session)).toBe(text.replace('"maeHeldOut":[null],', ''));
  });

  it('never writes what it cannot read: a start of another shape, numbers that are not finite', () => {
    const session = opened(JSON.stringify(example()));
    if (!session.state) throw new Error('the example has a state');
    const start = { k: 3, P: new Float64Array(3), Q: new Float64Array(9), bu: null, bi: null, mu: null };
    expect(JSON.parse(writeSession({ ...session, study: { ...session.study, start } })).start).toBeUndefined();
    const parameters = { ...session.state.parameters, P: new Float64Array(6).fill(Number.NaN) };
    const broken = writeSession({ ...session, state: { ...session.state, parameters } });
    expect(JSON.parse(broken).state).toBeUndefined();
    expect(readSession(broken).ok).toBe(true);
  });

  it('writes biases and moments that begin with the next epoch as zeros', () => {
    const session = opened(JSON.stringify(example()));
    const model = {
      ...session.study.model,
      prediction: 'mean+factors+biases' as const,
      optimizer: { kind: 'adam' as const, batch: 2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    };
    const again = opened(writeSession({ ...session, study: { ...session.study, model } }));
    expect(again.state?.parameters.bu).toEqual(Float64Array.of(0, 0));
    expect(again.state?.parameters.mu).toBe(4.5);
    expect(again.state?.adam?.steps).toBe(0);
    expect(again.state?.adam?.v.bi).toEqual(Float64Array.of(0, 0, 0));
  });
});

describe('what readSession refuses', () => {
  const cases: readonly (readonly [string, (text: string) => string, Problem])[] = [
    ['an empty file', () => ' \n', { code: 'file-empty' }],
    ['text that is no JSON', () => 'hello', { code: 'not-json', where: 'line 1, column 1', got: 'hello' }],
    ['a list', () => '[]', { code: 'not-a-session' }],
    ['other JSON', () => '{"name":"x"}', { code: 'not-a-session' }],
    ['another format', replace('factorscope-session', 'other'), { code: 'not-a-session' }],
    ['a newer version', replace('"version":1', '"version":3'), { code: 'newer-version', got: '3', expected: '2' }],
    [
      'version 0',
      replace('"version":1', '"version":0'),
      { code: 'below-minimum', where: 'version', got: '0', expected: '1' },
    ],
    ['version 1.5', replace('"version":1', '"version":1.5'), { code: 'not-an-integer', where: 'version', got: '1.5' }],
    [
      'a version in quotes',
      replace('"version":1', '"version":"1"'),
      { code: 'wrong-type', where: 'version', got: '"1"', expected: 'a number' },
    ],
    ['no version', replace('"version":1,', ''), { code: 'missing-key', expected: 'version' }],
    ['an unknown key', replace('"extensions"', '"colour":1,"extensions"'), { code: 'unknown-key', got: 'colour' }],
    ['an unknown key inside', replace('"k":3', '"k":3,"K":3'), { code: 'unknown-key', where: 'model', got: 'K' }],
    [
      'an unknown key in a scale',
      replace('"step":1', '"step":1,"unit":"stars"'),
      { code: 'unknown-key', where: 'dataset.scale', got: 'unit' },
    ],
    ['a key twice', replace('"k":3', '"k":3,"k":4'), { code: 'duplicate-key', where: 'model.k', got: 'k' }],
    [
      '__proto__ as a key',
      replace('"k":3', '"k":3,"__proto__":{"k":4}'),
      { code: 'unknown-key', where: 'model', got: '__proto__' },
    ],
    [
      '__proto__ in extensions',
      replace('"extensions":{}', '"extensions":{"__proto__":{}}'),
      { code: 'unknown-key', where: 'extensions', got: '__proto__' },
    ],
    [
      'constructor as a key',
      replace('"k":3', '"k":3,"constructor":1'),
      { code: 'unknown-key', where: 'model', got: 'constructor' },
    ],
    ['a missing part', replace('"version":1,', ''), { code: 'missing-key', expected: 'version' }],
    ['a missing key', replace('"alpha":0.0002,', ''), { code: 'missing-key', expected: 'model.alpha' }],
    ['k = 0', replace('"k":3', '"k":0'), { code: 'below-minimum', where: 'model.k', got: '0', expected: '1' }],
    [
      'k = 1e9',
      replace('"k":3', '"k":1e9'),
      { code: 'above-maximum', where: 'model.k', got: '1000000000', expected: '512' },
    ],
    [
      'k = 2.5',
      replace('"k":3', '"k":2.5'),
      { code: 'not-an-integer', where: 'model.k', got: '2.5', expected: 'a whole number' },
    ],
    [
      'k = "3"',
      replace('"k":3', '"k":"3"'),
      { code: 'wrong-type', where: 'model.k', got: '"3"', expected: 'a number' },
    ],
    [
      'k = null',
      replace('"k":3', '"k":null'),
      { code: 'wrong-type', where: 'model.k', got: 'null', expected: 'a number' },
    ],
    [
      'a negative β',
      replace('"beta":0.02', '"beta":-2'),
      { code: 'below-minimum', where: 'model.beta', got: '-2', expected: '0' },
    ],
    [
      'α = 0',
      replace('"alpha":0.0002', '"alpha":0'),
      { code: 'out-of-range', where: 'model.alpha', got: '0', expected: 'above 0' },
    ],
    [
      'a negative α',
      replace('"alpha":0.0002', '"alpha":-1'),
      { code: 'out-of-range', where: 'model.alpha', got: '-1', expected: 'above 0' },
    ],
    [
      'α = 1e400',
      replace('"alpha":0.0002', '"alpha":1e400'),
      { code: 'not-finite', where: 'model.alpha', got: '1e400' },
    ],
    [
      'a seed beyond 32 bits',
      replace('"seed":42', '"seed":4294967296'),
      { code: 'above-maximum', where: 'model.seed', got: '4294967296', expected: '4294967295' },
    ],
    [
      'ALS with an update',
      replace('"kind":"sgd"', '"kind":"als"'),
      { code: 'unknown-key', where: 'model.optimizer', got: 'update' },
    ],
    [
      'another optimizer',
      replace('"kind":"sgd"', '"kind":"rmsprop"'),
      { code: 'not-offered', where: 'model.optimizer.kind', got: 'rmsprop', expected: 'sgd, momentum, adam or als' },
    ],
    [
      'another update',
      replace('"sequential"', '"both"'),
      { code: 'not-offered', where: 'model.optimizer.update', got: 'both', expected: 'sequential or simultaneous' },
    ],
    [
      'another prediction',
      replace('"factors"', '"magic"'),
      {
        code: 'not-offered',
        where: 'model.prediction',
        got: 'magic',
        expected: 'factors or factors+biases or mean+factors+biases',
      },
    ],
    [
      'a list for an object',
      replace('"init":{"kind":"uniform","low":0,"high":1}', '"init":[]'),
      { code: 'wrong-type', where: 'model.init', got: 'a list', expected: 'an object' },
    ],
    [
      'a list for the model',
      (text) => text.replace(/"model":\{.*?\]?\},"state"/, '"model":[],"state"'),
      { code: 'wrong-type', where: 'model', got: 'a list', expected: 'an object' },
    ],
    [
      'a start turned around',
      replace('"low":0', '"low":2'),
      { code: 'out-of-range', where: 'model.init', got: 'an object', expected: 'low at most high' },
    ],
    [
      'a rating beyond 1e100',
      replace('[0,1,3]', '[0,1,1.1e100]'),
      { code: 'rating-too-large', where: 'dataset.ratings[1][2]', got: '1.1e+100' },
    ],
    [
      'a rating of 1e400',
      replace('[0,1,3]', '[0,1,1e400]'),
      { code: 'not-finite', where: 'dataset.ratings[1][2]', got: '1e400' },
    ],
    [
      'a rating of NaN',
      replace('[0,1,3]', '[0,1,NaN]'),
      { code: 'not-json', where: 'dataset.ratings[1][2] (line 1, column 204)', got: 'NaN' },
    ],
    [
      'a rating in words',
      replace('[0,1,3]', '[0,1,"3,5"]'),
      { code: 'wrong-type', where: 'dataset.ratings[1][2]', got: '"3,5"', expected: 'a number' },
    ],
    [
      'a null rating',
      replace('[0,1,3]', '[0,1,null]'),
      { code: 'wrong-type', where: 'dataset.ratings[1][2]', got: 'null', expected: 'a number' },
    ],
    [
      'a rating of four',
      replace('[0,1,3]', '[0,1,3,4]'),
      { code: 'wrong-length', where: 'dataset.ratings[1]', got: '4', expected: '3' },
    ],
    [
      'a user that is not there',
      replace('[1,0,4]', '[2,0,4]'),
      { code: 'out-of-range', where: 'dataset.ratings[2][0]', got: '2', expected: '0 to 1' },
    ],
    [
      'an item that is not there',
      replace('[1,0,4]', '[1,3,4]'),
      { code: 'out-of-range', where: 'dataset.ratings[2][1]', got: '3', expected: '0 to 2' },
    ],
    [
      'a negative index',
      replace('[1,0,4]', '[1,-1,4]'),
      { code: 'out-of-range', where: 'dataset.ratings[2][1]', got: '-1', expected: '0 to 2' },
    ],
    [
      'half an index',
      replace('[1,0,4]', '[1,0.5,4]'),
      { code: 'not-an-integer', where: 'dataset.ratings[2][1]', got: '0.5' },
    ],
    [
      'unsorted ratings',
      replace('[[0,0,5],[0,1,3]', '[[0,1,3],[0,0,5]'),
      { code: 'not-sorted', where: 'dataset.ratings[1]' },
    ],
    [
      'a rating twice',
      replace('[0,1,3]', '[0,1,3],[0,1,3]'),
      { code: 'duplicate-rating', where: 'dataset.ratings[2]', got: 'Ana, Brazil' },
    ],
    [
      'a held-out gap',
      replace('"heldOut":[[0,1]]', '"heldOut":[[0,2]]'),
      { code: 'gap-cannot-be-held-out', where: 'dataset.heldOut[0]', got: '0, 2' },
    ],
    [
      'held-out pairs unsorted',
      replace('"heldOut":[[0,1]]', '"heldOut":[[1,0],[0,1]]'),
      { code: 'not-sorted', where: 'dataset.heldOut[1]' },
    ],
    [
      'a held-out pair twice',
      replace('"heldOut":[[0,1]]', '"heldOut":[[0,1],[0,1]]'),
      { code: 'duplicate-rating', where: 'dataset.heldOut[1]', got: 'Ana, Brazil' },
    ],
    [
      'a held-out flag with a value',
      replace('"heldOut":[[0,1]]', '"heldOut":[[0,1,3]]'),
      { code: 'wrong-length', where: 'dataset.heldOut[0]', got: '3', expected: '2' },
    ],
    [
      'no users',
      (text) => text.replace('["Ana","Bo"]', '[]'),
      { code: 'wrong-length', where: 'dataset.users', got: '0', expected: '1 or more' },
    ],
    [
      'a number for a name',
      replace('"Bo"', '7'),
      { code: 'wrong-type', where: 'dataset.users[1]', got: '7', expected: 'a text' },
    ],
    ['an empty name', replace('"Bo"', '""'), { code: 'name-empty', where: 'dataset.users[1]' }],
    [
      'a name of 201 characters',
      replace('"Bo"', JSON.stringify('x'.repeat(201))),
      {
        code: 'out-of-range',
        where: 'dataset.users[1]',
        got: `"${'x'.repeat(201)}"`,
        expected: 'at most 200 characters',
      },
    ],
    [
      'a scale turned around',
      replace('"min":1,"max":5', '"min":5,"max":1'),
      { code: 'scale-order', where: 'dataset.scale', got: 'an object', expected: '' },
    ],
    [
      'a step of 0',
      replace('"step":1', '"step":0'),
      { code: 'out-of-range', where: 'dataset.scale.step', got: '0', expected: 'above 0' },
    ],
    [
      'too few ids',
      replace('"heldOut":[[0,1]]', '"heldOut":[[0,1]],"userIds":["1"]'),
      { code: 'wrong-length', where: 'dataset.userIds', got: '1', expected: '2' },
    ],
    [
      'too few times',
      replace('"heldOut":[[0,1]]', '"heldOut":[[0,1]],"times":[1]'),
      { code: 'wrong-length', where: 'dataset.times', got: '1', expected: '3' },
    ],
    [
      'too few rows of P',
      replace('[[0.1,0.2,0.3],[0.4,0.5,0.6]]', '[[0.1,0.2,0.3]]'),
      { code: 'wrong-length', where: 'state.P', got: '1', expected: '2' },
    ],
    [
      'a short row of Q',
      replace(',[0.7,0.8,0.9]', ',[0.7,0.8]'),
      { code: 'wrong-length', where: 'state.Q[2]', got: '2', expected: '3' },
    ],
    [
      'text in Q',
      replace('0.8', '"0.8"'),
      { code: 'wrong-type', where: 'state.Q[2][1]', got: '"0.8"', expected: 'a number' },
    ],
    [
      'biases that the prediction has not',
      replace('"position":0', '"position":0,"bu":[0,0]'),
      { code: 'unknown-key', where: 'state, with prediction factors', got: 'bu' },
    ],
    [
      'no biases where there must be',
      later('"prediction":"factors"', '"prediction":"factors+biases"'),
      { code: 'missing-key', expected: 'state.bu' },
    ],
    [
      'no μ where there must be',
      later('"prediction":"factors"', '"prediction":"mean+factors+biases"'),
      { code: 'missing-key', expected: 'state.mu' },
    ],
    [
      'μ that the prediction has not',
      replace('"position":0', '"position":0,"mu":3'),
      { code: 'unknown-key', where: 'state, with prediction factors', got: 'mu' },
    ],
    [
      'no moments for Adam',
      later(
        '{"kind":"sgd","update":"sequential"}',
        '{"kind":"adam","batch":2,"beta1":0.9,"beta2":0.999,"epsilon":1e-8}',
      ),
      { code: 'missing-key', expected: 'state.adam' },
    ],
    [
      'a batch of 0',
      replace(
        '{"kind":"sgd","update":"sequential"}',
        '{"kind":"adam","batch":0,"beta1":0.9,"beta2":0.999,"epsilon":1e-8}',
      ),
      { code: 'below-minimum', where: 'model.optimizer.batch', got: '0', expected: '1' },
    ],
    [
      'β1 = 1',
      replace(
        '{"kind":"sgd","update":"sequential"}',
        '{"kind":"adam","batch":1,"beta1":1,"beta2":0.999,"epsilon":1e-8}',
      ),
      { code: 'out-of-range', where: 'model.optimizer.beta1', got: '1', expected: 'below 1' },
    ],
    [
      'a position beyond the ratings',
      replace('"position":0', '"position":4'),
      { code: 'above-maximum', where: 'state.position', got: '4', expected: '1' },
    ],
    [
      'half an epoch',
      replace('"epoch":0', '"epoch":0.5'),
      { code: 'not-an-integer', where: 'state.epoch', got: '0.5', expected: 'a whole number' },
    ],
    [
      'a history of the future',
      replace('"history":{"epoch":[0]', '"history":{"epoch":[3]'),
      { code: 'out-of-range', where: 'history.epoch[0]', got: '3', expected: '0 to 0' },
    ],
    [
      'uneven history',
      replace('"rmseHeldOut":[2.68]', '"rmseHeldOut":[]'),
      { code: 'wrong-length', where: 'history.rmseHeldOut', got: '0', expected: '1' },
    ],
    [
      'a negative RMSE',
      replace('2.68', '-2.68'),
      { code: 'below-minimum', where: 'history.rmseHeldOut[0]', got: '-2.68', expected: '0' },
    ],
    [
      'a start of another length',
      replace('"history"', '"start":{"P":[],"Q":[]},"history"'),
      { code: 'wrong-length', where: 'start.P', got: '0', expected: '2' },
    ],
    [
      'a truth of other users',
      replace('"heldOut":[[0,1]]', '"heldOut":[[0,1]],"truth":{"P":[[1]],"Q":[[1],[1],[1]]}'),
      { code: 'wrong-length', where: 'dataset.truth.P', got: '1', expected: '2' },
    ],
    [
      'extensions as a list',
      replace('"extensions":{}', '"extensions":[]'),
      { code: 'wrong-type', where: 'extensions', got: 'a list', expected: 'an object' },
    ],
    [
      'marks of another kind',
      replace('"extensions":{}', '"extensions":{"factorscope":{"marks":[{"epoch":"1","label":"x"}]}}'),
      { code: 'wrong-type', where: 'extensions.factorscope.marks[0].epoch', got: '"1"', expected: 'a number' },
    ],
    [
      'a hold-out of 95 %',
      replace('"heldOut":[[0,1]]', '"heldOut":[[0,1]],"holdOut":{"share":95,"kind":"random","seed":1}'),
      { code: 'above-maximum', where: 'dataset.holdOut.share', got: '95', expected: '90' },
    ],
  ];

  it.each(cases)('%s', (_what, change, problem) => {
    expect(refused(change)).toEqual(problem);
  });

  it('a negative second moment of Adam', () => {
    const file = example();
    const zeros = {
      P: [
        [0, 0, 0],
        [0, 0, 0],
      ],
      Q: [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
    };
    const adam = {
      steps: 1,
      beta1Power: 0.9,
      beta2Power: 0.999,
      m: zeros,
      v: {
        ...zeros,
        Q: [
          [0, 0, 0],
          [0, -1, 0],
          [0, 0, 0],
        ],
      },
    };
    const optimizer = { kind: 'adam', batch: 2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    const text = JSON.stringify({ ...file, model: { ...file.model, optimizer }, state: { ...file.state, adam } });
    expect(readSession(text)).toEqual({
      ok: false,
      problem: { code: 'below-minimum', where: 'state.adam.v.Q[1][1]', got: '-1', expected: '0' },
    });
  });

  it('a model of more numbers than the limit, before anything is allocated', () => {
    const file = example();
    const users = Array.from({ length: 100_000 }, (_, at) => `u${at}`);
    const text = JSON.stringify({ ...file, dataset: { ...file.dataset, users }, model: { ...file.model, k: 512 } });
    expect(readSession(text)).toEqual({
      ok: false,
      problem: { code: 'model-too-large', where: 'model.k', got: String(100_003 * 512), expected: '50000000' },
    });
  });

  it('a text over 50 MB, before it is parsed', () => {
    expect(readSession('{'.repeat(SESSION_BYTES_LIMIT + 1))).toEqual({
      ok: false,
      problem: { code: 'file-too-large', got: '50.1 MB', expected: '50 MB' },
    });
  });

  it('reads after a byte order mark', () => {
    expect(readSession(`\uFEFF${JSON.stringify(example())}`).ok).toBe(true);
  });
});

describe('a damaged file', () => {
  /** Texts that stand in for any value of a session, right or wrong. */
  const stray = fc.constantFrom(
    'null',
    'true',
    '""',
    '"x"',
    '[]',
    '{}',
    '0',
    '-0',
    '-1',
    '1',
    '2',
    '0.5',
    '1e9',
    '1e101',
    '1e400',
    'NaN',
    '[0]',
    '[[0,0,1]]',
    '"__proto__"',
  );

  it('never throws and is never taken for something that it does not say', () => {
    fc.assert(
      fc.property(anySession, fc.nat(), stray, (session, at, text) => {
        const saved = writeSession(session);
        // Every place where a value stands: after a colon, a comma or a bracket.
        const places = [...saved.matchAll(/(?<=[:,[])(?:-?\d[\d.e+-]*|"(?:[^"\\]|\\.)*"|null)(?=[,\]}])/g)];
        const place = places[at % Math.max(1, places.length)];
        if (!place) return;
        const damaged = saved.slice(0, place.index) + text + saved.slice(place.index + place[0].length);
        const read = readSession(damaged);
        // Accepted means accepted as it stands: what is saved again says the same, in the least version that can say it.
        if (!read.ok) return;
        const again = JSON.parse(writeSession(read.value));
        expect(again.version).toBeLessThanOrEqual(JSON.parse(damaged).version);
        expect(canonical(again)).toEqual(canonical({ ...JSON.parse(damaged), version: again.version }));
      }),
      { numRuns: 500 },
    );
  });

  it('never throws when cut or overwritten anywhere', () => {
    fc.assert(
      fc.property(
        anySession,
        fc.nat(),
        fc.nat(5),
        fc.string({ maxLength: 5, unit: 'binary' }),
        (session, at, cut, put) => {
          const saved = writeSession(session);
          const from = at % saved.length;
          const read = readSession(saved.slice(0, from) + put + saved.slice(from + cut));
          if (read.ok) expect(readSession(writeSession(read.value)).ok).toBe(true);
          else expect(read.problem.code).not.toBe('');
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** A document as the writer would say it: empty MAE columns and a start that the state repeats are left out; no −0. */
function canonical(file: Record<string, unknown>): unknown {
  const { extensions, ...rest } = JSON.parse(JSON.stringify(file));
  const own = extensions.factorscope;
  if (own) {
    for (const key of ['marks', 'seen', 'arrived']) if (own[key]?.length === 0) delete own[key];
    for (const key of ['maeSeen', 'maeHeldOut'])
      if (own[key]?.every((value: unknown) => value === null)) delete own[key];
    if (Object.keys(own).length === 0) delete extensions.factorscope;
  }
  const { start, state } = rest;
  if (start && state?.epoch === 0 && state.position === 0 && own?.underWay?.epoch !== 0) {
    const { epoch: _e, position: _p, mu: _m, adam: _a, ...parameters } = state;
    if (JSON.stringify(parameters) === JSON.stringify(start)) delete rest.start;
  }
  return { ...rest, extensions };
}

describe('upgrade', () => {
  it('takes an old document through every step, in order', () => {
    const steps = [
      (file: object) => ({ ...file, version: 2, a: 1 }),
      (file: object) => ({ ...file, version: 3, b: 'a' in file }),
    ];
    expect(upgrade({ version: 1 }, 1, steps)).toEqual({ version: 3, a: 1, b: true });
    expect(upgrade({ version: 2 }, 2, steps)).toEqual({ version: 3, b: false });
    expect(upgrade({ version: 3 }, 3, steps)).toEqual({ version: 3 });
  });
});

describe('version 2', () => {
  const model = (change: object) => ({ ...example(), model: { ...example().model, ...change } });
  const momentum = { kind: 'momentum', update: 'sequential', momentum: 0.9 };
  const adam = { kind: 'adam', batch: 16, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  const additions: readonly (readonly [string, object, string])[] = [
    ['momentum', { optimizer: momentum }, 'model.optimizer.kind'],
    ['decoupled decay', { optimizer: { ...adam, decay: 'decoupled' } }, 'model.optimizer'],
    ['non-negative factors', { nonNegative: true }, 'model'],
    ['a schedule', { schedule: { kind: 'cosine', epochs: 500, restarts: { period: 100, multiplier: 2 } } }, 'model'],
    ['early stopping', { earlyStopping: { patience: 20 } }, 'model'],
  ];

  for (const [what, change, where] of additions) {
    it(`holds ${what}, byte for byte; version 1 does not know it`, () => {
      const { state: _, ...file } = model(change);
      const fresh = { ...file, version: 2, history: { epoch: [], rmseSeen: [], rmseHeldOut: [], objective: [] } };
      const text = JSON.stringify(fresh);
      expect(opened(text).study.model).toEqual(file.model);
      expect(writeSession(opened(text))).toBe(text);
      const old = readSession(JSON.stringify({ ...fresh, version: 1 }));
      expect(old.ok ? null : old.problem).toMatchObject({ where });
    });
  }

  it('is not needed for ALS, nor for anything that version 1 can say: such a file is written as version 1', () => {
    const als = { ...model({ optimizer: { kind: 'als' } }) };
    expect(writeSession(opened(JSON.stringify(als)))).toBe(JSON.stringify(als));
    expect(writeSession(opened(JSON.stringify({ ...example(), version: 2 })))).toBe(JSON.stringify(example()));
  });

  it('needs the velocity of a run under way with momentum, and refuses it elsewhere', () => {
    const { state } = example();
    const velocity = { P: state.P, Q: state.Q };
    const later = { ...model({ optimizer: momentum }), version: 2, state: { ...state, epoch: 3, velocity } };
    expect(opened(JSON.stringify(later)).state?.velocity?.Q).toEqual(Float64Array.from(state.Q.flat()));
    const without = readSession(JSON.stringify({ ...later, state: { ...state, epoch: 3 } }));
    expect(without).toEqual({ ok: false, problem: { code: 'missing-key', expected: 'state.velocity' } });
    const astray = readSession(JSON.stringify({ ...example(), version: 2, state: { ...state, velocity } }));
    expect(astray.ok ? null : astray.problem).toMatchObject({ code: 'unknown-key', got: 'velocity' });
  });

  it('lets a fresh run with momentum begin without velocity', () => {
    const text = JSON.stringify({ ...model({ optimizer: momentum }), version: 2 });
    expect(opened(text).state?.velocity?.P).toEqual(new Float64Array(6));
  });

  it('holds the best epoch of a run that may stop early, and refuses one that is not there', () => {
    const { state } = example();
    const best = { epoch: 2, rmse: 0.5, since: 2, state: { ...state, epoch: 2 } };
    const file = {
      ...model({ earlyStopping: { patience: 20 } }),
      version: 2,
      state: { ...state, epoch: 5 },
      extensions: { factorscope: { best } },
    };
    const read = opened(JSON.stringify(file));
    expect(read.memory?.best?.best).toEqual({ epoch: 2, rmse: 0.5, since: 2 });
    expect(writeSession(read)).toBe(JSON.stringify(file));
    const nowhere = readSession(
      JSON.stringify({ ...file, extensions: { factorscope: { best: { epoch: 2, rmse: 0.5, since: 2 } } } }),
    );
    expect(nowhere).toEqual({
      ok: false,
      problem: { code: 'missing-key', expected: 'extensions.factorscope.best.state' },
    });
  });
});
