import AutoFixHigh from '@mui/icons-material/AutoFixHigh';
import { IconButton, InputAdornment, Link, TextField } from '@mui/material';
import type { Json } from '../../api/json.js';
import type { FieldDescriptor } from '../../models/model-descriptor.js';
import type { TextOf } from '../../texts/use-text.js';
import type { CellProps, InputProps, Widget } from '../widget.js';
import { shownText, textFieldProps } from './text-field-props.js';

/** Formats of texts that browsers have a keyboard for, and that lead somewhere. */
const FORMATS: Readonly<Record<string, { readonly type: string; readonly scheme: string }>> = {
  email: { type: 'email', scheme: 'mailto:' },
  uri: { type: 'url', scheme: '' },
};

/** Of addresses that people have typed, only these are followed. */
const FOLLOWED = /^(https?:\/\/|mailto:)/i;

const formatOf = ({ schema }: FieldDescriptor) => FORMATS[schema.format ?? ''];

const Suggestion = ({ suggestion, onChange }: Pick<InputProps, 'suggestion' | 'onChange'>) =>
  suggestion !== undefined && (
    <InputAdornment position="end">
      <IconButton
        size="small"
        edge="end"
        aria-label={suggestion.label}
        title={suggestion.label}
        onClick={() => onChange(suggestion.suggest())}
      >
        <AutoFixHigh fontSize="small" />
      </IconButton>
    </InputAdornment>
  );

const Input = (props: InputProps) => (
  <TextField
    {...textFieldProps(props)}
    type={formatOf(props.field)?.type ?? 'text'}
    value={shownText(props.value)}
    onChange={({ target }) => props.onChange(target.value)}
    slotProps={{ htmlInput: { autoComplete: 'off' }, input: { endAdornment: <Suggestion {...props} /> } }}
  />
);

const Cell = ({ field, value }: CellProps) => {
  const text = shownText(value);
  const address = `${formatOf(field)?.scheme ?? ' '}${text}`;
  if (!FOLLOWED.test(address)) return text;
  return (
    <Link href={address} target="_blank" rel="noopener noreferrer" onClick={(event) => event.stopPropagation()}>
      {text}
    </Link>
  );
};

/** Characters, as the server counts them. */
const lengthOf = (value: string): number => [...value].length;

export const checkLength = (
  value: Json,
  { schema: { maxLength } }: FieldDescriptor,
  text: TextOf,
): string | undefined => {
  if (typeof value !== 'string' || maxLength === undefined || lengthOf(value) <= maxLength) return undefined;
  return text('validation.tooLong', { smart_count: lengthOf(value) - maxLength, most: maxLength });
};

/** One line of text. */
export const textWidget: Widget = {
  Input,
  Cell,
  isInline: true,
  toForm: shownText,
  toJson: (value) => (value === '' ? null : value),
  check: checkLength,
};
