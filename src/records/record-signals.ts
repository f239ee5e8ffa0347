import type { EntityManager } from 'typeorm';
import type { Author } from '../access/author.js';
import type { Json } from '../definition/field-definition.js';
import type { RecordId } from '../field-types/record-key.js';

/** A record as the API shows it. */
export type ShownRecord = { readonly [name: string]: Json };

interface OfRecord extends Author {
  /** Qualified name, such as `shop.Product`. */
  readonly model: string;
  readonly id: RecordId;
}
/** Inside the transaction: what receivers write through it is committed, or rolled back, with the record. */
interface WithinTransaction {
  readonly manager: EntityManager;
}

/** What receivers of `pre_save` get: a record that is about to be written. */
export interface RecordSaving extends Author, WithinTransaction {
  readonly model: string;
  /** Null for a new record. */
  readonly id: RecordId | null;
  readonly created: boolean;
  /** As it is stored now; null for a new record. */
  readonly record: ShownRecord | null;
  /** What is to be written, by field name, in the form of a request body; receivers may change it. */
  readonly values: { [name: string]: Json };
}
/** What receivers of `post_save` get: a record that was written. */
export interface RecordSaved extends OfRecord {
  readonly created: boolean;
  readonly record: ShownRecord;
}
/** What receivers of `pre_delete` get: a record that is about to go. */
export interface RecordDeleting extends OfRecord, WithinTransaction {
  readonly record: ShownRecord;
}
/** What receivers of `post_delete` get: a record that is gone. */
export interface RecordDeleted extends OfRecord {
  readonly record: ShownRecord;
}
/** What receivers of `m2m_changed` get. The actions are Django's: `pre_…` in the transaction, `post_…` after COMMIT. */
export interface RelationChanged extends OfRecord {
  /** As the record shows it: the field's name, or the relation's `relatedName` when it was changed from the other side. */
  readonly field: string;
  readonly action: 'pre_add' | 'post_add' | 'pre_remove' | 'post_remove';
  /** Ids of the related records that come or go. */
  readonly ids: readonly RecordId[];
  /** Of the transaction; null once it is over. */
  readonly manager: EntityManager | null;
}

/**
 * What receivers of `record_written` get: a record as a statement has written it, with what the database and other
 * receivers have made of it. It shows all fields, also those that whoever writes may not see.
 */
export interface RecordWritten extends OfRecord, WithinTransaction {
  readonly action: 'add' | 'change' | 'delete';
  /** Null for a new record. */
  readonly before: ShownRecord | null;
  /** Null for a record that is gone. */
  readonly after: ShownRecord | null;
}

/** The signals of records and what their receivers get. */
export interface RecordSignalPayloads {
  pre_save: RecordSaving;
  post_save: RecordSaved;
  pre_delete: RecordDeleting;
  post_delete: RecordDeleted;
  m2m_changed: RelationChanged;
  record_written: RecordWritten;
}
export type RecordSignal = keyof RecordSignalPayloads;

/** Who hears one of them wants to know of every record that is saved, and nothing must be written without a word. */
export const SIGNALS_OF_SAVES: readonly RecordSignal[] = ['pre_save', 'post_save', 'record_written'];
/** The same for records that are deleted. */
export const SIGNALS_OF_DELETIONS: readonly RecordSignal[] = ['pre_delete', 'post_delete', 'record_written'];

/** A signal that is due after COMMIT. */
export type RecordAnnouncement = {
  [S in RecordSignal]: { readonly signal: S; readonly payload: RecordSignalPayloads[S] };
}[RecordSignal];

/** Where the writes of records say what they do. */
export interface RecordSignals {
  /** Whether anybody wants to know it of this model; as long as nobody does, its writes take the short way. */
  isConnected(signal: RecordSignal, model: string): boolean;
  /** @throws VetoError, or the receiver's own HttpException or DynamoError */
  sendBefore<S extends RecordSignal>(signal: S, payload: RecordSignalPayloads[S]): Promise<void>;
  /** Returns at once, and never throws. */
  sendAfter(announcements: readonly RecordAnnouncement[]): void;
}
