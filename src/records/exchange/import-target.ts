import type { RecordStatements } from '../record-statements.js';
import type { RecordContext, RecordTransaction } from '../record-transaction.js';
import { RecordUpsert, type UpsertPart } from '../record-upsert.js';
import type { UpsertKey } from '../upsert-key.js';
import type { Written } from './import-tally.js';

/** What is done with the records of a file. */
export interface ImportTarget {
  /** @throws InvalidRecordError */
  parse(body: unknown): UpsertPart;
  write(transaction: RecordTransaction, parts: readonly UpsertPart[]): Promise<Written>;
}

/** All records are new. */
const creation = ({ bodies }: RecordContext): ImportTarget => ({
  parse: (body) => ({ record: bodies.parseWhole(body), prefix: '' }),
  write: async (transaction, parts) => {
    const ids = await transaction.create(await transaction.prepareNew(parts.map(({ record }) => record)));
    await transaction.announceCreated(ids);
    return { created: ids.length, updated: 0 };
  },
});

/** Records that exist are changed. */
const upsertion = (upsert: RecordUpsert): ImportTarget => ({
  parse: (body) => upsert.parseOne(body),
  write: async (transaction, parts) => {
    const { created } = await upsert.run(transaction, parts);
    return { created, updated: parts.length - created };
  },
});

/** @param key by what records are found; undefined creates all */
export const importTarget = (
  context: RecordContext,
  statements: RecordStatements,
  key: UpsertKey | undefined,
): ImportTarget => (key === undefined ? creation(context) : upsertion(new RecordUpsert(context, statements, key)));
