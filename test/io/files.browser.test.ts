import { afterEach, describe, expect, it } from 'vitest';
import { createObjectStore } from '../../src/io/object-store.ts';
import { readSession } from '../../src/io/read-session.ts';
import { readFile } from '../../src/io/reader.ts';
import { createStorage, SESSION_KEY } from '../../src/io/storage.ts';
import { writeSession } from '../../src/io/write-session.ts';
import { example } from './sessions.ts';

const spawn = () => new Worker(new URL('../../src/io/reader-entry.ts', import.meta.url), { type: 'module' });

function exampleSession() {
  const read = readSession(JSON.stringify(example()));
  if (!read.ok) throw new Error('the example is sound');
  return read.value;
}

describe('the reader worker', () => {
  it('reads a list of 200,000 ratings, telling how far it is', async () => {
    const lines = ['userId,movieId,rating,timestamp'];
    for (let at = 0; at < 200_000; at += 1) lines.push(`${1 + (at % 997)},${1 + (at % 1009)},${(at % 10) / 2},${at}`);
    const shares: number[] = [];
    const read = await readFile(new File([lines.join('\r\n')], 'ratings.csv'), spawn, (share) => shares.push(share));
    if (!read.ok || read.value.kind !== 'ratings') throw new Error(JSON.stringify(read));
    const { dataset, skippedTotal } = read.value.ratings;
    expect([dataset.users.length, dataset.items.length, dataset.ratings.value.length, skippedTotal]).toEqual([
      997, 1009, 200_000, 0,
    ]);
    expect(dataset.ratings.user).toBeInstanceOf(Int32Array);
    expect(shares.length).toBe(3);
    expect(shares.every((share, at) => share > (shares[at - 1] ?? 0) && share < 1)).toBe(true);
  });

  it('reads quotes and sessions too, and says what is wrong', async () => {
    const quoted = await readFile(new File(['user,item,rating\n"Ana, Bo",Alien,5\n'], 'x.txt'), spawn);
    expect(quoted.ok && quoted.value.kind === 'ratings' && quoted.value.ratings.dataset.users).toEqual(['Ana, Bo']);
    const session = await readFile(new File([JSON.stringify(example())], 'x.csv'), spawn);
    expect(session).toEqual({ ok: true, value: { kind: 'session', session: exampleSession() } });
    const wrong = await readFile(new File([JSON.stringify(example()).replace('[0,1,3]', '[0,1,1e400]')], 'x'), spawn);
    expect(wrong).toEqual({
      ok: false,
      problem: { code: 'not-finite', where: 'dataset.ratings[1][2]', got: '1e400' },
    });
  });
});

describe('storage in a real browser', () => {
  afterEach(() => localStorage.clear());

  it('keeps a small session in local storage', async () => {
    const storage = createStorage({ texts: localStorage, objects: createObjectStore('factorscope-test-small') });
    expect(storage.save(exampleSession())).toBe(null);
    expect(localStorage.getItem(SESSION_KEY)).toBe(JSON.stringify(example()));
    expect(await storage.load()).toEqual({ ok: true, value: exampleSession() });
  });

  it('keeps a large session in IndexedDB, edits that were not acknowledged included', async () => {
    const database = 'factorscope-test-large';
    const m = 300;
    const n = 100;
    const session = exampleSession();
    const dataset = {
      ...session.study.dataset,
      users: Array.from({ length: m }, (_, at) => `u${at}`),
      items: Array.from({ length: n }, (_, at) => `i${at}`),
      userKeys: Array.from({ length: m }, (_, at) => at),
      itemKeys: Array.from({ length: n }, (_, at) => at),
      ratings: {
        user: Int32Array.from({ length: m * n }, (_, at) => Math.floor(at / n)),
        item: Int32Array.from({ length: m * n }, (_, at) => at % n),
        value: Float64Array.from({ length: m * n }, (_, at) => at % 5),
        heldOut: new Uint8Array(m * n),
        time: null,
      },
    };
    const large = { ...session, study: { ...session.study, dataset, start: null }, state: null };
    const storage = createStorage({ texts: localStorage, objects: createObjectStore(database) });
    storage.save(large);
    await storage.settled();
    const value = dataset.ratings.value.slice();
    value[12_345] = -7.5;
    const edited = { ...dataset, ratings: { ...dataset.ratings, value } };
    expect(storage.journal(dataset, edited)).toBe(null);

    const after = await createStorage({ texts: localStorage, objects: createObjectStore(database) }).load();
    if (!after.ok || !after.value) throw new Error(JSON.stringify(after));
    // The session as it was written, and the edit that is still to be made on its run.
    expect(after.value.study.dataset).toEqual(dataset);
    expect(after.value.edited).toEqual(edited);
    expect(writeSession({ ...after.value, edited: null })).toBe(writeSession(large));
    indexedDB.deleteDatabase(database);
  });
});
