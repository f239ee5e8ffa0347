import { Pagination, Stack } from '@mui/material';
import { useSearchParams } from 'react-router-dom';

interface PagesProps {
  readonly count: number;
}

/** The page that the address names, from 1. */
export const usePageNumber = (): number => {
  const [search] = useSearchParams();
  const page = Number(search.get('page') ?? 1);
  return Number.isInteger(page) && page > 0 ? page : 1;
};

/** Goes to other pages of a list, which the address names. */
export const Pages = ({ count }: PagesProps) => {
  const [, setSearch] = useSearchParams();
  const page = usePageNumber();
  const go = (next: number) =>
    setSearch((search) => {
      search.set('page', String(next));
      return search;
    });
  if (count <= 1) return null;
  return (
    <Stack sx={{ alignItems: 'center', mt: 2 }}>
      <Pagination count={count} page={page} onChange={(_event, next) => go(next)} siblingCount={1} />
    </Stack>
  );
};
