import { Alert } from '@mui/material';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import type { JsonObject } from '../../api/json.js';
import { Elsewhere } from '../../components/elsewhere.js';
import { NotFound } from '../../components/not-found.js';
import { PageError } from '../../components/page-error.js';
import { PageLoading } from '../../components/page-loading.js';
import { Page } from '../../components/page.js';
import { Trail } from '../../components/trail.js';
import type { ModelDescriptor } from '../../models/model-descriptor.js';
import { ORIGINAL, recordPaths } from '../../models/record-paths.js';
import { useRouteModel } from '../../models/use-route-model.js';
import { listAddress } from '../../records/list-address.js';
import { useText } from '../../texts/use-text.js';
import { duplicateOf, leftOut } from './duplicate.js';
import { FormButtons } from './form-buttons.js';
import { NewRecordForm } from './new-record-form.js';
import { SaveButton } from './save-button.js';
import { useStoredRecord } from './use-stored-record.js';

interface NewRecordProps {
  readonly model: ModelDescriptor;
  readonly given?: JsonObject;
}

const NewRecord = ({ model, given }: NewRecordProps) => {
  const text = useText();
  const navigate = useNavigate();
  const [created, setCreated] = useState(0);
  const back = model.permissions.view ? listAddress(model.path) : '/';
  // The next one is no duplicate any more.
  const goOn = () => (given === undefined ? setCreated(created + 1) : navigate(recordPaths.create(model.path)));
  return (
    <NewRecordForm
      key={created}
      model={model}
      given={given ?? {}}
      onCreated={model.permissions.view ? () => navigate(back) : goOn}
      buttons={(saveAnd) => (
        <FormButtons back={back}>
          <SaveButton save={saveAnd(goOn)}>{text('record.saveAndNext')}</SaveButton>
        </FormButtons>
      )}
    />
  );
};

/** Begins with what another record has. */
const Duplicate = ({ model, id }: { readonly model: ModelDescriptor; readonly id: string }) => {
  const text = useText();
  const { record, error, isMissing, refetch } = useStoredRecord(model.path, id);
  const [first, setFirst] = useState(record);
  // What becomes of the other record later is nothing to this one.
  if (first === undefined && record !== undefined) setFirst(record);
  if (first === undefined && error === null) return <PageLoading />;
  if (first === undefined && isMissing) return <NotFound />;
  if (first === undefined) return <PageError error={error ?? new Error()} resetErrorBoundary={() => void refetch()} />;
  const others = leftOut(model, first).map(({ verboseName }) => verboseName);
  return (
    <>
      {others.length > 0 && (
        <Alert severity="info" sx={{ mb: 2 }}>
          {text('record.leftOut', { fields: others.join(', '), smart_count: others.length })}
        </Alert>
      )}
      <NewRecord model={model} given={duplicateOf(model, first)} />
    </>
  );
};

/** A new record of any model. */
const CreatePage = () => {
  const text = useText();
  const { model, isGone } = useRouteModel();
  const [search] = useSearchParams();
  if (model === null || !model.permissions.add) return <NotFound />;
  const { path, verboseName, permissions } = model;
  const original = permissions.view ? search.get(ORIGINAL) : null;
  return (
    <Page
      title={text('record.new', { model: verboseName })}
      width="form"
      trail={permissions.view && <Trail to={listAddress(path)}>{verboseName}</Trail>}
    >
      {isGone && <Elsewhere severity="warning">{text('record.modelGone')}</Elsewhere>}
      {original === null ? (
        <NewRecord key={model.id} model={model} />
      ) : (
        <Duplicate key={`${model.id}/${original}`} model={model} id={original} />
      )}
    </Page>
  );
};

export default CreatePage;
