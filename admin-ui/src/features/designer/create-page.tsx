import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { Page } from '../../components/page.js';
import { Trail } from '../../components/trail.js';
import { useText } from '../../texts/use-text.js';
import { designerPaths } from './designer-paths.js';
import { newModel } from './draft/model-draft.js';
import { ModelForm } from './model-form.js';
import { SchemaOnly } from './schema-only.js';
import { fieldTypesQuery, storedModelsQuery } from './stored/model-queries.js';

const NewModel = () => {
  const navigate = useNavigate();
  const { data: types } = useSuspenseQuery(fieldTypesQuery);
  const { data: models } = useSuspenseQuery(storedModelsQuery);
  const [first] = useState(() => newModel(models.at(-1)?.app ?? ''));
  return (
    <ModelForm
      first={first}
      types={types}
      models={models}
      onSaved={({ model }) => navigate(designerPaths.edit(model.id))}
    />
  );
};

/** A model that is to be made. */
const CreatePage = () => {
  const text = useText();
  return (
    <SchemaOnly>
      <Page title={text('designer.new')} trail={<Trail to={designerPaths.list}>{text('designer.title')}</Trail>}>
        <NewModel />
      </Page>
    </SchemaOnly>
  );
};

export default CreatePage;
