import { useState } from 'react';
import { useDataProvider } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { Elsewhere } from '../../components/elsewhere.js';
import { EmptyState } from '../../components/empty-state.js';
import { NotFound } from '../../components/not-found.js';
import { Page } from '../../components/page.js';
import { Trail } from '../../components/trail.js';
import { useNotice } from '../../components/use-notice.js';
import type { ModelDescriptor } from '../../models/model-descriptor.js';
import { recordTitle } from '../../models/record-title.js';
import { useRouteModel } from '../../models/use-route-model.js';
import { listAddress } from '../../records/list-address.js';
import { useText } from '../../texts/use-text.js';
import { FieldGrid } from './field-grid.js';
import { FieldInput } from './field-input.js';
import { FormButtons } from './form-buttons.js';
import { type FormValues, newBody, newValues } from './form-values.js';
import { RecordForm } from './record-form.js';
import { SaveButton } from './save-button.js';
import { useForgetRecords } from './use-forget-records.js';

const NewRecord = ({ model }: { readonly model: ModelDescriptor }) => {
  const text = useText();
  const notice = useNotice();
  const navigate = useNavigate();
  const records = useDataProvider();
  const forget = useForgetRecords(model.path);
  const [created, setCreated] = useState(0);
  const fields = model.fields.filter(({ permissions, isInverse }) => permissions.add && !isInverse);
  const back = model.permissions.view ? listAddress(model.path) : '/';

  const create = async (values: FormValues) => {
    const { data } = await records.create(model.path, { data: newBody(fields, values) });
    notice('record.created', { record: recordTitle(model, data, text) });
    await forget();
  };
  const createAndLeave = async (values: FormValues) => {
    await create(values);
    await navigate(back);
    return true;
  };
  const createAndGoOn = async (values: FormValues) => {
    await create(values);
    setCreated(created + 1);
    return true;
  };

  if (fields.length === 0 && model.fields.length > 0) return <EmptyState title={text('record.noFields')} />;
  return (
    <RecordForm
      key={created}
      fields={fields}
      values={newValues(fields)}
      onSubmit={model.permissions.view ? createAndLeave : createAndGoOn}
      buttons={
        <FormButtons back={back}>
          <SaveButton save={createAndGoOn}>{text('record.saveAndNext')}</SaveButton>
        </FormButtons>
      }
    >
      <FieldGrid fields={fields}>{(field) => <FieldInput field={field} isStored={false} />}</FieldGrid>
    </RecordForm>
  );
};

/** A new record of any model. */
const CreatePage = () => {
  const text = useText();
  const { model, isGone } = useRouteModel();
  if (model === null || !model.permissions.add) return <NotFound />;
  const { path, verboseName, permissions } = model;
  return (
    <Page
      title={text('record.new', { model: verboseName })}
      width="form"
      trail={permissions.view && <Trail to={listAddress(path)}>{verboseName}</Trail>}
    >
      {isGone && <Elsewhere severity="warning">{text('record.modelGone')}</Elsewhere>}
      <NewRecord key={model.id} model={model} />
    </Page>
  );
};

export default CreatePage;
