import { useRef, useState } from 'react';
import { type RaRecord, useDataProvider } from 'react-admin';
import { ApiError } from '../../api/api-error.js';
import type { FieldDescriptor, ModelDescriptor } from '../../models/model-descriptor.js';
import { tagOf } from '../../records/stored-record.js';
import { useWriteKey } from '../../records/use-write-key.js';
import type { Conflict } from './conflict-dialog.js';
import { changedFields, changesBody, type FormValues } from './form-values.js';
import { isChangedItself } from './is-changed-itself.js';

const PRECONDITION_FAILED = 412;

/** What came of a save: the record as it is now, the same when nothing was changed, or a conflict that somebody has to decide. */
export type Outcome =
  | { readonly kind: 'saved'; readonly record: RaRecord }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'conflict' };

/**
 * Saves what was changed of a record, and nothing of what somebody else has changed since it was read.
 *
 * @param base the record that the form has begun with
 * @param initial what stood in its inputs then
 */
export const useRecordUpdate = (
  model: ModelDescriptor,
  fields: readonly FieldDescriptor[],
  base: RaRecord,
  initial: FormValues,
) => {
  const records = useDataProvider();
  const keys = useWriteKey();
  const [conflict, setConflict] = useState<Conflict>();
  /** The record whose tag the next save bears. */
  const known = useRef(base);

  const update = async (values: FormValues): Promise<Outcome> => {
    const changed = changedFields(fields, values, initial);
    if (changed.length === 0) return { kind: 'unchanged' };
    const mine = changesBody(changed, values);
    try {
      const previousData = known.current;
      const meta = { key: keys.of(mine, tagOf(previousData) ?? null) };
      const { data } = await records.update(model.path, { id: base.id, data: mine, previousData, meta });
      keys.done();
      return { kind: 'saved', record: data };
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== PRECONDITION_FAILED) throw error;
      const { data: theirs } = await records.getOne(model.path, { id: base.id });
      if (!isChangedItself(model, known.current, theirs)) {
        known.current = theirs;
        return update(values);
      }
      setConflict({ changed, mine, theirs });
      return { kind: 'conflict' };
    }
  };

  const close = () => setConflict(undefined);
  return {
    update,
    conflict,
    close,
    /** The next save is meant for what is stored now, which its sender has seen. */
    accept(): void {
      if (conflict !== undefined) known.current = conflict.theirs;
      close();
    },
  };
};
