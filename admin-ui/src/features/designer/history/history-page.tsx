import { Button } from '@mui/material';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router-dom';
import { ApiError } from '../../../api/api-error.js';
import { NotFound } from '../../../components/not-found.js';
import { PageError } from '../../../components/page-error.js';
import { PageLoading } from '../../../components/page-loading.js';
import { Page } from '../../../components/page.js';
import { Trail } from '../../../components/trail.js';
import { useText } from '../../../texts/use-text.js';
import { designerPaths } from '../designer-paths.js';
import { SchemaOnly } from '../schema-only.js';
import { historyQuery, storedModelsQuery } from '../stored/model-queries.js';
import { HistoryCard } from './history-card.js';

const NOT_FOUND = 404;

const History = ({ id }: { readonly id: string }) => {
  const text = useText();
  const { data: models } = useQuery(storedModelsQuery);
  const history = useInfiniteQuery(historyQuery(id));
  const { data, error } = history;
  if (error instanceof ApiError && error.status === NOT_FOUND) return <NotFound />;
  if (error !== null) return <PageError error={error} resetErrorBoundary={() => void history.refetch()} />;
  if (data === undefined) return <PageLoading />;
  const known = models?.find((model) => model.id === id);
  const name = known?.verboseName ?? text('history.deletedModel');
  return (
    <Page
      title={text('history.title', { model: name })}
      width="form"
      trail={
        <Trail to={known === undefined ? designerPaths.list : designerPaths.edit(id)}>
          {known === undefined ? text('designer.title') : name}
        </Trail>
      }
    >
      {data.pages
        .flatMap((page) => page.data)
        .map((entry) => (
          <HistoryCard key={entry.id} entry={entry} />
        ))}
      {history.hasNextPage && (
        <Button onClick={() => void history.fetchNextPage()} loading={history.isFetchingNextPage}>
          {text('history.more')}
        </Button>
      )}
    </Page>
  );
};

/** What was changed about a model, newest first; of one that is deleted, too. */
const HistoryPage = () => {
  const { id = '' } = useParams();
  return (
    <SchemaOnly>
      <History key={id} id={id} />
    </SchemaOnly>
  );
};

export default HistoryPage;
