import { isObject, type Json } from '../api/json.js';
import type { RecordId } from '../records/stored-record.js';
import type { Relation } from './model-descriptor.js';

/** A record as another one points to it. */
export interface RelatedRecord {
  readonly id: RecordId;
  /** What stands for it; undefined where only its id is known. */
  readonly label: string | undefined;
}

const isId = (value: unknown): value is RecordId => typeof value === 'string' || typeof value === 'number';

const labelOf = (record: Readonly<Record<string, unknown>>, display: string | null): string | undefined => {
  const value = display === null ? undefined : record[display];
  return value === undefined || value === null || value === '' ? undefined : String(value);
};

/** An id, or an object where the related record was selected too; null where it is neither. */
export const relatedRecord = (value: unknown, { display }: Pick<Relation, 'display'>): RelatedRecord | null => {
  if (isId(value)) return { id: value, label: undefined };
  if (!isObject(value) || !isId(value['id'])) return null;
  return { id: value['id'], label: labelOf(value, display) };
};

/** The same of a relation to many. */
export const relatedRecords = (value: Json, relation: Pick<Relation, 'display'>): readonly RelatedRecord[] =>
  (Array.isArray(value) ? value : [value]).flatMap((item) => relatedRecord(item, relation) ?? []);
