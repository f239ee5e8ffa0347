import type { RecordId } from '../../field-types/record-key.js';
import { aggregationSql } from './aggregate.js';
import type { Aggregation } from './aggregate.js';
import { beyondPlace, placeSql } from './cursor.js';
import { all, type Predicate } from './predicate.js';
import type { RecordModel } from './record-model.js';
import type { RecordQuery } from './record-query.js';
import { selectList } from './select-sql.js';
import type { Selection } from './selection.js';
import { orderSql, reversed } from './sort.js';
import { Source, StatementDraft } from './source.js';
import { whereSql } from './where-sql.js';

/** A statement and its parameters. */
export interface Compiled {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The alias of the model's own table. */
const ROOT = 't';

/** The rows of a subquery as a JSON array. */
const json = (rows: string): string => `SELECT coalesce(json_agg(r), '[]')::text FROM (${rows}) r`;

/** The records whose ids the statement has found before. */
const AMONG_FOUND: Predicate = { sql: ({ alias }) => `${alias}.id = ANY(ARRAY(SELECT id FROM found))` };

/** Writes the statements that read the records of one model. */
export class QueryCompiler {
  /** The most common one is written once, where it has no parameters. */
  private readonly everything: string | undefined;

  constructor(private readonly model: RecordModel) {
    const draft = new StatementDraft();
    const list = selectList(this.root(draft));
    this.everything = draft.values.length === 0 ? list : undefined;
  }

  /** One row: the records of a page as a JSON array, and how many there are on all pages. */
  page(query: RecordQuery): Compiled {
    const draft = new StatementDraft();
    const rows = this.rowsSql(query, draft, query.limit);
    const count = this.countSql(query.where, draft);
    return { text: `SELECT (${json(rows)}) AS json, (${count}) AS count`, values: draft.values };
  }

  /**
   * The same, counting no further than one more than `most`. Few records are looked for once, and then sorted; that there
   * are many is soon found out.
   */
  cappedPage(query: RecordQuery, most: number): Compiled {
    const draft = new StatementDraft();
    const source = this.root(draft);
    const condition = whereSql(source, query.where);
    const found = `SELECT ${ROOT}.id FROM ${source.from()}${condition} LIMIT ${most + 1}`;
    const many = json(this.rowsSql(query, draft, query.limit));
    if (condition === '') {
      return {
        text: `SELECT (${many}) AS json, (SELECT count(*)::float8 FROM (${found}) f) AS count`,
        values: draft.values,
      };
    }
    const few = json(this.rowsSql({ ...query, where: AMONG_FOUND }, draft, query.limit));
    const text =
      `WITH found AS MATERIALIZED (${found}) SELECT n.count, CASE WHEN n.count <= ${most} THEN (${few}) ELSE (${many}) END AS json ` +
      `FROM (SELECT count(*)::float8 AS count FROM found) n`;
    return { text, values: draft.values };
  }

  /** As many rows of JSON as `take`, skipping `skip` from the end of the list, in reverse. */
  rowsFromEnd(query: RecordQuery, skip: number, take: number): Compiled {
    const draft = new StatementDraft();
    const rows = this.sliceSql({ ...query, sortBy: reversed(query.sortBy) }, draft, skip, take);
    return { text: `SELECT row_to_json(r)::text AS json FROM (${rows}) r`, values: draft.values };
  }

  /** One row: how many records there are. @param most where counting stops, at one more; left out, at the end */
  count({ where }: RecordQuery, most?: number): Compiled {
    const draft = new StatementDraft();
    return { text: this.countSql(where, draft, most), values: draft.values };
  }

  /** One row for each record, its JSON; one more than the page has, to know whether there is a next. */
  rows(query: RecordQuery): Compiled {
    const draft = new StatementDraft();
    const text = `SELECT row_to_json(r)::text AS json FROM (${this.rowsSql(query, draft, query.limit + 1)}) r`;
    return { text, values: draft.values };
  }

  /** All records of a query in their order, one row with its JSON for each: to be read with a cursor of the database. */
  everyRow({ where, sortBy, selection }: Pick<RecordQuery, 'where' | 'sortBy' | 'selection'>): Compiled {
    const draft = new StatementDraft();
    const source = this.root(draft);
    const [list, condition, order] = [this.list(source, selection), whereSql(source, where), orderSql(sortBy, source)];
    const rows = `SELECT ${list} FROM ${source.from()}${condition} ORDER BY ${order}`;
    return { text: `SELECT row_to_json(r)::text AS json FROM (${rows}) r`, values: draft.values };
  }

