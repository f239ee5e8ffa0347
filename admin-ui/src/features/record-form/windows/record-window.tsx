import Close from '@mui/icons-material/Close';
import { Box, DialogContent, DialogTitle, IconButton } from '@mui/material';
import { type ReactNode, Suspense } from 'react';
import { ErrorBoundary } from '../../../components/error-boundary.js';
import { PageLoading } from '../../../components/page-loading.js';
import { useText } from '../../../texts/use-text.js';

interface WindowTitleProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly children: string;
  readonly actions?: ReactNode;
}

/** The title of a window, and the button that closes it. */
export const WindowTitle = ({ id, onClose, children, actions }: WindowTitleProps) => {
  const text = useText();
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, pr: 1.5 }}>
      <DialogTitle id={id} sx={{ flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
        {children}
      </DialogTitle>
      {actions}
      <IconButton aria-label={text('related.close')} title={text('related.close')} onClick={onClose}>
        <Close />
      </IconButton>
    </Box>
  );
};

/** What a window shows, as soon as it is there. */
export const WindowContent = ({ place, children }: { readonly place: string; readonly children: ReactNode }) => (
  <DialogContent sx={{ pt: 0, pb: 2 }}>
    <ErrorBoundary place={place}>
      <Suspense fallback={<PageLoading />}>{children}</Suspense>
    </ErrorBoundary>
  </DialogContent>
);
