import type { RaRecord } from 'react-admin';
import type { Json } from '../api/json.js';

/** What ids of records are in JSON. */
export type RecordId = string | number;

/** Not the name of any field, which are identifiers. */
const ETAG = '@etag';

/** A record as the API shows it. */
export interface StoredRecord extends RaRecord<RecordId> {
  readonly [field: string]: Json | undefined;
}

/** Keeps the tag with the record that it stands for, so that nobody saves what they saw with the tag of what came later. */
export const withTag = (record: object, etag: string | undefined): object =>
  etag === undefined ? record : { ...record, [ETAG]: etag };

/** The tag of the record as it was read. */
export const tagOf = (record: RaRecord | undefined): string | undefined => {
  const tag: unknown = record?.[ETAG];
  return typeof tag === 'string' ? tag : undefined;
};

/** A value of a record; null where there is none, or none is shown. */
export const valueOf = (record: RaRecord, field: string): Json => (record as StoredRecord)[field] ?? null;
