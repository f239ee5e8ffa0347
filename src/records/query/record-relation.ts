import type { RecordField } from './record-field.js';
import type { RecordModel } from './record-model.js';

/** Rows that a relation leads to, as parts of a statement: what to read and which of it belongs to the record. */
export interface Reach {
  readonly from: string;
  readonly on: string;
  /** SQL expression of the id of a related record. */
  readonly id: string;
}

/** A relation as queries cross it, whichever side stores it. `near` and `far` are aliases of the two models' tables. */
export interface RecordRelation {
  readonly name: string;
  /** Each record may have several related ones. */
  readonly isMany: boolean;
  /** The record itself holds the id, which it shows whatever may be seen of the related one. */
  readonly isHeld: boolean;
  /** An id of a related record. */
  readonly id: RecordField;
  /** The related model, or entity of the application; undefined where there is none any more. */
  readonly target: RecordModel | undefined;
  /** Rows of the related model. */
  rows(near: string, far: string, table: string): Reach;
  /** Only the ids: the related model's table is not read where another one has them. */
  ids(near: string): Reach;
}

interface Ends {
  readonly name: string;
  readonly isMany: boolean;
  readonly id: RecordField;
  /** Looked up when it is needed: models point to each other, and change. */
  target(): RecordModel | undefined;
}

const relation = (
  { name, isMany, id, target }: Ends,
  isHeld: boolean,
  rows: RecordRelation['rows'],
  ids: RecordRelation['ids'],
): RecordRelation => ({
  name,
  isMany,
  isHeld,
  id,
  get target() {
    return target();
  },
  rows,
  ids,
});

/** A column of this model holds the related id. */
export const ownRelation = (ends: Ends, column: string): RecordRelation =>
  relation(
    ends,
    true,
    (near, far, table) => ({ from: `${table} ${far}`, on: `${far}.id = ${near}.${column}`, id: `${far}.id` }),
    (near) => ({ from: '(SELECT) j', on: `${near}.${column} IS NOT NULL`, id: `${near}.${column}` }),
  );

/** A column of the related model holds this record's id. */
export const inverseRelation = (ends: Ends, relatedTable: string, column: string): RecordRelation =>
  relation(
    ends,
    false,
    (near, far, table) => ({ from: `${table} ${far}`, on: `${far}.${column} = ${near}.id`, id: `${far}.id` }),
    (near) => ({ from: `${relatedTable} j`, on: `j.${column} = ${near}.id`, id: 'j.id' }),
  );

/** A join table holds pairs; `own` and `other` are its columns. */
export const pairsRelation = (ends: Ends, joinTable: string, own: string, other: string): RecordRelation =>
  relation(
    ends,
    false,
    (near, far, table) => ({
      from: `${table} ${far} JOIN ${joinTable} ${far}j ON ${far}j.${other} = ${far}.id`,
      on: `${far}j.${own} = ${near}.id`,
      id: `${far}.id`,
    }),
    (near) => ({ from: `${joinTable} j`, on: `j.${own} = ${near}.id`, id: `j.${other}` }),
  );
