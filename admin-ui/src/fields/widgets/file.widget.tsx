import DownloadIcon from '@mui/icons-material/Download';
import UploadFile from '@mui/icons-material/UploadFile';
import { Button, FormControl, FormHelperText, FormLabel, Stack, Typography } from '@mui/material';
import { type ChangeEvent, useId, useRef } from 'react';
import type { FieldDescriptor } from '../../models/model-descriptor.js';
import { useFormatLocale } from '../../texts/use-format-locale.js';
import { useText } from '../../texts/use-text.js';
import { byteLength, download, readBase64 } from '../base64.js';
import type { CellProps, InputProps, Widget } from '../widget.js';
import { shownText } from './text-field-props.js';

const Size = ({ bytes }: { readonly bytes: number }) => {
  const text = useText();
  const locale = useFormatLocale();
  return text('fields.bytes', { smart_count: bytes, bytes: bytes.toLocaleString(locale) });
};

const Cell = ({ value, field }: CellProps) => {
  const text = useText();
  const content = shownText(value);
  return (
    <Button
      size="small"
      startIcon={<DownloadIcon />}
      title={text('fields.download')}
      onClick={(event) => {
        event.stopPropagation();
        download(content, field.name);
      }}
    >
      <Size bytes={byteLength(content)} />
    </Button>
  );
};

const Input = ({ field, label, value, onChange, inputRef, error, help, isRequired = false }: InputProps) => {
  const text = useText();
  const id = useId();
  const chooser = useRef<HTMLInputElement>(null);
  const content = shownText(value);
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    // The same file chosen again is a choice, too.
    const read = file === undefined ? undefined : await readBase64(file);
    target.value = '';
    if (read !== undefined) onChange(read);
  };
  return (
    <FormControl error={error !== undefined} component="fieldset" aria-describedby={`${id}-note`}>
      <FormLabel component="legend" required={isRequired} sx={{ fontSize: 12, mb: 0.5 }}>
        {label}
      </FormLabel>
      <input ref={chooser} type="file" hidden onChange={(event) => void choose(event)} />
      <Stack direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', gap: 1 }}>
        {content === '' ? (
          <Typography color="text.secondary">{text('fields.noFile')}</Typography>
        ) : (
          <Cell field={field} value={content} />
        )}
        <Button
          variant="outlined"
          size="small"
          startIcon={<UploadFile />}
          onClick={() => chooser.current?.click()}
          ref={inputRef}
        >
          {text('fields.chooseFile')}
        </Button>
        {content !== '' && (
          <Button size="small" color="error" onClick={() => onChange(null)}>
            {text('fields.removeFile')}
          </Button>
        )}
      </Stack>
      <FormHelperText id={`${id}-note`}>{error ?? help}</FormHelperText>
    </FormControl>
  );
};

const mostBytes = ({ options }: FieldDescriptor): number =>
  typeof options['maxLength'] === 'number' ? options['maxLength'] : Number.POSITIVE_INFINITY;

/** Bytes: a file to choose, and to take away. */
export const fileWidget: Widget = {
  Input,
  Cell,
  check: (value, field, text) => {
    const bytes = byteLength(shownText(value));
    return bytes > mostBytes(field) ? text('validation.tooLarge', { most: mostBytes(field), bytes }) : undefined;
  },
};
