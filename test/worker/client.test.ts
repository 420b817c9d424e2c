import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '../../src/worker/client.ts';
import type { Answer, Request } from '../../src/worker/protocol.ts';
import { createSession } from '../../src/worker/session.ts';
import { datasetFromMatrix } from '../engines/from-fixture.ts';
import { studyOf } from './conversation.ts';

const study = studyOf(
  datasetFromMatrix([
    [5, 3],
    [4, 1],
  ]),
  { alpha: 0.01 },
);
const about = { window: { users: null, items: null }, wantState: true };

function load(run: number, request: number): Request {
  return { kind: 'load', run, request, ...about, study, state: null, history: null, memory: null, replay: false };
}

function train(run: number, request: number, milliseconds = 10): Request {
  return { kind: 'train', run, request, ...about, milliseconds, untilEpoch: null, steps: 1, trace: false };
}

/** A worker whose session answers after 5 ms, until it is told to be silent; as deaf to `terminate` as the real one. */
class StandIn extends EventTarget implements Worker {
  onmessage = null;
  onmessageerror = null;
  onerror = null;
  silent = false;
  terminated = false;
  readonly received: Request[] = [];
  private readonly session = createSession();

  postMessage(request: Request): void {
    this.received.push(request);
    if (this.silent) return;
    const answer = this.session.handle(structuredClone(request));
    setTimeout(() => this.dispatchEvent(new MessageEvent('message', { data: answer })), 5);
  }

  terminate(): void {
    this.terminated = true;
  }
}

describe('the client', () => {
  const workers: StandIn[] = [];
  const answers: Answer[] = [];
  const deaths: string[] = [];
  let refuse = false;
  let silent = false;
  const client = () =>
    createClient({
      spawn: () => {
        if (refuse) throw new Error('No workers here');
        const worker = new StandIn();
        worker.silent = silent;
        workers.push(worker);
        return worker;
      },
      onAnswer: (answer) => answers.push(answer),
      onDeath: (how) => deaths.push(how),
    });

  beforeEach(() => {
    vi.useFakeTimers();
    workers.length = 0;
    answers.length = 0;
    deaths.length = 0;
    refuse = false;
    silent = false;
  });
  afterEach(() => vi.useRealTimers());

  it('starts one worker for the first request and passes its answers on in order', () => {
    const wire = client();
    expect(workers).toHaveLength(0);
    wire.send(load(1, 1));
    wire.send(train(1, 2));
    vi.advanceTimersByTime(100);
    expect(workers).toHaveLength(1);
    expect(answers.map((answer) => [answer.kind, answer.request, answer.position])).toEqual([
      ['load', 1, 0],
      ['train', 2, 1],
    ]);
    vi.advanceTimersByTime(60_000);
    expect(deaths).toEqual([]);
  });

  it('drops the answers of an earlier run', () => {
    const wire = client();
    wire.send(load(1, 1));
    wire.send(train(1, 2));
    wire.send(load(2, 3));
    vi.advanceTimersByTime(100);
    expect(answers.map((answer) => answer.request)).toEqual([3]);
  });

  it('notices a worker that fell silent: milliseconds + 1 s, 2 s for load, and a second look of 300 ms', () => {
    const wire = client();
    wire.send(load(1, 1));
    vi.advanceTimersByTime(100);
    const [worker] = workers;
    if (worker) worker.silent = true;
    wire.send(train(1, 2, 16));
    vi.advanceTimersByTime(1_310);
    expect(deaths).toEqual([]);
    vi.advanceTimersByTime(20);
    expect(deaths).toEqual(['overdue']);
    expect(worker?.terminated).toBe(true);
    wire.send(load(2, 3));
    vi.advanceTimersByTime(100);
    expect(workers).toHaveLength(2);
    expect(answers.at(-1)?.run).toBe(2);
    const second = workers[1];
    if (second) second.silent = true;
    wire.send(load(3, 4));
    vi.advanceTimersByTime(2_290);
    expect(deaths).toHaveLength(1);
    vi.advanceTimersByTime(20);
    expect(deaths).toEqual(['overdue', 'overdue']);
  });

  it('gives a worker that is only starting 10 s more', () => {
    const wire = client();
    silent = true;
    wire.send(load(1, 1));
    vi.advanceTimersByTime(12_290);
    expect(deaths).toEqual([]);
    vi.advanceTimersByTime(20);
    expect(deaths).toEqual(['overdue']);
  });

  it('waits longer with more ratings and factors: a second for 20,000 ratings of 20 factors', () => {
    const wire = client();
    wire.send(load(1, 1));
    vi.advanceTimersByTime(100);
    const [worker] = workers;
    if (worker) worker.silent = true;
    const { dataset, model } = study;
    const zeros = { user: new Int32Array(20_000), item: new Int32Array(20_000), value: new Float64Array(20_000) };
    const ratings = { ...zeros, heldOut: new Uint8Array(20_000), time: null };
    const large = { dataset: { ...dataset, ratings }, model: { ...model, k: 20 }, start: null };
    wire.send({ ...about, kind: 'edit', run: 1, request: 2, study: large });
    vi.advanceTimersByTime(2_290);
    expect(deaths).toEqual([]);
    vi.advanceTimersByTime(20);
    expect(deaths).toEqual(['overdue']);
  });

  it('waits for the oldest request only, so a long queue is no death', () => {
    const wire = client();
    wire.send(load(1, 1));
    vi.advanceTimersByTime(10);
    for (let request = 2; request < 40; request += 1) {
      wire.send(train(1, request));
      vi.advanceTimersByTime(1000);
    }
    expect(deaths).toEqual([]);
    expect(answers).toHaveLength(39);
  });

  it('takes an error or an unreadable message for a death, once, and starts anew when asked', () => {
    const wire = client();
    wire.send(load(1, 1));
    workers[0]?.dispatchEvent(new Event('error', { cancelable: true }));
    workers[0]?.dispatchEvent(new Event('error', { cancelable: true }));
    vi.advanceTimersByTime(100);
    expect(deaths).toEqual(['error']);
    expect(answers).toEqual([]);
    wire.send(load(2, 2));
    workers[1]?.dispatchEvent(new MessageEvent('messageerror'));
    expect(deaths).toEqual(['error', 'unreadable']);
  });

  it('says so when no worker can be started', () => {
    refuse = true;
    const wire = client();
    wire.send(load(1, 1));
    expect(deaths).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(deaths).toEqual(['not-started']);
  });

  it('is quiet after it was disposed of', () => {
    const wire = client();
    wire.send(load(1, 1));
    wire.dispose();
    vi.advanceTimersByTime(60_000);
    expect([answers, deaths, workers[0]?.terminated]).toEqual([[], [], true]);
  });
});
