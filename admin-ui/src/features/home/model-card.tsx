import Add from '@mui/icons-material/Add';
import { Button, Card, Link, Stack, Typography } from '@mui/material';
import { Link as RouterLink } from 'react-router-dom';
import type { ModelSummary } from '../../models/model-descriptor.js';
import { recordPaths } from '../../models/record-paths.js';
import { useText } from '../../texts/use-text.js';

/** A model on the start page: to its records, and to a new one. */
export const ModelCard = ({ model }: { readonly model: ModelSummary }) => {
  const text = useText();
  const { path, verboseName, permissions } = model;
  return (
    <Card variant="outlined" sx={{ px: 2, py: 1.5 }}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1, minHeight: 32 }}>
        {permissions.view ? (
          <Link
            component={RouterLink}
            to={recordPaths.list(path)}
            underline="hover"
            noWrap
            sx={{ flexGrow: 1, fontWeight: 600 }}
          >
            {verboseName}
          </Link>
        ) : (
          <Typography noWrap sx={{ flexGrow: 1, fontWeight: 600 }}>
            {verboseName}
          </Typography>
        )}
        {permissions.add && (
          <Button
            component={RouterLink}
            to={recordPaths.create(path)}
            size="small"
            startIcon={<Add />}
            aria-label={text('home.addTo', { model: verboseName })}
          >
            {text('home.add')}
          </Button>
        )}
      </Stack>
    </Card>
  );
};
