import { TablePagination } from '@mui/material';
import { Pagination, useListContext, useTranslate } from 'react-admin';
import { useFormatLocale } from '../../texts/use-format-locale.js';
import { useText } from '../../texts/use-text.js';
import { PageButtons } from './page-buttons.js';

const PAGE_SIZES = [10, 25, 50, 100];

/** Pages of so many records that nobody has counted them. */
const OpenPagination = () => {
  const text = useText();
  const translate = useTranslate();
  const format = new Intl.NumberFormat(useFormatLocale());
  const { page, perPage, setPage, setPerPage, meta } = useListContext();
  return (
    <TablePagination
      component="div"
      count={-1}
      page={page - 1}
      rowsPerPage={perPage}
      rowsPerPageOptions={PAGE_SIZES}
      labelRowsPerPage={translate('ra.navigation.page_rows_per_page')}
      labelDisplayedRows={({ from, to }) =>
        text('list.range', {
          from: format.format(from),
          to: format.format(to),
          most: format.format(Math.max(Number(meta?.moreThan ?? 0), to)),
        })
      }
      onPageChange={(_event, next) => setPage(next + 1)}
      onRowsPerPageChange={({ target }) => setPerPage(Number(target.value))}
      ActionsComponent={PageButtons}
    />
  );
};

/** Where somebody is in a list, and the way to its other pages. */
export const RecordPagination = () => {
  const { total } = useListContext();
  return total === undefined ? <OpenPagination /> : <Pagination rowsPerPageOptions={PAGE_SIZES} />;
};
