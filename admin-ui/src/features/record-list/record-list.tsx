import { Button, useMediaQuery, type Theme } from '@mui/material';
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

/** What a list has found. */
export const RecordList = ({ model, columns }: RecordListProps) => {
  const isNarrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  const { data, error, refetch, filterValues } = useListContext();
  if (data === undefined && error instanceof ApiError && error.status === 400) {
    return <NotUnderstood problem={error.message} />;
  }
  if (data === undefined && error instanceof ApiError && error.code === 'query_too_slow') return <TooSlow />;
  if (data === undefined && error) return <PageError error={error} resetErrorBoundary={() => void refetch()} />;
  if (data === undefined) return <PageLoading />;
  if (data.length === 0) return Object.keys(filterValues).length > 0 ? <NothingFits /> : <NothingYet model={model} />;
  const Records = isNarrow ? RecordCards : RecordTable;
  return (
    <>
      {isNarrow && <SortMenu columns={columns} />}
      <Records model={model} columns={columns} records={data} />
      <RecordPagination />
    </>
  );
};
