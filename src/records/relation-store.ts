import type { StatementRunner } from '../database/statement-runner.js';
import type { RecordId } from '../field-types/record-key.js';
import type { RecordRows } from './record-rows.js';
import type { RelationChange } from './relation-change.js';

/** Ids of the related records that a change really adds and removes. */
export interface RelationDifference {
  readonly added: readonly RecordId[];
  readonly removed: readonly RecordId[];
}

/** The other model of a relation. */
export interface RelatedModel {
  /** Qualified name. */
  readonly model: string;
  /** As they are when this is asked. @throws ModelNotFoundError */
  rows(): RecordRows;
}

/** Where the related records of a model are stored under one name, and how they change. Every statement is SQL of its own. */
export interface RelationStore {
  /** As records show it. */
  readonly name: string;
  /** Records on both sides may have many of the other, so that a change takes none away from anybody else. */
  readonly isManyToMany: boolean;
  /** The model whose field the relation is, where it is that of the other side: then a change writes records of it. */
  readonly related: RelatedModel | undefined;
  /** Statement that adds: owners, and the related records at the same places. */
  readonly addition: string;
  /** Runs {@link addition}. @throws RelatedRecordNotFoundError */
  add(runner: StatementRunner, owners: readonly RecordId[], others: readonly RecordId[]): Promise<void>;
  /** Takes away those that a change does not keep. @throws InvalidRecordError when they cannot be without */
  remove(runner: StatementRunner, owner: RecordId, change: RelationChange): Promise<void>;
  difference(runner: StatementRunner, owner: RecordId, change: RelationChange): Promise<RelationDifference>;
}

/** The condition under which a related record goes, and its second parameter. */
export const leaving = (column: string, arrayType: string, change: RelationChange) =>
  'set' in change
    ? { condition: `NOT ${column} = ANY($2::${arrayType})`, ids: change.set }
    : { condition: `${column} = ANY($2::${arrayType})`, ids: change.remove };
