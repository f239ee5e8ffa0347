import { Box, Paper, Typography } from '@mui/material';
import { Suspense, useId } from 'react';
import { ErrorBoundary } from '../../../components/error-boundary.js';
import { PageLoading } from '../../../components/page-loading.js';
import type { FieldDescriptor } from '../../../models/model-descriptor.js';
import { useModel } from '../../../models/use-models.js';
import type { RecordId } from '../../../records/stored-record.js';
import { InverseRecords } from './inverse-records.js';
import { useInSight } from './use-in-sight.js';

interface InverseSectionProps {
  readonly field: FieldDescriptor;
  readonly id: RecordId;
}

const Loaded = ({ field, id }: InverseSectionProps) => {
  const model = useModel(field.relation?.path ?? '');
  const pointing = model?.fields.find(({ name }) => name === field.inverseOf);
  if (model === null || pointing === undefined) return null;
  return <InverseRecords model={model} pointing={pointing} label={field.verboseName} id={id} />;
};

/** The records that point to this one by one relation; asked for when somebody sees the place where they stand. */
export const InverseSection = ({ field, id }: InverseSectionProps) => {
  const titleId = useId();
  const { ref, isSeen } = useInSight();
  return (
    <Paper
      ref={ref}
      component="section"
      variant="outlined"
      aria-labelledby={titleId}
      sx={{ mt: 2, p: { xs: 2, sm: 3 }, minHeight: 120 }}
    >
      <Typography id={titleId} variant="h2">
        {field.verboseName}
      </Typography>
      <Box>
        {isSeen && (
          <ErrorBoundary place={field.id}>
            <Suspense fallback={<PageLoading />}>
              <Loaded field={field} id={id} />
            </Suspense>
          </ErrorBoundary>
        )}
      </Box>
    </Paper>
  );
};
