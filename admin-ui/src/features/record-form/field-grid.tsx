import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { widgetOf } from '../../fields/widgets.js';
import type { FieldDescriptor } from '../../models/model-descriptor.js';

interface FieldGridProps {
  readonly fields: readonly FieldDescriptor[];
  readonly children: (field: FieldDescriptor) => ReactNode;
}

/** Fields in two columns where there is room; long ones take both. Known by their ids, so that none loses what is typed when others come or go. */
export const FieldGrid = ({ fields, children }: FieldGridProps) => (
  <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 320px), 1fr))', gap: 2.5 }}>
    {fields.map((field) => (
      <Box key={field.id} sx={{ gridColumn: widgetOf(field).isWide ? '1 / -1' : 'auto' }}>
        {children(field)}
      </Box>
    ))}
  </Box>
);
