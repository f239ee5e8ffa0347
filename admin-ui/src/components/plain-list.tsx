import {
  Box,
  Card,
  Paper,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  type Theme,
  Typography,
  useMediaQuery,
} from '@mui/material';
import type { ReactNode } from 'react';

export interface PlainColumn<Row> {
  readonly label: string;
  /** Undefined where a row has nothing to show. */
  cell(row: Row): ReactNode;
}

interface PlainListProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The first one stands for the row. */
  readonly columns: readonly [PlainColumn<Row>, ...PlainColumn<Row>[]];
  /** Buttons that do something with a row. */
  readonly actions?: (row: Row) => ReactNode;
}

const Cards = <Row,>({ label, rows, keyOf, columns: [title, ...others], actions }: PlainListProps<Row>) => (
  <Box component="ul" aria-label={label} sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.5 }}>
    {rows.map((row) => (
      <Card key={keyOf(row)} component="li" variant="outlined" sx={{ p: 2 }}>
        <Box sx={{ overflowWrap: 'anywhere' }}>{title.cell(row)}</Box>
        <Box
          component="dl"
          sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr)', gap: 0.5, m: 0, mt: 1 }}
        >
          {others.map((column) => {
            const cell = column.cell(row);
            if (cell === undefined) return null;
            return (
              <Box key={column.label} sx={{ display: 'contents' }}>
                <Typography component="dt" variant="body2" color="text.secondary">
                  {column.label}
                </Typography>
                <Typography component="dd" variant="body2" sx={{ m: 0, overflowWrap: 'anywhere' }}>
                  {cell}
                </Typography>
              </Box>
            );
          })}
        </Box>
        {actions !== undefined && <Box sx={{ mt: 1, ml: -1 }}>{actions(row)}</Box>}
      </Card>
    ))}
  </Box>
);

const Lines = <Row,>({ label, rows, keyOf, columns, actions }: PlainListProps<Row>) => (
  <TableContainer component={Paper} variant="outlined" tabIndex={0} role="region" aria-label={label}>
    <Table size="small">
      <TableHead>
        <TableRow>
          {columns.map((column) => (
            <TableCell key={column.label}>{column.label}</TableCell>
          ))}
          {actions !== undefined && <TableCell component="td" />}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={keyOf(row)} hover sx={{ '&:last-child td': { borderBottom: 0 } }}>
            {columns.map((column) => (
              <TableCell key={column.label} sx={{ maxWidth: 360, overflowWrap: 'anywhere' }}>
                {column.cell(row)}
              </TableCell>
            ))}
            {actions !== undefined && <TableCell align="right">{actions(row)}</TableCell>}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  </TableContainer>
);

/** A table, or cards one below the other where a table has no room. */
export const PlainList = <Row,>(props: PlainListProps<Row>) => {
  const isNarrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  return isNarrow ? <Cards {...props} /> : <Lines {...props} />;
};
