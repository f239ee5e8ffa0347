import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import type { Difference } from './differences.js';

interface DifferenceTableProps {
  readonly differences: readonly Difference[];
  /** What stands above the three columns. */
  readonly titles: readonly [string, string, string];
  /** Stands where one of them has nothing. */
  readonly nothing: string;
}

/** Two versions of a model beside each other, as far as they differ. */
export const DifferenceTable = ({ differences, titles, nothing }: DifferenceTableProps) => (
  <Box sx={{ overflowX: 'auto' }}>
    <Table size="small">
      <TableHead>
        <TableRow>
          {titles.map((title) => (
            <TableCell key={title}>{title}</TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {differences.map(({ key, what, one, other }) => (
          <TableRow key={key}>
            <TableCell component="th" scope="row">
              {what}
            </TableCell>
            <TableCell sx={{ overflowWrap: 'anywhere' }}>{one || nothing}</TableCell>
            <TableCell sx={{ overflowWrap: 'anywhere' }}>{other || nothing}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  </Box>
);
