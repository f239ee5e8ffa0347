import type { FieldDefinition } from '../definition/field-definition.js';
import { literal } from '../definition/sql.js';
import type { StatementRunner } from '../database/statement-runner.js';
import type { ParsedRecord } from './record-parser.js';

/** SQL expression that gives the sequence of an identity column. */
export const sequenceOf = (table: string, column: string): string =>
  `pg_get_serial_sequence(${literal(table)}, ${literal(column)})`;

/** Statement that lets a sequence go on after its first parameter, unless it is beyond that already. */
export const advanceSequence = (sequence: string): string =>
  `SELECT setval(${sequence}, $1::bigint) WHERE $1::bigint > (SELECT coalesce(pg_sequence_last_value(${sequence}::regclass), 0))`;

/** The fields of a model whose values the database counts up. */
export class IdentityColumns {
  constructor(
    private readonly fields: readonly FieldDefinition[],
    private readonly table: string,
  ) {}

  /** Whether the sequence must learn of a value that a record brings along. */
  areGivenIn({ columns }: ParsedRecord): boolean {
    return this.fields.some(({ id }) => columns.has(id));
  }

  /**
   * Keeps the sequences from handing out what these records give. Before the records are written, because the same
   * statement may count for others; nobody else may add records meanwhile.
   */
  async advance(runner: StatementRunner, records: readonly ParsedRecord[]): Promise<void> {
    for (const { id, physicalName } of this.fields) {
      const given = records.flatMap(({ columns }) => (columns.has(id) ? [BigInt(String(columns.get(id)))] : []));
      if (given.length === 0) continue;
      const greatest = given.reduce((most, value) => (value > most ? value : most));
      await runner.rows(advanceSequence(sequenceOf(this.table, physicalName)), [greatest.toString()]);
    }
  }
}
