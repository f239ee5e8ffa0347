import { Paper, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';

interface SectionProps {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

/** A part of a page, with a title of its own. */
export const Section = ({ title, hint, children }: SectionProps) => {
  const id = useId();
  return (
    <Paper variant="outlined" component="section" aria-labelledby={id} sx={{ p: { xs: 2, sm: 3 }, mb: 2 }}>
      <Typography id={id} variant="h2">
        {title}
      </Typography>
      {hint !== undefined && <Typography color="text.secondary">{hint}</Typography>}
      {children}
    </Paper>
  );
};
