import { Box, CircularProgress } from '@mui/material';
import { useTranslate } from 'react-admin';

/** Stands in for a page until it is there. */
export const PageLoading = () => {
  const translate = useTranslate();
  return (
    <Box role="status" aria-label={translate('ra.page.loading')} sx={{ display: 'grid', placeItems: 'center', p: 8 }}>
      <CircularProgress aria-hidden />
    </Box>
  );
};
