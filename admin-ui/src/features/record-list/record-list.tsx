import { Button, FormControlLabel, useMediaQuery, type Theme } from '@mui/material';
import { useListContext } from 'react-admin';
import { Link } from 'react-router-dom';
import { ApiError } from '../../api/api-error.js';
import { EmptyState } from '../../components/empty-state.js';
import { PageError } from '../../components/page-error.js';
import { PageLoading } from '../../components/page-loading.js';
import type { FieldDescriptor, ModelDescriptor } from '../../models/model-descriptor.js';
import { recordPaths } from '../../models/record-paths.js';
import { useText } from '../../texts/use-text.js';
import { FIRST_SORT } from './first-sort.js';
import { RecordCards } from './record-cards.js';
import { RecordPagination } from './record-pagination.js';
import { RecordTable } from './record-table.js';
import { SelectPageBox } from './selection/select-box.js';
import { SelectionBar } from './selection/selection-bar.js';
import { settableFields } from './selection/settable-fields.js';
import { useListSelection } from './selection/selection-context.js';
import type { Selection } from './selection/use-selection.js';
import { SortMenu } from './sort-menu.js';

/** What an address asks for may be gone from the model by now. */
const NotUnderstood = ({ problem }: { readonly problem: string }) => {
  const text = useText();
  const { setFilters, setSort } = useListContext();
  const clear = () => {
    setFilters({});
    setSort(FIRST_SORT);
  };
  return (
    <EmptyState
      title={text('list.notUnderstood')}
      hint={problem}
      action={
        <Button variant="outlined" onClick={clear}>
          {text('list.clear')}
        </Button>
      }
    />
  );
};

/** What is sought may be in any text of very many records. */
const TooSlow = () => {
  const text = useText();
  const { setFilters } = useListContext();
  return (
    <div role="alert">
      <EmptyState
        title={text('list.tooSlow')}
        hint={text('list.tooSlowHint')}
        action={
          <Button variant="outlined" onClick={() => setFilters({})}>
            {text('list.clear')}
          </Button>
        }
      />
    </div>
  );
};

const NothingFits = () => {
  const text = useText();
  const { setFilters } = useListContext();
  return (
    <EmptyState
      title={text('list.nothingFits')}
      hint={text('list.nothingFitsHint')}
      action={
        <Button variant="outlined" onClick={() => setFilters({})}>
          {text('list.clear')}
        </Button>
      }
    />
  );
};

const NothingYet = ({ model: { path, permissions } }: { readonly model: ModelDescriptor }) => {
  const text = useText();
  return (
    <EmptyState
      title={text('list.empty')}
      action={
        permissions.add && (
          <Button component={Link} to={recordPaths.create(path)} variant="contained">
            {text('list.add')}
          </Button>
        )
      }
    />
  );
};

interface RecordListProps {
  readonly model: ModelDescriptor;
  readonly columns: readonly FieldDescriptor[];
}

interface FoundRecordsProps extends RecordListProps {
  readonly selection: Selection | undefined;
}

const FoundRecords = ({ model, columns, selection }: FoundRecordsProps) => {
  const text = useText();
  const isNarrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  const { data, error, refetch, filterValues } = useListContext();
  if (data === undefined && error instanceof ApiError && error.code === 'query_timeout') return <TooSlow />;
  if (data === undefined && error instanceof ApiError && error.status === 400) {
    return <NotUnderstood problem={error.message} />;
  }
  if (data === undefined && error) return <PageError error={error} resetErrorBoundary={() => void refetch()} />;
  if (data === undefined) return <PageLoading />;
  if (data.length === 0) return Object.keys(filterValues).length > 0 ? <NothingFits /> : <NothingYet model={model} />;
  const Records = isNarrow ? RecordCards : RecordTable;
  return (
    <>
      {isNarrow && <SortMenu columns={columns} />}
      {isNarrow && selection !== undefined && (
        <FormControlLabel
          control={<SelectPageBox selection={selection} records={data} />}
          label={text('selection.page')}
          sx={{ mt: -1, mb: 1 }}
        />
      )}
      <Records model={model} columns={columns} records={data} selection={selection} />
      <RecordPagination />
    </>
  );
};

/** What a list has found, and what can be done with it. */
export const RecordList = ({ model, columns }: RecordListProps) => {
  const selected = useListSelection();
  const selection = model.permissions.delete || settableFields(model).length > 0 ? selected : undefined;
  return (
    <>
      <FoundRecords model={model} columns={columns} selection={selection} />
      {selection !== undefined && <SelectionBar model={model} selection={selection} />}
    </>
  );
};
