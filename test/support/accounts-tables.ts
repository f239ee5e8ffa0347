import type { TestDatabase } from './database.js';

// The one place that knows how accounts are stored: tests turn clocks by changing the times.
const USERS = 'dynamo."user"';
const SESSIONS = 'dynamo.session';
const KEYS = 'dynamo.api_key';
const SETUP_TOKENS = 'dynamo.setup_token';

/** Append-only, like the journal of changes to models. */
export const AUDIT_TABLE = 'dynamo.audit';
export const JOURNAL_TABLE = 'dynamo.schema_change';
/** Columns that hold hashes, in which secrets may not be looked for. */
export const HASH_COLUMNS = /hash/;
/** Tables of accounts, none of which a host with a policy of its own has. */
export const ACCOUNT_TABLES = /\.(accounts_|api_key|audit|group|permission|session|setup|"?user)/;

/** Lets all sessions be unused since then, in hours. */
export const leaveSessionsIdle = (database: TestDatabase, hours: number): Promise<unknown> =>
  database.query(`UPDATE ${SESSIONS} SET last_seen_at = now() - make_interval(mins => $1)`, [Math.round(hours * 60)]);

/** Lets all sessions have begun earlier, in hours; they are in use until now. */
export const ageSessions = (database: TestDatabase, hours: number): Promise<unknown> =>
  database.query(
    `UPDATE ${SESSIONS} SET last_seen_at = now(),
       expires_at = expires_at - created_at + now() - make_interval(mins => $1),
       created_at = now() - make_interval(mins => $1)`,
    [Math.round(hours * 60)],
  );

/** Lets an API key have expired a second ago. */
export const expireKey = (database: TestDatabase, id: string): Promise<unknown> =>
  database.query(`UPDATE ${KEYS} SET expires_at = now() - interval '1 second' WHERE id::text = $1`, [id]);

/** Lets every set-up link have expired a second ago. */
export const expireSetupTokens = (database: TestDatabase): Promise<unknown> =>
  database.query(`UPDATE ${SETUP_TOKENS} SET expires_at = now() - interval '1 second'`);

/** What is stored of sessions, as text. */
export const storedSessions = async (database: TestDatabase): Promise<string> => {
  const rows = await database.query(`SELECT to_jsonb(session)::text AS row FROM ${SESSIONS} session`);
  return JSON.stringify(rows);
};

/** How many sessions have been used within the last hour. */
export const busySessions = async (database: TestDatabase): Promise<number> => {
  const rows = await database.query(`SELECT 1 FROM ${SESSIONS} WHERE last_seen_at > now() - interval '1 hour'`);
  return rows.length;
};

/** Tables and columns that change when somebody only asks. */
const RESTLESS_TABLES = /\.(session|audit)$|throttle|limit|attempt/;
const RESTLESS_COLUMNS = ['last_used_at', 'last_login_at', 'last_seen_at'];

/** Every row of every table, except for what changes when somebody only asks. */
export const everyRow = async (database: TestDatabase): Promise<Record<string, readonly string[]>> => {
  const rows: Record<string, readonly string[]> = {};
  for (const table of await tableNames(database)) {
    if (RESTLESS_TABLES.test(table)) continue;
    const found = await database.query<{ row: string }>(
      `SELECT (to_jsonb(t) - $1::text[])::text AS row FROM ${table} t ORDER BY 1`,
      [RESTLESS_COLUMNS],
    );
    rows[table] = found.map(({ row }) => row);
  }
  return rows;
};

/** All tables but PostgreSQL's own, with their schema. */
export const tableNames = async (database: TestDatabase): Promise<readonly string[]> => {
  const rows = await database.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname NOT LIKE 'pg^_%' ESCAPE '^' AND schemaname <> 'information_schema' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};

/** What is stored of passwords. */
export const passwordHashes = async (database: TestDatabase): Promise<readonly string[]> => {
  const rows = await database.query<{ hash: string }>(
    `SELECT password_hash AS hash FROM ${USERS} WHERE password_hash IS NOT NULL`,
  );
  return rows.map(({ hash }) => hash);
};
