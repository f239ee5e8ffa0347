import {
  Paper,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TablePagination,
  TableRow,
} from '@mui/material';
import { useState } from 'react';
import type { FieldDescriptor } from '../../../../models/model-descriptor.js';
import { useText } from '../../../../texts/use-text.js';
import type { ColumnMatch } from '../reading/column-match.js';
import type { PickedRecords } from '../reading/file-records.js';
import type { FileStart } from '../reading/file-start.js';
import { valueAt } from './failed-records.js';
import type { ImportMistake } from './import-report.js';

interface MistakeTableProps {
  readonly mistakes: readonly ImportMistake[];
  readonly start: FileStart;
  readonly match: ColumnMatch;
  readonly fields: readonly FieldDescriptor[];
  readonly picked: PickedRecords | undefined;
}

const PER_PAGE = 50;
const LONGEST_VALUE = 100;

const shortened = (value: string): string =>
  value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;

/** What is wrong with a file, record by record. */
export const MistakeTable = ({ mistakes, start, match, fields, picked }: MistakeTableProps) => {
  const text = useText();
  const [page, setPage] = useState(0);
  const hasLines = start.format !== 'json';
  const texts = new Map(picked?.records.map(({ record, text: written }) => [record, written]));
  const shown = mistakes.slice(page * PER_PAGE, (page + 1) * PER_PAGE);
  const labelOf = ({ path }: ImportMistake) =>
    fields.find(({ name }) => name === path.split('.')[0])?.verboseName ?? path;
  const valueOf = (mistake: ImportMistake) => {
    const written = mistake.record === null ? undefined : texts.get(mistake.record);
    return written === undefined ? '' : shortened(valueAt(written, mistake, start, match) ?? '');
  };
  return (
    <>
      <TableContainer
        component={Paper}
        variant="outlined"
        tabIndex={0}
        role="region"
        aria-label={text('import.mistakes')}
        sx={{ maxHeight: 360 }}
      >
        <Table size="small" stickyHeader>
          <TableHead>
            <TableRow>
              <TableCell align="right">{text('import.record')}</TableCell>
              {hasLines && <TableCell align="right">{text('import.line')}</TableCell>}
              <TableCell>{text('import.field')}</TableCell>
              <TableCell>{text('import.value')}</TableCell>
              <TableCell>{text('import.message')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {shown.map((mistake, place) => (
              <TableRow key={place} sx={{ verticalAlign: 'top', '&:last-child td': { borderBottom: 0 } }}>
                <TableCell align="right">{mistake.record ?? text('import.whole')}</TableCell>
                {hasLines && <TableCell align="right">{mistake.line}</TableCell>}
                <TableCell>{labelOf(mistake)}</TableCell>
                <TableCell sx={{ maxWidth: 200, overflowWrap: 'anywhere' }}>{valueOf(mistake)}</TableCell>
                <TableCell sx={{ minWidth: 200 }}>{mistake.message}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      {mistakes.length > PER_PAGE && (
        <TablePagination
          component="div"
          count={mistakes.length}
          page={page}
          rowsPerPage={PER_PAGE}
          rowsPerPageOptions={[PER_PAGE]}
          onPageChange={(_event, next) => setPage(next)}
        />
      )}
    </>
  );
};
