import { Box, MenuItem, TextField, Typography } from '@mui/material';
import type { FieldDescriptor } from '../../../../models/model-descriptor.js';
import { useText } from '../../../../texts/use-text.js';

interface ColumnLineProps {
  /** Name in the file. */
  readonly column: string;
  /** The first values; undefined where a record has none. */
  readonly values: readonly (string | undefined)[];
  readonly fields: readonly FieldDescriptor[];
  readonly field: string | null;
  /** Why it has no field. */
  readonly problem: string | undefined;
  readonly isFixed: boolean;
  readonly onChange: (field: string | null) => void;
}

const LEFT_OUT = '';

const Values = ({ values }: Pick<ColumnLineProps, 'values'>) => {
  const text = useText();
  return values.map((value, place) => (
    <Typography
      key={place}
      variant="body2"
      noWrap
      color="text.secondary"
      sx={{ fontVariantNumeric: 'tabular-nums', fontStyle: value === undefined ? 'italic' : 'normal' }}
    >
      {value ?? text('fields.empty')}
    </Typography>
  ));
};

/** A column of a file, with some of its values, and the field that it is. */
export const ColumnLine = ({ column, values, fields, field, problem, isFixed, onChange }: ColumnLineProps) => {
  const text = useText();
  const name = column === '' ? text('import.unnamedColumn') : column;
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: '3fr 4fr 5fr' },
        columnGap: 2,
        rowGap: 0.5,
        py: 1.5,
        borderTop: 1,
        borderColor: 'divider',
        '& > *': { minWidth: 0 },
      }}
    >
      <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{name}</Typography>
      <div>
        <Values values={values} />
      </div>
      <TextField
        select
        value={field ?? LEFT_OUT}
        disabled={isFixed}
        onChange={({ target }) => onChange(target.value === LEFT_OUT ? null : target.value)}
        helperText={field === null ? problem : undefined}
        slotProps={{
          select: {
            displayEmpty: true,
            SelectDisplayProps: { 'aria-label': text('import.fieldOf', { column: name }) },
          },
        }}
      >
        <MenuItem value={LEFT_OUT}>
          <em>{text('import.leaveOut')}</em>
        </MenuItem>
        {fields.map(({ name: value, verboseName, required, hasDefault }) => (
          <MenuItem key={value} value={value}>
            {required && !hasDefault ? text('import.requiredField', { field: verboseName }) : verboseName}
          </MenuItem>
        ))}
      </TextField>
    </Box>
  );
};
