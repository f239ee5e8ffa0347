import { Box, Chip, Link, Paper, Typography } from '@mui/material';
import { Link as RouterLink } from 'react-router-dom';
import { useText } from '../../texts/use-text.js';
import { designerPaths } from './designer-paths.js';
import { qualifiedName, type StoredModel } from './stored/stored-model.js';

/** More names than anybody reads in one line. */
const SHOWN_FIELDS = 8;

const ModelLine = ({ model, isUnderWay }: { readonly model: StoredModel; readonly isUnderWay: boolean }) => {
  const text = useText();
  const { fields } = model;
  const names = fields.slice(0, SHOWN_FIELDS).map(({ name }) => name);
  return (
    <Box
      component="li"
      sx={{ px: 2, py: 1.25, borderTop: 1, borderColor: 'divider', '&:first-of-type': { border: 0 } }}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: 1.5 }}>
        <Link component={RouterLink} to={designerPaths.edit(model.id)} underline="hover" sx={{ fontWeight: 600 }}>
          {model.verboseName}
        </Link>
        <Typography variant="body2" color="text.secondary" sx={{ flexGrow: 1, overflowWrap: 'anywhere' }}>
          {qualifiedName(model)}
        </Typography>
        {isUnderWay && <Chip size="small" color="primary" variant="outlined" label={text('designer.underWay')} />}
        {!model.admin && <Chip size="small" label={text('designer.noAdmin')} />}
        <Typography variant="body2" color="text.secondary">
          {text('designer.fieldCount', { smart_count: fields.length })}
        </Typography>
      </Box>
      <Typography variant="body2" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
        {names.join(', ')}
        {fields.length > names.length && ' …'}
      </Typography>
    </Box>
  );
};

interface ModelTableProps {
  readonly models: readonly StoredModel[];
  /** Names of those that are being changed in the background. */
  readonly underWay: ReadonlySet<string>;
}

/** Models of one app, with what they are made of. */
export const ModelTable = ({ models, underWay }: ModelTableProps) => (
  <Paper variant="outlined" component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
    {models.map((model) => (
      <ModelLine key={model.id} model={model} isUnderWay={underWay.has(qualifiedName(model))} />
    ))}
  </Paper>
);