  /** The same for a page that is found by key, with the place of each record. Pages before a place come in reverse. */
  rowsByKey({ where, sortBy, selection, limit, keyset }: RecordQuery): Compiled {
    const draft = new StatementDraft();
    const source = this.root(draft);
    const list = this.list(source, selection);
    const keys = keyset?.direction === 'before' ? reversed(sortBy) : sortBy;
    const parts = [where, keyset?.place && beyondPlace(keys, keyset.place)].filter((part) => part !== undefined);
    const condition = whereSql(source, parts.length === 0 ? undefined : all(parts));
    const [place, order] = [placeSql(keys, source), orderSql(keys, source)];
    const text =
      `SELECT (SELECT row_to_json(r) FROM (SELECT ${list}) r)::text AS json, ${place} AS place ` +
      `FROM ${source.from()}${condition} ORDER BY ${order} LIMIT ${limit + 1}`;
    return { text, values: draft.values };
  }

  /** One row: the groups as a JSON array. */
  groups(aggregation: Aggregation, { where, page, limit }: RecordQuery): Compiled {
    const draft = new StatementDraft();
    const source = this.root(draft);
    const { object, rows } = aggregationSql(aggregation, source, () => whereSql(source, where));
    const text = `SELECT coalesce(json_agg(${object}), '[]')::text AS json FROM (${rows}${this.slice(draft, (page - 1) * limit, limit)}) r`;
    return { text, values: draft.values };
  }

  /** A row for each record with one of these ids: its id and its JSON. */
  many(ids: readonly RecordId[], selection?: Selection): Compiled {
    const draft = new StatementDraft();
    const source = this.root(draft);
    const [list, condition] = [this.list(source, selection), whereSql(source, this.among(ids))];
    const text =
      `SELECT ${this.model.returnedId(`${ROOT}.id`)} AS id, (SELECT row_to_json(r) FROM (SELECT ${list}) r)::text AS json ` +
      `FROM ${source.from()}${condition}`;
    return { text, values: draft.values };
  }

  /** One row: how many of the records with these ids meet a condition. */
  countAmong(ids: readonly RecordId[], where: Predicate): Compiled {
    const draft = new StatementDraft();
    return { text: this.countSql(all([this.among(ids), where]), draft), values: draft.values };
  }

  /** A row for each of these ids of which there is a record for whoever asks. */
  idsAmong(ids: readonly RecordId[]): Compiled {
    const draft = new StatementDraft();
    const source = this.root(draft);
    const condition = whereSql(source, this.among(ids));
    return {
      text: `SELECT ${this.model.returnedId(`${ROOT}.id`)} AS id FROM ${source.from()}${condition}`,
      values: draft.values,
    };
  }

  /**
   * The condition of an UPDATE or DELETE of the model's table `t` that takes the records that a filter finds.
   *
   * @param values parameters that the statement has already; those of the condition are added
   * @example `DELETE FROM ${model.table} t WHERE ${compiler.condition(where, values)}`
   */
  condition(where: Predicate, values: unknown[]): string {
    const draft = new StatementDraft(values);
    const source = this.root(draft);
    const [asked, rule] = [where.sql(source), source.rule()];
    const condition = rule === undefined ? asked : `(${asked}) AND (${rule})`;
    // Neither command can join other tables to its own and keep rows that have no match there.
    return source.isJoined ? `${ROOT}.id IN (SELECT ${ROOT}.id FROM ${source.from()} WHERE ${condition})` : condition;
  }

  private among(ids: readonly RecordId[]): Predicate {
    return { sql: ({ alias, draft }) => `${alias}.id = ANY(${draft.parameter(ids, `${this.model.id.cast}[]`)})` };
  }

  private root(draft: StatementDraft): Source {
    return new Source(this.model, draft, ROOT);
  }

  private list(source: Source, selection: Selection | undefined): string {
    return (selection === undefined ? this.everything : undefined) ?? selectList(source, selection);
  }

  private countSql(where: Predicate | undefined, draft: StatementDraft, most?: number): string {
    const source = this.root(draft);
    const condition = whereSql(source, where);
    const rows = `FROM ${source.from()}${condition}`;
    return `SELECT count(*)::float8 AS count ${most === undefined ? rows : `FROM (SELECT ${rows} LIMIT ${most + 1}) f`}`;
  }

  /** What a record shows is made for the records of the page alone, and not for those that are skipped. */
  private rowsSql(query: RecordQuery, draft: StatementDraft, take: number): string {
    return this.sliceSql(query, draft, (query.page - 1) * query.limit, take);
  }

  private sliceSql(
    { where, sortBy, selection }: RecordQuery,
    draft: StatementDraft,
    skip: number,
    take: number,
  ): string {
    const source = this.root(draft);
    const [condition, order] = [whereSql(source, where), orderSql(sortBy, source)];
    const rows = `SELECT ${ROOT}.* FROM ${source.from()}${condition} ORDER BY ${order}${this.slice(draft, skip, take)}`;
    return `SELECT ${this.list(this.root(draft), selection)} FROM (${rows}) ${ROOT}`;
  }

  /** The size is part of the text, so that the planner knows how few rows are wanted; the position is not. */
  private slice(draft: StatementDraft, skip: number, take: number): string {
    return ` LIMIT ${take}${skip === 0 ? '' : ` OFFSET ${draft.parameter(skip, 'bigint')}`}`;
  }
}
