import { EXACT_PARSERS, type HistoryDatabase } from '@openvenue/views';
import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';

/** A statement as it went to the database. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export interface OpenedDatabase {
  readonly database: Kysely<HistoryDatabase>;
  /** One session for what the history's own queries are not needed for. */
  readonly pool: Pool;
  /** Takes down the statements that `work` sends. */
  record(work: () => Promise<unknown>): Promise<readonly Statement[]>;
  close(): Promise<void>;
}

const PARSERS: Readonly<Record<number, (text: string) => unknown>> = EXACT_PARSERS;

/** A PostgreSQL server under the history's own tables and queries. The types of values are those that PGlite gives. */
export function openPostgres(connectionString: string): OpenedDatabase {
  const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
    PARSERS[oid] ?? types.getTypeParser(oid, format as 'text');
  const pool = new Pool({ connectionString, max: 1, types: { getTypeParser } });
  let recorded: Statement[] | undefined;
  const database = new Kysely<HistoryDatabase>({
    dialect: new PostgresDialect({ pool }),
    log: ({ level, query }) => {
      if (level === 'query' && /^\s*select/.test(query.sql)) recorded?.push(query);
    },
  });
  return {
    database,
    pool,
    record: async (work) => {
      const statements: Statement[] = [];
      recorded = statements;
      try {
        await work();
      } finally {
        recorded = undefined;
      }
      return statements;
    },
    close: () => database.destroy(),
  };
}
