import { TextField } from '@mui/material';
import type { Relation } from '../../models/model-descriptor.js';
import { relatedRecords } from '../../models/related-record.js';
import type { InputProps } from '../widget.js';
import { textFieldProps } from './text-field-props.js';

interface IdInputProps extends InputProps {
  readonly relation: Relation;
}

const asId = (typed: string, { key }: Relation): string | number =>
  key === 'number' && /^\d{1,15}$/.test(typed) ? Number(typed) : typed;

/** Where the related records cannot be listed, people type ids; several with commas between them. */
export const IdInput = ({ relation, ...props }: IdInputProps) => {
  const written = relatedRecords(props.value, relation).map(({ id }) => id);
  const read = (typed: string) => {
    const parts = relation.isMany ? typed.split(',') : [typed];
    const ids = parts
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => asId(part, relation));
    props.onChange(relation.isMany ? ids : (ids[0] ?? null));
  };
  return (
    <TextField
      {...textFieldProps(props)}
      defaultValue={written.join(', ')}
      onChange={({ target }) => read(target.value)}
    />
  );
};
