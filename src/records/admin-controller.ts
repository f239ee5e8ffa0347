import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import { RecordNotFoundError } from '../errors/not-found.error.js';
import { FilterRequiredError } from '../errors/record.error.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import type { RecordId } from '../field-types/record-key.js';
import type { ImportFile } from './exchange/import-file.js';
import type { RecordExport, RecordFile } from './exchange/record-export.js';
import type { ImportReport, RecordImport } from './exchange/record-import.js';
import { addressable } from './query/address.js';
import { Asked } from './query/asked.js';
import type { KnownQueries } from './query/known-queries.js';
import { type JsonText, type ListAnswer, listAnswer } from './query/list-answer.js';
import type { RecordQuery } from './query/record-query.js';
import type { RecordQueryParser } from './query/record-query.parser.js';
import type { RecordReader } from './query/record-reader.js';
import type { RawQuery } from './query/request-values.js';
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

/** The admin actions on the records of one model, in HTTP's terms: texts in, JSON text out. */
export class AdminController {
  constructor(
    private readonly definition: ModelDefinition,
    private readonly records: RecordService,
    private readonly queries: RecordQueryParser,
    private readonly reader: RecordReader,
    private readonly keys: UpsertKeys,
    private readonly known: KnownQueries<ListRequest>,
    private readonly exports: RecordExport,
    private readonly imports: RecordImport,
  ) {}

  /** @param url whole address of the request: its path is that of the links, and its text what the query is known by */
  async list(query: RawQuery, url: string): Promise<ListAnswer> {
    return this.answer(
      this.known.get(url, () => this.asked(this.queries.parse(query), query, url.replace(/[?].*$/s, ''))),
    );
  }

  /** The same for what does not fit into an address. @param path of the list */
  async query(body: unknown, path: string): Promise<ListAnswer> {
    return this.answer(this.asked(this.queries.parseBody(body), addressable(body), path));
  }

  async retrieve(id: string, query: RawQuery = {}): Promise<JsonText> {
    const selection = this.queries.parseSelection(query);
    const known = this.parseId(id);
    if (selection === undefined) return this.records.retrieve(known);
    const record = await this.reader.one(known, selection);
    if (record === undefined) throw new RecordNotFoundError(qualifiedName(this.definition), id);
    return record;
  }

  /** One record, or all records of an array. */
  async create(body: unknown): Promise<JsonText> {
    return Array.isArray(body) ? this.records.createMany(body) : this.records.create(body);
  }

  /** Changes some values, or with `replace` all of them. */
  async update(id: string, body: unknown, { replace, ifMatch }: UpdateOptions): Promise<JsonText> {
    const known = this.parseId(id);
    return replace ? this.records.replace(known, body, ifMatch) : this.records.update(known, body, ifMatch);
  }

  async destroy(id: string, ifMatch?: string): Promise<void> {
    return this.records.destroy(this.parseId(id), ifMatch);
  }

  /** Creates or changes one record, or all records of an array. */
  async upsert(query: RawQuery, body: unknown): Promise<JsonText> {
    return this.records.upsert(this.keys.parse(query), body);
  }

  /** Changes some values of all records that fit. */
  async updateWhere(query: RawQuery, body: unknown): Promise<JsonText> {
    return JSON.stringify({ count: await this.records.updateWhere(this.where(query), body) });
  }

  /** Deletes all records that fit. */
  async destroyWhere(query: RawQuery): Promise<JsonText> {
    return JSON.stringify({ count: await this.records.destroyWhere(this.where(query)) });
  }

  /** The records that fit as a file. */
  async export(query: RawQuery, signal?: AbortSignal): Promise<RecordFile> {
    return this.exports.open(query, signal);
  }

  /** Creates the records of a file, or changes those that have the same key. */
  async import(query: RawQuery, file: ImportFile): Promise<ImportReport> {
    return this.imports.run(query, file);
  }

  private asked(query: RecordQuery, raw: RawQuery, path: string): ListRequest {
    return { query, asked: new Asked(path, raw) };
  }

  private async answer({ query, asked }: ListRequest): Promise<ListAnswer> {
    if (query.aggregation !== undefined) {
      return { json: `{"data":${await this.reader.aggregate(query)}}`, headers: {} };
    }
    return listAnswer(query, await this.reader.list(query), asked);
  }

  private where(query: RawQuery): WhereClause {
    const filter = this.queries.parseFilter(query);
    if (filter === undefined) throw new FilterRequiredError();
    const values: unknown[] = [];
    return { sql: this.reader.compiler.condition(filter, values), values };
  }

  private parseId(id: string): RecordId {
    const known = primaryKeyOf(this.definition.primaryKey).key.fromText(id);
    if (known !== undefined) return known;
    throw new RecordNotFoundError(qualifiedName(this.definition), id);
  }
}
