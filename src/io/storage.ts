import type { Dataset } from '../core/dataset.ts';
import { fail, ok, type Problem, type Result } from '../core/problem.ts';
import type { Session } from '../core/session.ts';
import { changedCells, type JournalEntry, journalText, readJournal, replay } from './journal.ts';
import type { ObjectStore } from './object-store.ts';
import type { StoredSession } from './stored-session.ts';
import { writeSession } from './write-session.ts';

/** As much of `localStorage` as is needed. Every call may throw: storage may be full or forbidden. */
export type TextStore = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Up to here a session is kept as text, written at once. */
export const SMALL_RATINGS = 20_000;
const SMALL_NUMBERS = 120_000;
const SMALL_CHARACTERS = 3_000_000;
/** More changes at once than this are not journaled: the next `save` brings them. */
const JOURNAL_LIMIT = 2000;

export const SESSION_KEY = 'factorscope-session';
export const JOURNAL_KEY = 'factorscope-journal';
export const DAMAGED_KEY = 'factorscope-damaged';
/** What stands under SESSION_KEY while the session itself is in the object store. */
export const LARGE_MARKER = 'large';

/** Keeps the current session in the browser. */
export interface SessionStorage {
  /**
   * The session of last time; null on a first visit. Call it before anything is saved. What cannot be read is moved under
   * another key, never deleted, and the problem says what was wrong with it.
   */
  load(): Promise<Result<Session | null>>;
  /**
   * Keeps this session from now on. A small one is kept when this returns; a large one when the browser acknowledges it
   * (`settled`). Returns what went wrong at once; what goes wrong later is told to `onProblem`.
   */
  save(session: Session): Problem | null;
  /** Notes an edit of cells at once, before `save` brings the whole (it matters for large sessions; small ones need none). */
  journal(before: Dataset, after: Dataset): Problem | null;
  /** Resolves when no write is under way. */
  settled(): Promise<void>;
}

function storageProblem(error: unknown): Problem {
  return { code: 'storage-failed', got: error instanceof Error ? error.message || error.name : String(error) };
}

/** Numbers in the matrices that would be written. */
function numbersIn({ study, state }: Session): number {
  const { users, items } = study.dataset;
  const sets = (state ? 1 : 0) + (state?.adam ? 2 : 0) + (study.start ? 1 : 0);
  return (users.length + items.length) * study.model.k * sets;
}

/**
 * Two ways to keep a session, by size:
 *
 *     small   local storage:  factorscope-session = the canonical text (what Export writes too)
 *     large   local storage:  factorscope-session = "large"
 *                             factorscope-journal = edits of cells since the last acknowledged write
 *             IndexedDB:      factorscope-session = { version, lineage, through, session }
 *
 * Every edit in the journal has a number; `through` is the last one that the stored session contains. A `lineage` is a
 * stretch of edits during which users and items stay the same (told by the very arrays of keys, which edits of cells
 * share): edits of another lineage mean other rows, so they are not replayed. Those that are come back as `edited`.
 */
