import type { Json } from '../definition/field-definition.js';
import type { RecordId } from '../field-types/record-key.js';
import type { ImportFile } from './exchange/import-file.js';
import type { RecordFile } from './exchange/record-export.js';
import type { ImportReport } from './exchange/record-import.js';
import type { AdminController } from './admin-controller.js';
import type { ShownRecord } from './record-signals.js';

/**
 * A tree of conditions, as in `filter=`.
 *
 * @example const cheap: RecordFilter = { $and: [{ price: { $lt: '10' } }, { stock: { $gt: 0 } }] };
 */
export type RecordFilter = { readonly [name: string]: Json };

/**
 * What a list is asked for: the parameters of the API.
 *
 * @example
 * const query: RecordListQuery = { filter: { stock: { $gt: 0 } }, sortBy: ['price:ASC'], include: ['category'], limit: 20 };
 * const { data, meta } = await models.records('shop.Product').list(query);
 */
export interface RecordListQuery {
  readonly filter?: RecordFilter;
  /** `title:ASC`, or pairs of a field and a direction. */
  readonly sortBy?: readonly (string | readonly [name: string, direction: 'ASC' | 'DESC'])[];
  readonly select?: readonly string[];
  readonly include?: readonly string[];
  readonly search?: string;
  /** From 1. */
  readonly page?: number;
  readonly limit?: number;
  /** `capped` counts no further than 10,000. */
  readonly count?: 'exact' | 'capped' | 'none';
  readonly after?: string;
  readonly before?: string;
}

/**
 * What figures are asked for.
 *
 * @example
 * const query: RecordAggregateQuery = { aggregate: ['count', 'sum(price)'], groupBy: ['category'] };
 * const groups = await models.records('shop.Product').aggregate(query);
 */
export interface RecordAggregateQuery extends Pick<RecordListQuery, 'filter' | 'sortBy' | 'search' | 'page' | 'limit'> {
  /** `count`, `sum(price)`, … */
  readonly aggregate: readonly string[];
  readonly groupBy?: readonly string[];
}

/** Which records a file has, and how it is written. */
export interface RecordExportQuery extends Pick<RecordListQuery, 'filter' | 'sortBy' | 'select' | 'search'> {
  /** Default csv. */
  readonly format?: 'csv' | 'json' | 'ndjson';
}

/** How a file is imported. */
export interface RecordImportOptions {
  /** Unique field, or fields that are unique together, by which records are found and changed. Left out: all are created. */
  readonly on?: readonly string[];
  /** Default abort: any error, and nothing is written. */
  readonly onError?: 'abort' | 'skip';
  /** Tells what would happen, and writes nothing. */
  readonly dryRun?: boolean;
  /** Of a CSV file; otherwise found in its header. */
  readonly delimiter?: ',' | ';' | 'tab';
  /** Which fields the columns are that are called otherwise in the file; null leaves a column out. */
  readonly columns?: Readonly<Record<string, string | null>>;
  /** How many mistakes are listed. Default 100, at most 10,000. */
  readonly maxErrors?: number;
}

/** One page of a list. */
export interface RecordPage<Shown> {
  readonly data: readonly Shown[];
  readonly meta: {
    readonly itemsPerPage: number;
    readonly totalItems?: number;
    /** There are more than so many: nobody counted further. */
    readonly moreThan?: number;
    readonly currentPage?: number;
    readonly totalPages?: number;
    readonly nextCursor?: string | null;
    readonly previousCursor?: string | null;
  };
}

/** Whether work can be done again when it met a model that has changed meanwhile; what has read a stream cannot. */
export interface Repetition {
  readonly isRepeatable: boolean;
}

/** Brings work to the controller of the model. */
export type RunOnController = <T>(
  work: (controller: AdminController) => Promise<T>,
  options?: Repetition,
) => Promise<T>;

type Values = { readonly [name: string]: Json };
type Selected = Pick<RecordListQuery, 'select' | 'include'>;

/** What was given of these, as a query of the API has it. */
const given = (query: object): object =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));

/**
 * The record API of one model without HTTP: the same checks, defaults, signals and limits, with values as in JSON.
 *
 * @example
 * const products = models.records('shop.Product');
 * const { id } = await products.create({ title: 'Chair', price: '49.90' });
 * const { data } = await products.list({ filter: { price: { $gte: '10' } }, sortBy: ['title:ASC'], include: ['category'] });
 */
export class Records<Shown extends object = ShownRecord> {
  constructor(private readonly run: RunOnController) {}

  /** @throws InvalidQueryError */
  async list(query: RecordListQuery = {}): Promise<RecordPage<Shown>> {
    const { json } = await this.run((controller) => controller.query(given(query), ''));
    const { data, meta } = JSON.parse(json) as RecordPage<Shown>;
    return { data, meta };
  }

