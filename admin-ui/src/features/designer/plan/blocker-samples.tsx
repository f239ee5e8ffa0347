import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import type { Json } from '../../../api/json.js';
import { useText } from '../../../texts/use-text.js';
import type { Blocker } from '../stored/plan.js';

const plain = (value: Json | undefined): string => {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** Some of the rows in the way. */
export const BlockerSamples = ({ samples }: Pick<Blocker, 'samples'>) => {
  const text = useText();
  const names = [...new Set(samples.flatMap((sample) => Object.keys(sample)))];
  return (
    <>
      <Typography variant="body2">{text('plan.samples')}</Typography>
      <Box sx={{ overflowX: 'auto' }}>
        <Table size="small" sx={{ '& th, & td': { px: 1, py: 0.5, color: 'inherit', borderColor: 'divider' } }}>
          <TableHead>
            <TableRow>
              {names.map((name) => (
                <TableCell key={name}>{name}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {samples.map((sample) => (
              <TableRow key={JSON.stringify(sample)}>
                {names.map((name) => (
                  <TableCell key={name} sx={{ overflowWrap: 'anywhere' }}>
                    {plain(sample[name])}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
    </>
  );
};
