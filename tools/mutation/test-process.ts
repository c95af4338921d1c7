import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVitest, type TestModule, type TestSpecification, type Vitest } from 'vitest/node';
import { HITS_FOLDER, processorMs } from './hits.ts';

/** Change one file, run tests, and put the file back. */
export interface Job {
  readonly path: string;
  readonly mutated: string;
  readonly original: string;
  /** In the order to run them. */
  readonly tests: readonly {
    readonly path: string;
    /** Processor time after which the file is taken to loop; it does not depend on what else the machine does. */
    readonly patienceMs: number;
  }[];
}

export interface Ran {
  readonly type: 'ran';
  /** Title of the first test that failed; absent when all passed. */
  readonly failed?: string;
}

/** A test file used up its patience; the process is of no use any more. */
export interface Looped {
  readonly type: 'looped';
}

/** The process could not do its job, which says nothing about the mutant. */
export interface Broken {
  readonly type: 'broken';
  readonly reason: string;
}

/** What the process says; its start is a job without tests. */
export type Message = Ran | Looped | Broken;

const CLOCK_MS = 200;

/** A process of its own that keeps Vitest and the transformed sources between runs; its parent ends it when a test does not end. */
async function main(folder: string): Promise<void> {
  const isFirstRun = process.env[HITS_FOLDER] !== undefined;
  const order: string[] = [];
  const watch = new Watch();
  const ended: TestModule[] = [];
  class AsGiven {
    shard(files: TestSpecification[]): TestSpecification[] {
      return files;
    }
    sort(files: TestSpecification[]): TestSpecification[] {
      return files.toSorted((a, b) => order.indexOf(a.moduleId) - order.indexOf(b.moduleId));
    }
  }
  const vitest = await createVitest('test', {
    config: false,
    root: folder,
    include: ['packages/*/src/**/*.test.ts'],
    reporters: [
      {
        onTestModuleEnd: (module) => {
          watch.next();
          ended.push(module);
        },
      },
    ],
    watch: false,
    pool: 'threads',
    // What a file has loaded serves the next one; the first run must know which file loads what.
    isolate: isFirstRun,
    maxWorkers: 1,
    bail: isFirstRun ? 0 : 1,
    testTimeout: 600_000,
    sequence: { sequencer: AsGiven as never },
    setupFiles: isFirstRun ? [join(import.meta.dirname, 'note-hits.ts')] : [],
  });
  process.on('message', (job: Job) => {
    void run(vitest, job).then(tell, (error: unknown) => tell({ type: 'broken', reason: String(error) }));
  });
  tell({ type: 'ran' });

  async function run(runner: Vitest, { path, mutated, original, tests }: Job): Promise<Ran> {
    const file = join(folder, path);
    order.splice(0, order.length, ...tests.map((test) => join(folder, test.path)));
    watch.begin(tests.map(({ patienceMs }) => patienceMs));
    writeFileSync(file, mutated);
    runner.invalidateFile(file);
    try {
      const project = runner.getRootProject();
      ended.length = 0;
      const { unhandledErrors } = await runner.runTestSpecifications(
        order.map((test) => project.createSpecification(test)),
      );
      // Vitest's own answer holds the files of earlier jobs as well.
      const failed = firstFailure(ended) ?? (unhandledErrors.length > 0 ? 'an error outside the tests' : undefined);
      if (failed !== undefined) return { type: 'ran', failed };
      const passed = new Set(ended.filter((module) => module.state() === 'passed').map(({ moduleId }) => moduleId));
      const missing = order.filter((test) => !passed.has(test));
      if (missing.length > 0) throw new Error(`neither passed nor failed: ${missing.join(', ')}`);
      return { type: 'ran' };
    } finally {
      watch.end();
      writeFileSync(file, original);
      runner.invalidateFile(file);
    }
  }
}

/** Looks at the processor time from the thread that the tests do not run in. */
class Watch {
  #patienceMs: readonly number[] = [];
  #ended = 0;
  #beganMs = 0;
  #timer: NodeJS.Timeout | undefined;

  begin(patienceMs: readonly number[]): void {
    this.#patienceMs = patienceMs;
    this.#ended = 0;
    this.#beganMs = processorMs();
    this.#timer = setInterval(() => this.#look(), CLOCK_MS);
  }

  next(): void {
    this.#ended++;
    this.#beganMs = processorMs();
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const patienceMs = this.#patienceMs[this.#ended];
    if (patienceMs === undefined || processorMs() - this.#beganMs < patienceMs) return;
    this.end();
    tell({ type: 'looped' });
  }
}

const tell = (message: Message): void => void process.send?.(message);

function firstFailure(modules: readonly TestModule[]): string | undefined {
  for (const module of modules) {
    for (const test of module.children.allTests('failed')) return `${module.relativeModuleId} > ${test.fullName}`;
    if (module.state() === 'failed') return `${module.relativeModuleId} cannot be loaded`;
  }
  return undefined;
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new RangeError('node tools/mutation/test-process.ts FOLDER');
await main(folder);
