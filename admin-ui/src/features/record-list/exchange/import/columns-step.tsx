import { Button, MenuItem, Stack, TextField, Typography } from '@mui/material';
import type { FieldDescriptor, ModelDescriptor } from '../../../../models/model-descriptor.js';
import { useFormatLocale } from '../../../../texts/use-format-locale.js';
import { useText } from '../../../../texts/use-text.js';
import type { ColumnMatch } from '../reading/column-match.js';
import { type Delimiter, DELIMITERS } from '../reading/csv-text.js';
import type { FileStart } from '../reading/file-start.js';
import { byteText } from './byte-text.js';
import { ColumnList } from './column-list.js';
import { type ImportOptions, keysOf } from './import-options.js';
import { MatchNotes } from './match-notes.js';
import { OptionsForm } from './options-form.js';

interface ColumnsStepProps {
  readonly start: FileStart;
  readonly model: ModelDescriptor;
  readonly fields: readonly FieldDescriptor[];
  readonly match: ColumnMatch;
  readonly options: ImportOptions;
  readonly onMatch: (match: ColumnMatch) => void;
  readonly onOptions: (options: ImportOptions) => void;
  readonly onDelimiter: (delimiter: Delimiter) => void;
  readonly onOtherFile: () => void;
}

const DELIMITER_TEXTS = { ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const;

/** What the columns of a file are, and what is to be done with its records. */
export const ColumnsStep = (props: ColumnsStepProps) => {
  const { start, model, fields, match, options, onMatch, onOptions, onDelimiter, onOtherFile } = props;
  const text = useText();
  const locale = useFormatLocale();
  return (
    <>
      <Stack direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', gap: 2 }}>
        <Typography sx={{ overflowWrap: 'anywhere', flexGrow: 1 }}>
          {text('import.chosen', { name: start.name, size: byteText(start.size, locale) })}
        </Typography>
        {start.delimiter !== undefined && (
          <TextField
            select
            label={text('import.separator')}
            value={start.delimiter}
            onChange={({ target }) => onDelimiter(target.value as Delimiter)}
            sx={{ width: 160 }}
          >
            {DELIMITERS.map((delimiter) => (
              <MenuItem key={delimiter} value={delimiter}>
                {text(`import.${DELIMITER_TEXTS[delimiter]}`)}
              </MenuItem>
            ))}
          </TextField>
        )}
        <Button onClick={onOtherFile}>{text('import.otherFile')}</Button>
      </Stack>
      <MatchNotes match={match} fields={fields} isCreating={options.on === null} />
      <ColumnList start={start} model={model} fields={fields} match={match} onChange={onMatch} />
      <OptionsForm
        options={options}
        keys={keysOf(model, match)}
        fields={fields}
        mayChange={model.permissions.change}
        onChange={onOptions}
      />
    </>
  );
};
