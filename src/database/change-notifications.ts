import { Client } from 'pg';
import type { DataSource } from 'typeorm';

/** Channel on which every committed change of a definition is announced, with its schema version. */
export const CHANGE_CHANNEL = 'dynamo_schema';

interface PgPool {
  readonly options: ConstructorParameters<typeof Client>[0];
}

/**
 * Calls `onChange` with the schema version of every change that any process commits, until the connection is lost.
 * The connection is none of the pool's: it is kept for good, and a small pool may have none to spare.
 *
 * @returns a function that ends the connection; `onLost` is then not called
 */
export const listenForChanges = async (
  dataSource: DataSource,
  onChange: (version: number) => void,
  onLost: () => void,
): Promise<() => Promise<void>> => {
  const { master } = dataSource.driver as unknown as { readonly master: PgPool };
  const client = new Client(master.options);
  let isWanted = true;
  const lose = () => {
    if (isWanted) onLost();
    isWanted = false;
  };
  client.on('notification', ({ payload }) => onChange(Number(payload)));
  client.on('error', lose);
  client.on('end', lose);
  try {
    await client.connect();
    await client.query(`LISTEN ${CHANGE_CHANNEL}`);
  } catch (error) {
    // Whoever called hears of it by this error alone.
    isWanted = false;
    await client.end().catch(() => undefined);
    throw error;
  }
  return async () => {
    isWanted = false;
    await client.end();
  };
};
