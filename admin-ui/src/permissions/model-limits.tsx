import { Box } from '@mui/material';
import { useEntryForm } from '../components/entry-form-context.js';
import { useModel } from '../models/use-models.js';
import { type GrantDraft, positionOf, withLimits } from './grant-draft.js';
import { LimitsOfGrant } from './limits-of-grant.js';
import type { ModelRowProps } from './model-row.js';

/** The limits of all permissions for one model. */
export const ModelLimits = ({
  model: { id, path },
  actions,
  drafts,
  onChange,
}: Pick<ModelRowProps, 'model' | 'actions' | 'drafts' | 'onChange'>) => {
  const model = useModel(path);
  const { forget } = useEntryForm();
  if (model === null) return null;
  const change = (position: number, draft: GrantDraft, limits: Partial<GrantDraft>) => {
    for (const part of Object.keys(limits)) forget(`permissions.${position}.${part}`);
    onChange(withLimits(drafts, draft, limits));
  };
  return (
    <Box sx={{ display: 'grid', gap: 2, p: { xs: 1.5, sm: 2 }, mb: 1, bgcolor: 'action.hover', borderRadius: 1 }}>
      {actions.map((action) => {
        const position = positionOf(drafts, { action, modelId: id });
        const draft = drafts[position];
        if (draft === undefined) return null;
        return (
          <LimitsOfGrant
            key={action}
            model={model}
            draft={draft}
            position={position}
            onChange={(limits) => change(position, draft, limits)}
          />
        );
      })}
    </Box>
  );
};
