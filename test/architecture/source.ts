import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The folders of src/ that hold code. */
export function rooms(): string[] {
  const folders = filesUnder('src', ['.ts', '.tsx', '.css']).flatMap(
    (file) => file.match(/^src\/([^/]+)\//)?.[1] ?? [],
  );
  return [...new Set(folders)];
}

/** Every file under `folder` whose name ends in one of `endings`: paths from the project's folder, with slashes. */
export function filesUnder(folder: string, endings: readonly string[]): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** A file as TypeScript reads it: comments and strings are no code. */
export function parse(file: string): ts.SourceFile {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true, kind);
}

/** Calls `visit` for every node of the tree. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

/** "src/core/random.ts:12: Math.random" */
export function at(file: ts.SourceFile, node: ts.Node, what: string): string {
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}: ${what}`;
}
