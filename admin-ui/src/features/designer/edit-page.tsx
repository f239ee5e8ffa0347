import { Button } from '@mui/material';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { Elsewhere } from '../../components/elsewhere.js';
import { NotFound } from '../../components/not-found.js';
import { PageError } from '../../components/page-error.js';
import { PageLoading } from '../../components/page-loading.js';
import { Page } from '../../components/page.js';
import { Trail } from '../../components/trail.js';
import { recordPaths } from '../../models/record-paths.js';
import { useModels } from '../../models/use-models.js';
import { useText } from '../../texts/use-text.js';
import { ChangeBanner, showBanner } from './background/change-banner.js';
import { useModelChange } from './background/use-model-change.js';
import { DeleteModelButton } from './save/delete-model-button.js';
import { designerPaths } from './designer-paths.js';
import { ModelForm } from './model-form.js';
import { SchemaOnly } from './schema-only.js';
import { fieldTypesQuery, storedModelQuery, storedModelsQuery } from './stored/model-queries.js';
import type { ReadModel, StoredModel } from './stored/stored-model.js';

/** Until what is new on the page is there, in milliseconds. */
const APPEARING = 60;
const NONE: readonly StoredModel[] = [];

interface LoadedModelProps {
  /** As it is known now, which may change while somebody looks at it; null when it is gone. */
  readonly latest: ReadModel | null;
  readonly first: ReadModel;
}

/** Follows the model as long as nobody has changed anything in the form; from then on the form keeps what it began with. */
const LoadedModel = ({ first, latest }: LoadedModelProps) => {
  const text = useText();
  const { data: types } = useSuspenseQuery(fieldTypesQuery);
  // Only for what relations may point to, so nobody waits for them.
  const { data: models = NONE } = useQuery(storedModelsQuery);
  const [read, setRead] = useState(first);
  const [begun, setBegun] = useState({ with: first, times: 0 });
  const [isDirty, setDirty] = useState(false);
  const [seen, setSeen] = useState(latest);
  const { change, sent, ...changes } = useModelChange(first);
  const { model } = read;
  const isOther = latest !== null && latest.etag !== read.etag;
  if (seen !== latest) {
    setSeen(latest);
    // The form itself goes on with what it has sent.
    if (isOther && !isDirty && sent === undefined) {
      setRead(latest);
      setBegun({ with: latest, times: begun.times + 1 });
    }
  }
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
          <Button component={Link} to={designerPaths.changesOf(model.id)}>
            {text('background.title')}
          </Button>
          <Button component={Link} to={designerPaths.history(model.id)}>
            {text('designer.history')}
          </Button>
        </>
      }
    >
      {latest === null && <Elsewhere severity="warning">{text('designer.removedElsewhere')}</Elsewhere>}
      {isOther && isDirty && <Elsewhere severity="info">{text('designer.changedElsewhere')}</Elsewhere>}
      {change !== undefined && <ChangeBanner change={change} isDraftKept={isDirty} onDismiss={changes.dismiss} />}
      <ModelForm
        key={begun.times}
        first={begun.with}
        onDirty={setDirty}
        types={types}
        models={models}
        onSaved={setRead}
        background={{
          stored: latest,
          change,
          sent,
          onBegun: (begun, own) => {
            changes.begin(begun, own);
            setTimeout(showBanner, APPEARING);
          },
          onHeld: changes.look,
          onSettled: (settled) => {
            setRead(settled);
            changes.forgetSent();
          },
        }}
        actions={<DeleteModelButton model={model} path={summary?.path} />}
      />
    </Page>
  );
};

const StoredModelPage = ({ id }: { readonly id: string }) => {
  const { data, error, refetch } = useQuery(storedModelQuery(id));
  const [first, setFirst] = useState<ReadModel>();
  if (first === undefined && data) setFirst(data);
  if (first !== undefined && data !== undefined) return <LoadedModel first={first} latest={data} />;
  if (data === null) return <NotFound />;
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
