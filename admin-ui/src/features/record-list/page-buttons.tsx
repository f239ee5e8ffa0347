import FirstPage from '@mui/icons-material/FirstPage';
import KeyboardArrowLeft from '@mui/icons-material/KeyboardArrowLeft';
import KeyboardArrowRight from '@mui/icons-material/KeyboardArrowRight';
import LastPage from '@mui/icons-material/LastPage';
import { Box, IconButton } from '@mui/material';
import { useState } from 'react';
import { useListContext, useNotify, useTranslate } from 'react-admin';
import { useErrorText } from '../../components/use-error-text.js';
import { requestPage } from '../../records/record-requests.js';

/** Counts the records of the list to the end, which takes a moment, and says which page is the last. */
const useLastPage = () => {
  const { resource, filterValues, perPage } = useListContext();
  return async (): Promise<number> => {
    const { total = 0 } = await requestPage(resource, {
      pagination: { page: 1, perPage: 1 },
      filter: filterValues,
      meta: { select: [], isExact: true },
    });
    return Math.max(1, Math.ceil(total / perPage));
  };
};

/** The ways to the pages of a list whose end is not known. */
export const PageButtons = () => {
  const translate = useTranslate();
  const notify = useNotify();
  const errorText = useErrorText();
  const lastPage = useLastPage();
  const { page, setPage, hasNextPage } = useListContext();
  const [isCounting, setCounting] = useState(false);
  const toLast = async () => {
    setCounting(true);
    try {
      setPage(await lastPage());
    } catch (error) {
      notify(errorText(error), { type: 'error' });
    } finally {
      setCounting(false);
    }
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
