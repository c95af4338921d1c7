import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, shippedFiles } from '../source-files.ts';
import { copySources } from './copy.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { type Mutant, mutantsOf, mutated, sampleOf } from './mutants.ts';
import { PACKAGES } from './packages.ts';
import { Record, type Result } from './record.ts';
import { scoreOf } from './score.ts';
import { parses } from './syntax.ts';
import { TestRunner } from './test-runner.ts';

const USAGE = `npm run mutation -- --package money                       every mutant
npm run mutation -- --package core --sample N [--seed S]   a random sample
  --thorough   ask the slow tests about survivors       --retry    try survivors again, after a change of the tests
  --jobs N     processes, 2 if not given                --report   only say what is known`;

/** Beyond so many times what a test file took when blocks were noted, a mutant is taken to loop. */
const PATIENCE = 2;
const MIN_PATIENCE_MS = 10_000;
const SLOW_TEST_PATIENCE_MS = 300_000;
const PROGRESS_EVERY = 20;

interface Source {
  readonly text: string;
  readonly hash: string;
}

interface Plan {
  readonly packageName: string;
  readonly isThorough: boolean;
  readonly sources: ReadonlyMap<string, Source>;
  readonly record: Record;
  readonly coverage: Coverage;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      package: { type: 'string' },
      sample: { type: 'string' },
      seed: { type: 'string', default: '1' },
      jobs: { type: 'string', default: '2' },
      thorough: { type: 'boolean', default: false },
      retry: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
    },
  });
  const packageName = values.package;
  if (packageName === undefined || !(packageName in PACKAGES)) throw new RangeError(USAGE);
  const files = shippedFiles(join('packages', packageName));
  const all = files.flatMap(mutantsOf);
  const mutants = values.sample === undefined ? all : sampleOf(all, natural(values.sample), natural(values.seed));
  const sources = new Map(files.map(({ path, text }) => [path, { text, hash: hashOf(text) }]));
  const reports = join(ROOT, 'reports', 'mutation');
  const record = new Record(join(reports, `${packageName}.jsonl`));
  const known = (mutant: Mutant): Result | undefined => record.of(mutant.id, sources.get(mutant.path)?.hash as string);
  const isDone = (mutant: Mutant): boolean => {
    const result = known(mutant);
    if (result === undefined) return false;
    const isSurvivor = result.outcome === 'survived' || result.outcome === 'uncovered';
    return !isSurvivor || !(values.retry || (values.thorough && !result.thorough));
  };
  const open = values.report ? [] : mutants.filter((mutant) => !isDone(mutant));
  if (open.length > 0) {
    const coverage = await coverageOf(packageName, join(reports, `${packageName}-coverage.json`));
    const plan = { packageName, isThorough: values.thorough, sources, record, coverage };
    await tryAll(open, plan, natural(values.jobs));
  }
  report(mutants.flatMap((mutant) => known(mutant) ?? []));
}

/** Tries mutants by several processes at once, each with sources of its own. */
async function tryAll(mutants: readonly Mutant[], plan: Plan, jobs: number): Promise<void> {
  let next = 0;
  if (plan.isThorough) await checkSlowTests(plan.packageName);
  await Promise.all(
    Array.from({ length: jobs }, async () => {
      const folder = copySources();
      const runner = new TestRunner(folder);
      try {
        for (let mutant = mutants[next++]; mutant !== undefined; mutant = mutants[next++]) {
          plan.record.add(await tryOne(mutant, plan, runner));
          if (next % PROGRESS_EVERY === 0) print(`${next} of ${mutants.length}`);
        }
      } finally {
        await runner.stop();
        rmSync(folder, { recursive: true });
      }
    }),
  );
}

/** What fails without a mutant would notice every one. The other tests have passed when blocks were noted. */
async function checkSlowTests(packageName: string): Promise<void> {
  const folder = copySources();
  const runner = new TestRunner(folder);
  try {
    const path = join('packages', packageName, 'package.json');
    const text = readFileSync(join(folder, path), 'utf8');
    const tests = (PACKAGES[packageName] ?? []).map(({ test }) => ({ path: test, patienceMs: SLOW_TEST_PATIENCE_MS }));
    const ran = await runner.run({ path, mutated: text, original: text, tests });
    if (typeof ran === 'string' || ran.failed !== undefined)
      throw new Error(`fails without a mutant: ${typeof ran === 'string' ? ran : ran.failed}`);
  } finally {
    await runner.stop();
    rmSync(folder, { recursive: true });
  }
}

async function tryOne(mutant: Mutant, plan: Plan, runner: TestRunner): Promise<Result> {
  const { text: original, hash } = plan.sources.get(mutant.path) as Source;
  const result = { id: mutant.id, source: hash, thorough: plan.isThorough };
  const text = mutated(original, mutant);
  if (!parses(text)) return { ...result, outcome: 'unparsable' };
  const quick = plan.coverage.testsOf(mutant);
  const slow = plan.isThorough
    ? (PACKAGES[plan.packageName] ?? []).filter(({ concerns }) => mutant.path.startsWith(concerns))
    : [];
  const tests = [
    ...quick.map(({ path, tookMs }) => ({ path, patienceMs: MIN_PATIENCE_MS + PATIENCE * tookMs })),
    ...slow.map(({ test }) => ({ path: test, patienceMs: SLOW_TEST_PATIENCE_MS })),
  ];
  if (tests.length === 0) return { ...result, outcome: 'uncovered' };
  const ran = await runner.run({ path: mutant.path, mutated: text, original, tests });
  if (ran === 'looped') return { ...result, outcome: 'timeout' };
  if (ran === 'died') return { ...result, outcome: 'killed', by: 'the process ended' };
  return ran.failed === undefined
    ? { ...result, outcome: 'survived' }
    : { ...result, outcome: 'killed', by: ran.failed };
}

function report(results: readonly Result[]): void {
  const count = (outcome: string): number => results.filter((result) => result.outcome === outcome).length;
  for (const { id, outcome, thorough } of results.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (outcome === 'survived' || outcome === 'uncovered') print(`${outcome}${thorough ? '' : ' (quick)'} ${id}`);
  }
  const { killed, total, score, interval } = scoreOf(results.map(({ outcome }) => outcome));
  const [low, high] = interval.map(percent);
  print(
    `${killed} of ${total} mutants noticed (${count('timeout')} by not ending), ${count('survived')} survived, ${count('uncovered')} not covered`,
  );
  print(`score ${percent(score)}; for a random sample, 95 % confidence from ${low} to ${high}`);
}

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const print = (line: string): void => void process.stdout.write(`${line}\n`);

function natural(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`not a number: ${text}\n${USAGE}`);
  return Number(text);
}

await main();
