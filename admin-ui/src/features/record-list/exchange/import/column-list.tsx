import { Box, Typography } from '@mui/material';
import type { FieldDescriptor, ModelDescriptor } from '../../../../models/model-descriptor.js';
import { useText } from '../../../../texts/use-text.js';
import { type ColumnMatch, mismatchOf, rematched } from '../reading/column-match.js';
import type { FileStart } from '../reading/file-start.js';
import { ColumnLine } from './column-line.js';

interface ColumnListProps {
  readonly start: FileStart;
  readonly model: ModelDescriptor;
  readonly fields: readonly FieldDescriptor[];
  readonly match: ColumnMatch;
  readonly onChange: (match: ColumnMatch) => void;
}

/** As many values of a column as tell what it holds. */
const SHOWN_VALUES = 3;

/** The columns of a file with their first values, and the fields that they are. */
export const ColumnList = ({ start: { columns, rows }, model, fields, match, onChange }: ColumnListProps) => {
  const text = useText();
  return (
    <>
      <Typography variant="h3" component="h3" id="import-columns" sx={{ mt: 2, mb: 1 }}>
        {text('import.preview')}
      </Typography>
      <Box component="ul" aria-labelledby="import-columns" sx={{ listStyle: 'none', m: 0, mb: 2, p: 0 }}>
        {columns.map((column, place) => {
          const mismatch = mismatchOf(column, columns, model, fields);
          return (
            <ColumnLine
              key={place}
              column={column}
              values={rows.slice(0, SHOWN_VALUES).map((row) => row[place])}
              fields={fields}
              field={match.get(column) ?? null}
              problem={mismatch === undefined ? undefined : text(`import.mismatch.${mismatch}`)}
              isFixed={mismatch === 'twice'}
              onChange={(field) => onChange(rematched(match, column, field))}
            />
          );
        })}
      </Box>
    </>
  );
};
