import { Dialog, type Theme, useMediaQuery } from '@mui/material';
import { useId } from 'react';
import type { RaRecord } from 'react-admin';
import type { JsonObject } from '../../../api/json.js';
import { EmptyState } from '../../../components/empty-state.js';
import { useModelSummary } from '../../../models/use-model-summary.js';
import { useModel } from '../../../models/use-models.js';
import { useText } from '../../../texts/use-text.js';
import { FormButtons } from '../form-buttons.js';
import { NewRecordForm } from '../new-record-form.js';
import { WindowContent, WindowTitle } from './record-window.js';
import { useCloseQuestion } from './use-close-question.js';

interface CreateWindowProps {
  /** Of the model. */
  readonly path: string;
  /** What stands in the inputs at first, by the names of fields. */
  readonly given: JsonObject;
  /** With the record, or without one where nobody has saved. */
  readonly onEnd: (record?: RaRecord) => void;
}

interface NewRecordProps extends CreateWindowProps {
  readonly onDirty: (isDirty: boolean) => void;
  readonly onCancel: () => void;
}

const NewRecord = ({ path, given, onEnd, onDirty, onCancel }: NewRecordProps) => {
  const text = useText();
  const model = useModel(path);
  if (!model?.permissions.add) return <EmptyState title={text('errors.notFound')} hint={text('errors.notFoundHint')} />;
  return (
    <NewRecordForm
      model={model}
      given={given}
      onCreated={onEnd}
      onDirty={onDirty}
      buttons={() => <FormButtons back={onCancel} />}
      autoFocus
    />
  );
};

/** Asks for a new record above the page, which stays as it is. */
const CreateWindow = ({ path, given, onEnd }: CreateWindowProps) => {
  const text = useText();
  const id = useId();
  const { close, setDirty, question } = useCloseQuestion(() => onEnd());
  const isNarrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  const model = useModelSummary(path)?.verboseName ?? path;
  return (
    <Dialog
      open
      fullScreen={isNarrow}
      onClose={close}
      maxWidth="md"
      aria-labelledby={id}
      slotProps={{ paper: { sx: { bgcolor: 'background.default' } } }}
    >
      <WindowTitle id={id} onClose={close}>
        {text('related.new', { model })}
      </WindowTitle>
      <WindowContent place={path}>
        <NewRecord path={path} given={given} onEnd={onEnd} onDirty={setDirty} onCancel={close} />
      </WindowContent>
      {question}
    </Dialog>
  );
};

export default CreateWindow;
