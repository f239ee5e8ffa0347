import Add from '@mui/icons-material/Add';
import { Button, Pagination, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useGetList } from 'react-admin';
import { Link } from 'react-router-dom';
import { PageError } from '../../../components/page-error.js';
import { PageLoading } from '../../../components/page-loading.js';
import type { FieldDescriptor, ModelDescriptor } from '../../../models/model-descriptor.js';
import { useRecordWindows } from '../../../models/record-windows.js';
import { selectPaths } from '../../../models/select-paths.js';
import type { RecordId } from '../../../records/stored-record.js';
import { useText } from '../../../texts/use-text.js';
import { firstFields, pointingFilter, pointingList, pointingValue } from './inverse-query.js';
import { InverseTable } from './inverse-table.js';

const PER_PAGE = 5;

interface InverseRecordsProps {
  /** Of the records that point here. */
  readonly model: ModelDescriptor;
  /** The field that they point with. */
  readonly pointing: FieldDescriptor;
  readonly label: string;
  /** Of the record that they point to. */
  readonly id: RecordId;
}

const usePointingRecords = ({ model, pointing, id }: InverseRecordsProps, page: number) => {
  const title = model.display === null ? [] : [model.display];
  const others = firstFields(model, pointing).flatMap(selectPaths);
  return useGetList(
    model.path,
    {
      filter: pointingFilter(pointing, id),
      pagination: { page, perPage: PER_PAGE },
      sort: { field: 'id', order: 'ASC' },
      meta: { select: [...title, ...others] },
    },
    { placeholderData: (previous) => previous },
  );
};

/** A page of the records that point to another one, and what can be done with them. */
export const InverseRecords = (props: InverseRecordsProps) => {
  const { model, pointing, label, id } = props;
  const text = useText();
  const windows = useRecordWindows();
  const [asked, setPage] = useState(1);
  const { data, total = 0, error, refetch } = usePointingRecords(props, asked);
  const pages = Math.max(1, Math.ceil(total / PER_PAGE));
  // The last record of the last page is deleted.
  if (data !== undefined && asked > pages) setPage(pages);
  if (data === undefined && error !== null) {
    return <PageError error={error} resetErrorBoundary={() => void refetch()} />;
  }
  if (data === undefined) return <PageLoading />;
  const isFull = pointing.unique && total > 0;
  const mayAdd = model.permissions.add && pointing.permissions.add && !isFull;
  const add = () => void windows.create(model.path, pointingValue(pointing, id));
  return (
    <>
      <Typography color="text.secondary" role="status" sx={{ mb: 1.5 }}>
        {total === 0 ? text('related.none') : text('related.count', { smart_count: total })}
      </Typography>
      {data.length > 0 && <InverseTable model={model} pointing={pointing} label={label} records={data} />}
      <Stack direction="row" sx={{ mt: 1.5, gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        {mayAdd && (
          <Button
            variant="outlined"
            startIcon={<Add />}
            onClick={add}
            aria-label={text('related.addTo', { list: label })}
          >
            {text('related.add')}
          </Button>
        )}
        {total > 0 && (
          <Button
            component={Link}
            to={pointingList(model, pointing, id)}
            aria-label={text('related.allOf', { list: label })}
          >
            {text('related.all')}
          </Button>
        )}
        {pages > 1 && (
          <Pagination
            sx={{ ml: 'auto' }}
            count={pages}
            page={asked}
            onChange={(_, next) => setPage(next)}
            aria-label={text('related.pages', { list: label })}
          />
        )}
      </Stack>
    </>
  );
};
