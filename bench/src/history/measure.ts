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

/** Asks once to warm up, then `runs` times against the clock, from the call to the records; then has each statement explained. */
export async function measure(opened: OpenedDatabase, question: Question, runs: number): Promise<Measured> {
  const queries = new SqlHistoryQueries(opened.database);
  const statements = await opened.record(() => question.ask(queries));
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const startMs = performance.now();
    await question.ask(queries);
    times.push(performance.now() - startMs);
  }
  times.sort((a, b) => a - b);
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
    worstMs: times.at(-1) ?? 0,
    scanned,
    plans,
  };
}
