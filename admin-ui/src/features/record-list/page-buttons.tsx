import FirstPage from '@mui/icons-material/FirstPage';
import KeyboardArrowLeft from '@mui/icons-material/KeyboardArrowLeft';
import KeyboardArrowRight from '@mui/icons-material/KeyboardArrowRight';
import LastPage from '@mui/icons-material/LastPage';
import { Box, IconButton } from '@mui/material';
import { useState } from 'react';
import { useListContext, useTranslate } from 'react-admin';
import { useExactCount } from './use-exact-count.js';

/** The ways to the pages of a list whose end is not known. */
export const PageButtons = () => {
  const translate = useTranslate();
  const exactCount = useExactCount();
  const { page, perPage, setPage, hasNextPage } = useListContext();
  const [isCounting, setCounting] = useState(false);
  const toLast = async () => {
    setCounting(true);
    const total = await exactCount();
    setCounting(false);
    if (total !== undefined) setPage(Math.max(1, Math.ceil(total / perPage)));
  };
  const ways = [
    { to: 'first', Icon: FirstPage, isOff: page === 1, go: () => setPage(1) },
    { to: 'previous', Icon: KeyboardArrowLeft, isOff: page === 1, go: () => setPage(page - 1) },
    { to: 'next', Icon: KeyboardArrowRight, isOff: !hasNextPage, go: () => setPage(page + 1) },
    { to: 'last', Icon: LastPage, isOff: !hasNextPage || isCounting, go: () => void toLast() },
  ] as const;
  return (
    <Box sx={{ flexShrink: 0, ml: { xs: 0, sm: 2 } }}>
      {ways.map(({ to, Icon, isOff, go }) => (
        <IconButton key={to} aria-label={translate(`ra.navigation.${to}`)} disabled={isOff} onClick={go}>
          <Icon />
        </IconButton>
      ))}
    </Box>
  );
};
