import type { ModuleMetadata, Type } from '@nestjs/common';
import type { AccessPolicy } from './access/access-policy.js';
import type { FieldType } from './field-types/field-type.js';

/** A `Registry` of prom-client, as far as Dynamo needs to know it: who has no metrics has no prom-client. */
export interface MetricsRegistry {
  readonly contentType: string;
  /** The text that Prometheus reads. */
  metrics(): Promise<string>;
  registerMetric(metric: never): void;
}

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
   * Streaming replicas that records are read from: those of a data source with `replication` (true), or those at these
   * addresses, which may be away when the application starts. Default false: from the primary. A record may then be read
   * as it was a moment ago, but not by programs of the process that has changed it, nor by requests that send along the
   * `X-Write-Position` of the change. Definitions are always read from the primary.
   */
  readonly readFromReplicas?: boolean | readonly string[];
  /**
   * How late a replica may be, in milliseconds. Default 10,000. One that lacks what was written that long ago is not read
   * from until it has caught up. Less than 2,000 makes little sense, as replicas are asked once a second.
   */
  readonly replicaMaxLag?: number;
  /**
   * How long reading records may take, in milliseconds. Default 30,000. What takes longer is ended in the database, and
   * answered with 400 `query_timeout`. 0: as long as it takes.
   */
  readonly readTimeout?: number;
  /**
   * Tables with at least so many rows are changed in the background where a change has to read or write all of them, so
   * that nobody has to wait for it. Default 100,000. Saving `MetaField` rows in a transaction of the application's own
   * changes them in that transaction.
   */
  readonly backgroundFrom?: number;
  /**
   * How long the answer to a write of records that came with an `Idempotency-Key` is kept for whoever sends it again, in
   * milliseconds. Default 86,400,000: a day. 0 refuses such writes.
   */
  readonly idempotencyKeyLifetime?: number;
  /** How long a change waits for another change, or for traffic on its tables, in milliseconds. Default 20,000. */
  readonly schemaLockTimeout?: number;
  /**
   * How often this process looks for changes of others, in milliseconds. Default 3,000. They are announced, too, and then
   * adopted at once; this is how late a change can be where no announcement arrives.
   */
  readonly schemaPollInterval?: number;
  /**
   * Address of the database for the connections that announcements arrive on. Default: the data source's. Where that
   * leads to a connection pooler (as PgBouncer in transaction mode), give one that leads to the database itself.
   */
  readonly listenUrl?: string | undefined;
  /**
   * Where Dynamo's metrics are registered: a `Registry` of prom-client, which the application serves. Default: nothing is
   * measured. Each application needs one of its own.
   */
  readonly metrics?: MetricsRegistry | undefined;
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

/** Those that may stay open. */
type OpenOption = 'allowedFieldTypes' | 'listenUrl' | 'metrics';

export type ResolvedDynamoOptions = Required<Omit<DynamoOptions, OpenOption>> & Pick<DynamoOptions, OpenOption>;

/** A day, in milliseconds. */
export const IDEMPOTENCY_KEY_LIFETIME = 86_400_000;

export const resolveOptions = (options: DynamoOptions): ResolvedDynamoOptions => ({
  deleteColumns: true,
  deleteTables: true,
  defaultApp: 'dynamo',
  defaultAdmin: true,
  fieldTypes: [],
  schema: 'dynamo',
  readableEntities: [],
  readFromReplicas: false,
  replicaMaxLag: 10_000,
  readTimeout: 30_000,
  backgroundFrom: 100_000,
  idempotencyKeyLifetime: IDEMPOTENCY_KEY_LIFETIME,
  schemaLockTimeout: 20_000,
  schemaPollInterval: 3000,
  ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
});
