import { Box, Card, Typography } from '@mui/material';
import type { RaRecord } from 'react-admin';
import { isEmpty } from '../../fields/widget.js';
import type { FieldDescriptor, ModelDescriptor } from '../../models/model-descriptor.js';
import { valueOf } from '../../records/stored-record.js';
import { useText } from '../../texts/use-text.js';
import { RecordCell } from './record-cell.js';
import { RecordLink } from './record-link.js';
import { SelectBox } from './selection/select-box.js';
import type { Selection } from './selection/use-selection.js';

interface RecordCardsProps {
  readonly model: ModelDescriptor;
  readonly columns: readonly FieldDescriptor[];
  readonly records: readonly RaRecord[];
  /** Undefined where nothing can be done with many records. */
  readonly selection: Selection | undefined;
}

/** Records one below the other, where a table has no room. */
export const RecordCards = ({ model, columns, records, selection }: RecordCardsProps) => {
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
          <Box sx={{ display: 'flex', alignItems: 'flex-start', justifyContent: 'space-between', gap: 1 }}>
            <RecordLink model={model} record={record} />
            {selection !== undefined && (
              <Box sx={{ mt: -1, mr: -1 }}>
                <SelectBox model={model} selection={selection} record={record} />
              </Box>
            )}
          </Box>
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
