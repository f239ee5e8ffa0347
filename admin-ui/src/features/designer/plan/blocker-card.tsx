import { Alert, Box, Button, MenuItem, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import type { Json } from '../../../api/json.js';
import { isEmpty } from '../../../fields/widget.js';
import { widgetOf } from '../../../fields/widgets.js';
import type { TextKey } from '../../../texts/use-text.js';
import { useText } from '../../../texts/use-text.js';
import { useDesigner } from '../designer-context.js';
import { defaultField } from '../draft/default-field.js';
import { valueOf } from '../draft/default-value.js';
import { type ModelDraft, newField } from '../draft/model-draft.js';
import type { Blocker } from '../stored/plan.js';
import { BlockerSamples } from './blocker-samples.js';
import { NEEDS_VALUE, type Remedy } from './remedy.js';

interface BlockerCardProps {
  readonly blocker: Blocker;
  /** What the rows are in the way of. */
  readonly draft: ModelDraft;
  readonly onDecide: (remedy: Remedy) => void;
}

/** Actions as people read them. */
export const remedyText = (action: string): TextKey => `plan.remedies.${action}` as TextKey;

const plain = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Rows in the way: how many, some of them, and what can be done about them. */
export const BlockerCard = ({ blocker, draft, onDecide }: BlockerCardProps) => {
  const text = useText();
  const { types } = useDesigner();
  const [action = '', setAction] = useState(blocker.remedies[0]);
  const [input, setInput] = useState<Json>(null);
  const field = draft.fields.find(({ name }) => name.trim() === blocker.path) ?? newField();
  const descriptor = { ...defaultField(field, types), name: 'remedy' };
  const { Input } = widgetOf(descriptor);
  const needsValue = NEEDS_VALUE.has(action);

  const decide = () => {
    if (!needsValue) return onDecide({ blocker, action, shown: '' });
    const value = valueOf(field, input, types);
    return onDecide({ blocker, action, value, shown: plain(value) });
  };

  return (
    <Alert severity="error" icon={false} sx={{ mb: 1, '& .MuiAlert-message': { width: '100%' } }}>
      <Typography variant="body2" gutterBottom sx={{ fontWeight: 600 }}>
        {blocker.message}
      </Typography>
      {blocker.samples.length > 0 && <BlockerSamples samples={blocker.samples} />}
      {blocker.remedies.length === 0 && <Typography variant="body2">{text('plan.noRemedy')}</Typography>}
      {blocker.remedies.length > 0 && (
        <Box sx={{ display: 'grid', gap: 1.5, mt: 2 }}>
          <TextField
            select
            label={text('plan.remedy')}
            value={action}
            onChange={({ target }) => setAction(target.value)}
            slotProps={{ htmlInput: { 'data-path': `remedies.${blocker.path}` } }}
          >
            {blocker.remedies.map((offered) => (
              <MenuItem key={offered} value={offered}>
                {text(remedyText(offered))}
              </MenuItem>
            ))}
          </TextField>
          {needsValue && (
            <Input field={descriptor} label={text('plan.value')} value={input} onChange={setInput} isRequired />
          )}
          <Button variant="outlined" color="inherit" onClick={decide} disabled={needsValue && isEmpty(input)}>
            {text('plan.decide')}
          </Button>
        </Box>
      )}
    </Alert>
  );
};
