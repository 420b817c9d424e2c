import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { beforeAll, describe, expect, test } from 'vitest';
import { filesUnder, ROOT, rooms } from './source.ts';

/**
 * Who may import whom: rooms of src/ (or single files of them), and packages. `types` may be imported as types only;
 * of `started`, only the address of the worker that begins there (`?worker&url`): nothing of it runs on the page.
 * The map with its reasons is src/README.md.
 */
interface Rule {
  readonly rooms: readonly string[];
  readonly types?: readonly string[];
  readonly started?: readonly string[];
  readonly packages: readonly string[];
}

const RULES: Record<string, Rule> = {
  core: { rooms: [], packages: [] },
  engines: { rooms: ['core'], packages: [] },
  worker: { rooms: ['core', 'engines'], packages: [] },
  lessons: { rooms: ['core', 'strings'], packages: [] },
  strings: { rooms: ['core'], packages: [] },
  theme: { rooms: [], packages: ['d3'] },
  io: { rooms: ['core', 'lessons', 'strings'], packages: ['papaparse', 'idb-keyval', 'valibot'] },
  store: {
    rooms: ['core', 'lessons', 'strings'],
    types: ['worker/protocol.ts', 'worker/task-protocol.ts'],
    packages: ['zustand'],
  },
  charts: { rooms: ['core', 'theme', 'strings'], packages: ['d3'] },
  views: {
    rooms: ['core', 'lessons', 'store', 'charts', 'theme', 'strings'],
    packages: ['react', 'react-dom', 'radix-ui', 'zustand'],
  },
  app: {
    rooms: [
      'core',
      'io',
      'store',
      'charts',
      'views',
      'lessons',
      'theme',
      'strings',
      'worker/client.ts',
      'worker/pool.ts',
      'worker/protocol.ts',
    ],
    started: ['worker/entry.ts', 'worker/task-entry.ts'],
    packages: ['react', 'react-dom', 'zustand', '@fontsource-variable/inter', '@fontsource/stix-two-text'],
  },
};

interface Import {
  readonly from: string;
  readonly to: string;
  /** As it is written: "../worker/entry.ts?worker&url". */
  readonly written: string;
  readonly kinds: readonly string[];
  readonly found: boolean;
  readonly circular: boolean;
}

let modules: string[] = [];
let imports: Import[] = [];

beforeAll(async () => {
  const { output } = await cruise(['src'], {
    baseDir: ROOT,
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    validate: true,
    ruleSet: { forbidden: [{ name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } }] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'module', 'browser', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.css', '.js', '.mjs', '.json', '.d.ts'],
    },
  });
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text');
  const result: ICruiseResult = output;
  modules = result.modules.map((module) => module.source).filter((source) => source.startsWith('src/'));
  imports = result.modules
    .filter((module) => module.source.startsWith('src/'))
    .flatMap((module) =>
      module.dependencies.map((dependency) => ({
        from: module.source,
        to: dependency.couldNotResolve ? dependency.module : dependency.resolved,
        written: dependency.module,
        kinds: dependency.dependencyTypes,
        found: !dependency.couldNotResolve,
        circular: dependency.circular,
      })),
    );
}, 60_000);

/** "src/core/model.ts" → "core"; what stands at the top of src/ has no room. */
const roomOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1];

/** "node_modules/@scope/name/file.js" → "@scope/name". */
const packageOf = (path: string) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];

/** Why this import breaks its room's rule, or null. */
function complaint({ from, to, written, kinds, found }: Import): string | null {
  if (!found) return 'is nowhere';
  const room = roomOf(from);
  const rule = room === undefined ? undefined : RULES[room];
  if (room === undefined || !rule) return 'comes from a room without a rule';
  const package_ = packageOf(to);
  if (package_ !== undefined) {
    if (kinds.includes('npm-dev')) return 'is a dev dependency';
    return rule.packages.includes(package_) ? null : `is a package that ${room} does not use`;
  }
  if (!to.startsWith('src/')) return 'lies outside src';
  const inside = to.slice('src/'.length);
  const target = roomOf(to);
  if (target === room || rule.rooms.some((allowed) => allowed === target || allowed === inside)) return null;
  if (rule.types?.includes(inside)) return kinds.includes('type-only') ? null : 'may be imported as a type only';
  if (rule.started?.includes(inside))
    return written.endsWith('?worker&url') ? null : 'may be started as a worker (?worker&url), not imported';
  return `is not for ${room}`;
}

describe('who imports whom', () => {
  test('every source file was read', () => {
    const files = filesUnder('src', ['.ts', '.tsx']);
    expect(files.length).toBeGreaterThan(30);
    expect(modules.filter((module) => /\.tsx?$/.test(module)).sort()).toEqual(files);
    expect(imports.length).toBeGreaterThan(files.length);
  });

  test('every room has a rule', () => {
    expect(rooms().filter((room) => !(room in RULES))).toEqual([]);
  });

  test('the rooms keep to the rule', () => {
    const broken = imports.flatMap((one) => {
      const why = complaint(one);
      return why === null ? [] : [`${one.from} → ${one.to}: ${why}`];
    });
    expect(broken).toEqual([]);
  });

  test('nothing goes in circles', () => {
    expect(imports.filter((one) => one.circular).map((one) => `${one.from} → ${one.to}`)).toEqual([]);
  });

  test('the rule itself bites', () => {
    const local = { kinds: ['local', 'import'], found: true, circular: false, written: './b.ts' };
    const entry = { ...local, to: 'src/worker/entry.ts', written: '../worker/entry.ts?worker&url' };
    expect(complaint({ ...local, from: 'src/core/a.ts', to: 'src/engines/b.ts' })).toBe('is not for core');
    expect(complaint({ ...local, from: 'src/views/a.tsx', to: 'src/app/main.tsx' })).toBe('is not for views');
    expect(complaint({ ...local, from: 'src/app/main.tsx', to: 'src/worker/session.ts' })).toBe('is not for app');
    expect(complaint({ ...entry, from: 'src/app/main.tsx' })).toBeNull();
    expect(complaint({ ...entry, from: 'src/app/main.tsx', written: '../worker/entry.ts' })).toBe(
      'may be started as a worker (?worker&url), not imported',
    );
    expect(complaint({ ...entry, from: 'src/app/main.tsx', to: 'src/worker/session.ts' })).toBe('is not for app');
    expect(complaint({ ...entry, from: 'src/store/a.ts' })).toBe('is not for store');
    expect(complaint({ ...local, from: 'src/store/a.ts', to: 'src/worker/protocol.ts' })).toBe(
      'may be imported as a type only',
    );
    expect(complaint({ ...local, from: 'src/io/a.ts', to: 'test/fixtures/a.json' })).toBe('lies outside src');
    expect(complaint({ ...local, from: 'src/io/a.ts', to: 'node_modules/d3/src/index.js', kinds: ['npm'] })).toBe(
      'is a package that io does not use',
    );
    expect(
      complaint({ ...local, from: 'src/io/a.ts', to: 'node_modules/fast-check/lib/a.js', kinds: ['npm-dev'] }),
    ).toBe('is a dev dependency');
    expect(complaint({ ...local, from: 'src/charts/a.ts', to: 'src/theme/ramps.ts' })).toBeNull();
  });
});
