import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  MenuItem,
  Stack,
  TextField,
} from '@mui/material';
import { type FormEvent, useId, useState } from 'react';
import { ApiError } from '../../../api/api-error.js';
import type { Json } from '../../../api/json.js';
import { useErrorText } from '../../../components/use-error-text.js';
import { useNotice } from '../../../components/use-notice.js';
import { fieldValue, typedProblem } from '../../../fields/typed-value.js';
import { widgetOf } from '../../../fields/widgets.js';
import type { FieldDescriptor, ModelDescriptor } from '../../../models/model-descriptor.js';
import { type BulkTarget, changeRecords, countOf } from '../../../records/bulk-requests.js';
import { useForgetRecords } from '../../../records/use-forget-records.js';
import { useText } from '../../../texts/use-text.js';
import { settableFields } from './settable-fields.js';

/** A box that is not ticked is an answer, too, where there always is one. */
const firstValue = (field: FieldDescriptor): Json =>
  fieldValue.toForm(field, field.required && field.widget === 'checkbox' ? false : null);

interface SetDialogProps {
  readonly model: ModelDescriptor;
  readonly target: BulkTarget;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Where a field and its new value are chosen; says there what is wrong with it. */
const SetDialog = ({ model, target, onDone, onClose }: SetDialogProps) => {
  const text = useText();
  const id = useId();
  const notice = useNotice();
  const errorText = useErrorText();
  const forget = useForgetRecords(model.path);
  const fields = settableFields(model);
  const [fieldId, setFieldId] = useState(fields[0]?.id);
  const [typed, setTyped] = useState<Json>();
  const [problem, setProblem] = useState<string>();
  const [changed, setChanged] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const field = fields.find((each) => each.id === fieldId);
  if (field === undefined) return null;

  const { Input } = widgetOf(field);
  const value = typed ?? firstValue(field);
  const count = countOf(target);

  const report = async (now: number): Promise<void> => {
    notice('selection.changed', { smart_count: now });
    if (now < count) notice('selection.unchanged', { smart_count: count - now }, 'warning');
    onDone();
    onClose();
  };
  const apply = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = typedProblem(field, value, text);
    if (wrong !== undefined) return setProblem(wrong);
    setBusy(true);
    const outcome = await changeRecords(model.path, target, { [field.name]: fieldValue.toJson(field, value) });
    setBusy(false);
    setChanged(outcome.count);
    if (outcome.error === undefined) await report(outcome.count);
    else {
      const { error } = outcome;
      const mistakes = error instanceof ApiError ? error.mistakes.map(({ message }) => message) : [];
      setProblem(mistakes.length > 0 ? mistakes.join(' ') : errorText(error));
    }
    await forget();
  };

  return (
    <Dialog open onClose={onClose} maxWidth="xs" aria-labelledby={id}>
      <form onSubmit={(event) => void apply(event)} noValidate>
        <DialogTitle id={id}>{text('selection.setTitle', { smart_count: count })}</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2, pt: 1 }}>
            {!('ids' in target) && <Alert severity="info">{text('selection.setAll')}</Alert>}
            <TextField
              select
              autoFocus
              label={text('selection.field')}
              value={field.id}
              onChange={({ target: chosen }) => {
                setFieldId(chosen.value);
                setTyped(undefined);
                setProblem(undefined);
              }}
            >
              {fields.map((each) => (
                <MenuItem key={each.id} value={each.id}>
                  {each.verboseName}
                </MenuItem>
              ))}
            </TextField>
            <Input
              key={field.id}
              field={field}
              label={text('selection.value')}
              value={value}
              onChange={(next) => {
                setTyped(next);
                setProblem(undefined);
              }}
              error={problem}
              help={field.help}
              isRequired={field.required}
            />
            {changed > 0 && <Alert severity="warning">{text('selection.changed', { smart_count: changed })}</Alert>}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{text('record.cancel')}</Button>
          <Button type="submit" variant="contained" loading={isBusy}>
            {text('selection.apply', { smart_count: count })}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};

export default SetDialog;
