import { Button } from '@mui/material';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { NotFound } from '../../components/not-found.js';
import { PageError } from '../../components/page-error.js';
import { PageLoading } from '../../components/page-loading.js';
import { Page } from '../../components/page.js';
import { Trail } from '../../components/trail.js';
import { recordPaths } from '../../models/record-paths.js';
import { useModels } from '../../models/use-models.js';
import { useText } from '../../texts/use-text.js';
import { DeleteModelButton } from './save/delete-model-button.js';
import { designerPaths } from './designer-paths.js';
import { ModelForm } from './model-form.js';
import { SchemaOnly } from './schema-only.js';
import { fieldTypesQuery, storedModelQuery, storedModelsQuery } from './stored/model-queries.js';
import type { ReadModel, StoredModel } from './stored/stored-model.js';

const NONE: readonly StoredModel[] = [];

/** Whatever becomes of the model meanwhile, the form stays a change of what it began with. */
const LoadedModel = ({ first }: { readonly first: ReadModel }) => {
  const text = useText();
  const { data: types } = useSuspenseQuery(fieldTypesQuery);
  // Only for what relations may point to, so nobody waits for them.
  const { data: models = NONE } = useQuery(storedModelsQuery);
  const [{ model }, setRead] = useState(first);
  const summary = useModels().models.find(({ id, permissions }) => id === model.id && permissions.view);
  return (
    <Page
      title={model.verboseName}
      trail={<Trail to={designerPaths.list}>{text('designer.title')}</Trail>}
      actions={
        <>
          {summary !== undefined && (
            <Button component={Link} to={recordPaths.list(summary.path)}>
              {text('designer.records')}
            </Button>
          )}
          <Button component={Link} to={designerPaths.history(model.id)}>
            {text('designer.history')}
          </Button>
        </>
      }
    >
      <ModelForm
        first={first}
        types={types}
        models={models}
        onSaved={setRead}
        actions={<DeleteModelButton model={model} path={summary?.path} />}
      />
    </Page>
  );
};

const StoredModelPage = ({ id }: { readonly id: string }) => {
  const { data, error, refetch } = useQuery(storedModelQuery(id));
  if (data === null) return <NotFound />;
  if (data !== undefined) return <LoadedModel first={data} />;
  return error === null ? <PageLoading /> : <PageError error={error} resetErrorBoundary={() => void refetch()} />;
};

/** A model that is there, to see and to change. */
const EditPage = () => {
  const { id = '' } = useParams();
  return (
    <SchemaOnly>
      <StoredModelPage key={id} id={id} />
    </SchemaOnly>
  );
};

export default EditPage;
