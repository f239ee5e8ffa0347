import OpenInNew from '@mui/icons-material/OpenInNew';
import { Drawer, IconButton } from '@mui/material';
import { useCallback, useEffect, useId, useState } from 'react';
import type { RaRecord } from 'react-admin';
import { Link } from 'react-router-dom';
import { EmptyState } from '../../../components/empty-state.js';
import { PageError } from '../../../components/page-error.js';
import { PageLoading } from '../../../components/page-loading.js';
import { useFollowRecords } from '../../../live/use-follow-records.js';
import type { ModelDescriptor } from '../../../models/model-descriptor.js';
import { recordPaths } from '../../../models/record-paths.js';
import { recordTitle } from '../../../models/record-title.js';
import { useModelSummary } from '../../../models/use-model-summary.js';
import { useModel } from '../../../models/use-models.js';
import { type RecordId, tagOf } from '../../../records/stored-record.js';
import { useText } from '../../../texts/use-text.js';
import { ElsewhereNotices } from '../elsewhere-notices.js';
import { StoredRecordForm } from '../stored-record-form.js';
import { useFollowedRecord } from '../use-followed-record.js';
import { useStoredRecord } from '../use-stored-record.js';
import { WindowContent, WindowTitle } from './record-window.js';
import { useCloseQuestion } from './use-close-question.js';

interface ContentProps {
  readonly onTitle: (title: string) => void;
  readonly onDirty: (isDirty: boolean) => void;
  /** Asks where something was changed. */
  readonly onCancel: () => void;
  readonly onDone: () => void;
}

interface LoadedProps extends ContentProps {
  readonly model: ModelDescriptor;
  readonly latest: RaRecord;
  readonly isDeleted: boolean;
}

const Loaded = ({ model, latest, isDeleted, onTitle, onDirty, onCancel, onDone }: LoadedProps) => {
  const text = useText();
  const { base, setBase, isDirty, setDirty } = useFollowedRecord(latest);
  useFollowRecords(model, model.fields);
  const title = recordTitle(model, base, text);
  useEffect(() => onTitle(title), [onTitle, title]);
  const markDirty = useCallback(
    (isChanged: boolean) => {
      setDirty(isChanged);
      onDirty(isChanged);
    },
    [setDirty, onDirty],
  );
  return (
    <>
      <ElsewhereNotices isGone={false} {...{ model, isDeleted, isDirty, base, latest }} />
      <StoredRecordForm
        key={tagOf(base)}
        model={model}
        record={base}
        onRecord={setBase}
        onDirty={markDirty}
        leave={onDone}
        onCancel={onCancel}
      />
    </>
  );
};

const Gone = () => {
  const text = useText();
  return <EmptyState title={text('errors.notFound')} hint={text('related.gone')} />;
};

const Content = ({ path, id, ...rest }: ContentProps & { readonly path: string; readonly id: RecordId }) => {
  const model = useModel(path);
  const { record, error, isMissing, refetch } = useStoredRecord(path, id);
  if (!model?.permissions.view) return <Gone />;
  if (record !== undefined) return <Loaded {...rest} model={model} latest={record} isDeleted={isMissing} />;
  if (isMissing) return <Gone />;
  return error === null ? <PageLoading /> : <PageError error={error} resetErrorBoundary={() => void refetch()} />;
};

interface RecordDrawerProps {
  /** Of the model. */
  readonly path: string;
  readonly id: RecordId;
  readonly onClose: () => void;
}

/** A record at the side of the page, which stays as it is: to be looked at, changed and deleted. */
const RecordDrawer = ({ path, id, onClose }: RecordDrawerProps) => {
  const text = useText();
  const titleId = useId();
  const name = useModelSummary(path)?.verboseName ?? path;
  const [title, setTitle] = useState(() => text('record.unnamed', { model: name, id }));
  const { close, setDirty, question } = useCloseQuestion(onClose);
  const page = (
    <IconButton
      component={Link}
      to={recordPaths.edit(path, id)}
      aria-label={text('related.openPage')}
      title={text('related.openPage')}
    >
      <OpenInNew />
    </IconButton>
  );
  return (
    <Drawer
      open
      anchor="right"
      onClose={close}
      sx={{ zIndex: 'modal' }}
      slotProps={{
        paper: {
          role: 'dialog',
          'aria-modal': true,
          'aria-labelledby': titleId,
          sx: { width: 560, maxWidth: '100%', bgcolor: 'background.default' },
        },
      }}
    >
      <WindowTitle id={titleId} onClose={close} actions={page}>
        {title}
      </WindowTitle>
      <WindowContent place={`${path}/${id}`}>
        <Content path={path} id={id} onTitle={setTitle} onDirty={setDirty} onCancel={close} onDone={onClose} />
      </WindowContent>
      {question}
    </Drawer>
  );
};

export default RecordDrawer;
