import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import { RecordNotFoundError } from '../errors/not-found.error.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import type { RecordId } from '../field-types/record-key.js';
import { addressable } from './query/address.js';
import { type JsonText, type ListAnswer, listAnswer } from './query/list-answer.js';
import type { RecordQuery } from './query/record-query.js';
import type { RecordQueryParser } from './query/record-query.parser.js';
import type { RecordReader } from './query/record-reader.js';
import type { RawQuery } from './query/request-values.js';
import type { RecordService } from './record.service.js';

export type { RawQuery };

/** The admin actions on the records of one model, in HTTP's terms: texts in, JSON text out. */
export class AdminController {
  constructor(
    private readonly definition: ModelDefinition,
    private readonly records: RecordService,
    private readonly queries: RecordQueryParser,
    private readonly reader: RecordReader,
  ) {}

  /** @param path of the list, for the links */
  async list(query: RawQuery, path: string): Promise<ListAnswer> {
    return this.answer(this.queries.parse(query), query, path);
  }

  /** The same for what does not fit into an address. */
  async query(body: unknown, path: string): Promise<ListAnswer> {
    return this.answer(this.queries.parseBody(body), addressable(body), path);
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
  async update(id: string, body: unknown, { replace }: { readonly replace: boolean }): Promise<JsonText> {
    const known = this.parseId(id);
    return replace ? this.records.replace(known, body) : this.records.update(known, body);
  }

  async destroy(id: string): Promise<void> {
    return this.records.destroy(this.parseId(id));
  }

  private async answer(parsed: RecordQuery, query: RawQuery, path: string): Promise<ListAnswer> {
    if (parsed.aggregation !== undefined) {
      return { json: `{"data":${await this.reader.aggregate(parsed)}}`, headers: {} };
    }
    return listAnswer(parsed, await this.reader.list(parsed), { path, query });
  }

  private parseId(id: string): RecordId {
    const known = primaryKeyOf(this.definition.primaryKey).key.fromText(id);
    if (known !== undefined) return known;
    throw new RecordNotFoundError(qualifiedName(this.definition), id);
  }
}
