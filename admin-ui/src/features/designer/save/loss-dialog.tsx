import { Alert, Box, Typography } from '@mui/material';
import { useText } from '../../../texts/use-text.js';
import type { Plan } from '../stored/plan.js';
import { TypedNameDialog } from './typed-name-dialog.js';

/** A plan that loses something, and has to be agreed to. */
export interface Loss {
  readonly plan: Plan;
  /** Another than the one that was agreed to before. */
  readonly isChanged: boolean;
}

interface LossDialogProps {
  readonly loss: Loss;
  /** Of the model. */
  readonly name: string;
  readonly isBusy: boolean;
  /** @param hash of the plan */
  readonly onConfirm: (hash: string) => void;
  readonly onCancel: () => void;
}

/** Says what saving loses, and asks for the name of the model before it does. */
export const LossDialog = ({ loss: { plan, isChanged }, name, isBusy, onConfirm, onCancel }: LossDialogProps) => {
  const text = useText();
  return (
    <TypedNameDialog
      // What was typed for another plan does not count.
      key={plan.hash}
      title={text('loss.title')}
      name={name}
      confirm={text('loss.save')}
      isBusy={isBusy}
      onConfirm={() => onConfirm(plan.hash)}
      onCancel={onCancel}
    >
      {isChanged && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          {text('loss.changed')}
        </Alert>
      )}
      <Typography>{text('loss.intro')}</Typography>
      <Box component="ul" sx={{ pl: 3, color: 'error.main', fontWeight: 600 }}>
        {plan.operations
          .filter(({ destructive }) => destructive)
          .map(({ description }) => (
            <li key={description}>{description}.</li>
          ))}
      </Box>
    </TypedNameDialog>
  );
};
