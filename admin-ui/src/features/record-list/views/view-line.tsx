import DeleteOutline from '@mui/icons-material/DeleteOutline';
import Edit from '@mui/icons-material/Edit';
import { Box, IconButton, Link } from '@mui/material';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { ConfirmDialog } from '../../../components/confirm-dialog.js';
import { useNotice } from '../../../components/use-notice.js';
import { useText } from '../../../texts/use-text.js';
import type { SavedView } from './saved-view.js';
import type { Views } from './use-views.js';
import { ViewNameForm } from './view-name-form.js';

interface ViewLineProps {
  readonly view: SavedView;
  readonly views: Views;
  /** Where the list is as the view has it. */
  readonly to: string;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

/** A view among the others: the way to it, its name, and its end. */
export const ViewLine = ({ view, views, to, isOpen, onOpen }: ViewLineProps) => {
  const text = useText();
  const notice = useNotice();
  const [doing, setDoing] = useState<'rename' | 'delete'>();
  const { name } = view;
  if (doing === 'rename') {
    return (
      <Box component="li" sx={{ py: 1 }}>
        <ViewNameForm
          label={text('views.renamed', { name })}
          submit={text('views.apply')}
          initial={name}
          isTaken={(other) => views.isTaken(other, view)}
          onName={(next) => {
            views.keep({ ...view, name: next });
            setDoing(undefined);
          }}
        />
      </Box>
    );
  }
  return (
    <Box component="li" sx={{ display: 'flex', alignItems: 'center', gap: 0.5 }}>
      <Link
        component={RouterLink}
        to={to}
        onClick={onOpen}
        underline="hover"
        aria-current={isOpen ? 'page' : undefined}
        sx={{ flexGrow: 1, py: 0.75, fontWeight: isOpen ? 700 : 500, minWidth: 0, overflowWrap: 'anywhere' }}
      >
        {name}
      </Link>
      <IconButton size="small" aria-label={text('views.rename', { name })} onClick={() => setDoing('rename')}>
        <Edit fontSize="inherit" />
      </IconButton>
      <IconButton size="small" aria-label={text('views.delete', { name })} onClick={() => setDoing('delete')}>
        <DeleteOutline fontSize="inherit" />
      </IconButton>
      <ConfirmDialog
        isOpen={doing === 'delete'}
        title={text('views.deleteTitle', { name })}
        confirm={text('record.delete')}
        cancel={text('record.cancel')}
        onCancel={() => setDoing(undefined)}
        onConfirm={() => {
          setDoing(undefined);
          views.remove(view);
          notice('views.deleted', { name });
        }}
      >
        {text('views.deleteHint')}
      </ConfirmDialog>
    </Box>
  );
};
