import { createWriteStream } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { keepLeaderSums, migrateHistory, SqlHistoryQueries } from '@openvenue/views';
import { print } from '../figures.ts';
import { fillDatabase } from './fill-database.ts';
import { type Measured, measure } from './measure.ts';
import { openPostgres } from './open-database.ts';
import { questionsFor } from './questions.ts';
import { END_MS } from './sample.ts';
import { tableOf } from './table.ts';

/** The longest that any question may take, in ms. */
const LIMIT_MS = 50;

const { values } = parseArgs({
  options: {
    database: { type: 'string' },
    rows: { type: 'string', default: '10000000' },
    plans: { type: 'string', default: 'history-plans.txt' },
    /** Asks a database that was filled before. */
    filled: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    /** Asks each n-th question only, for a first look. */
    every: { type: 'string', default: '1' },
    /** Asks only those of groups with this in their name. */
    only: { type: 'string', default: '' },
  },
});
const rows = Number(values.rows);
const runs = Number(values.runs);
if (
  values.database === undefined ||
  !Number.isSafeInteger(rows) ||
  rows < 10_000 ||
  !Number.isSafeInteger(runs) ||
  runs < 1
) {
  print(
    'usage: npm run bench:history -- --database postgres://user@host:port/empty-database [--rows 10000000] [--plans FILE] [--filled] [--runs 5] [--every 1] [--only GROUP]',
  );
  process.exit(2);
}

const opened = openPostgres(values.database);
try {
  if (!values.filled) {
    await migrateHistory(opened.database);
    const startMs = performance.now();
    await fillDatabase(values.database, { rows }, (done) =>
      print(`${((performance.now() - startMs) / 1_000).toFixed(0)} s: ${done}`),
    );
    await keepLeaderSums(opened.database, { previousMs: 0, timeMs: END_MS - 1 });
    await opened.pool.query('analyze leader_sum');
  }
  const queries = new SqlHistoryQueries(opened.database);
  const all = await questionsFor(queries, { rows });
  const questions = all.filter(({ group }, i) => group.includes(values.only) && i % Number(values.every) === 0);
  const plans = createWriteStream(values.plans);
  const measured: Measured[] = [];
  for (const question of questions) {
    const found = await measure(opened, question, { runs, limitMs: LIMIT_MS });
    measured.push(found);
    plans.write(
      `== ${found.group}: ${found.name}\n   p50 ${found.p50Ms.toFixed(2)} ms, worst ${found.worstMs.toFixed(2)} ms\n`,
    );
    for (const plan of found.plans) plans.write(`${plan}\n\n`);
  }
  plans.end();
  const server = await opened.pool.query<{ version: string }>('select version()');
  print(
    `\n${cpus()[0]?.model.trim()} x ${availableParallelism()}, ${server.rows[0]?.version.split(' on ')[0]}, ${rows} rows, ${questions.length} of ${all.length} questions, load ${loadavg()[0]?.toFixed(1)}\n`,
  );
  for (const line of tableOf(measured)) print(line);
  const slow = measured.filter(({ worstMs }) => worstMs > LIMIT_MS);
  const scanning = measured.filter(({ scanned }) => scanned.length > 0);
  for (const { group, name, worstMs } of slow) print(`SLOW ${worstMs.toFixed(1)} ms: ${group}: ${name}`);
  for (const { group, name, scanned } of scanning) print(`SCAN of ${scanned.join(', ')}: ${group}: ${name}`);
  print(`\n${slow.length} questions over ${LIMIT_MS} ms, ${scanning.length} that read a table from end to end`);
  process.exitCode = slow.length + scanning.length > 0 ? 1 : 0;
} finally {
  await opened.close();
}
