import { Box, Card, Typography } from '@mui/material';
import type { RaRecord } from 'react-admin';
import { isEmpty } from '../../fields/widget.js';
import type { FieldDescriptor, ModelDescriptor } from '../../models/model-descriptor.js';
import { valueOf } from '../../records/stored-record.js';
import { useText } from '../../texts/use-text.js';
import { RecordCell } from './record-cell.js';
import { RecordLink } from './record-link.js';

interface RecordCardsProps {
  readonly model: ModelDescriptor;
  readonly columns: readonly FieldDescriptor[];
  readonly records: readonly RaRecord[];
}

/** Records one below the other, where a table has no room. */
export const RecordCards = ({ model, columns, records }: RecordCardsProps) => {
  const text = useText();
  const others = columns.filter(({ name }) => name !== (model.display ?? 'id'));
  return (
    <Box
      component="ul"
      aria-label={text('list.records', { model: model.verboseName })}
      sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.5 }}
    >
      {records.map((record) => (
        <Card key={record.id} component="li" variant="outlined" sx={{ p: 2 }}>
          <RecordLink model={model} record={record} />
          <Box
            component="dl"
            sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr)', gap: 0.5, m: 0, mt: 1 }}
          >
            {others
              .filter(({ name }) => !isEmpty(valueOf(record, name)))
              .map((field) => (
                <Box key={field.id} sx={{ display: 'contents' }}>
                  <Typography component="dt" variant="body2" color="text.secondary">
                    {field.verboseName}
                  </Typography>
                  <Typography component="dd" variant="body2" sx={{ m: 0, overflowWrap: 'anywhere' }}>
                    <RecordCell field={field} record={record} />
                  </Typography>
                </Box>
              ))}
          </Box>
        </Card>
      ))}
    </Box>
  );
};
