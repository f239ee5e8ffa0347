import { Alert } from '@mui/material';
import type { ReactNode } from 'react';

interface ElsewhereProps {
  readonly severity: 'info' | 'warning';
  readonly children: ReactNode;
}

/** Says what somebody else has done to what is on the page. */
export const Elsewhere = ({ severity, children }: ElsewhereProps) => (
  <Alert severity={severity} role="status" sx={{ mb: 2 }}>
    {children}
  </Alert>
);
