import { SqlHistoryQueries } from '@openvenue/views';
import type { OpenedDatabase } from './open-database.ts';
import type { Question } from './questions.ts';

export interface Measured extends Pick<Question, 'group' | 'name'> {
  readonly p50Ms: number;
  readonly worstMs: number;
  /** Tables that some statement reads from end to end. */
  readonly scanned: readonly string[];
  /** Each statement with its plan. */
  readonly plans: readonly string[];
}

/** Tables of one row. */
const SINGLE_ROW = new Set(['projection_position']);

/** How often the runs of a slow question are begun anew: other programs on the machine are not to be measured. */
const ROUNDS = 4;

interface Effort {
  /** Times that a question is asked in a round. */
  readonly runs: number;
  /** A question that once took longer, in ms, is slow. */
  readonly limitMs: number;
}

/**
 * Asks once to warm up, then several times against the clock, from the call to the records; then has each statement explained. Of a slow
 * question the quietest round counts.
 */
export async function measure(
  opened: OpenedDatabase,
  question: Question,
  { runs, limitMs }: Effort,
): Promise<Measured> {
  const queries = new SqlHistoryQueries(opened.database);
  const statements = await opened.record(() => question.ask(queries));
  let times: readonly number[] = [];
  for (let round = 0; round < ROUNDS && (worstOf(times) > limitMs || round === 0); round++) {
    const taken: number[] = [];
    for (let run = 0; run < runs; run++) {
      const startMs = performance.now();
      await question.ask(queries);
      taken.push(performance.now() - startMs);
    }
    if (round === 0 || worstOf(taken) < worstOf(times)) times = taken.sort((a, b) => a - b);
  }
  const plans: string[] = [];
  const scanned: string[] = [];
  for (const { sql, parameters } of statements) {
    const { rows } = await opened.pool.query<{ 'QUERY PLAN': string }>(`explain (analyze, buffers) ${sql}`, [
      ...parameters,
    ]);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    plans.push(
      `${sql}\n-- ${JSON.stringify(parameters, (_, value) => (typeof value === 'bigint' ? String(value) : value)).slice(0, 500)}\n${plan}`,
    );
    for (const [, table = ''] of plan.matchAll(/Seq Scan on (\w+)/g)) if (!SINGLE_ROW.has(table)) scanned.push(table);
  }
  return {
    group: question.group,
    name: question.name,
    p50Ms: times[Math.floor(times.length / 2)] ?? 0,
    worstMs: worstOf(times),
    scanned,
    plans,
  };
}

const worstOf = (times: readonly number[]): number => Math.max(0, ...times);
