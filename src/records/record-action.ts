/** What happens to the record: decides what becomes of fields that the body leaves out, and whether it may give an id. */
export type Action = 'create' | 'replace' | 'patch' | 'upsert';

/** Whether fields that the body leaves out stay as they are. An upsert changes a record first, and creates it if there is none. */
export const isPartial = (action: Action): boolean => action === 'patch' || action === 'upsert';
