import Save from '@mui/icons-material/Save';
import { Box, Button, Paper } from '@mui/material';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useText } from '../../texts/use-text.js';
import { designerPaths } from './designer-paths.js';

interface ModelFormButtonsProps {
  readonly isBusy: boolean;
  readonly children: ReactNode;
}

/** The buttons of the designer, always in sight. */
export const ModelFormButtons = ({ isBusy, children }: ModelFormButtonsProps) => {
  const text = useText();
  return (
    <Paper
      variant="outlined"
      sx={{ position: 'sticky', bottom: 0, zIndex: 'appBar', mt: 2, p: 1.5, display: 'flex', flexWrap: 'wrap', gap: 1 }}
    >
      <Button
        type="submit"
        variant="contained"
        startIcon={<Save />}
        loading={isBusy}
        title={text('record.shortcut', { action: text('designer.save') })}
      >
        {text('designer.save')}
      </Button>
      {children}
      <Box sx={{ flexGrow: 1 }} />
      <Button component={Link} to={designerPaths.list}>
        {text('designer.cancel')}
      </Button>
    </Paper>
  );
};
