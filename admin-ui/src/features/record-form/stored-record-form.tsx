import { useState } from 'react';
import type { RaRecord } from 'react-admin';
import { useNotice } from '../../components/use-notice.js';
import type { ModelDescriptor } from '../../models/model-descriptor.js';
import { recordTitle } from '../../models/record-title.js';
import { valueOf } from '../../records/stored-record.js';
import { useText } from '../../texts/use-text.js';
import { ConflictDialog } from './conflict-dialog.js';
import { DeleteButton } from './delete-button.js';
import { FieldGrid } from './field-grid.js';
import { FieldInput } from './field-input.js';
import { FormButtons } from './form-buttons.js';
import { type FormValues, storedValues } from './form-values.js';
import { ReadOnlyField } from './read-only-field.js';
import { RecordForm } from './record-form.js';
import { SaveButton } from './save-button.js';
import { useForgetRecords } from '../../records/use-forget-records.js';
import { type Leave, useLeave } from './use-leave.js';
import { useRecordUpdate } from './use-record-update.js';

interface StoredRecordFormProps {
  readonly model: ModelDescriptor;
  /** As it was read. Whatever becomes of it later, changes are changes of this. */
  readonly record: RaRecord;
  /** The form is to begin again with this one. */
  readonly onRecord: (record: RaRecord) => void;
  readonly onDirty: (isDirty: boolean) => void;
  /** Where to go, or what to do, when it was saved or deleted. */
  readonly leave: Leave;
  /** When it was given up; left out, the same. */
  readonly onCancel?: () => void;
}

/** The form of a record that is there. */
export const StoredRecordForm = ({ model, record, onRecord, onDirty, leave, onCancel }: StoredRecordFormProps) => {
  const text = useText();
  const notice = useNotice();
  const goAway = useLeave(leave);
  const forget = useForgetRecords(model.path);
  const shown = model.fields.filter(
    ({ permissions, isInverse }) => (permissions.view || permissions.change) && !isInverse,
  );
  const fields = shown.filter(({ permissions }) => permissions.change);
  const telling = fields.find(({ name }) => name === model.display);
  // Kept: a field that is renamed meanwhile is none that somebody has changed.
  const [initial] = useState(() => storedValues(fields, record));
  const { update, conflict, accept, close } = useRecordUpdate(model, fields, record, initial);

  const saveAnd = (goOn: (saved: RaRecord) => unknown) => async (values: FormValues) => {
    const outcome = await update(values);
    if (outcome.kind === 'conflict') return false;
    const saved = outcome.kind === 'saved' ? outcome.record : record;
    if (outcome.kind === 'unchanged') notice('record.nothingChanged', {}, 'info');
    else {
      notice('record.saved', { record: recordTitle(model, saved, text) });
      await forget();
    }
    await goOn(saved);
    return true;
  };
  const saveAndLeave = saveAnd(goAway);

  return (
    <RecordForm
      fields={fields}
      values={initial}
      onSubmit={saveAndLeave}
      onDirty={onDirty}
      buttons={
        <>
          <FormButtons
            back={onCancel ?? leave}
            canSave={fields.length > 0}
            aside={model.permissions.delete && <DeleteButton model={model} record={record} onDeleted={goAway} />}
          >
            {fields.length > 0 && <SaveButton save={saveAnd(onRecord)}>{text('record.saveAndStay')}</SaveButton>}
          </FormButtons>
          <ConflictDialog
            conflict={conflict}
            save={saveAndLeave}
            onBack={close}
            onAccept={accept}
            onDiscard={(theirs) => onRecord(theirs)}
          />
        </>
      }
    >
      <FieldGrid fields={shown}>
        {(field) =>
          field.permissions.change ? (
            <FieldInput field={field} isStored telling={telling} />
          ) : (
            <ReadOnlyField field={field} value={valueOf(record, field.name)} />
          )
        }
      </FieldGrid>
    </RecordForm>
  );
};
