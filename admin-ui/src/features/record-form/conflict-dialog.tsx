import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogContentText,
  DialogTitle,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
} from '@mui/material';
import type { RaRecord } from 'react-admin';
import type { Json } from '../../api/json.js';
import { isEmpty } from '../../fields/widget.js';
import { widgetOf } from '../../fields/widgets.js';
import type { FieldDescriptor } from '../../models/model-descriptor.js';
import { valueOf } from '../../records/stored-record.js';
import { useText } from '../../texts/use-text.js';
import { type Save, useFormActions } from './form-actions.js';
import type { RecordBody } from './form-values.js';

/** Two have changed the same record: what one of them wants, and what the other has stored meanwhile. */
export interface Conflict {
  readonly changed: readonly FieldDescriptor[];
  readonly mine: RecordBody;
  readonly theirs: RaRecord;
}

interface ConflictDialogProps {
  readonly conflict: Conflict | undefined;
  /** Saves the form; called again after what is stored was accepted. */
  readonly save: Save;
  /** What is stored has been seen, and may be written over. */
  readonly onAccept: () => void;
  readonly onDiscard: (theirs: RaRecord) => void;
  readonly onBack: () => void;
}

const Value = ({ field, value }: { readonly field: FieldDescriptor; readonly value: Json }) => {
  const text = useText();
  const { Cell } = widgetOf(field);
  return isEmpty(value) ? text('fields.empty') : <Cell field={field} value={value} />;
};

/** Shows both sides of a conflict and lets the person decide. */
export const ConflictDialog = ({ conflict, save, onAccept, onDiscard, onBack }: ConflictDialogProps) => {
  const text = useText();
  const { submit } = useFormActions();
  if (conflict === undefined) return null;
  const { changed, mine, theirs } = conflict;
  const overwrite = () => {
    onAccept();
    submit(save);
  };
  return (
    <Dialog open onClose={onBack} aria-labelledby="conflict-title">
      <DialogTitle id="conflict-title">{text('conflict.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText gutterBottom>{text('conflict.intro')}</DialogContentText>
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>{text('conflict.field')}</TableCell>
              <TableCell>{text('conflict.mine')}</TableCell>
              <TableCell>{text('conflict.theirs')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {changed.map((field) => (
              <TableRow key={field.id}>
                <TableCell component="th" scope="row">
                  {field.verboseName}
                </TableCell>
                <TableCell>
                  <Value field={field} value={mine[field.name] ?? null} />
                </TableCell>
                <TableCell>
                  <Value field={field} value={valueOf(theirs, field.name)} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </DialogContent>
      <DialogActions sx={{ flexWrap: 'wrap', gap: 1 }}>
        <Button onClick={onBack} autoFocus>
          {text('conflict.back')}
        </Button>
        <Button onClick={() => onDiscard(theirs)}>{text('conflict.discard')}</Button>
        <Button onClick={overwrite} variant="contained">
          {text('conflict.overwrite')}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
