/**
 * The table of {@link PostgresThrottlerStorage}, whose rows are worth nothing after a crash. To be created with the
 * tables of accounts.
 *
 * @param schema quoted
 */
export const rateLimitTable = (schema: string): string => `
    CREATE UNLOGGED TABLE ${schema}.rate_limit (
      key_hash bytea PRIMARY KEY,
      hits integer NOT NULL,
      expires_at timestamptz NOT NULL
    );
    CREATE INDEX rate_limit_expires_at ON ${schema}.rate_limit (expires_at);`;
