import Save from '@mui/icons-material/Save';
import { Box, Button, Paper } from '@mui/material';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useText } from '../../texts/use-text.js';
import { useFormActions } from './form-actions.js';
import type { Leave } from './use-leave.js';

interface FormButtonsProps {
  /** Default true. */
  readonly canSave?: boolean;
  /** Where whoever does not save goes; a function where no page is left. */
  readonly back: Leave;
  /** Another way to save. */
  readonly children?: ReactNode;
  /** What is not about saving, at the other end. */
  readonly aside?: ReactNode;
}

/** The buttons of a form, always in sight. The first is a submit button, so that the enter key saves. */
export const FormButtons = ({ canSave = true, back, children, aside }: FormButtonsProps) => {
  const text = useText();
  const { isBusy } = useFormActions();
  return (
    <Paper
      variant="outlined"
      sx={{ position: 'sticky', bottom: 0, zIndex: 'appBar', mt: 2, p: 1.5, display: 'flex', flexWrap: 'wrap', gap: 1 }}
    >
      {canSave && (
        <Button
          type="submit"
          variant="contained"
          startIcon={<Save />}
          loading={isBusy}
          title={text('record.shortcut', { action: text('record.save') })}
        >
          {text('record.save')}
        </Button>
      )}
      {children}
      <Box sx={{ flexGrow: 1 }} />
      {aside}
      {typeof back === 'string' ? (
        <Button component={Link} to={back} sx={{ display: { xs: 'none', sm: 'inline-flex' } }}>
          {text('record.cancel')}
        </Button>
      ) : (
        <Button onClick={back}>{text('record.cancel')}</Button>
      )}
    </Paper>
  );
};
