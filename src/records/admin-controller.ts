import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import { RecordNotFoundError } from '../errors/not-found.error.js';
import { FilterRequiredError } from '../errors/record.error.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import type { RecordId } from '../field-types/record-key.js';
import type { RecordPermits } from './access/record-permits.js';
import { addressable } from './query/address.js';
import { Asked } from './query/asked.js';
import type { KnownQueries } from './query/known-queries.js';
import { type JsonText, type ListAnswer, listAnswer } from './query/list-answer.js';
import { all } from './query/predicate.js';
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
    private readonly permits: RecordPermits,
  ) {}

  /** @param url whole address of the request: its path is that of the links, and its text what the query is known by */
  async list(query: RawQuery, url: string): Promise<ListAnswer> {
    this.permits.require('view');
    return this.answer(
      this.known.get(url, () => this.asked(this.queries.parse(query), query, url.replace(/[?].*$/s, ''))),
    );
  }

  /** The same for what does not fit into an address. @param path of the list */
  async query(body: unknown, path: string): Promise<ListAnswer> {
    this.permits.require('view');
    return this.answer(this.asked(this.queries.parseBody(body), addressable(body), path));
  }

  async retrieve(id: string, query: RawQuery = {}): Promise<JsonText> {
    this.permits.require('view');
    const selection = this.queries.parseSelection(query);
    const known = this.parseId(id);
    if (selection === undefined && this.permits.showsAll) return this.records.retrieve(known);
    const record = await this.reader.one(known, selection);
    if (record === undefined) throw new RecordNotFoundError(qualifiedName(this.definition), id);
    return record;
  }

  /** One record, or all records of an array. */
  async create(body: unknown): Promise<JsonText> {
    this.permits.require('add');
    return Array.isArray(body) ? this.records.createMany(body) : this.records.create(body);
  }

  /** Changes some values, or with `replace` all of them. */
  async update(id: string, body: unknown, { replace, ifMatch }: UpdateOptions): Promise<JsonText> {
    this.permits.require('change');
    const known = this.parseId(id);
    return replace ? this.records.replace(known, body, ifMatch) : this.records.update(known, body, ifMatch);
  }

  async destroy(id: string, ifMatch?: string): Promise<void> {
    this.permits.require('delete');
    return this.records.destroy(this.parseId(id), ifMatch);
  }

  /** Creates or changes one record, or all records of an array. */
  async upsert(query: RawQuery, body: unknown): Promise<JsonText> {
    this.permits.require('add', 'change');
    return this.records.upsert(this.keys.parse(query), body);
  }

  /** Changes some values of all records that fit. */
  async updateWhere(query: RawQuery, body: unknown): Promise<JsonText> {
    this.permits.require('change');
    return JSON.stringify({ count: await this.records.updateWhere(this.where(query, 'change'), body) });
  }

  /** Deletes all records that fit. */
  async destroyWhere(query: RawQuery): Promise<JsonText> {
    this.permits.require('delete');
    return JSON.stringify({ count: await this.records.destroyWhere(this.where(query, 'delete')) });
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

  private where(query: RawQuery, action: 'change' | 'delete'): WhereClause {
    const filter = this.queries.parseFilter(query);
    if (filter === undefined) throw new FilterRequiredError();
    const rule = this.permits.rule(action);
    const values: unknown[] = [];
    const condition = rule === undefined ? filter : all([filter, rule]);
    return { sql: this.reader.compiler.condition(condition, values), values };
  }

  private parseId(id: string): RecordId {
    const known = primaryKeyOf(this.definition.primaryKey).key.fromText(id);
    if (known !== undefined) return known;
    throw new RecordNotFoundError(qualifiedName(this.definition), id);
  }
}
