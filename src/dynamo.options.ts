import type { ModuleMetadata, Type } from '@nestjs/common';
import type { AccessPolicy } from './access/access-policy.js';
import type { FieldType } from './field-types/field-type.js';

/**
 * How Dynamo behaves in an application. Everything has a default.
 *
 * @example DynamoModule.forRoot({ defaultApp: 'shop', deleteColumns: false, allowedFieldTypes: ['char', 'integer'] });
 */
export interface DynamoOptions {
  /**
   * What happens to the column (or join table) of a deleted field. Default true: it is dropped with its values.
   * False: it stays in the table, optional and out of use.
   */
  readonly deleteColumns?: boolean;
  /** What happens to the table of a deleted model. Default true: it is dropped with its rows. False: it stays, without foreign keys. */
  readonly deleteTables?: boolean;
  /** App of models that name none, and so the beginning of their table's name. Default `dynamo`. */
  readonly defaultApp?: string;
  /** Whether models that say nothing about it get an API and an admin page. Default true. */
  readonly defaultAdmin?: boolean;
  /** The application's own field types, beside Dynamo's. Default none. */
  readonly fieldTypes?: readonly FieldType[];
  /** Names of the field types that fields may be saved with. Default all. Stored fields of other types go on working. */
  readonly allowedFieldTypes?: readonly string[];
  /** PostgreSQL schema of Dynamo's own tables. Default `dynamo`. The tables of models live in the data source's schema. */
  readonly schema?: string;
  /**
   * Names of the application's own entities whose records can be read over relations of models: included, filtered and
   * sorted by. Default none, so that such relations show ids. Columns with `select: false` are never read, and the
   * access policy is asked for `view` and the entity's name.
   */
  readonly readableEntities?: readonly string[];
  /**
   * Whether records are read from the replicas of a data source with `replication`. Default false: from the primary. With
   * true a record may be read as it was a moment ago, also by whoever has just changed it. Definitions never are.
   */
  readonly readFromReplicas?: boolean;
  /**
   * How long reading records may take, in milliseconds. Default 30,000. What takes longer is ended in the database, and
   * answered with 400 `query_timeout`. 0: as long as it takes.
   */
  readonly readTimeout?: number;
  /** How long a change waits for another change, or for traffic on its tables, in milliseconds. Default 20,000. */
  readonly schemaLockTimeout?: number;
  /**
   * How often this process looks for changes of others, in milliseconds. Default 3,000. They are announced, too, and then
   * adopted at once; this is how late a change can be where no announcement arrives.
   */
  readonly schemaPollInterval?: number;
  /**
   * Address of the database for the one connection that announcements arrive on. Default: the data source's. Where that
   * leads to a connection pooler (as PgBouncer in transaction mode), give one that leads to the database itself.
   */
  readonly listenUrl?: string | undefined;
}

/**
 * What has to be known before the options are, so it is given to `forRoot` or `forRootAsync` directly.
 *
 * @example DynamoModule.forRoot({ dataSource: 'shop', routePrefix: 'records', access: OpenAccess });
 */
export interface DynamoModuleExtras {
  /** Name of the data source to use. Default: the application's only, or unnamed, one. */
  readonly dataSource?: string;
  /**
   * Who may do what over HTTP: an injectable class, or an object. Default: nobody may do anything. Give `OpenAccess` to
   * let everybody do everything, where guards of the application decide or nobody else gets in. Programs that use
   * `DynamoModels` and repositories are not asked.
   */
  readonly access?: Type<AccessPolicy> | AccessPolicy;
  /** Modules whose providers an `access` class injects. Default none. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  /** Where the API is mounted. Default `api`, so records are at `/api/:app/:model`. */
  readonly routePrefix?: string;
  /**
   * Where the admin is served. Default `admin`, so it is at `/admin/`. False: nowhere. Whoever gets there sees no more
   * than the API shows them.
   */
  readonly adminPath?: string | false;
}

export type ResolvedDynamoOptions = Required<Omit<DynamoOptions, 'allowedFieldTypes' | 'listenUrl'>> &
  Pick<DynamoOptions, 'allowedFieldTypes' | 'listenUrl'>;

export const resolveOptions = (options: DynamoOptions): ResolvedDynamoOptions => ({
  deleteColumns: true,
  deleteTables: true,
  defaultApp: 'dynamo',
  defaultAdmin: true,
  fieldTypes: [],
  schema: 'dynamo',
  readableEntities: [],
  readFromReplicas: false,
  readTimeout: 30_000,
  schemaLockTimeout: 20_000,
  schemaPollInterval: 3000,
  ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
});
