import { type ReactNode, useState } from 'react';
import { type RaRecord, useDataProvider } from 'react-admin';
import type { JsonObject } from '../../api/json.js';
import { EmptyState } from '../../components/empty-state.js';
import { useNotice } from '../../components/use-notice.js';
import type { ModelDescriptor } from '../../models/model-descriptor.js';
import { recordTitle } from '../../models/record-title.js';
import { useText } from '../../texts/use-text.js';
import { FieldGrid } from './field-grid.js';
import { FieldInput } from './field-input.js';
import type { Save } from './form-actions.js';
import { givenValues, newBody } from './form-values.js';
import { RecordForm } from './record-form.js';
import { useForgetRecords } from '../../records/use-forget-records.js';
import { useWriteKey } from '../../records/use-write-key.js';

interface NewRecordFormProps {
  readonly model: ModelDescriptor;
  /** What stands in the inputs at first, by the names of fields. */
  readonly given: JsonObject;
  readonly onCreated: (record: RaRecord) => unknown;
  readonly onDirty?: (isDirty: boolean) => void;
  /** @param saveAnd makes a way to save, which goes on differently */
  readonly buttons: (saveAnd: (goOn: (record: RaRecord) => unknown) => Save) => ReactNode;
  /** The focus begins in the first input. */
  readonly autoFocus?: boolean;
}

/** The form of a record that is not there yet. */
export const NewRecordForm = (props: NewRecordFormProps) => {
  const { model, given, onCreated, onDirty, buttons, autoFocus = false } = props;
  const text = useText();
  const notice = useNotice();
  const records = useDataProvider();
  const forget = useForgetRecords(model.path);
  const keys = useWriteKey();
  const fields = model.fields.filter(({ permissions, isInverse }) => permissions.add && !isInverse);
  const telling = fields.find(({ name }) => name === model.display);
  // Kept, or a form that is drawn again would take its own beginning for a change.
  const [initial] = useState(() => givenValues(fields, given));

  const saveAnd =
    (goOn: (record: RaRecord) => unknown): Save =>
    async (values) => {
      const body = newBody(fields, values);
      const { data } = await records.create(model.path, { data: body, meta: { key: keys.of(body) } });
      keys.done();
      notice('record.created', { record: recordTitle(model, data, text) });
      await forget();
      await goOn(data);
      return true;
    };

  if (fields.length === 0 && model.fields.length > 0) return <EmptyState title={text('record.noFields')} />;
  return (
    <RecordForm
      fields={fields}
      values={initial}
      onSubmit={saveAnd(onCreated)}
      {...(onDirty === undefined ? {} : { onDirty })}
      buttons={buttons(saveAnd)}
    >
      <FieldGrid fields={fields}>
        {(field) => (
          <FieldInput field={field} isStored={false} autoFocus={autoFocus && field === fields[0]} telling={telling} />
        )}
      </FieldGrid>
    </RecordForm>
  );
};
