import { Box, Typography } from '@mui/material';
import { EmptyState } from '../../components/empty-state.js';
import { Page } from '../../components/page.js';
import { appLabel, groupByApp } from '../../models/app-groups.js';
import { useModels } from '../../models/use-models.js';
import { useText } from '../../texts/use-text.js';
import { ModelCard } from './model-card.js';

/** More cards than anybody reads; the menu finds the others. */
const MOST_SHOWN = 200;

/** Where somebody begins: all models by app. */
const HomePage = () => {
  const text = useText();
  const { models } = useModels();
  return (
    <Page title={text('home.title')}>
      {models.length === 0 && <EmptyState title={text('home.none')} hint={text('home.noneHint')} />}
      {groupByApp(models.slice(0, MOST_SHOWN)).map(({ app, models: own }) => (
        <Box component="section" key={app} aria-label={appLabel(app)} sx={{ mb: 4 }}>
          <Typography variant="h2" gutterBottom>
            {appLabel(app)}
          </Typography>
          <Box
            sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(min(240px, 100%), 1fr))' }}
          >
            {own.map((model) => (
              <ModelCard key={model.id} model={model} />
            ))}
          </Box>
        </Box>
      ))}
      {models.length > MOST_SHOWN && (
        <Typography color="text.secondary">{text('menu.more', { smart_count: models.length - MOST_SHOWN })}</Typography>
      )}
    </Page>
  );
};

export default HomePage;
