import { Box, Paper, Stack, Typography } from '@mui/material';
import { type ReactNode, useEffect } from 'react';
import { Notification } from 'react-admin';
import icon from '../app/icon.svg';
import { useText } from '../texts/use-text.js';

interface CardPageProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A page that stands alone, for who is not signed in. */
export const CardPage = ({ title, children }: CardPageProps) => {
  const text = useText();
  useEffect(() => {
    document.title = `${title} · Dynamo`;
  }, [title]);
  return (
    <Box
      component="main"
      sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', bgcolor: 'background.default', p: 2 }}
    >
      <Paper variant="outlined" sx={{ width: '100%', maxWidth: 400, p: { xs: 3, sm: 4 } }}>
        <Stack direction="row" sx={{ alignItems: 'center', gap: 1, mb: 2, fontWeight: 700 }}>
          <img src={icon} alt="" width={32} height={32} />
          {text('app.name')}
        </Stack>
        <Typography variant="h1" gutterBottom>
          {title}
        </Typography>
        {children}
      </Paper>
      <Notification />
    </Box>
  );
};
