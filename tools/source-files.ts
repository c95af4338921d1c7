import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface SourceFile {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** The TypeScript files that ship with a workspace: tests, benchmarks and test fixtures are left out. */
export function shippedFiles(workspace: string): SourceFile[] {
  return readdirSync(join(ROOT, workspace, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/(\.test|\.bench)\.tsx?$/.test(path) && !/(^|\/)testing\//.test(path))
    .map((path) => join(workspace, 'src', path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

/** Every workspace with sources, such as `packages/core`. */
export function workspaces(): string[] {
  return ['packages', 'apps', 'examples'].flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => join(folder, name)),
  );
}

/** What a file imports or re-exports, statically or not. */
export function importsOf(file: SourceFile): string[] {
  const specifiers = file.text.matchAll(
    /(?:^(?:import|export)\s[^;'"]*?\bfrom\s+|\bimport\s*\(\s*|^import\s+)'([^']+)'/gm,
  );
  return [...specifiers].map((match) => match[1] as string);
}

/** The code alone: comments and the contents of texts are blanked. */
export function codeOf(file: SourceFile): string {
  return file.text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, (match) =>
    match.replace(/[^\n]/g, ' '),
  );
}
