import type { Author } from '../access/author.js';
import type { ReadSource } from '../database/read-source.js';
import type { Measures, RecordOperation } from '../dynamo.measures.js';
import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import { RecordNotFoundError } from '../errors/not-found.error.js';
import { FilterRequiredError, QueryTimeoutError } from '../errors/record.error.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import type { RecordId } from '../field-types/record-key.js';
import type { RecordPermits } from './access/record-permits.js';
import type { ImportFile } from './exchange/import-file.js';
import type { RecordExport, RecordFile } from './exchange/record-export.js';
import type { ImportReport, RecordImport } from './exchange/record-import.js';
import { addressable } from './query/address.js';
import { Asked } from './query/asked.js';
import type { KnownQueries } from './query/known-queries.js';
import { type JsonText, type ListAnswer, listAnswer } from './query/list-answer.js';
import { all } from './query/predicate.js';
import type { RecordQuery } from './query/record-query.js';
import type { RecordQueryParser } from './query/record-query.parser.js';
import type { RecordReader } from './query/record-reader.js';
import type { RawQuery } from './query/request-values.js';
import type { RecordRows } from './record-rows.js';
import type { RecordService } from './record.service.js';
import type { UpsertKeys } from './upsert-key.js';
import type { WhereClause } from './where-clause.js';

export type { RawQuery };

/** A list that is asked for, and how to ask for its other pages. */
export interface ListRequest {
  readonly query: RecordQuery;
  readonly asked: Asked;
}

export interface UpdateOptions {
  readonly replace: boolean;
  /** The header of that name. */
  readonly ifMatch?: string | undefined;
}

/** What the actions of one version of a model work with, for somebody with certain rights. */
export interface ControlledModel {
  readonly definition: ModelDefinition;
  readonly permits: RecordPermits;
  readonly rows: RecordRows;
  readonly records: RecordService;
  readonly queries: RecordQueryParser;
  readonly reader: RecordReader;
  readonly keys: UpsertKeys;
  readonly known: KnownQueries<ListRequest>;
  readonly exports: RecordExport;
  readonly imports: RecordImport;
  readonly measures: Measures;
}

/** The admin actions on the records of one model, in HTTP's terms: texts in, JSON text out. */
export class AdminController {
  /**
   * @param author of what is changed through it
   * @param source where it reads
   */
  constructor(
    private readonly model: ControlledModel,
    private readonly author: Author,
    private readonly source: ReadSource,
  ) {}

  /** @param url whole address of the request: its path is that of the links, and its text what the query is known by */
  async list(query: RawQuery, url: string): Promise<ListAnswer> {
    this.model.permits.require('view');
    const asked = () => this.asked(this.model.queries.parse(query), query, url.replace(/[?].*$/s, ''));
    return this.measured('list', () => this.answer(this.model.known.get(url, asked)));
  }

  /** The same for what does not fit into an address. @param path of the list */
  async query(body: unknown, path: string): Promise<ListAnswer> {
    this.model.permits.require('view');
    const asked = this.asked(this.model.queries.parseBody(body), addressable(body), path);
    return this.measured('list', () => this.answer(asked));
  }

  async retrieve(id: string, query: RawQuery = {}): Promise<JsonText> {
    this.model.permits.require('view');
    const selection = this.model.queries.parseSelection(query);
    const known = this.parseId(id);
    return this.measured('retrieve', async () => {
      if (selection === undefined) return this.model.records.retrieve(known, this.source.reader);
      const record = await this.model.reader.one(known, selection, this.source.reader);
      if (record === undefined) throw new RecordNotFoundError(qualifiedName(this.model.definition), id);
      return record;
    });
  }

  /** One record, or all records of an array. */
  async create(body: unknown): Promise<JsonText> {
    this.model.permits.require('add');
    const { records } = this.model;
    return this.measured('create', () =>
      Array.isArray(body) ? records.createMany(body, this.author) : records.create(body, this.author),
    );
  }

  /** Changes some values, or with `replace` all of them. */
  async update(id: string, body: unknown, { replace, ifMatch }: UpdateOptions): Promise<JsonText> {
    this.model.permits.require('change');
    const { records } = this.model;
    const known = this.parseId(id);
    return this.measured('update', () =>
      replace ? records.replace(known, body, this.author, ifMatch) : records.update(known, body, this.author, ifMatch),
    );
  }

  async destroy(id: string, ifMatch?: string): Promise<void> {
    this.model.permits.require('delete');
    return this.measured('delete', () => this.model.records.destroy(this.parseId(id), this.author, ifMatch));
  }

  /** Creates or changes one record, or all records of an array. */
  async upsert(query: RawQuery, body: unknown): Promise<JsonText> {
    this.model.permits.require('add', 'change');
    return this.measured('upsert', () => this.model.records.upsert(this.model.keys.parse(query), body, this.author));
  }

  /** Changes some values of all records that fit. */
  async updateWhere(query: RawQuery, body: unknown): Promise<JsonText> {
    this.model.permits.require('change');
    const where = this.where(query, 'change');
    const count = await this.measured('update_where', () => this.model.records.updateWhere(where, body, this.author));
    return JSON.stringify({ count });
  }

  /** Deletes all records that fit. */
  async destroyWhere(query: RawQuery): Promise<JsonText> {
    this.model.permits.require('delete');
    const where = this.where(query, 'delete');
    const count = await this.measured('delete_where', () => this.model.records.destroyWhere(where, this.author));
    return JSON.stringify({ count });
  }

  /** The records that fit as a file. */
  async export(query: RawQuery, signal?: AbortSignal): Promise<RecordFile> {
    this.model.permits.require('view');
    return this.measured('export', () => this.model.exports.open(query, this.source, signal));
  }

  /** Creates the records of a file, or changes those that have the same key. */
  async import(query: RawQuery, file: ImportFile, signal?: AbortSignal): Promise<ImportReport> {
    this.model.permits.require('add', ...(query['on'] === undefined ? [] : (['change'] as const)));
    return this.measured('import', () => this.model.imports.run(query, file, this.author, signal));
  }

  /** Tells what was done, and what took too long. */
  private async measured<T>(operation: RecordOperation, work: () => Promise<T>): Promise<T> {
    const { measures } = this.model;
    try {
      const result = await work();
      measures.recordsDone(operation);
      return result;
    } catch (error) {
      if (error instanceof QueryTimeoutError) measures.readTimedOut();
      throw error;
    }
  }

  private asked(query: RecordQuery, raw: RawQuery, path: string): ListRequest {
    return { query, asked: new Asked(path, raw) };
  }

  private async answer({ query, asked }: ListRequest): Promise<ListAnswer> {
    if (query.aggregation !== undefined) {
      return { json: `{"data":${await this.model.reader.aggregate(query, this.source.reader)}}`, headers: {} };
    }
    return listAnswer(query, await this.model.reader.list(query, this.source.reader), asked);
  }

  private where(query: RawQuery, action: 'change' | 'delete'): WhereClause {
    const filter = this.model.queries.parseFilter(query);
    if (filter === undefined) throw new FilterRequiredError();
    const rule = this.model.permits.rule(action);
    const values: unknown[] = [];
    const condition = rule === undefined ? filter : all([filter, rule]);
    return { sql: this.model.reader.compiler.condition(condition, values), values };
  }

  private parseId(id: string): RecordId {
    const known = primaryKeyOf(this.model.definition.primaryKey).key.fromText(id);
    if (known !== undefined) return known;
    throw new RecordNotFoundError(qualifiedName(this.model.definition), id);
  }
}
