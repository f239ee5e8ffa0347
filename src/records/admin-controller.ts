import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import { RecordNotFoundError } from '../errors/not-found.error.js';
import { FilterRequiredError } from '../errors/record.error.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import type { RecordId } from '../field-types/record-key.js';
import { type RecordQuery, RecordQueryParser } from './record-query.js';
import type { JsonText, RecordService } from './record.service.js';
import type { UpsertKeys } from './upsert-key.js';
import type { RecordFilter, WhereClause } from './where-clause.js';

/** Query string as the HTTP adapter has parsed it. */
export type RawQuery = Readonly<Record<string, unknown>>;

export interface UpdateOptions {
  readonly replace: boolean;
  /** The header of that name. */
  readonly ifMatch?: string | undefined;
}

export interface ListAnswer {
  readonly json: JsonText;
  readonly totalItems: number;
  /** Position of the first record on the page, from 0. */
  readonly offset: number;
  readonly itemsPerPage: number;
}

const searchOf = (query: RawQuery, page: number): string => {
  const entries = Object.entries({ ...query, page }).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).map((item): [string, string] => [key, String(item)]),
  );
  return new URLSearchParams(entries).toString();
};

/** The admin actions on the records of one model, in HTTP's terms: texts in, JSON text out. */
export class AdminController {
  constructor(
    private readonly definition: ModelDefinition,
    private readonly records: RecordService,
    private readonly queries: RecordQueryParser,
    private readonly keys: UpsertKeys,
    private readonly filter: RecordFilter,
  ) {}

  /** @param path of the request, for the links */
  async list(query: RawQuery, path: string): Promise<ListAnswer> {
    const parsed = this.queries.parse(query);
    const { data, totalItems } = await this.records.list(parsed);
    const meta = JSON.stringify(this.meta(parsed, totalItems, query));
    const links = JSON.stringify(this.links(parsed, totalItems, query, path));
    return {
      json: `{"data":${data},"meta":${meta},"links":${links}}`,
      totalItems,
      offset: (parsed.page - 1) * parsed.limit,
      itemsPerPage: parsed.limit,
    };
  }

  async retrieve(id: string): Promise<JsonText> {
    return this.records.retrieve(this.parseId(id));
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

  private where(query: RawQuery): WhereClause {
    const where = this.filter.where(query);
    if (where === null) throw new FilterRequiredError();
    return where;
  }

  private parseId(id: string): RecordId {
    const known = primaryKeyOf(this.definition.primaryKey).key.fromText(id);
    if (known !== undefined) return known;
    throw new RecordNotFoundError(qualifiedName(this.definition), id);
  }

  private meta({ limit, page, sortBy }: RecordQuery, totalItems: number, query: RawQuery) {
    const filter = Object.fromEntries(
      Object.entries(query).flatMap(([key, value]) => (key.startsWith('filter.') ? [[key.slice(7), value]] : [])),
    );
    return {
      itemsPerPage: limit,
      totalItems,
      currentPage: page,
      totalPages: Math.ceil(totalItems / limit),
      sortBy: sortBy.map(({ name, direction }) => [name, direction]),
      filter,
    };
  }

  private links({ page, limit }: RecordQuery, totalItems: number, query: RawQuery, path: string) {
    const last = Math.max(1, Math.ceil(totalItems / limit));
    const link = (target: number) => `${path}?${searchOf(query, target)}`;
    return {
      first: link(1),
      previous: page > 1 ? link(Math.min(page - 1, last)) : null,
      current: link(page),
      next: page < last ? link(page + 1) : null,
      last: link(last),
    };
  }
}
