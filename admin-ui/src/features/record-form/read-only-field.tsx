import { Box, Typography } from '@mui/material';
import { useId } from 'react';
import type { Json } from '../../api/json.js';
import { isEmpty } from '../../fields/widget.js';
import { widgetOf } from '../../fields/widgets.js';
import type { FieldDescriptor } from '../../models/model-descriptor.js';
import { useText } from '../../texts/use-text.js';

interface ReadOnlyFieldProps {
  readonly field: FieldDescriptor;
  readonly value: Json;
}

/** A field that may be seen and not given, or that the server fills in. */
export const ReadOnlyField = ({ field, value }: ReadOnlyFieldProps) => {
  const text = useText();
  const id = useId();
  const { Cell } = widgetOf(field);
  return (
    <Box role="group" aria-labelledby={id} sx={{ minHeight: 40 }}>
      <Typography id={id} variant="caption" color="text.secondary" component="div">
        {field.verboseName}
      </Typography>
      <Box sx={{ overflowWrap: 'anywhere' }}>
        {isEmpty(value) ? (
          <Typography color="text.secondary">{text('fields.empty')}</Typography>
        ) : (
          <Cell field={field} value={value} isWhole />
        )}
      </Box>
    </Box>
  );
};
