import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeCells } from '../../src/core/change-cells.ts';
import type { Dataset } from '../../src/core/dataset.ts';
import type { Problem } from '../../src/core/problem.ts';
import { type Ratings, ratingsFrom } from '../../src/core/ratings.ts';
import type { Session } from '../../src/core/session.ts';
import { changedCells, journalText, readJournal, replay } from '../../src/io/journal.ts';
import type { ObjectStore } from '../../src/io/object-store.ts';
import { loadPreferences, type Preferences, savePreferences } from '../../src/io/preferences.ts';
import { readSession } from '../../src/io/read-session.ts';
import {
  createStorage,
  DAMAGED_KEY,
  JOURNAL_KEY,
  LARGE_MARKER,
  SESSION_KEY,
  SMALL_RATINGS,
  type TextStore,
} from '../../src/io/storage.ts';
import { writeSession } from '../../src/io/write-session.ts';
import { anySession, example } from './sessions.ts';

/** Local storage with room for so many characters. */
function fakeTexts(room = Infinity): TextStore & { readonly map: Map<string, string> } {
  const map = new Map<string, string>();
  const used = () => [...map].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return {
    map,
    getItem: (key) => map.get(key) ?? null,
    setItem(key, value) {
      const before = map.get(key);
      map.set(key, value);
      if (used() <= room) return;
      if (before === undefined) map.delete(key);
      else map.set(key, before);
      throw new Error('QuotaExceededError');
    },
    removeItem: (key) => void map.delete(key),
  };
}

/** An object store whose writes wait until they are let through. */
function fakeObjects(): ObjectStore & { readonly map: Map<string, unknown>; held: boolean; release(): void } {
  const map = new Map<string, unknown>();
  let waiting: (() => void)[] = [];
  return {
    map,
    held: false,
    release() {
      const ready = waiting;
      waiting = [];
      for (const go of ready) go();
    },
    read: async (key) => structuredClone(map.get(key)),
    async write(key, value) {
      const copy = structuredClone(value);
      if (this.held) await new Promise<void>((resolve) => waiting.push(resolve));
      map.set(key, copy);
    },
    remove: async (key) => void map.delete(key),
  };
}

function small(): Session {
  const read = readSession(JSON.stringify(example()));
  if (!read.ok) throw new Error('the example is sound');
  return read.value;
}

/** More ratings than are kept as text: 200 users × 150 items, all rated. */
function largeSession(): Session {
  const users = Array.from({ length: 200 }, (_, at) => `u${at}`);
  const items = Array.from({ length: 150 }, (_, at) => `i${at}`);
  const ratings = ratingsFrom(
    users.flatMap((_, user) => items.map((__, item) => ({ user, item, value: ((user + item) % 5) + 1 }))),
  );
  expect(ratings.user.length).toBeGreaterThan(SMALL_RATINGS);
  const session = small();
  const dataset = {
    ...session.study.dataset,
    users,
    items,
    userKeys: users.map((_, at) => at),
    itemKeys: items.map((_, at) => at),
    ratings,
  };
  return { ...session, study: { ...session.study, dataset, start: null }, state: null };
}

/** The dataset with the edits that were noted after it was stored. */
function datasetOf(session: Session): Dataset {
  return session.edited ?? session.study.dataset;
}

function withCell(session: Session, user: number, item: number, value: number | null): Session {
  const dataset = datasetOf(session);
  const ratings = changeCells(dataset.ratings, [{ user, item, value, heldOut: false }]);
  return { ...session, study: { ...session.study, dataset: { ...dataset, ratings } }, edited: null };
}

function valueAt(session: Session, user: number, item: number): number | null {
  const { ratings } = datasetOf(session);
  const at = ratings.user.findIndex((u, index) => u === user && ratings.item[index] === item);
  return at < 0 ? null : (ratings.value[at] ?? null);
}

async function loaded(storage: ReturnType<typeof createStorage>): Promise<Session> {
  const result = await storage.load();
  if (!result.ok || !result.value) throw new Error(JSON.stringify(result));
  return result.value;
}

