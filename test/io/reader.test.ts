import { describe, expect, it } from 'vitest';
import type { ReaderMessage } from '../../src/io/opened.ts';
import { readBlob } from '../../src/io/read-blob.ts';
import { type ReaderWorker, readFile } from '../../src/io/reader.ts';
import { transferables } from '../../src/io/transferables.ts';
import { example } from './sessions.ts';

const blob = (text: string | Uint8Array<ArrayBuffer>) => new Blob([text]);

describe('readBlob', () => {
  it('tells a session by its content, whatever the file is called', async () => {
    const read = await readBlob(blob(`\uFEFF \n${JSON.stringify(example())}`), 'ratings.csv');
    if (!read.ok || read.value.kind !== 'session') throw new Error(JSON.stringify(read));
    expect(read.value.session.study.dataset.users).toEqual(['Ana', 'Bo']);
  });

  it('reads ratings from a file called .json, and names the set after it', async () => {
    const read = await readBlob(blob('Ana,Alien,5\n'), 'My films.json');
    if (!read.ok || read.value.kind !== 'ratings') throw new Error(JSON.stringify(read));
    expect(read.value.ratings.dataset.name).toBe('My films');
  });

  it.each([
    ['an empty file', '', { code: 'file-empty' }],
    ['an archive', 'PK\u0003\u0004 and so on', { code: 'file-not-text' }],
    ['another JSON file', '{"a":1}', { code: 'not-a-session' }],
  ])('refuses %s', async (_what, text, problem) => {
    expect(await readBlob(blob(text), 'x')).toEqual({ ok: false, problem });
  });

  it('refuses a session over 50 MB by its size alone', async () => {
    const large = new Blob(['{', new Uint8Array(50_000_000).fill(32)]);
    expect(await readBlob(large, 'x.json')).toEqual({
      ok: false,
      problem: { code: 'file-too-large', got: '50.1 MB', expected: '50 MB' },
    });
  });
});

/** A worker that answers with these messages, and notes whether it was let go. */
class FakeWorker implements ReaderWorker {
  onmessage: ReaderWorker['onmessage'] = null;
  onerror: ReaderWorker['onerror'] = null;
  onmessageerror: ReaderWorker['onmessageerror'] = null;
  terminated = 0;
  private readonly behave: (worker: FakeWorker) => void;

  constructor(behave: (worker: FakeWorker) => void) {
    this.behave = behave;
  }

  say(message: ReaderMessage): void {
    const { onmessage } = this;
    if (onmessage) Reflect.apply(onmessage, this, [{ data: message }]);
  }

  fail(): void {
    const { onerror } = this;
    if (onerror) Reflect.apply(onerror, this, [new Event('error')]);
  }

  postMessage(): void {
    queueMicrotask(() => this.behave(this));
  }

  terminate(): void {
    this.terminated += 1;
  }
}

describe('readFile', () => {
  const file = new File(['x'], 'x.csv');

  it('passes progress on, gives the result back and lets the worker go', async () => {
    const problem = { code: 'file-no-ratings' } as const;
    const worker = new FakeWorker((it) => {
      it.say({ kind: 'progress', share: 0.25 });
      it.say({ kind: 'progress', share: 0.75 });
      it.say({ kind: 'done', result: { ok: false, problem } });
    });
    const shares: number[] = [];
    const result = await readFile(
      file,
      () => worker,
      (share) => shares.push(share),
    );
    expect(result).toEqual({ ok: false, problem });
    expect(shares).toEqual([0.25, 0.75]);
    expect(worker.terminated).toBe(1);
  });

  it('says so when the worker dies or cannot start', async () => {
    const worker = new FakeWorker((it) => it.fail());
    expect(await readFile(file, () => worker)).toEqual({ ok: false, problem: { code: 'worker-died' } });
    const refuse = () => {
      throw new Error('no workers here');
    };
    expect(await readFile(file, refuse)).toEqual({ ok: false, problem: { code: 'no-worker', got: 'no workers here' } });
  });

  it('can be given up', async () => {
    const worker = new FakeWorker(() => {});
    const control = new AbortController();
    const reading = readFile(file, () => worker, undefined, control.signal);
    control.abort();
    expect((await reading).ok).toBe(false);
    expect(worker.terminated).toBe(1);
  });
});

it('transferables finds every buffer once', () => {
  const shared = new Float64Array(4);
  const value = { a: shared, b: [{ c: new Int32Array(2) }], d: shared.subarray(1), e: null, f: ['x'], g: 'text' };
  expect(transferables(value).map((buffer) => buffer.byteLength)).toEqual([32, 8]);
});
