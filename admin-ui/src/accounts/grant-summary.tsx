import { Box } from '@mui/material';
import { useModels } from '../models/use-models.js';
import { type TextOf, useText } from '../texts/use-text.js';
import type { Grant } from './grant.js';

const limitsOf = ({ fields, where }: Grant, text: TextOf): string =>
  [
    ...(fields === undefined ? [] : [text('accounts.permissions.fieldCount', { smart_count: fields.length })]),
    ...(where === undefined ? [] : [text('accounts.permissions.someRecords')]),
  ].join(', ');

/** Permissions in words, one below the other. */
export const GrantSummary = ({ grants }: { readonly grants: readonly Grant[] }) => {
  const text = useText();
  const { models } = useModels();
  return (
    <Box component="ul" sx={{ m: 0, mt: 0.5, pl: 2.5 }}>
      {grants.map((grant) => {
        const { action, modelId, model = '' } = grant;
        const name = models.find(({ id }) => id === modelId)?.verboseName ?? model;
        const words = { action: text(`accounts.actions.${action}`), model: name };
        const limits = limitsOf(grant, text);
        return (
          <li key={`${action} ${modelId}`}>
            {limits === ''
              ? text('accounts.permissions.summary', words)
              : text('accounts.permissions.summaryLimited', { ...words, limits })}
          </li>
        );
      })}
    </Box>
  );
};
