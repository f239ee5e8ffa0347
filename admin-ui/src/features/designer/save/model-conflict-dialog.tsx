import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import { useText } from '../../../texts/use-text.js';
import { DifferenceTable } from '../difference-table.js';
import { differences } from '../differences.js';
import type { ModelDraft } from '../draft/model-draft.js';

interface ModelConflictDialogProps {
  readonly mine: ModelDraft;
  readonly theirs: ModelDraft;
  readonly onKeep: () => void;
  readonly onDiscard: () => void;
  readonly onBack: () => void;
}

/** Two have changed the same model: shows both sides and lets the person decide. */
export const ModelConflictDialog = ({ mine, theirs, onKeep, onDiscard, onBack }: ModelConflictDialogProps) => {
  const text = useText();
  const found = differences(mine, theirs, text('history.yes'));
  return (
    <Dialog open onClose={onBack} maxWidth="md" aria-labelledby="model-conflict">
      <DialogTitle id="model-conflict">{text('modelConflict.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText gutterBottom>
          {text(found.length === 0 ? 'modelConflict.same' : 'modelConflict.intro')}
        </DialogContentText>
        {found.length > 0 && (
          <DifferenceTable
            differences={found}
            titles={[text('modelConflict.what'), text('modelConflict.mine'), text('modelConflict.theirs')]}
            nothing={text('modelConflict.none')}
          />
        )}
      </DialogContent>
      <DialogActions sx={{ flexWrap: 'wrap', gap: 1 }}>
        <Button onClick={onBack} autoFocus>
          {text('modelConflict.back')}
        </Button>
        <Button onClick={onDiscard}>{text('modelConflict.discard')}</Button>
        <Button onClick={onKeep} variant="contained">
          {text('modelConflict.keep')}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