describe('a small session', () => {
  it('is null on the first visit', async () => {
    expect(await createStorage({ texts: fakeTexts(), objects: fakeObjects() }).load()).toEqual({
      ok: true,
      value: null,
    });
  });

  it('is kept when save returns, as the text of a session file', async () => {
    const texts = fakeTexts();
    const objects = fakeObjects();
    expect(createStorage({ texts, objects }).save(small())).toBe(null);
    expect(texts.map.get(SESSION_KEY)).toBe(JSON.stringify(example()));
    expect(await loaded(createStorage({ texts, objects }))).toEqual(small());
  });

  it('comes back whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(anySession, async (session) => {
        const texts = fakeTexts();
        createStorage({ texts, objects: fakeObjects() }).save(session);
        expect(writeSession(await loaded(createStorage({ texts, objects: fakeObjects() })))).toBe(
          writeSession(session),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('says so when there is no room, and keeps what was there', async () => {
    const texts = fakeTexts(JSON.stringify(example()).length + 100);
    const storage = createStorage({ texts, objects: fakeObjects() });
    storage.save(small());
    const longer = { ...small(), marks: Array.from({ length: 50 }, (_, epoch) => ({ epoch, label: 'α 0.01 → 0.02' })) };
    expect(storage.save(longer)).toEqual({ code: 'storage-failed', got: 'QuotaExceededError' });
    expect(await loaded(storage)).toEqual(small());
  });

  it('says so where storage is forbidden', async () => {
    const refuse = () => {
      throw new Error('denied');
    };
    const storage = createStorage({
      texts: { getItem: refuse, setItem: refuse, removeItem: refuse },
      objects: fakeObjects(),
    });
    expect(storage.save(small())).toEqual({ code: 'storage-failed', got: 'denied' });
    expect(await storage.load()).toEqual({ ok: false, problem: { code: 'storage-failed', got: 'denied' } });
  });

  it('is moved aside, not deleted, when it is damaged; twice too', async () => {
    const texts = fakeTexts();
    for (const [text, key] of [
      ['{"format":"factorscope-session","version":1,', DAMAGED_KEY],
      [JSON.stringify({ ...example(), version: 3 }), `${DAMAGED_KEY}-2`],
    ] as const) {
      texts.map.set(SESSION_KEY, text);
      const storage = createStorage({ texts, objects: fakeObjects() });
      expect((await storage.load()).ok).toBe(false);
      expect(texts.map.get(key)).toBe(text);
      expect(storage.save(small())).toBe(null);
      expect(texts.map.get(key)).toBe(text);
      expect(texts.map.get(SESSION_KEY)).toBe(JSON.stringify(example()));
    }
  });

  it('goes to the object store when there is no room for two damaged copies', async () => {
    const text = `${JSON.stringify(example())}!`;
    const texts = fakeTexts(text.length + 100);
    const objects = fakeObjects();
    texts.map.set(SESSION_KEY, text);
    expect((await createStorage({ texts, objects }).load()).ok).toBe(false);
    expect(objects.map.get(DAMAGED_KEY)).toBe(text);
  });

  it('is not overwritten when it is damaged and can be moved nowhere', async () => {
    const text = `${JSON.stringify(example())}!`;
    const texts = fakeTexts(text.length + 100);
    const full = { ...fakeObjects(), write: () => Promise.reject(new Error('disk full')) };
    texts.map.set(SESSION_KEY, text);
    const storage = createStorage({ texts, objects: full });
    await storage.load();
    expect(storage.save(small())).toEqual({ code: 'storage-failed', got: 'disk full' });
    expect(texts.map.get(SESSION_KEY)).toBe(text);
  });
});

describe('a large session', () => {
  it('goes to the object store and comes back', async () => {
    const texts = fakeTexts();
    const objects = fakeObjects();
    const storage = createStorage({ texts, objects });
    const session = largeSession();
    expect(storage.save(session)).toBe(null);
    await storage.settled();
    expect(texts.map.get(SESSION_KEY)).toBe(LARGE_MARKER);
    expect(await loaded(createStorage({ texts, objects }))).toEqual(session);
  });

  it('leaves the session before it in place until the browser acknowledges', async () => {
    const texts = fakeTexts();
    const objects = fakeObjects();
    const storage = createStorage({ texts, objects });
    storage.save(small());
    objects.held = true;
    storage.save(largeSession());
    expect(await loaded(createStorage({ texts, objects }))).toEqual(small());
    objects.release();
    await storage.settled();
    expect((await loaded(createStorage({ texts, objects }))).study.dataset.users.length).toBe(200);
  });

  it('comes back with every edit, though the page was closed before the write was acknowledged', async () => {
    const texts = fakeTexts();
    const objects = fakeObjects();
    const storage = createStorage({ texts, objects });
    let session = largeSession();
    storage.save(session);
    await storage.settled();

    const edit = (user: number, item: number, value: number | null) => {
      const next = withCell(session, user, item, value);
      expect(storage.journal(session.study.dataset, next.study.dataset)).toBe(null);
      session = next;
    };
    edit(0, 0, -0);
    edit(3, 4, null);
    objects.held = true;
    storage.save(session); // under way, not acknowledged
    edit(199, 149, 7.25);
    edit(3, 4, 2);

    const crashed = await loaded(createStorage({ texts, objects }));
    expect([valueAt(crashed, 0, 0), valueAt(crashed, 3, 4), valueAt(crashed, 199, 149)]).toEqual([-0, 2, 7.25]);
    expect(datasetOf(crashed).ratings).toEqual(session.study.dataset.ratings);
    // The state belongs to what was stored: the edits are still to be made on its run.
    expect(crashed.study.dataset.ratings).toEqual(largeSession().study.dataset.ratings);

    objects.release();
    await storage.settled();
    const acknowledged = await loaded(createStorage({ texts, objects }));
    expect(datasetOf(acknowledged).ratings).toEqual(session.study.dataset.ratings);
    expect(readJournal(texts.map.get(JOURNAL_KEY) ?? '')?.entries.map((entry) => entry.value)).toEqual([7.25, 2]);

    objects.held = false;
    storage.save(session);
    await storage.settled();
    expect(texts.map.has(JOURNAL_KEY)).toBe(false);
  });

  it('goes on from a replayed journal without losing it to a second crash', async () => {
    const texts = fakeTexts();
    const objects = fakeObjects();
    const first = createStorage({ texts, objects });
    const session = largeSession();
    first.save(session);
    await first.settled();
    first.journal(session.study.dataset, withCell(session, 1, 1, 9).study.dataset);

    const second = createStorage({ texts, objects });
    const again = await loaded(second);
    const next = withCell(again, 2, 2, 8);
    second.journal(datasetOf(again), next.study.dataset);
    const third = await loaded(createStorage({ texts, objects }));
    expect([valueAt(third, 1, 1), valueAt(third, 2, 2)]).toEqual([9, 8]);
  });

  it('does not replay edits on other rows', async () => {
    const texts = fakeTexts();
    const objects = fakeObjects();
    const storage = createStorage({ texts, objects });
    const before = largeSession();
    storage.save(before);
    await storage.settled();
    objects.held = true;
    const other = largeSession();
    storage.save(other);
    storage.journal(other.study.dataset, withCell(other, 0, 0, 99).study.dataset);
    const crashed = await loaded(createStorage({ texts, objects }));
    expect(datasetOf(crashed).ratings).toEqual(before.study.dataset.ratings);
    objects.release();
    await storage.settled();
    expect(valueAt(await loaded(createStorage({ texts, objects })), 0, 0)).toBe(99);
  });

  it('writes the newest of many saves, not each of them', async () => {
    const objects = fakeObjects();
    let writes = 0;
    const counting: ObjectStore = {
      ...objects,
      async write(key, value) {
        writes += 1;
        await Promise.resolve();
        objects.map.set(key, value);
      },
    };
    const texts = fakeTexts();
    const storage = createStorage({ texts, objects: counting });
    let session = largeSession();
    for (let value = 1; value <= 20; value += 1) {
      session = withCell(session, 0, 0, value);
      storage.save(session);
    }
    await storage.settled();
    expect(writes).toBe(2);
    expect(valueAt(await loaded(createStorage({ texts, objects })), 0, 0)).toBe(20);
  });

  it('tells later when the write fails, and keeps the journal', async () => {
    const texts = fakeTexts();
    const objects = fakeObjects();
    const problems: Problem[] = [];
    const first = createStorage({ texts, objects });
    const session = largeSession();
    first.save(session);
    await first.settled();
    const full = { ...objects, write: () => Promise.reject(new Error('disk full')) };
    const storage = createStorage({ texts, objects: full, onProblem: (problem) => problems.push(problem) });
    const again = await loaded(storage);
    const next = withCell(again, 5, 5, 42);
    storage.journal(datasetOf(again), next.study.dataset);
    storage.save(next);
    await storage.settled();
    expect(problems).toEqual([{ code: 'storage-failed', got: 'disk full' }]);
    expect(valueAt(await loaded(createStorage({ texts, objects })), 5, 5)).toBe(42);
  });

  it('is moved aside when it is damaged', async () => {
    const texts = fakeTexts();
    const objects = fakeObjects();
    texts.map.set(SESSION_KEY, LARGE_MARKER);
    const damaged = { version: 1, lineage: 1, through: 0, session: { study: {} } };
    objects.map.set(SESSION_KEY, damaged);
    const storage = createStorage({ texts, objects });
    expect(await storage.load()).toEqual({
      ok: false,
      problem: { code: 'storage-failed', got: 'the stored session is damaged' },
    });
    expect(objects.map.get(DAMAGED_KEY)).toEqual(damaged);
    expect(await storage.load()).toEqual({ ok: true, value: null });
  });

  it('makes room when a small session follows', async () => {
    const texts = fakeTexts();
    const objects = fakeObjects();
    const storage = createStorage({ texts, objects });
    storage.save(largeSession());
    storage.save(small());
    await storage.settled();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(await loaded(createStorage({ texts, objects }))).toEqual(small());
    expect(objects.map.has(SESSION_KEY)).toBe(false);
  });
});

describe('the journal', () => {
  const ratings = fc
    .array(
      fc.record({ user: fc.nat(4), item: fc.nat(4), value: fc.constantFrom(-0, 0, 1, 2.5), heldOut: fc.boolean() }),
    )
    .map((list) => ratingsFrom(list));
  const columns = ({ user, item, value, heldOut }: Ratings) =>
    [user, item, value, heldOut].map((column) => Array.from(column));

  it('leads from any ratings to any others', () => {
    fc.assert(
      fc.property(ratings, ratings, (before, after) => {
        const changes = changedCells(before, after, 100) ?? [];
        const entries = changes.map((change, at) => ({ ...change, sequence: at + 1 }));
        const kept = readJournal(journalText(3, entries));
        expect(kept).toEqual({ lineage: 3, entries });
        expect(columns(replay(before, kept?.entries ?? []))).toEqual(columns(after));
      }),
    );
  });

  it('gives up beyond its limit', () => {
    const many = ratingsFrom(Array.from({ length: 10 }, (_, item) => ({ user: 0, item, value: 1 })));
    expect(changedCells(ratingsFrom([]), many, 8)).toBe(null);
  });

  it.each(['', '{}', '[1]', '[1,[[1,2]]]', '[1,[[1,2,3,"4",0]]]', '[1,[[1,-2,3,4,0]]]', '[1,[[1,2,3,1e101,0]]]'])(
    'is nothing when it reads %s',
    (text) => expect(readJournal(text)).toBe(null),
  );
});

describe('preferences', () => {
  const all: Preferences = {
    theme: 'dark',
    moreSettings: true,
    lossShown: 'mae',
    lossAxis: 'log',
    lossAgainst: 'time',
    clip: true,
    showTruth: false,
    showBaselines: true,
    speed: 4,
    runTo: 5000,
  };

  it('come back', () => {
    const texts = fakeTexts();
    savePreferences(texts, all);
    expect(loadPreferences(texts)).toEqual(all);
    expect(texts.map.get('factorscope-theme')).toBe('dark');
  });

  it('leave out what is missing or wrong', () => {
    const texts = fakeTexts();
    expect(loadPreferences(texts)).toEqual({});
    texts.map.set(
      'factorscope-preferences',
      '{"theme":"pink","speed":-1,"clip":1,"runTo":7,"__proto__":{"lossAxis":"log"}}',
    );
    expect(loadPreferences(texts)).toEqual({ runTo: 7 });
    texts.map.set('factorscope-preferences', 'not JSON');
    texts.map.set('factorscope-theme', 'light');
    expect(loadPreferences(texts)).toEqual({ theme: 'light' });
  });

  it('never throw', () => {
    const refuse = () => {
      throw new Error('denied');
    };
    const texts = { getItem: refuse, setItem: refuse, removeItem: refuse };
    expect(loadPreferences(texts)).toEqual({});
    expect(() => savePreferences(texts, all)).not.toThrow();
  });
});
