import { Box, Stack, Typography } from '@mui/material';
import { type ReactNode, useEffect } from 'react';

interface PageProps {
  readonly title: string;
  /** What can be done with all that the page shows. */
  readonly actions?: ReactNode;
  /** Above the title: where the page is. */
  readonly trail?: ReactNode;
  /** Forms are easier to read when they are not wide. */
  readonly width?: 'full' | 'form';
  readonly children: ReactNode;
}

const WIDTHS = { full: 'none', form: 960 };

/** A page beside the menu: its title, in the tab of the browser too, what can be done, and what it shows. */
export const Page = ({ title, actions, trail, width = 'full', children }: PageProps) => {
  useEffect(() => {
    document.title = `${title} · Dynamo`;
  }, [title]);
  return (
    <Box sx={{ maxWidth: WIDTHS[width], minWidth: 0 }}>
      {trail}
      <Stack
        direction="row"
        sx={{ alignItems: 'center', justifyContent: 'space-between', flexWrap: 'wrap', gap: 1, mb: 2, minHeight: 40 }}
      >
        <Typography variant="h1" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {title}
        </Typography>
        {actions !== undefined && <Stack sx={{ flexDirection: 'row', flexWrap: 'wrap', gap: 1 }}>{actions}</Stack>}
      </Stack>
      {children}
    </Box>
  );
};
