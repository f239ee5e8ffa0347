import { Box, Button, TextField } from '@mui/material';
import { useEffect, useRef } from 'react';
import type { FieldDescriptor, ModelDescriptor } from '../models/model-descriptor.js';
import { useText } from '../texts/use-text.js';
import { exampleRule } from './grant-draft.js';
import { useGrantMistakes } from './use-grant-mistakes.js';

const MONOSPACE = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace';
/** Fields that may hold the id of a user. */
const KINDS = new Set(['uuid', 'text']);
const TELLING = /owner|user|author|creator|created_?by/i;

/** The field that most likely says whose a record is. */
const ownerOf = (fields: readonly FieldDescriptor[]): string => {
  const likely = fields.filter(({ kind, choices }) => KINDS.has(kind) && choices.length === 0);
  const found =
    likely.find(({ name }) => TELLING.test(name)) ?? likely.find(({ kind }) => kind === 'uuid') ?? likely[0];
  return found?.name ?? 'owner';
};

interface RuleInputProps {
  readonly model: ModelDescriptor;
  /** Among all permissions of the form. */
  readonly position: number;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A filter tree as JSON, of the records that a permission is about. */
export const RuleInput = ({ model, position, value, onChange }: RuleInputProps) => {
  const text = useText();
  const input = useRef<HTMLTextAreaElement>(null);
  const mistakes = useGrantMistakes(position);
  const problem = mistakes.of('where');
  const { isFirst } = mistakes;
  const example = exampleRule(ownerOf(model.fields));
  useEffect(() => {
    if (problem !== undefined && isFirst) input.current?.focus();
  }, [problem, isFirst]);
  return (
    <>
      <TextField
        label={text('accounts.permissions.filter')}
        multiline
        minRows={3}
        maxRows={16}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        inputRef={input}
        error={problem !== undefined}
        helperText={problem ?? text('accounts.permissions.filterHint')}
        slotProps={{
          htmlInput: { spellCheck: false, style: { fontFamily: MONOSPACE, fontSize: 14 } },
          inputLabel: { shrink: true },
        }}
      />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mt: 0.5 }}>
        <Box component="code" sx={{ fontFamily: MONOSPACE, fontSize: 13, overflowWrap: 'anywhere' }}>
          {text('accounts.permissions.example', { example })}
        </Box>
        <Button size="small" onClick={() => onChange(JSON.stringify(JSON.parse(example), null, 2))}>
          {text('accounts.permissions.useExample')}
        </Button>
      </Box>
    </>
  );
};
