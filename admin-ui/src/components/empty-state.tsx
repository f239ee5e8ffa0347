import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly title: string;
  readonly hint?: string;
  /** What to do about it. */
  readonly action?: ReactNode;
}

/** Stands where there is nothing to show, and says why. */
export const EmptyState = ({ title, hint, action }: EmptyStateProps) => (
  <Box sx={{ textAlign: 'center', px: 2, py: 6 }}>
    <Typography variant="h2" component="p" gutterBottom>
      {title}
    </Typography>
    {hint !== undefined && (
      <Typography color="text.secondary" sx={{ maxWidth: 480, mx: 'auto', mb: 2 }}>
        {hint}
      </Typography>
    )}
    {action}
  </Box>
);
