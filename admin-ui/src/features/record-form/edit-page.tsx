import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { type RaRecord, useGetOne } from 'react-admin';
import { useParams } from 'react-router-dom';
import { ApiError } from '../../api/api-error.js';
import { Elsewhere } from '../../components/elsewhere.js';
import { NotFound } from '../../components/not-found.js';
import { PageError } from '../../components/page-error.js';
import { PageLoading } from '../../components/page-loading.js';
import { Page } from '../../components/page.js';
import { Trail } from '../../components/trail.js';
import { useFollowRecords } from '../../live/use-follow-records.js';
import type { ModelDescriptor } from '../../models/model-descriptor.js';
import { recordTitle } from '../../models/record-title.js';
import { useRouteModel } from '../../models/use-route-model.js';
import { listAddress } from '../../records/list-address.js';
import { tagOf } from '../../records/stored-record.js';
import { useText } from '../../texts/use-text.js';
import { StoredRecordForm } from './stored-record-form.js';

interface RecordPageProps {
  readonly model: ModelDescriptor;
  /** There is no such model any more. */
  readonly isGone: boolean;
}

interface LoadedRecordProps extends RecordPageProps {
  /** As it is known now, which may change while somebody looks at it. */
  readonly latest: RaRecord;
  readonly isDeleted: boolean;
}

/** Follows the record as long as nobody has changed anything in the form; from then on the form keeps what it began with. */
const LoadedRecord = ({ model, latest, isGone, isDeleted }: LoadedRecordProps) => {
  const text = useText();
  const [base, setBase] = useState(latest);
  const [isDirty, setDirty] = useState(false);
  const [seen, setSeen] = useState(latest);
  if (seen !== latest) {
    setSeen(latest);
    if (!isDirty) setBase(latest);
  }
  useFollowRecords(model, model.fields);
  const isChanged = isDirty && tagOf(latest) !== tagOf(base);
  return (
    <Page
      title={recordTitle(model, base, text)}
      width="form"
      trail={<Trail to={listAddress(model.path)}>{model.verboseName}</Trail>}
    >
      {isGone && <Elsewhere severity="warning">{text('record.modelGone')}</Elsewhere>}
      {!isGone && isDeleted && <Elsewhere severity="warning">{text('record.deletedElsewhere')}</Elsewhere>}
      {!isGone && !isDeleted && isChanged && <Elsewhere severity="info">{text('record.changedElsewhere')}</Elsewhere>}
      <StoredRecordForm key={tagOf(base)} model={model} record={base} onRecord={setBase} onDirty={setDirty} />
    </Page>
  );
};

const isMissing = (error: Error): boolean => error instanceof ApiError && [400, 404].includes(error.status);

const RecordPage = ({ model, isGone, id }: RecordPageProps & { readonly id: string }) => {
  // As it is now, and not as some list has shown it: people should see what they change.
  const options = {
    staleTime: 0,
    gcTime: 0,
    refetchOnMount: 'always' as const,
    refetchOnReconnect: false,
    // Of the same record, while its model is being renamed.
    placeholderData: keepPreviousData,
  };
  const { data, error, refetch } = useGetOne(model.path, { id }, options);
  const isDeleted = error !== null && isMissing(error);
  if (data !== undefined) return <LoadedRecord model={model} latest={data} isGone={isGone} isDeleted={isDeleted} />;
  if (error === null) return <PageLoading />;
  return isDeleted ? <NotFound /> : <PageError error={error} resetErrorBoundary={() => void refetch()} />;
};

/** A record of any model, to see and to change. */
const EditPage = () => {
  const { model, isGone } = useRouteModel();
  const { id = '' } = useParams();
  if (model === null || !model.permissions.view) return <NotFound />;
  return <RecordPage key={`${model.id}/${id}`} model={model} isGone={isGone} id={id} />;
};

export default EditPage;
