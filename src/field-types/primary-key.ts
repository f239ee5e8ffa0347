import { randomUUID } from 'node:crypto';
import type { JsonSchema } from './field-type.js';
import { keyOf, type RecordId, type RecordKey } from './record-key.js';

/** What the ids of a model's own records are: all that depends on its `primaryKey` is here. */
export interface PrimaryKey {
  readonly key: RecordKey;
  /** An id that somebody gives for a new record. */
  readonly givenSchema: JsonSchema;
  /** The database counts the ids up. Where it does not, every new record gets its id from {@link newId}. */
  readonly identity: boolean;
  /** Default of the column, for rows that somebody adds without Dynamo. */
  readonly default: string | null;
  newId?(): RecordId;
  /** SQL expression of the id as the driver gives it without losing its type. */
  returned(column: string): string;
  /**
   * The column as TypeORM knows it. Numbers of PostgreSQL's bigint are numbers here too, as they stay far below 2^53; were
   * the type 'bigint', TypeORM would compare related ids as texts and take every one for new.
   */
  readonly entityColumn: {
    readonly type: NumberConstructor | 'uuid';
    readonly primary: true;
    readonly generated: 'increment' | 'uuid';
  };
}

/** Half of what a JSON number can count exactly, so that the ids that follow a given one are exact too. */
const MAX_GIVEN_ID = 2 ** 52 - 1;
const counted = { type: Number, primary: true, generated: 'increment' } as const;

const bigint = keyOf('bigint');
const integer = keyOf('integer');
const uuid = keyOf('uuid');

const bigAuto: PrimaryKey = {
  key: bigint,
  givenSchema: { ...bigint.jsonSchema, maximum: MAX_GIVEN_ID },
  identity: true,
  default: null,
  returned: (column) => `${column}::float8`,
  entityColumn: counted,
};

const PRIMARY_KEYS: ReadonlyMap<string, PrimaryKey> = new Map([
  ['big_auto', bigAuto],
  [
    'auto',
    {
      key: integer,
      givenSchema: integer.jsonSchema,
      identity: true,
      default: null,
      returned: (column) => column,
      entityColumn: counted,
    },
  ],
  [
    'uuid',
    {
      key: uuid,
      givenSchema: uuid.jsonSchema,
      identity: false,
      default: 'gen_random_uuid()',
      newId: randomUUID,
      returned: (column) => column,
      entityColumn: { type: 'uuid', primary: true, generated: 'uuid' },
    },
  ],
]);

/** What a model's ids are when nobody says. */
export const DEFAULT_PRIMARY_KEY = 'big_auto';
export const PRIMARY_KEY_NAMES: readonly string[] = [...PRIMARY_KEYS.keys()];

/** The primary key with this name; definitions have no others. */
export const primaryKeyOf = (name: string): PrimaryKey => PRIMARY_KEYS.get(name) ?? bigAuto;
