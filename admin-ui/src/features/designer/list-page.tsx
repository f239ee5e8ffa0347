import Add from '@mui/icons-material/Add';
import { Box, Button, TextField, Typography } from '@mui/material';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { EmptyState } from '../../components/empty-state.js';
import { Page } from '../../components/page.js';
import { appLabel } from '../../models/app-groups.js';
import { useText } from '../../texts/use-text.js';
import { modelsUnderWayQuery } from './background/background-queries.js';
import { designerPaths } from './designer-paths.js';
import { ModelTable } from './model-table.js';
import { SchemaOnly } from './schema-only.js';
import { storedModelsQuery } from './stored/model-queries.js';
import type { StoredModel } from './stored/stored-model.js';

/** More than anybody reads; the search finds the others. */
const MOST_SHOWN = 100;

const hasWord =
  (word: string) =>
  ({ app, name, verboseName, fields }: StoredModel): boolean =>
    [`${app}.${name}`, verboseName, ...fields.flatMap((field) => [field.name, field.verboseName])].some((text) =>
      text.toLowerCase().includes(word),
    );

const Models = () => {
  const text = useText();
  const { data: models } = useSuspenseQuery(storedModelsQuery);
  const underWay = new Set(useQuery(modelsUnderWayQuery).data);
  const [sought, setSought] = useState('');
  const found = models.filter(hasWord(sought.trim().toLowerCase()));
  const hidden = found.length - MOST_SHOWN;
  if (models.length === 0) return <EmptyState title={text('designer.none')} hint={text('designer.noneHint')} />;
  return (
    <>
      <TextField
        type="search"
        value={sought}
        onChange={({ target }) => setSought(target.value)}
        label={text('designer.search')}
        sx={{ maxWidth: 400, mb: 3 }}
      />
      {found.length === 0 && <Typography color="text.secondary">{text('designer.nothingFound')}</Typography>}
      {[...Map.groupBy(found.slice(0, MOST_SHOWN), ({ app }) => app)].map(([app, own]) => (
        <Box component="section" key={app} aria-label={appLabel(app)} sx={{ mb: 4 }}>
          <Typography variant="h2" gutterBottom>
            {appLabel(app)}
          </Typography>
          <ModelTable models={own} underWay={underWay} />
        </Box>
      ))}
      {hidden > 0 && <Typography color="text.secondary">{text('menu.more', { smart_count: hidden })}</Typography>}
    </>
  );
};

/** All models, by app. */
const ListPage = () => {
  const text = useText();
  return (
    <SchemaOnly>
      <Page
        title={text('designer.title')}
        actions={
          <>
            <Button component={Link} to={designerPaths.changes}>
              {text('background.title')}
            </Button>
            <Button component={Link} to={designerPaths.diagram}>
              {text('diagram.title')}
            </Button>
            <Button component={Link} to={designerPaths.create} variant="contained" startIcon={<Add />}>
              {text('designer.new')}
            </Button>
          </>
        }
      >
        <Models />
      </Page>
    </SchemaOnly>
  );
};

export default ListPage;
