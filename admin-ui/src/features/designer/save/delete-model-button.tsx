import Delete from '@mui/icons-material/Delete';
import { Alert, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import { callApi } from '../../../api/call-api.js';
import { useErrorText } from '../../../components/use-error-text.js';
import { useNotice } from '../../../components/use-notice.js';
import { requestPage } from '../../../records/record-requests.js';
import { useText } from '../../../texts/use-text.js';
import { useDesigner } from '../designer-context.js';
import { designerPaths } from '../designer-paths.js';
import type { StoredModel } from '../stored/stored-model.js';
import { TypedNameDialog } from './typed-name-dialog.js';
import { useForgetModels } from './use-forget-models.js';

interface DeleteModelButtonProps {
  readonly model: StoredModel;
  /** Of its records; undefined where they may not be seen. */
  readonly path: string | undefined;
}

const RecordCount = ({ path }: { readonly path: string | undefined }) => {
  const text = useText();
  const { data, isPending } = useQuery({
    queryKey: ['dynamo', 'count', path],
    queryFn: async ({ signal }) =>
      (
        await requestPage(path ?? '', {
          pagination: { page: 1, perPage: 1 },
          meta: { select: [], isExact: true },
          signal,
        })
      ).total ?? null,
    enabled: path !== undefined,
    gcTime: 0,
  });
  if (path !== undefined && isPending) return text('loss.counting');
  return typeof data === 'number' ? text('loss.count', { smart_count: data }) : text('loss.noCount');
};

/** Deletes a model with its records, after its name was typed. */
export const DeleteModelButton = ({ model, path }: DeleteModelButtonProps) => {
  const text = useText();
  const errorText = useErrorText();
  const notice = useNotice();
  const navigate = useNavigate();
  const forget = useForgetModels();
  const { release } = useDesigner();
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const open = () => {
    setProblem(undefined);
    setOpen(true);
  };
  const destroy = async () => {
    setBusy(true);
    try {
      await callApi(`meta/models/${model.id}`, { method: 'DELETE' });
      notice('designer.deleted', { model: model.verboseName });
      release();
      await navigate(designerPaths.list);
      await forget();
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <Button color="error" startIcon={<Delete />} onClick={open}>
        {text('loss.delete')}
      </Button>
      {isOpen && (
        <TypedNameDialog
          title={text('loss.deleteTitle', { model: model.verboseName })}
          name={model.name}
          confirm={text('loss.delete')}
          isBusy={isBusy}
          onConfirm={() => void destroy()}
          onCancel={() => setOpen(false)}
        >
          <Typography gutterBottom>{text('loss.deleteIntro')}</Typography>
          <Typography color="error" sx={{ fontWeight: 600 }} aria-live="polite">
            <RecordCount path={path} />
          </Typography>
          <div role="alert">{problem !== undefined && <Alert severity="error">{problem}</Alert>}</div>
        </TypedNameDialog>
      )}
    </>
  );
};
