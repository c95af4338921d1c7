import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, shippedFiles } from '../source-files.ts';
import { type Block, blockAround, markBlocks } from './blocks.ts';
import { copySources } from './copy.ts';
import { HITS_FOLDER, MAX_BLOCKS } from './hits.ts';
import type { Mutant } from './mutants.ts';
import { PACKAGES } from './packages.ts';
import { TestRunner } from './test-runner.ts';

interface TestFile {
  /** Relative to the root of the repository. */
  readonly path: string;
  /** Processor time that it took when blocks were noted. */
  readonly tookMs: number;
  /** Numbers of the blocks that it runs. */
  readonly blocks: readonly number[];
}

interface Measured {
  readonly blocks: readonly Block[];
  readonly tests: readonly TestFile[];
}

/** A test file that takes longer is stuck. */
const PATIENCE_MS = 900_000;

/** Which test files run which block of a package. */
export class Coverage {
  readonly #blocks: readonly Block[];
  readonly #tests: readonly (Omit<TestFile, 'blocks'> & { readonly blocks: ReadonlySet<number> })[];

  constructor({ blocks, tests }: Measured) {
    this.#blocks = blocks;
    this.#tests = tests.map((test) => ({ ...test, blocks: new Set(test.blocks) })).sort((a, b) => a.tookMs - b.tookMs);
  }

  /** The tests that run the place of a mutant, the quickest first. */
  testsOf({ path, start, end }: Mutant): readonly { readonly path: string; readonly tookMs: number }[] {
    const block = blockAround(this.#blocks, { path, start, end });
    return this.#tests.filter(({ blocks }) => blocks.has(block));
  }
}

/** As found before when neither sources nor tests have changed since, else by running all tests but the slow ones once. */
export async function coverageOf(packageName: string, cache: string): Promise<Coverage> {
  const key = contentsOf(join(ROOT, 'packages', packageName, 'src'));
  if (existsSync(cache)) {
    const known = JSON.parse(readFileSync(cache, 'utf8')) as Measured & { readonly key: string };
    if (known.key === key) return new Coverage(known);
  }
  const measured = await measure(packageName);
  mkdirSync(dirname(cache), { recursive: true });
  writeFileSync(cache, JSON.stringify({ key, ...measured }));
  return new Coverage(measured);
}

async function measure(packageName: string): Promise<Measured> {
  const folder = copySources();
  const hits = join(folder, 'hits');
  const runner = new TestRunner(folder, { [HITS_FOLDER]: hits });
  try {
    const blocks: Block[] = [];
    const files = shippedFiles(join('packages', packageName));
    for (const file of files) {
      const marked = markBlocks(file, blocks.length);
      blocks.push(...marked.blocks);
      writeFileSync(join(folder, file.path), marked.text);
    }
    if (blocks.length > MAX_BLOCKS) throw new RangeError(`${blocks.length} blocks are more than ${MAX_BLOCKS}`);
    const tests = testsOf(packageName).map((path) => ({ path, patienceMs: PATIENCE_MS }));
    const ran = await runner.run({ ...unchanged(folder, packageName), tests });
    if (typeof ran === 'string' || ran.failed !== undefined) {
      throw new Error(`the tests fail without a mutant: ${typeof ran === 'string' ? ran : ran.failed}`);
    }
    return { blocks, tests: readdirSync(hits).map((name) => hitsIn(join(hits, name), folder)) };
  } finally {
    await runner.stop();
    rmSync(folder, { recursive: true });
  }
}

function hitsIn(file: string, folder: string): TestFile {
  const { testPath, ...hits } = JSON.parse(readFileSync(file, 'utf8')) as Omit<TestFile, 'path'> & { testPath: string };
  return { path: testPath.slice(folder.length + 1), ...hits };
}

function unchanged(folder: string, packageName: string): { path: string; mutated: string; original: string } {
  const path = join('packages', packageName, 'package.json');
  const text = readFileSync(join(folder, path), 'utf8');
  return { path, mutated: text, original: text };
}

function testsOf(packageName: string): string[] {
  const slow = new Set((PACKAGES[packageName] ?? []).map(({ test }) => test));
  const folder = join('packages', packageName, 'src');
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .filter((path) => !slow.has(path));
}

function contentsOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.ts')) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex');
}
