import ContentCopy from '@mui/icons-material/ContentCopy';
import { Button } from '@mui/material';
import type { RaRecord } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import { NotFound } from '../../components/not-found.js';
import { PageError } from '../../components/page-error.js';
import { PageLoading } from '../../components/page-loading.js';
import { Page } from '../../components/page.js';
import { Trail } from '../../components/trail.js';
import { useFollowRecords } from '../../live/use-follow-records.js';
import type { ModelDescriptor } from '../../models/model-descriptor.js';
import { recordPaths } from '../../models/record-paths.js';
import { recordTitle } from '../../models/record-title.js';
import { useRouteModel } from '../../models/use-route-model.js';
import { listAddress } from '../../records/list-address.js';
import { tagOf } from '../../records/stored-record.js';
import { useText } from '../../texts/use-text.js';
import { ElsewhereNotices } from './elsewhere-notices.js';
import { InverseSections } from './inverse/inverse-sections.js';
import { StoredRecordForm } from './stored-record-form.js';
import { useFollowedRecord } from './use-followed-record.js';
import { useStoredRecord } from './use-stored-record.js';

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
  const { base, setBase, isDirty, setDirty } = useFollowedRecord(latest);
  const list = listAddress(model.path);
  useFollowRecords(model, model.fields);
  return (
    <Page
      title={recordTitle(model, base, text)}
      width="form"
      trail={<Trail to={list}>{model.verboseName}</Trail>}
      actions={
        model.permissions.add && (
          <Button component={Link} to={recordPaths.duplicate(model.path, base.id)} startIcon={<ContentCopy />}>
            {text('record.duplicate')}
          </Button>
        )
      }
    >
      <ElsewhereNotices {...{ model, isGone, isDeleted, isDirty, base, latest }} />
      <StoredRecordForm
        key={tagOf(base)}
        model={model}
        record={base}
        onRecord={setBase}
        onDirty={setDirty}
        leave={list}
      />
      <InverseSections model={model} id={base.id} />
    </Page>
  );
};

const RecordPage = ({ model, isGone, id }: RecordPageProps & { readonly id: string }) => {
  const { record, error, isMissing, refetch } = useStoredRecord(model.path, id);
  if (record !== undefined) return <LoadedRecord model={model} latest={record} isGone={isGone} isDeleted={isMissing} />;
  if (error === null) return <PageLoading />;
  return isMissing ? <NotFound /> : <PageError error={error} resetErrorBoundary={() => void refetch()} />;
};

/** A record of any model, to see and to change. */
const EditPage = () => {
  const { model, isGone } = useRouteModel();
  const { id = '' } = useParams();
  if (model === null || !model.permissions.view) return <NotFound />;
  return <RecordPage key={`${model.id}/${id}`} model={model} isGone={isGone} id={id} />;
};

export default EditPage;