export function createStorage(surroundings: {
  readonly texts: TextStore;
  readonly objects: ObjectStore;
  readonly onProblem?: (problem: Problem) => void;
}): SessionStorage {
  const { texts, objects, onProblem = () => {} } = surroundings;
  let lineage = 0;
  let lastLineage = 0;
  let keysOf: Dataset | null = null;
  let sequence = 0;
  let entries: readonly JournalEntry[] = [];
  /** Whether the session was too large for text when it was seen last. */
  let large = false;
  /** Set when something damaged could not be moved: it is not overwritten. */
  let blocked: Problem | null = null;
  let waiting: StoredSession | null = null;
  let writing: Promise<void> | null = null;

  /** The lineage that this dataset belongs to: the present one, or a new one with an empty journal. */
  function follow(dataset: Dataset): void {
    if (keysOf?.userKeys === dataset.userKeys && keysOf.itemKeys === dataset.itemKeys) return;
    keysOf = dataset;
    lastLineage += 1;
    lineage = lastLineage;
    entries = [];
  }

  function writeJournal(): Problem | null {
    try {
      if (entries.length === 0) texts.removeItem(JOURNAL_KEY);
      else texts.setItem(JOURNAL_KEY, journalText(lineage, entries));
      return null;
    } catch (error) {
      return storageProblem(error);
    }
  }

  function saveText(text: string): Problem | null {
    try {
      texts.setItem(SESSION_KEY, text);
    } catch (error) {
      return storageProblem(error);
    }
    waiting = null;
    entries = [];
    if (large) void removeObject();
    large = false;
    return writeJournal();
  }

  /** The large session of before is of no use beside a small one; that it stays would harm nobody. */
  async function removeObject(): Promise<void> {
    await writing;
    if (!large) await objects.remove(SESSION_KEY).catch(() => {});
  }

  /** Writes what waits, one after another, the newest only. */
  async function writeObjects(): Promise<void> {
    while (waiting) {
      const stored = waiting;
      waiting = null;
      try {
        await objects.write(SESSION_KEY, stored);
        if (!large) return;
        texts.setItem(SESSION_KEY, LARGE_MARKER);
        if (stored.lineage !== lineage) continue;
        entries = entries.filter((entry) => entry.sequence > stored.through);
        const problem = writeJournal();
        if (problem) onProblem(problem);
      } catch (error) {
        onProblem(storageProblem(error));
      }
    }
  }

  /** Puts what cannot be read under a key of its own, where nothing overwrites it. */
  async function keepDamaged(value: unknown): Promise<void> {
    const keyOf = (n: number) => (n === 1 ? DAMAGED_KEY : `${DAMAGED_KEY}-${n}`);
    const keepObject = async () => {
      let n = 1;
      while ((await objects.read(keyOf(n))) !== undefined) n += 1;
      await objects.write(keyOf(n), value);
    };
    try {
      if (typeof value === 'string') {
        let n = 1;
        while (texts.getItem(keyOf(n)) !== null) n += 1;
        try {
          texts.setItem(keyOf(n), value);
        } catch {
          // No room for two copies: the object store has room.
          await keepObject();
        }
      } else await keepObject();
      texts.removeItem(SESSION_KEY);
    } catch (error) {
      blocked = storageProblem(error);
    }
  }

  async function loadLarge(): Promise<Result<Session | null>> {
    const value = await objects.read(SESSION_KEY);
    const { readStoredSession } = await import('./stored-session.ts');
    const stored = readStoredSession(value);
    if (!stored) {
      if (value !== undefined) await keepDamaged(value);
      return fail({
        code: 'storage-failed',
        got: value === undefined ? 'the stored session is gone' : 'the stored session is damaged',
      });
    }
    const journal = readJournal(texts.getItem(JOURNAL_KEY) ?? '');
    const noted = journal?.entries ?? [];
    const { session } = stored;
    const { dataset } = session.study;
    // The journal goes on where it stands: until the next acknowledged write its edits are nowhere else.
    entries = noted.filter(
      ({ sequence, user, item }) =>
        journal?.lineage === stored.lineage &&
        sequence > stored.through &&
        user < dataset.users.length &&
        item < dataset.items.length,
    );
    large = true;
    lineage = stored.lineage;
    lastLineage = Math.max(stored.lineage, journal?.lineage ?? 0);
    sequence = noted.reduce((last, entry) => Math.max(last, entry.sequence), stored.through);
    keysOf = dataset;
    if (entries.length === 0) return ok(session);
    // The state stands where the stored ratings were: what came after them is an edit of the run, and made as one.
    return ok({ ...session, edited: { ...dataset, ratings: replay(dataset.ratings, entries) } });
  }

  return {
    async load() {
      try {
        const text = texts.getItem(SESSION_KEY);
        if (text === null) return ok(null);
        if (text === LARGE_MARKER) return await loadLarge();
        const { readSession } = await import('./read-session.ts');
        const session = readSession(text);
        if (!session.ok) await keepDamaged(text);
        return session;
      } catch (error) {
        return fail(storageProblem(error));
      }
    },

    save(session) {
      if (blocked) return blocked;
      follow(session.study.dataset);
      if (session.study.dataset.ratings.user.length <= SMALL_RATINGS && numbersIn(session) <= SMALL_NUMBERS) {
        const text = writeSession(session);
        if (text.length <= SMALL_CHARACTERS) return saveText(text);
      }
      large = true;
      waiting = { version: 1, lineage, through: sequence, session };
      writing ??= writeObjects().finally(() => {
        writing = null;
      });
      return null;
    },

    journal(before, after) {
      if (blocked) return blocked;
      const isNew = keysOf?.userKeys !== before.userKeys || keysOf.itemKeys !== before.itemKeys;
      follow(after);
      if (
        !large ||
        isNew ||
        before.ratings === after.ratings ||
        before.userKeys !== after.userKeys ||
        before.itemKeys !== after.itemKeys
      )
        return null;
      const changes = changedCells(before.ratings, after.ratings, JOURNAL_LIMIT);
      if (changes === null || entries.length + changes.length > JOURNAL_LIMIT || changes.length === 0) return null;
      const added = changes.map((change) => {
        sequence += 1;
        return { ...change, sequence };
      });
      entries = [...entries, ...added];
      return writeJournal();
    },

    async settled() {
      while (writing) await writing;
    },
  };
}
