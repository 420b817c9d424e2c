import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { filesUnder, parse, ROOT, rooms, walk } from './source.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(read('package.json')) as Manifest;

describe('the house is in order', () => {
  test('every room has a README that says why', () => {
    expect(rooms().filter((room) => !existsSync(join(ROOT, 'src', room, 'README.md')))).toEqual([]);
    expect(rooms().filter((room) => !/\bWhy\b/.test(read(`src/${room}/README.md`)))).toEqual([]);
  });

  test('the map names every room', () => {
    const map = read('src/README.md');
    expect(rooms().filter((room) => !map.includes(`\`${room}/\``))).toEqual([]);
  });

  test('every file that a README names is there', () => {
    const gone = ['README.md', ...filesUnder('src', ['.md'])].flatMap((page) => {
      const folder = page.slice(0, page.lastIndexOf('/') + 1);
      const links = [...read(page).matchAll(/\]\(([^)#:\s]+)\)/g)].map(([, link]) => join(folder, link ?? ''));
      const named = [...read(page).matchAll(/`((?:[\w-]+\/)+[\w.-]*)`/g)].map(([, path]) => path ?? '');
      const found = (path: string) => ['', 'src', 'test', folder].some((from) => existsSync(join(ROOT, from, path)));
      return [...links, ...named].filter((path) => !found(path)).map((path) => `${page}: ${path}`);
    });
    expect(gone).toEqual([]);
  });

  test('every package has its reason in the map', () => {
    const rows = read('src/README.md')
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .filter((cells) => cells.length === 4 && (cells[2]?.length ?? 0) >= 5);
    const reasoned = new Set(rows.flatMap((cells) => cells[1]?.split(', ') ?? []));
    const all = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
    expect(all.filter((name) => !reasoned.has(name))).toEqual([]);
  });

  test('every package that ships is imported', () => {
    const text = filesUnder('src', ['.ts', '.tsx', '.css']).map(read).join('\n');
    const idle = Object.keys(manifest.dependencies).filter((name) => !new RegExp(`['"]${name}['"/]`).test(text));
    expect(idle).toEqual([]);
  });

  test('versions are exact', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test('every package that a locked package may bring is locked, or npm refuses the lockfile', () => {
    interface Locked {
      readonly version?: string;
      readonly optionalDependencies?: Readonly<Record<string, string>>;
    }
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
    const found = (from: string, name: string): boolean => {
      if (packages[`${from ? `${from}/` : ''}node_modules/${name}`]) return true;
      return from !== '' && found(from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name);
    };
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {})
        .filter((name) => !found(path, name))
        .map((name) => `${path} needs ${name}`),
    );
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });

  test('the top level holds what it must and nothing more', () => {
    const expected = [
      'LICENSE',
      'README.md',
      'biome.json',
      'index.html',
      'package-lock.json',
      'package.json',
      'public',
      'src',
      'test',
      'tsconfig.json',
      'vite.config.ts',
    ];
    const made = ['dist', 'node_modules', 'test-results'];
    const found = readdirSync(ROOT).filter((name) => !made.includes(name) && !name.startsWith('.'));
    expect(found.sort()).toEqual(expected);
  });

  test('no test is skipped, none runs alone', () => {
    // Only what holds such a word at all is worth parsing.
    const files = filesUnder('test', ['.ts', '.tsx']).filter((file) =>
      /\.(?:skip|only|todo|fixme|skipIf|runIf)\b/.test(read(file)),
    );
    const skipped: string[] = [];
    for (const file of files) {
      walk(parse(file), (node) => {
        if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return;
        const called = `${node.expression.text}.${node.name.text}`;
        if (/^(?:test|it|describe)\.(?:skip|only|todo|fixme|skipIf|runIf)$/.test(called))
          skipped.push(`${file}: ${called}`);
      });
    }
    expect(skipped).toEqual([]);
  });
});