  /** Figures instead of records: an object for each group. @throws InvalidQueryError */
  async aggregate(query: RecordAggregateQuery): Promise<readonly ShownRecord[]> {
    const { json } = await this.run((controller) => controller.query(given(query), ''));
    return (JSON.parse(json) as { readonly data: readonly ShownRecord[] }).data;
  }

  /** @throws RecordNotFoundError */
  async retrieve(id: RecordId, { select, include }: Selected = {}): Promise<Shown> {
    const query = given({ select: select?.join(), include: include?.join() }) as Record<string, unknown>;
    return this.parsed((controller) => controller.retrieve(String(id), query));
  }

  /** Creates one record, or all of many. @throws InvalidRecordError, UniqueViolationError, RelatedRecordNotFoundError, VetoError */
  async create(values: Values): Promise<Shown>;
  async create(values: readonly Values[]): Promise<readonly Shown[]>;
  async create(values: Values | readonly Values[]): Promise<Shown | readonly Shown[]> {
    return this.parsed((controller) => controller.create(values));
  }

  /** Changes some values. @throws RecordNotFoundError, PreconditionFailedError, and what {@link create} throws */
  async update(id: RecordId, values: Values, { ifMatch }: { readonly ifMatch?: string } = {}): Promise<Shown> {
    return this.parsed((controller) => controller.update(String(id), values, { replace: false, ifMatch }));
  }

  /** Changes all values; those that are left out become their default or empty. @throws as {@link update} */
  async replace(id: RecordId, values: Values, { ifMatch }: { readonly ifMatch?: string } = {}): Promise<Shown> {
    return this.parsed((controller) => controller.update(String(id), values, { replace: true, ifMatch }));
  }

  /** @throws RecordNotFoundError, RecordInUseError, PreconditionFailedError */
  async destroy(id: RecordId, { ifMatch }: { readonly ifMatch?: string } = {}): Promise<void> {
    await this.run((controller) => controller.destroy(String(id), ifMatch));
  }

  /**
   * Creates records, or changes those that have the same values of a unique field, or of fields that are unique together.
   *
   * @example await products.upsert(['sku'], [{ sku: 'A1', title: 'Chair' }])
   */
  async upsert(on: readonly string[], values: Values): Promise<Shown>;
  async upsert(on: readonly string[], values: readonly Values[]): Promise<readonly Shown[]>;
  async upsert(on: readonly string[], values: Values | readonly Values[]): Promise<Shown | readonly Shown[]> {
    return this.parsed((controller) => controller.upsert({ on: on.join() }, values));
  }

  /** Changes some values of all records that fit. @returns how many @throws FilterRequiredError */
  async updateWhere(filter: RecordFilter, values: Values): Promise<number> {
    return this.counted((controller) => controller.updateWhere({ filter: JSON.stringify(filter) }, values));
  }

  /** Deletes all records that fit. @returns how many @throws FilterRequiredError, RecordInUseError */
  async destroyWhere(filter: RecordFilter): Promise<number> {
    return this.counted((controller) => controller.destroyWhere({ filter: JSON.stringify(filter) }));
  }

  /**
   * The records that fit as a file, which holds a connection until its stream is read or destroyed. Nothing is kept in
   * memory as a whole. It shows what is committed, in a transaction too.
   *
   * @example
   * const { stream } = await products.export({ format: 'ndjson', filter: { price: { $gt: '10' } } });
   * await pipeline(stream, createWriteStream('products.ndjson'));
   */
  async export({ format = 'csv', filter, sortBy, select, search }: RecordExportQuery = {}): Promise<RecordFile> {
    const query = given({
      format,
      filter: filter && JSON.stringify(filter),
      sortBy: sortBy?.map((key) => (typeof key === 'string' ? key : key.join(':'))),
      select: select?.join(),
      search,
    }) as Record<string, unknown>;
    return this.run((controller) => controller.export(query));
  }

  /**
   * Writes the records of a file, in one transaction.
   *
   * @throws ImportFailedError, ImportTimedOutError, InvalidQueryError, SchemaChangedError
   * @example await products.import({ format: 'csv', content: createReadStream('products.csv') }, { on: ['sku'] })
   */
  async import(file: ImportFile, { on, columns, ...options }: RecordImportOptions = {}): Promise<ImportReport> {
    const texts = Object.entries(given(options)).map(([name, value]) => [name, String(value)] as const);
    const query = given({
      ...Object.fromEntries(texts),
      on: on?.join(),
      columns: columns && JSON.stringify(columns),
    }) as Record<string, unknown>;
    return this.run((controller) => controller.import(query, file), { isRepeatable: file.format === 'json' });
  }

  private async parsed<T>(work: (controller: AdminController) => Promise<string>): Promise<T> {
    return JSON.parse(await this.run(work)) as T;
  }

  private async counted(work: (controller: AdminController) => Promise<string>): Promise<number> {
    return (await this.parsed<{ readonly count: number }>(work)).count;
  }
}
