import { Button, MenuItem, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router-dom';
import { EmptyState } from '../../../components/empty-state.js';
import { PageError } from '../../../components/page-error.js';
import { PageLoading } from '../../../components/page-loading.js';
import { Page } from '../../../components/page.js';
import { Pages, usePageNumber } from '../../../components/pages.js';
import { Trail } from '../../../components/trail.js';
import { useText } from '../../../texts/use-text.js';
import { designerPaths } from '../designer-paths.js';
import { SchemaOnly } from '../schema-only.js';
import { storedModelsQuery } from '../stored/model-queries.js';
import { qualifiedName } from '../stored/stored-model.js';
import { BACKGROUND_STATES, type BackgroundState } from './background-change.js';
import { changesQuery } from './background-queries.js';
import { ChangeCard } from './change-card.js';

const ANY = '';

/** What the address asks for; a state that there is not is none. */
const useFilter = (): { readonly model?: string; readonly state?: BackgroundState } => {
  const [search] = useSearchParams();
  const model = search.get('model') ?? ANY;
  const state = BACKGROUND_STATES.find((known) => known === search.get('state'));
  return { ...(model === ANY ? {} : { model }), ...(state === undefined ? {} : { state }) };
};

const StateFilter = () => {
  const text = useText();
  const [, setSearch] = useSearchParams();
  const { state = ANY } = useFilter();
  const choose = (next: string) =>
    setSearch((search) => {
      search.delete('page');
      search.delete('state');
      if (next !== ANY) search.set('state', next);
      return search;
    });
  return (
    <TextField
      select
      label={text('background.state')}
      value={state}
      onChange={({ target }) => choose(target.value)}
      slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
      sx={{ maxWidth: 260, mb: 2 }}
    >
      <MenuItem value={ANY}>{text('background.any')}</MenuItem>
      {BACKGROUND_STATES.map((known) => (
        <MenuItem key={known} value={known}>
          {text(`background.states.${known}`)}
        </MenuItem>
      ))}
    </TextField>
  );
};

const FoundChanges = ({ ids }: { readonly ids: ReadonlyMap<string, string> }) => {
  const text = useText();
  const { data: found, error, refetch } = useQuery(changesQuery(useFilter(), usePageNumber()));
  if (found === undefined && error === null) return <PageLoading />;
  if (found === undefined) return <PageError error={error} resetErrorBoundary={() => void refetch()} />;
  if (found.data.length === 0) return <EmptyState title={text('background.none')} hint={text('background.noneHint')} />;
  return (
    <>
      {found.data.map((change) => (
        <ChangeCard key={change.id} change={change} ids={ids} />
      ))}
      <Pages count={found.meta.totalPages} />
    </>
  );
};

const Changes = () => {
  const text = useText();
  const { data: models = [] } = useQuery(storedModelsQuery);
  const { model: wanted } = useFilter();
  const model = models.find(({ id }) => id === wanted);
  const ids = new Map(models.map((each) => [qualifiedName(each), each.id]));
  return (
    <Page
      title={model === undefined ? text('background.title') : text('background.titleOf', { model: model.verboseName })}
      width="form"
      trail={
        <Trail to={model === undefined ? designerPaths.list : designerPaths.edit(model.id)}>
          {model === undefined ? text('designer.title') : model.verboseName}
        </Trail>
      }
      actions={
        wanted !== undefined && (
          <Button component={Link} to={designerPaths.changes}>
            {text('background.allModels')}
          </Button>
        )
      }
    >
      <StateFilter />
      <FoundChanges ids={ids} />
    </Page>
  );
};

/** Changes that are, or were, made in the background, newest first: of all models, or of the one in the address. */
const ChangesPage = () => (
  <SchemaOnly>
    <Changes />
  </SchemaOnly>
);

export default ChangesPage;
